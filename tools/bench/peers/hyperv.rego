package main

machines := [resource |
  some resource in input.deployment.resources
  resource.type == "hyperv-guard:index:VirtualMachine"
]

exchange_servers := [machine | some machine in machines; machine.outputs.exchange]

# Guest processors: what a virtual machine of each generation may have.
deny contains message if {
  some machine in machines
  limit := {1: 64, 2: 2048}[machine.outputs.generation]
  machine.outputs.processorCount > limit
  message := sprintf(
    "%s has %d virtual processors, generation %d may have %d",
    [machine.outputs.name, machine.outputs.processorCount, machine.outputs.generation, limit],
  )
}

# Dynamic memory of Exchange servers.
deny contains message if {
  some server in exchange_servers
  server.outputs.dynamicMemory
  message := sprintf("%s runs Exchange and has dynamic memory", [server.outputs.name])
}

# Members of one database availability group on one host.
members[[group, host]] contains server.outputs.name if {
  some server in exchange_servers
  group := server.outputs.exchange.databaseAvailabilityGroup
  host := server.outputs.host
}

deny contains message if {
  some place, names in members
  count(names) > 1
  message := sprintf("%s of %s are on %s", [concat(", ", names), place[0], place[1]])
}
