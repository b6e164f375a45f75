New-NetFirewallRule -DisplayName 'VMM' -Direction Inbound -Protocol TCP -LocalPort 5985 -Action Allow
