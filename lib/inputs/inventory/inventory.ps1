<#
.SYNOPSIS
Writes what runs on Hyper-V hosts as JSON, which `hyperv-guard check --inventory FILE` judges.

.DESCRIPTION
It reads and changes nothing, and needs no internet. It runs in Windows PowerShell 5.1 and later, as an administrator of the
hosts, with the modules Hyper-V and NetAdapter, and FailoverClusters on the nodes of a cluster. In the Exchange Management
Shell it also reads Exchange servers and database availability groups, and with the console of Virtual Machine Manager its
servers. What it cannot read is listed in notRead, or is null where it stands.

.PARAMETER ComputerName
The hosts to read. Default: this computer, or all nodes of its failover cluster.

.PARAMETER VmmServer
Servers of Virtual Machine Manager to read. Default: none.

.EXAMPLE
powershell -NoProfile -File inventory.ps1 > estate.json
#>
[CmdletBinding()]
param(
    [string[]] $ComputerName = @(),
    [string[]] $VmmServer = @()
)

$ErrorActionPreference = 'Stop'

$notRead = [System.Collections.ArrayList]@()

function Add-NotRead([string] $What, [string] $Why, [bool] $IsMissing) {
    $entry = [ordered]@{ what = $What; why = $Why }
    if ($IsMissing) { $entry.isMissing = $true }
    $null = $notRead.Add($entry)
}

function ConvertTo-MB($Bytes) {
    if ($null -eq $Bytes) { return $null }
    [long][math]::Floor($Bytes / 1048576)
}

function ConvertTo-GB($Bytes) {
    if ($null -eq $Bytes) { return $null }
    [math]::Round($Bytes / 1073741824, 3)
}

function ConvertTo-Mbps($BitsPerSecond) {
    if ($null -eq $BitsPerSecond) { return $null }
    [long][math]::Floor($BitsPerSecond / 1000000)
}

# 'hv01' of 'hv01.contoso.com'.
function ConvertTo-Label([string] $Name) {
    $Name.Split('.')[0].ToLowerInvariant()
}

# ---------------------------------------------------------------------------------------------------------------- hosts

function Read-HostSystem($Name, $Remote) {
    $os = Get-CimInstance -ClassName Win32_OperatingSystem @Remote
    $system = $os.Caption.Trim()
    if ($os.ServicePackMajorVersion -gt 0) { $system = $system + ' SP' + $os.ServicePackMajorVersion }
    # Windows calls Azure Local by its former name.
    if ($system -like '*Azure Stack HCI*' -and [int]$os.BuildNumber -ge 25398) { $system = 'Azure Local' }

    $computer = Get-CimInstance -ClassName Win32_ComputerSystem @Remote
    $domain = 'workgroup'
    if ($computer.PartOfDomain) { $domain = $computer.Domain }

    $bytes = 0
    foreach ($memoryModule in @(Get-CimInstance -ClassName Win32_PhysicalMemory @Remote)) { $bytes += $memoryModule.Capacity }
    if ($bytes -eq 0) { $bytes = [long]$computer.TotalPhysicalMemory }

    $processorCores = $null
    $processorThreads = $null
    $vendor = $null
    $model = $null
    $sockets = 0
    foreach ($processor in @(Get-CimInstance -ClassName Win32_Processor @Remote)) {
        $sockets += 1
        $processorCores = $processor.NumberOfCores
        $processorThreads = [math]::Max(1, [int]($processor.NumberOfLogicalProcessors / [math]::Max(1, $processor.NumberOfCores)))
        $model = ([string]$processor.Name).Trim()
        if ($processor.Manufacturer -eq 'GenuineIntel') { $vendor = 'Intel' }
        if ($processor.Manufacturer -eq 'AuthenticAMD') { $vendor = 'AMD' }
    }

    [ordered]@{
        name            = $Name
        operatingSystem = $system
        processors      = [ordered]@{
            sockets        = $sockets
            coresPerSocket = $processorCores
            threadsPerCore = $processorThreads
            vendor         = $vendor
        }
        memoryMB        = ConvertTo-MB $bytes
        domain          = $domain
        processorModel  = $model
        # Neither the roles beside Hyper-V nor agents are read.
        roles           = $null
        agents          = $null
    }
}

