New-VHD -Path D:\vhd\data.vhdx -SizeBytes 1TB -Fixed
Add-VMHardDiskDrive -VMName EX1 -ControllerType SCSI -ControllerNumber 0 -ControllerLocation 1 -Path D:\vhd\data.vhdx
