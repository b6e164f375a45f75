Add-VMDvdDrive -VMName EX1 -Path D:\iso\ws2016.iso
Set-VMFirmware -VMName EX1 -EnableSecureBoot Off
