& 'C:\tools\lab setup.exe' -Name EX1
& { New-VM -Name EX1 }
