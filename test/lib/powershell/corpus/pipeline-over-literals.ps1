'EX1', 'EX2' | ForEach-Object { New-VM -Name $_ -MemoryStartupBytes 8GB }
