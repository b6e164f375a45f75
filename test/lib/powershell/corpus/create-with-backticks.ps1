New-VM -Name "EX1" `
  -Generation 2 `
  -MemoryStartupBytes 4GB `
  -NewVHDPath "D:\vhd\ex1.vhdx" `
  -NewVHDSizeBytes 127GB `
  -SwitchName "LAN"
