New-ClusterAffinityRule -Name DAG1 -RuleType DifferentNode
Add-ClusterGroupToAffinityRule -Groups EX1, EX2 -Name DAG1
