(Get-ClusterGroup EX1).AntiAffinityClassNames = 'DAG1'
