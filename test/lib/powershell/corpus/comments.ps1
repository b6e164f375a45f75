# New-VM -Name no
<# New-VM -Name neither #>
New-VM -Name EX1 # yes
