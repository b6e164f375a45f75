Set-VMProcessor -VMName EX1 -Count 4 -ExposeVirtualizationExtensions $true
