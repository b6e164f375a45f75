$n = 'EX1'
Invoke-Command -ComputerName hv1 { Set-VM -Name $using:n -ProcessorCount 2 }
