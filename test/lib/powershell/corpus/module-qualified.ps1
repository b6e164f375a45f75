Hyper-V\New-VM -Name EX1
FailoverClusters\Add-ClusterVirtualMachineRole -VMName EX1
