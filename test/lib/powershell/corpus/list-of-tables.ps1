$machines = @(
    @{ Name = 'EX1'; Memory = 8GB },
    @{ Name = 'EX2'; Memory = 16GB }
)
foreach ($machine in $machines) {
    New-VM -Name $machine.Name -MemoryStartupBytes $machine.Memory
}
