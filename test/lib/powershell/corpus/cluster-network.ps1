(Get-ClusterNetwork "Live Migration").Metric = 800
(Get-ClusterNetwork -Name CSV).Role = 1
