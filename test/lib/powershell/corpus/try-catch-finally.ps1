try {
    New-VM -Name EX1 -ErrorAction Stop
}
catch {
    Write-Error $_
}
finally {
    Get-VM -Name EX1
}
