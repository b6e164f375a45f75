@node "%~dp0pulumi-resource-hyperv" %*
