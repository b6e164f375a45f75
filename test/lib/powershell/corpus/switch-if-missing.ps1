if (-not (Get-VMSwitch -Name Lab -ErrorAction SilentlyContinue)) {
    New-VMSwitch -Name Lab -SwitchType Private | Out-Null
}
