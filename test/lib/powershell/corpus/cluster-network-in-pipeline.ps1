Get-ClusterNetwork LAN | ForEach-Object { $_.Metric = 800 }
