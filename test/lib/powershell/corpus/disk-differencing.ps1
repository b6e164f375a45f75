New-VHD -ParentPath "D:\base\2016.vhdx" -Path "D:\vhd\sfb1.vhdx" -Differencing
