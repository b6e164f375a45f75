$NewVM = @{
    Name               = 'EX1'
    MemoryStartupBytes = 8GB
    Generation         = 2
    NoVHD              = $true
}
New-VM @NewVM
