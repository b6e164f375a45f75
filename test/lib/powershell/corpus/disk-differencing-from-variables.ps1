$Base = "D:\base\2016.vhdx"
$Root = "D:\vhd"
$Name = "SFB1"
New-VHD -ParentPath $Base -Path "$Root\$Name\$Name.vhdx" -Differencing