# The names of switches' uplinks: of adapters, or of teams.
function Read-Uplinks($VmSwitch, $AdapterNames, $TeamOfNic) {
    foreach ($description in @($VmSwitch.NetAdapterInterfaceDescriptions)) {
        if ([string]::IsNullOrEmpty($description)) { continue }
        $uplink = $AdapterNames[$description]
        if ($null -eq $uplink) { $uplink = $description }
        if ($TeamOfNic.ContainsKey($uplink)) { $uplink = $TeamOfNic[$uplink] }
        $uplink
    }
}

function Read-Switches($Name, $AdapterNames, $TeamOfNic, $At) {
    foreach ($vmSwitch in @(Get-VMSwitch @At)) {
        $entry = [ordered]@{ name = $vmSwitch.Name; type = ([string]$vmSwitch.SwitchType).ToLowerInvariant() }
        if ($entry.type -eq 'external') {
            $entry.networkAdapters = @(Read-Uplinks $vmSwitch $AdapterNames $TeamOfNic)
            $entry.allowManagementOs = [bool]$vmSwitch.AllowManagementOS
        }
        if ($null -ne $vmSwitch.EmbeddedTeamingEnabled) { $entry.embeddedTeaming = [bool]$vmSwitch.EmbeddedTeamingEnabled }
        if ($null -ne $vmSwitch.IovEnabled) { $entry.iov = [bool]$vmSwitch.IovEnabled }
        if ($null -ne $vmSwitch.BandwidthReservationMode) {
            $entry.bandwidthMode = ([string]$vmSwitch.BandwidthReservationMode).ToLowerInvariant()
        }
        $entry
    }
}

function Read-HostNetwork($Name, $HostEntry, $Remote, $RemoteCim, $At) {
    $adapterNames = @{}
    foreach ($anyAdapter in @(Get-NetAdapter @RemoteCim)) { $adapterNames[$anyAdapter.InterfaceDescription] = $anyAdapter.Name }

    $teamOfMember = @{}
    foreach ($teamMember in @(Get-CimInstance -Namespace root/StandardCimv2 -ClassName MSFT_NetLbfoTeamMember @Remote)) {
        $teamOfMember[$teamMember.Name] = $teamMember.Team
    }
    $teamOfNic = @{}
    foreach ($teamNic in @(Get-CimInstance -Namespace root/StandardCimv2 -ClassName MSFT_NetLbfoTeamNic @Remote)) {
        $teamOfNic[$teamNic.Name] = $teamNic.Team
    }

    $hasRdma = @{}
    foreach ($rdma in @(Get-NetAdapterRdma @RemoteCim)) { $hasRdma[$rdma.Name] = [bool]$rdma.Enabled }
    $isBound = @{}
    foreach ($binding in @(Get-NetAdapterBinding -ComponentID 'ms_msclient', 'ms_server' @RemoteCim)) {
        $isBound[$binding.Name + '|' + $binding.ComponentID] = [bool]$binding.Enabled
    }

    $switches = @(Read-Switches $Name $adapterNames $teamOfNic $At)
    $uplinks = @{}
    foreach ($switchEntry in $switches) {
        foreach ($uplinkName in @($switchEntry.networkAdapters)) { if ($uplinkName) { $uplinks[$uplinkName] = $true } }
    }

    $adapters = [System.Collections.ArrayList]@()
    foreach ($adapter in @(Get-NetAdapter -Physical @RemoteCim)) {
        $team = $teamOfMember[$adapter.Name]
        # What an adapter is for, nobody can read; that a switch has it, means virtual machines.
        $purpose = $null
        if ($uplinks.ContainsKey($adapter.Name)) { $purpose = 'virtualMachines' }
        if ($team -and $uplinks.ContainsKey($team)) { $purpose = 'virtualMachines' }
        $entry = [ordered]@{ name = $adapter.Name; purpose = $purpose }
        if ($team) { $entry.team = $team }
        if ($adapter.Speed -ge 1000000) { $entry.speedMbps = ConvertTo-Mbps $adapter.Speed }
        if ($hasRdma.ContainsKey($adapter.Name)) { $entry.rdma = $hasRdma[$adapter.Name] }
        $entry.clientForMicrosoftNetworks = $isBound[$adapter.Name + '|ms_msclient']
        $entry.fileAndPrinterSharing = $isBound[$adapter.Name + '|ms_server']
        $null = $adapters.Add($entry)
    }
    foreach ($hostAdapter in @(Get-VMNetworkAdapter -ManagementOS @At)) {
        $entry = [ordered]@{ name = $hostAdapter.Name; purpose = $null; virtualSwitch = [string]$hostAdapter.SwitchName }
        $hostBandwidth = $hostAdapter.BandwidthSetting
        if ($hostBandwidth -and $hostBandwidth.MinimumBandwidthWeight -gt 0) {
            $entry.minimumBandwidthWeight = $hostBandwidth.MinimumBandwidthWeight
        }
        if ($hostBandwidth -and $hostBandwidth.MinimumBandwidthAbsolute -ge 1000000) {
            $entry.minimumBandwidthMbps = ConvertTo-Mbps $hostBandwidth.MinimumBandwidthAbsolute
        }
        $windowsName = 'vEthernet (' + $hostAdapter.Name + ')'
        $entry.clientForMicrosoftNetworks = $isBound[$windowsName + '|ms_msclient']
        $entry.fileAndPrinterSharing = $isBound[$windowsName + '|ms_server']
        $null = $adapters.Add($entry)
    }
    $HostEntry.networkAdapters = @($adapters)
    $HostEntry.virtualSwitches = $switches
}

