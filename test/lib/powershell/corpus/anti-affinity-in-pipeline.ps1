'EX1', 'EX2' | ForEach-Object { (Get-ClusterGroup $_).AntiAffinityClassNames = 'DAG1' }
