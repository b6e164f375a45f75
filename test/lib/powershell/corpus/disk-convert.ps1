Convert-VHD -Path D:\a.vhd -DestinationPath D:\a.vhdx -VHDType Fixed -DeleteSource
Resize-VHD -Path D:\a.vhdx -SizeBytes 80GB