# ------------------------------------------------------------------------------------------------------ virtual machines

# What guests tell their host by data exchange, by the id of the machine.
function Read-Guests($Remote) {
    $guests = @{}
    foreach ($exchange in @(Get-CimInstance -Namespace root/virtualization/v2 -ClassName Msvm_KvpExchangeComponent @Remote)) {
        $items = @{}
        foreach ($text in @($exchange.GuestIntrinsicExchangeItems)) {
            if ([string]::IsNullOrEmpty($text)) { continue }
            $item = @{}
            foreach ($property in @(([xml]$text).INSTANCE.PROPERTY)) { $item[$property.NAME] = $property.VALUE }
            $items[$item['Name']] = $item['Data']
        }
        $guests[$exchange.SystemName.ToLowerInvariant()] = $items
    }
    $guests
}

function ConvertTo-GuestOs($Items) {
    if ($null -eq $Items -or [string]::IsNullOrEmpty($Items['OSName'])) { return $null }
    $guestName = $Items['OSName'] -replace '\(R\)|\u00ae|\u2122', '' -replace '\s+', ' '
    if ($Items['ServicePackMajor'] -match '^[1-9]$') { $guestName = $guestName.Trim() + ' SP' + $Items['ServicePackMajor'] }
    $guestName.Trim()
}

