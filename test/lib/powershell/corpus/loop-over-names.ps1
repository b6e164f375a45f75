foreach ($name in $names) {
    New-VM -Name $name -MemoryStartupBytes 8GB -Generation 2
    Set-VMProcessor -VMName $name -Count 4
}
