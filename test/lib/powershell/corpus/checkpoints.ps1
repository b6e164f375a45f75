Set-VM -Name EX1 -CheckpointType Disabled -AutomaticStopAction ShutDown -AutomaticStartDelay 30
