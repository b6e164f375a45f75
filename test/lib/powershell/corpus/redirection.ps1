New-VM -Name EX1 2>&1 | Out-Null
