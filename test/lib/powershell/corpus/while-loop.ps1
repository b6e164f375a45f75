$i = 0
while ($i -lt 3) { New-VM -Name "EX$i"; $i++ }
