New-VM EX1 | Set-VM -ProcessorCount 4 -Passthru | Start-VM
