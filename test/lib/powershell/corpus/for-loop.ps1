for ($i = 1; $i -le 3; $i++) { New-VM -Name "EX$i" }
