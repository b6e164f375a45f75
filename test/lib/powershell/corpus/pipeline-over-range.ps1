1..3 | % { New-VM -Name "EX$_" }
