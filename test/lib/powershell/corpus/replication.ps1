Enable-VMReplication -VMName EX1 -ReplicaServerName hv3 -ReplicaServerPort 80 -AuthenticationType Kerberos -ReplicationFrequencySec 30
