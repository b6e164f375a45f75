function Add-Disk($Name, $Path) { Add-VMHardDiskDrive -VMName $Name -Path $Path }
Add-Disk EX1 D:\b.vhdx
