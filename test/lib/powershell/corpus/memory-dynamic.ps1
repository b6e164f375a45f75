Set-VMMemory -VMName EX1 -DynamicMemoryEnabled $true -MinimumBytes 512MB -StartupBytes 1GB -MaximumBytes 4GB -Priority 80 -Buffer 25
