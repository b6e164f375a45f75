1..2 | ForEach-Object { New-VM -Name ('EX{0:d2}' -f $_) }
