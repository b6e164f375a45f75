$path = Join-Path -Path 'D:\vhd' -ChildPath 'ex1.vhdx'
New-VHD -Path $path -SizeBytes 60GB -Dynamic
