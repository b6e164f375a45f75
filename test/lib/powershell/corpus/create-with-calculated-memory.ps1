$MemoryGB = 16
New-VM -Name EX1 -Generation 2 -MemoryStartupBytes ($MemoryGB * 1GB) -NoVHD
