New-VMSwitch -SwitchName Lab -SwitchType Internal
