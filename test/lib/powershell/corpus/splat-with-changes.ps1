$p = @{}
$p.Name = 'EX1'
$p['MemoryStartupBytes'] = 4GB
$p.Add('Generation', 2)
New-VM @p
