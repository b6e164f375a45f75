$common = @{ VMName = "EX1"; Passthru = $true }
Set-VMProcessor @common -Count 2
