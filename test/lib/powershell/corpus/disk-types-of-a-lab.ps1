$DiskType = 'DynamicWithoutSource'
switch ($DiskType) {
  'DynamicWithoutSource' { New-VHD -Path D:\l.vhdx -SizeBytes 80GB -Dynamic }
  'FixedWithSource' { Convert-VHD -Path D:\s.vhdx -DestinationPath D:\l.vhdx -VHDType Fixed }
  default { throw 'unknown type' }
}
