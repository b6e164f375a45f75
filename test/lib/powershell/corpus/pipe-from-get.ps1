Get-VMNetworkAdapter -VMName EX1 | Set-VMNetworkAdapterVlan -Access -VlanId 20
