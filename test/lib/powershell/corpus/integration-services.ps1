Disable-VMIntegrationService -VMName EX1 -Name 'Time Synchronization'
