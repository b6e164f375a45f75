function New-LabMachine {
    param(
        [Parameter(Mandatory = $true)]
        [string]$Name,
        [int64]$Memory = 4GB,
        [switch]$Start
    )
    New-VM -Name $Name -MemoryStartupBytes $Memory
    if ($Start) { Start-VM -Name $Name }
}
New-LabMachine -Name EX1 -Memory 8GB -Start