function Read-Disk($Drive, $DiskSizes, $At) {
    $entry = [ordered]@{ name = $Drive.Name; purpose = $null; type = $null; sizeGB = $null }
    if ($null -ne $Drive.DiskNumber) {
        $entry.name = 'disk ' + $Drive.DiskNumber
        $entry.type = 'passThrough'
        $entry.sizeGB = ConvertTo-GB $DiskSizes[[int]$Drive.DiskNumber]
    }
    else {
        $entry.path = $Drive.Path
        $entry.name = $Drive.Path.Split('\')[-1]
        try {
            $vhd = Get-VHD -Path $Drive.Path @At
            $entry.type = ([string]$vhd.VhdType).ToLowerInvariant()
            $entry.sizeGB = ConvertTo-GB $vhd.Size
            $format = ([string]$vhd.VhdFormat).ToUpperInvariant()
            if ($format -eq 'VHD' -or $format -eq 'VHDX') { $entry.format = $format }
        }
        catch { Add-NotRead ('type and size of ' + $Drive.Path) $_.Exception.Message $false }
    }
    if ($Drive.MinimumIOPS -gt 0) { $entry.minimumIops = $Drive.MinimumIOPS }
    if ($Drive.MaximumIOPS -gt 0) { $entry.maximumIops = $Drive.MaximumIOPS }
    if ($null -ne $Drive.SupportPersistentReservations) {
        $entry.supportPersistentReservations = [bool]$Drive.SupportPersistentReservations
    }
    $entry
}

function Read-Adapter($GuestAdapter) {
    $entry = [ordered]@{ name = $GuestAdapter.Name; switch = [string]$GuestAdapter.SwitchName; kind = 'synthetic' }
    if ($GuestAdapter.IsLegacy) { $entry.kind = 'legacy' }
    $vlan = Get-VMNetworkAdapterVlan -VMNetworkAdapter $GuestAdapter
    if ([string]$vlan.OperationMode -eq 'Access') { $entry.vlan = $vlan.AccessVlanId }
    $entry.dynamicMacAddress = [bool]$GuestAdapter.DynamicMacAddressEnabled
    if (-not $GuestAdapter.DynamicMacAddressEnabled) { $entry.macAddress = $GuestAdapter.MacAddress }
    $entry.macAddressSpoofing = [string]$GuestAdapter.MacAddressSpoofing -eq 'On'
    $entry.portMirroring = ([string]$GuestAdapter.PortMirroringMode).ToLowerInvariant()
    $entry.iovWeight = $GuestAdapter.IovWeight
    $bandwidth = $GuestAdapter.BandwidthSetting
    if ($bandwidth) {
        if ($bandwidth.MinimumBandwidthWeight -gt 0) { $entry.minimumBandwidthWeight = $bandwidth.MinimumBandwidthWeight }
        if ($bandwidth.MinimumBandwidthAbsolute -ge 1000000) {
            $entry.minimumBandwidthMbps = ConvertTo-Mbps $bandwidth.MinimumBandwidthAbsolute
        }
        if ($bandwidth.MaximumBandwidth -ge 1000000) { $entry.maximumBandwidthMbps = ConvertTo-Mbps $bandwidth.MaximumBandwidth }
    }
    $entry
}

# The services have names in the language of the host, and ids that are the same everywhere.
function Read-IntegrationServices($Vm) {
    $entry = [ordered]@{}
    if ($Vm.IntegrationServicesVersion -and [string]$Vm.IntegrationServicesVersion -ne '0.0') {
        $entry.version = [string]$Vm.IntegrationServicesVersion
    }
    foreach ($service in @(Get-VMIntegrationService -VM $Vm)) {
        if ($service.Id -like '*84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47') { $entry.heartbeat = [bool]$service.Enabled }
        if ($service.Id -like '*2497F4DE-E9FA-4204-80E4-4B75C46419C0') { $entry.timeSynchronization = [bool]$service.Enabled }
        if ($service.Id -like '*9F8233AC-BE49-4C79-8EE3-E7E1985B2077') { $entry.shutdown = [bool]$service.Enabled }
        if ($service.Id -like '*5CED1297-4598-4915-A5FC-AD21BB4D02A4') { $entry.vss = [bool]$service.Enabled }
        if ($service.Id -like '*2A34B1C2-FD73-4043-8A5B-DD2159BC743F') { $entry.keyValuePairExchange = [bool]$service.Enabled }
    }
    $entry
}

function Read-Replication($Vm) {
    $replication = Get-VMReplication -VM $Vm
    [ordered]@{
        replicaHost      = $replication.ReplicaServerName
        authentication   = ([string]$replication.AuthenticationType).ToLowerInvariant()
        port             = $replication.ReplicaServerPort
        frequencySeconds = $replication.ReplicationFrequencySec
        compression      = $replication.CompressionEnabled
        recoveryPoints   = $replication.RecoveryHistory
    }
}

function Read-Firmware($Vm, $Entry) {
    if ($Vm.Generation -ne 2) { return }
    $firmware = Get-VMFirmware -VM $Vm
    $Entry.secureBoot = [string]$firmware.SecureBoot -eq 'On'
    if ($firmware.SecureBootTemplate) { $Entry.secureBootTemplate = [string]$firmware.SecureBootTemplate }
    if (Get-Command -Name Get-VMSecurity -ErrorAction SilentlyContinue) {
        $security = Get-VMSecurity -VM $Vm
        $Entry.tpm = [bool]$security.TpmEnabled
    }
}

function Read-Gpus($Vm) {
    if (-not (Get-Command -Name Get-VMGpuPartitionAdapter -ErrorAction SilentlyContinue)) { return }
    foreach ($gpu in @(Get-VMGpuPartitionAdapter -VM $Vm)) {
        if ($gpu) { [ordered]@{ assignment = 'partition' } }
    }
}

function Read-Processor($Vm, $Entry) {
    $vmProcessor = Get-VMProcessor -VM $Vm
    $Entry.processorCompatibility = [bool]$vmProcessor.CompatibilityForMigrationEnabled
    if ($null -ne $vmProcessor.ExposeVirtualizationExtensions) {
        $Entry.nestedVirtualization = [bool]$vmProcessor.ExposeVirtualizationExtensions
    }
    $Entry.resourceControl = [ordered]@{
        reservePercent = [int]$vmProcessor.Reserve
        limitPercent   = [int]$vmProcessor.Maximum
        weight         = [int]$vmProcessor.RelativeWeight
    }
    $Entry.numa = [ordered]@{
        processorsPerNode = [int]$vmProcessor.MaximumCountPerNumaNode
        nodesPerSocket    = [int]$vmProcessor.MaximumCountPerNumaSocket
    }
}

function Read-Machine($Name, $Vm, $Guests, $DiskSizes, $At) {
    $items = $Guests[([string]$Vm.Id).ToLowerInvariant()]
    $entry = [ordered]@{
        name                 = $Vm.Name
        host                 = $Name
        guestOs              = ConvertTo-GuestOs $items
        generation           = [int]$Vm.Generation
        configurationVersion = [string]$Vm.Version
        processorCount       = [int]$Vm.ProcessorCount
        memoryMB             = ConvertTo-MB $Vm.MemoryStartup
    }
    if ([string]::IsNullOrEmpty($entry.configurationVersion)) { $entry.Remove('configurationVersion') }
    if ($Vm.DynamicMemoryEnabled) {
        $vmMemory = Get-VMMemory -VM $Vm
        $entry.dynamicMemory = [ordered]@{
            minimumMB     = ConvertTo-MB $Vm.MemoryMinimum
            maximumMB     = ConvertTo-MB $Vm.MemoryMaximum
            bufferPercent = [int]$vmMemory.Buffer
        }
    }
    Read-Processor $Vm $entry
    Read-Firmware $Vm $entry

    $disks = [System.Collections.ArrayList]@()
    foreach ($drive in @(Get-VMHardDiskDrive -VM $Vm)) { $null = $disks.Add((Read-Disk $drive $DiskSizes $At)) }
    $entry.disks = @($disks)
    $dvdDrives = [System.Collections.ArrayList]@()
    foreach ($dvd in @(Get-VMDvdDrive -VM $Vm)) {
        $dvdEntry = [ordered]@{}
        if ($dvd.Path) { $dvdEntry.path = $dvd.Path }
        $null = $dvdDrives.Add($dvdEntry)
    }
    $entry.dvdDrives = @($dvdDrives)
    $adapters = [System.Collections.ArrayList]@()
    foreach ($guestAdapter in @(Get-VMNetworkAdapter -VM $Vm)) { $null = $adapters.Add((Read-Adapter $guestAdapter)) }
    $entry.networkAdapters = @($adapters)
    $gpus = @(Read-Gpus $Vm)
    if ($gpus.Count -gt 0) { $entry.gpus = $gpus }

    $entry.storagePath = $Vm.ConfigurationLocation
    $entry.checkpointPath = $Vm.SnapshotFileLocation
    $entry.smartPagingPath = $Vm.SmartPagingFilePath
    if ($null -ne $Vm.CheckpointType) { $entry.checkpoints = [string]$Vm.CheckpointType }
    if ($null -ne $Vm.AutomaticCheckpointsEnabled) { $entry.automaticCheckpoints = [bool]$Vm.AutomaticCheckpointsEnabled }
    $entry.automaticStopAction = [string]$Vm.AutomaticStopAction
    $entry.integrationServices = Read-IntegrationServices $Vm
    if ([string]$Vm.ReplicationMode -eq 'Primary') {
        try { $entry.replication = Read-Replication $Vm }
        catch {
            $entry.replication = $null
            Add-NotRead ('replication of ' + $Vm.Name) $_.Exception.Message $false
        }
    }
    # Neither agents in the guest nor what it does are read.
    $entry.agents = $null
    if ($items -and $items['FullyQualifiedDomainName']) {
        $machineOfGuest[(ConvertTo-Label $items['FullyQualifiedDomainName'])] = $entry
    }
    $entry
}

function Read-Machines($Name, $Remote, $At) {
    $guests = @{}
    try { $guests = Read-Guests $Remote }
    catch { Add-NotRead ('guest operating systems on ' + $Name) $_.Exception.Message $false }
    $diskSizes = @{}
    try {
        foreach ($disk in @(Get-CimInstance -Namespace root/Microsoft/Windows/Storage -ClassName MSFT_Disk @Remote)) {
            $diskSizes[[int]$disk.Number] = $disk.Size
        }
    }
    catch { Add-NotRead ('sizes of physical disks of ' + $Name) $_.Exception.Message $false }
    foreach ($vm in @(Get-VM @At)) {
        $mode = [string]$vm.ReplicationMode
        if ($mode -eq 'Replica' -or $mode -eq 'ExtendedReplica' -or $mode -eq 'TestReplica') {
            Add-NotRead ($vm.Name + ' on ' + $Name) 'it is a replica, which the inventory of its primary server has' $false
            continue
        }
        try {
            $machine = Read-Machine $Name $vm $guests $diskSizes $At
            $machineById[([string]$vm.Id).ToLowerInvariant()] = $machine
            $null = $machines.Add($machine)
        }
        catch { Add-NotRead ('virtual machine ' + $vm.Name + ' on ' + $Name) $_.Exception.Message $true }
    }
}

# -------------------------------------------------------------------------------------------------------------- clusters

function Read-Quorum($Quorum) {
    $kind = [string]$Quorum.QuorumType
    $witness = $Quorum.QuorumResource
    $entry = [ordered]@{ type = 'nodeMajority' }
    if ($kind -like '*DiskOnly*') { $entry.type = 'noMajority' }
    if ($witness) {
        $witnessType = [string]$witness.ResourceType
        if ($entry.type -eq 'nodeMajority') {
            $entry.type = 'nodeAndDiskMajority'
            if ($witnessType -like '*File Share*') { $entry.type = 'nodeAndFileShareMajority' }
            if ($witnessType -like '*Cloud*') { $entry.type = 'nodeAndCloudWitness' }
        }
        $entry.witness = [string]$witness.Name
    }
    $entry
}

# The networks for live migration, the preferred one first: those in the order of the cluster that are not excluded.
function Read-MigrationNetworks($NetworkNames, $In) {
    $machineType = Get-ClusterResourceType -Name 'Virtual Machine' @In
    $migrationOrder = Get-ClusterParameter -InputObject $machineType -Name MigrationNetworkOrder
    $migrationExcluded = Get-ClusterParameter -InputObject $machineType -Name MigrationExcludeNetworks
    $without = ([string]$migrationExcluded.Value).Split(';')
    foreach ($id in ([string]$migrationOrder.Value).Split(';')) {
        if ($NetworkNames.ContainsKey($id) -and $without -notcontains $id) { $NetworkNames[$id] }
    }
}

# Where the cluster may run its machines, and which it keeps apart.
function Read-ClusterMachines($Cluster, $NodeCount, $In) {
    $antiAffinity = @{}
    foreach ($group in @(Get-ClusterGroup @In)) { $antiAffinity[$group.Name] = @($group.AntiAffinityClassNames) }
    foreach ($resource in @(Get-ClusterResource @In)) {
        if ([string]$resource.ResourceType -ne 'Virtual Machine') { continue }
        $idParameter = Get-ClusterParameter -InputObject $resource -Name VmID
        $machine = $machineById[([string]$idParameter.Value).ToLowerInvariant()]
        if ($null -eq $machine) { continue }
        $machine.cluster = $Cluster.Name
        $classes = @($antiAffinity[[string]$resource.OwnerGroup] | Where-Object { $_ })
        if ($classes.Count -gt 0) { $machine.antiAffinityClassNames = $classes }
        $owners = Get-ClusterOwnerNode -InputObject $resource
        $ownerNames = @($owners.OwnerNodes | ForEach-Object { [string]$_ })
        if ($ownerNames.Count -gt 0 -and $ownerNames.Count -lt $NodeCount) { $machine.possibleOwners = $ownerNames }
    }
}

function Read-Cluster($Cluster, $Nodes) {
    $in = @{ Cluster = $Cluster.Name }
    $entry = [ordered]@{ name = $Cluster.Name; nodes = @($Nodes | ForEach-Object { [string]$_ }) }
    $networkNames = @{}
    $networks = [System.Collections.ArrayList]@()
    foreach ($network in @(Get-ClusterNetwork @in)) {
        $networkNames[[string]$network.Id] = $network.Name
        $null = $networks.Add([ordered]@{
                name           = $network.Name
                purpose        = $null
                role           = [string]$network.Role
                metric         = [int]$network.Metric
                autoMetric     = [bool]$network.AutoMetric
                defaultGateway = $null
            })
    }
    $entry.networks = @($networks)
    if ($null -ne $Cluster.ClusterEnforcedAntiAffinity) { $entry.enforcedAntiAffinity = [bool]$Cluster.ClusterEnforcedAntiAffinity }
    try {
        $migrationNames = @(Read-MigrationNetworks $networkNames $in)
        if ($migrationNames.Count -gt 0) { $entry.liveMigrationNetworks = $migrationNames }
    }
    catch {
        $entry.liveMigrationNetworks = $null
        Add-NotRead ('live migration networks of ' + $Cluster.Name) $_.Exception.Message $false
    }
    try {
        $quorum = Get-ClusterQuorum @in
        $entry.quorum = Read-Quorum $quorum
    }
    catch {
        $entry.quorum = $null
        Add-NotRead ('quorum of ' + $Cluster.Name) $_.Exception.Message $false
    }
    foreach ($brokerResource in @(Get-ClusterResource @in)) {
        if ([string]$brokerResource.ResourceType -like '*Replication Broker*') { $entry.replicaBroker = [string]$brokerResource.OwnerGroup }
    }
    $entry
}

# -------------------------------------------------------------------------------------------------------------- Exchange

function ConvertTo-ExchangeVersion([string] $Version) {
    if ($Version -notmatch '^Version (\d+)\.(\d+) \(Build (\d+)') { return $Version }
    $number = $Matches[1] + '.' + $Matches[2]
    if ($number -eq '14.0') { return 'Exchange 2010 RTM' }
    if ($number -like '14.*') { return 'Exchange 2010 SP' + $Matches[2] }
    if ($number -eq '15.0') { return 'Exchange 2013' }
    if ($number -eq '15.1') { return 'Exchange 2016' }
    if ($number -eq '15.2' -and [int]$Matches[3] -ge 2562) { return 'Exchange Server SE' }
    if ($number -eq '15.2') { return 'Exchange 2019' }
    $Version
}

function Read-Exchange() {
    $groupOfServer = @{}
    foreach ($dag in @(Get-DatabaseAvailabilityGroup)) {
        foreach ($member in @($dag.Servers)) { $groupOfServer[(ConvertTo-Label ([string]$member))] = $dag }
    }
    $databasesOfServer = @{}
    foreach ($database in @(Get-MailboxDatabase)) {
        foreach ($holder in @($database.Servers)) {
            $label = ConvertTo-Label ([string]$holder)
            $databasesOfServer[$label] = @($databasesOfServer[$label]) + [string]$database.Name
        }
    }
    foreach ($exchangeServer in @(Get-ExchangeServer)) {
        $label = ConvertTo-Label ([string]$exchangeServer.Name)
        $machine = $machineOfGuest[$label]
        if ($null -eq $machine) {
            Add-NotRead ('Exchange server ' + $exchangeServer.Name) 'none of the virtual machines that were read has its name' $false
            continue
        }
        $roles = @(([string]$exchangeServer.ServerRole).Split(',') | ForEach-Object { $_.Trim() } | Where-Object { $_ })
        $entry = [ordered]@{ version = ConvertTo-ExchangeVersion ([string]$exchangeServer.AdminDisplayVersion); roles = $roles }
        $dag = $groupOfServer[$label]
        if ($dag) {
            $entry.databaseAvailabilityGroup = [string]$dag.Name
            if ($dag.WitnessServer) { $entry.witnessServer = [string]$dag.WitnessServer }
        }
        $databases = @($databasesOfServer[$label] | Where-Object { $_ })
        if ($databases.Count -gt 0) { $entry.databases = $databases }
        $machine.exchange = $entry
    }
}

# ------------------------------------------------------------------------------------------------ Virtual Machine Manager

function ConvertTo-VmmVersion([string] $Version) {
    if ($Version -like '3.0.*') { return 'VMM 2012' }
    if ($Version -like '3.1.*') { return 'VMM 2012 SP1' }
    if ($Version -like '3.2.*') { return 'VMM 2012 R2' }
    if ($Version -like '4.*') { return 'VMM 2016' }
    if ($Version -like '10.19.*') { return 'VMM 2019' }
    if ($Version -like '10.22.*') { return 'VMM 2022' }
    if ($Version -like '10.25.*') { return 'VMM 2025' }
    $null
}

function Read-Vmm([string] $Name) {
    $vmm = Get-SCVMMServer -ComputerName $Name
    $managed = [System.Collections.ArrayList]@()
    foreach ($vmHost in @(Get-SCVMHost -VMMServer $vmm)) { $null = $managed.Add([string]$vmHost.FQDN) }
    $libraries = [System.Collections.ArrayList]@()
    foreach ($library in @(Get-SCLibraryServer -VMMServer $vmm)) { $null = $libraries.Add([string]$library.FQDN) }
    $entry = [ordered]@{
        name           = $Name
        version        = ConvertTo-VmmVersion ([string]$vmm.ProductVersion)
        host           = $Name
        libraryServers = @($libraries)
        managedHosts   = @($managed)
    }
    if ($vmm.DatabaseServerName -and (ConvertTo-Label $vmm.DatabaseServerName) -ne (ConvertTo-Label $Name)) {
        $entry.sqlServer = [string]$vmm.DatabaseServerName
    }
    $entry
}

# -------------------------------------------------------------------------------------------------------------- together

$hosts = [System.Collections.ArrayList]@()
$machines = [System.Collections.ArrayList]@()
$clusters = [System.Collections.ArrayList]@()
$vmmServers = [System.Collections.ArrayList]@()
$machineById = @{}
$machineOfGuest = @{}
$readClusters = @{}

$names = @($ComputerName)
if ($names.Count -eq 0) {
    $names = @($env:COMPUTERNAME)
    if (Get-Command -Name Get-ClusterNode -ErrorAction SilentlyContinue) {
        try {
            $ownNodes = @(Get-ClusterNode)
            $names = @($ownNodes | ForEach-Object { [string]$_ })
        }
        catch { Add-NotRead 'the failover cluster of this computer' $_.Exception.Message $false }
    }
}
if (-not (Get-Command -Name Get-VMHost -ErrorAction SilentlyContinue)) {
    Add-NotRead ('virtual machines on ' + ($names -join ', ')) 'the module Hyper-V is not installed on this computer' $true
}

foreach ($name in $names) {
    $isLocal = (ConvertTo-Label $name) -eq (ConvertTo-Label $env:COMPUTERNAME)
    $remote = @{}
    $remoteCim = @{}
    $at = @{}
    if (-not $isLocal) {
        $remote = @{ ComputerName = $name }
        $remoteCim = @{ CimSession = $name }
        $at = @{ ComputerName = $name }
    }
    try { $hostEntry = Read-HostSystem $name $remote }
    catch {
        Add-NotRead ('host ' + $name) $_.Exception.Message $true
        continue
    }
    try { Read-HostNetwork $name $hostEntry $remote $remoteCim $at }
    catch {
        $hostEntry.networkAdapters = $null
        $hostEntry.virtualSwitches = $null
        Add-NotRead ('network adapters and switches of ' + $name) $_.Exception.Message $false
    }
    $null = $hosts.Add($hostEntry)
    try { Read-Machines $name $remote $at }
    catch { Add-NotRead ('virtual machines on ' + $name) $_.Exception.Message $true }
}

if (Get-Command -Name Get-Cluster -ErrorAction SilentlyContinue) {
    foreach ($name in $names) {
        # A host that is in no cluster has nothing to say here.
        $cluster = Get-Cluster -Name $name -ErrorAction SilentlyContinue
        if ($null -eq $cluster -or $readClusters.ContainsKey($cluster.Name)) { continue }
        $readClusters[$cluster.Name] = $true
        try {
            $nodes = @(Get-ClusterNode -Cluster $cluster.Name)
            $null = $clusters.Add((Read-Cluster $cluster $nodes))
            Read-ClusterMachines $cluster $nodes.Count @{ Cluster = $cluster.Name }
        }
        catch { Add-NotRead ('cluster ' + $cluster.Name) $_.Exception.Message $true }
    }
}
else { Add-NotRead 'failover clusters' 'the module FailoverClusters is not installed on this computer' $false }

if (Get-Command -Name Get-ExchangeServer -ErrorAction SilentlyContinue) {
    try { Read-Exchange }
    catch { Add-NotRead 'Exchange servers' $_.Exception.Message $false }
}
else { Add-NotRead 'Exchange servers' 'this is not the Exchange Management Shell' $false }

foreach ($vmmName in $VmmServer) {
    try { $null = $vmmServers.Add((Read-Vmm $vmmName)) }
    catch { Add-NotRead ('VMM server ' + $vmmName) $_.Exception.Message $false }
}

[ordered]@{
    inventoryVersion = 1
    collectedAt      = Get-Date -Format o
    collectedOn      = $env:COMPUTERNAME
    hosts            = @($hosts)
    clusters         = @($clusters)
    virtualMachines  = @($machines)
    vmmServers       = @($vmmServers)
    notRead          = @($notRead)
} | ConvertTo-Json -Depth 12
