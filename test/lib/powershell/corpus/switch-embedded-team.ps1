New-VMSwitch -Name SET -NetAdapterName "NIC 1","NIC 2" -EnableEmbeddedTeaming $true -AllowManagementOS 0
