$n = 'app1'
if (Get-VM -Name $n -EA SilentlyContinue) { throw "$n exists" }
New-VM -Name $n -MemoryStartupBytes 4GB
