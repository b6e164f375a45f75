New-Cluster -Name C1 -Node hv1, hv2 -StaticAddress 10.0.0.10 -NoStorage
