Invoke-Command -ComputerName hv1 -ScriptBlock { param($x) New-VM -Name one -Generation 1 -NoVHD }
