$machine = [pscustomobject]@{ Name = 'EX1'; Cpu = 4 }
Set-VMProcessor -VMName $machine.Name -Count $machine.Cpu
