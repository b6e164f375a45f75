$class = New-Object System.Collections.Specialized.StringCollection
$class.Add('DAG1')
[void]$class.Add('Exchange')
(Get-ClusterGroup -Name EX1).AntiAffinityClassNames = $class
