Get-VM | Where-Object { $_.State -eq 'Off' } | Set-VM -ProcessorCount 2
