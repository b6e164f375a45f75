$Servers = 'DC1', 'EX1'
$VMPath = 'D:\VMs'
foreach ($Server in $Servers) {
    $vhd = Join-Path $VMPath "$Server.vhdx"
    New-VHD -Path $vhd -ParentPath D:\base\2016.vhdx -Differencing | Out-Null
    New-VM -Name $Server -Generation 2 -MemoryStartupBytes 4GB -VHDPath $vhd -SwitchName Lab | Out-Null
    Set-VM -Name $Server -ProcessorCount 2 -DynamicMemory -MemoryMaximumBytes 8GB
    Start-VM -Name $Server
}
