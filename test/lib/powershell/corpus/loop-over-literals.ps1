foreach ($name in @('EX1', 'EX2')) { New-VM -Name $name }
