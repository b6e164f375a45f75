Invoke-Command -ComputerName hv1, hv2 -ScriptBlock {
    param($Name)
    New-VM -Name $Name
} -ArgumentList 'EX1'
