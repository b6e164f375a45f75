param(
    [string]$Name = 'EX1',
    [int]$Count = 4
)
Set-VMProcessor -VMName $Name -Count $Count
