$text = @'
New-VM -Name inside
'@
New-VM -Name outside
