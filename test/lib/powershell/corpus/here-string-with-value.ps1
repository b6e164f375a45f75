$root = 'D:\vhd'
$path = @"
$root\ex1.vhdx
"@
New-VHD -Path $path -SizeBytes 10GB
