set-vmmemory ex1 -dynamicmemoryenabled:$false -startupbytes 64gb
