import type * as azurestackhci from "@pulumi/azure-native/azurestackhci";
import type * as compute from "@pulumi/azure-native/compute";
import type * as hybridcompute from "@pulumi/azure-native/hybridcompute";
import type * as network from "@pulumi/azure-native/network";
import type * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import type * as scvmm from "@pulumi/azure-native/scvmm";
import type { input } from "@pulumi/azure-native/types";
import type { PlainObject } from "../../lib/estate/plain";

// Only types of the SDK are taken, so that a property that it renames breaks the build here.

/** A resource with every property of its type that is read: from it the page of the dialects is made. */
export interface Sample {
  readonly type: string;
  /** What a reader should know of the type besides its properties. */
  readonly note?: string;
  readonly properties: PlainObject;
}

const MACHINE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/ex1";
const LOCAL = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.AzureStackHCI";
const NETWORK = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network";
const VMM = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ScVmm";

const SIZING = {
  cpuCount: 4,
  memoryMB: 8192,
  dynamicMemoryEnabled: "true",
  dynamicMemoryMinMB: 4096,
  dynamicMemoryMaxMB: 16384,
  limitCpuForMigration: "true",
} satisfies input.scvmm.HardwareProfileArgs;
const VMM_PROFILES = {
  hardwareProfile: SIZING,
  storageProfile: { disks: [{ name: "system", diskSizeGB: 80, vhdType: "Fixed", createDiffDisk: "false" }] },
  networkProfile: {
    networkInterfaces: [
      { name: "nic1", macAddress: "00:1D:D8:B7:1C:00", macAddressType: "Static", ipv4AddressType: "Dynamic" },
    ],
  },
  availabilitySets: [{ id: `${VMM}/availabilitySets/mailbox`, name: "mailbox" }],
} satisfies Partial<scvmm.VirtualMachineInstanceArgs>;
const PLACEMENT = {
  generation: 2,
  checkpointType: "Disabled",
  templateId: `${VMM}/virtualMachineTemplates/large`,
} satisfies input.scvmm.InfrastructureProfileArgs;
const LOCAL_PROFILES = {
  hardwareProfile: {
    processors: 4,
    memoryMB: 8192,
    dynamicMemoryConfig: { minimumMemoryMB: 4096, maximumMemoryMB: 16384, targetMemoryBuffer: 20 },
  },
  securityProfile: { enableTPM: true, uefiSettings: { secureBootEnabled: true } },
  storageProfile: {
    imageReference: { id: `${LOCAL}/marketplaceGalleryImages/ws2022` },
    osDisk: { id: `${LOCAL}/virtualHardDisks/system` },
    dataDisks: [{ id: `${LOCAL}/virtualHardDisks/databases` }],
    vmConfigStoragePathId: `${LOCAL}/storageContainers/volume1`,
  },
  networkProfile: { networkInterfaces: [{ id: `${LOCAL}/networkInterfaces/nic1` }] },
} satisfies Partial<azurestackhci.VirtualMachineInstanceArgs>;
const IMAGE = {
  hyperVGeneration: "V2",
  identifier: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2022-datacenter" },
};
const BYTES = {
  memoryStartupBytes: 8_589_934_592,
  memoryMinimumBytes: 4_294_967_296,
  memoryMaximumBytes: 17_179_869_184,
};
const SCRIPT = [
  "New-VM -Name ex1 -MemoryStartupBytes 8GB -Generation 2 -SwitchName servers -NewVHDPath D:\\vhd\\new.vhdx -NewVHDSizeBytes 80GB -Path D:\\vm -Version 9.0",
  "Set-VM -Name ex1 -ProcessorCount 4 -CheckpointType Disabled -AutomaticStopAction ShutDown",
  "Set-VM -Name ex1 -AutomaticCheckpointsEnabled $false -SnapshotFileLocation E:\\checkpoints -SmartPagingFilePath F:\\paging",
  "Set-VMFirmware -VMName ex1 -EnableSecureBoot On -SecureBootTemplate MicrosoftUEFICertificateAuthority",
  "Enable-VMTPM -VMName ex1",
  "Set-VMProcessor -VMName ex1 -Count 4 -CompatibilityForMigrationEnabled $true -ExposeVirtualizationExtensions $false",
  "Set-VMProcessor -VMName ex1 -Reserve 10 -Maximum 90 -RelativeWeight 200",
  "Set-VMProcessor -VMName ex1 -MaximumCountPerNumaNode 4 -MaximumCountPerNumaSocket 1",
  "Set-VMMemory -VMName ex1 -DynamicMemoryEnabled $true -MinimumBytes 4GB -MaximumBytes 16GB -Buffer 20",
  "Set-VMMemory -VMName ex1 -MaximumAmountPerNumaNodeBytes 8GB",
  "New-VHD -Path D:\\vhd\\ex1.vhdx -SizeBytes 80GB -Fixed",
  "Add-VMHardDiskDrive -VMName ex1 -Path D:\\vhd\\ex1.vhdx -MinimumIOPS 100 -MaximumIOPS 500 -SupportPersistentReservations",
  "Add-VMDvdDrive -VMName ex1 -Path D:\\iso\\tools.iso",
  "Add-VMGpuPartitionAdapter -VMName ex1 -InstancePath $gpu",
  "Add-VMNetworkAdapter -VMName ex1 -Name LAN -SwitchName servers -IsLegacy $false",
  "Set-VMNetworkAdapter -VMName ex1 -Name LAN -StaticMacAddress 00155D010203 -MacAddressSpoofing On -IovWeight 50",
  "Set-VMNetworkAdapter -VMName ex1 -Name LAN -PortMirroring Source",
  "Set-VMNetworkAdapter -VMName ex1 -Name LAN -MinimumBandwidthWeight 5 -MaximumBandwidth 1000000000",
  "Set-VMNetworkAdapter -VMName ex1 -Name LAN -MinimumBandwidthAbsolute 200000000",
  "Set-VMNetworkAdapterVlan -VMName ex1 -VMNetworkAdapterName LAN -Access -VlanId 20",
  "Enable-VMIntegrationService -VMName ex1 -Name VSS, Shutdown, Heartbeat, 'Time Synchronization', 'Key-Value Pair Exchange'",
  "Enable-VMReplication -VMName ex1 -ReplicaServerName hv3 -ReplicationFrequencySec 300 -RecoveryHistory 4",
  "New-VMSwitch -Name servers -NetAdapterName 'LAN 1', 'LAN 2' -AllowManagementOS $false -EnableIov $true -MinimumBandwidthMode None",
  "New-Cluster -Name cluster1 -Node hv1, hv2",
  "Add-ClusterVirtualMachineRole -VMName ex1 -Cluster cluster1",
  "(Get-ClusterGroup -Name ex1).AntiAffinityClassNames = 'DAG1'",
  "(Get-ClusterNetwork -Name CSV).Metric = 500",
  "(Get-ClusterNetwork -Name CSV).Role = 1",
].join("; ");
const MACHINE_TAG_SAMPLE = {
  "hyperv-guard:host": "hv1",
  "hyperv-guard:cluster": "cluster1",
  "hyperv-guard:guestOs": "Windows Server 2022",
  "hyperv-guard:edition": "Datacenter",
  "hyperv-guard:architecture": "x64",
  "hyperv-guard:secureBoot": "true",
  "hyperv-guard:secureBootTemplate": "MicrosoftWindows",
  "hyperv-guard:tpm": "true",
  "hyperv-guard:configurationVersion": "9.0",
  "hyperv-guard:processorCompatibility": "false",
  "hyperv-guard:nestedVirtualization": "false",
  "hyperv-guard:role": "mail server",
  "hyperv-guard:group": "mail",
  "hyperv-guard:antiAffinityClassNames": "mailbox, exchange",
  "hyperv-guard:exchange": "Exchange 2019",
  "hyperv-guard:exchangeRoles": "Mailbox",
  "hyperv-guard:databaseAvailabilityGroup": "DAG1",
};
const DISK_TAG_SAMPLE = { "hyperv-guard:purpose": "databases", "hyperv-guard:storage": "spindles1" };

const DEPLOYED_CLUSTER = { name: "cluster1", witnessType: "FileShare", witnessPath: "\\\\files\\witness" };
const INFRASTRUCTURE = {
  subnetMask: "255.255.255.0",
  gateway: "10.0.0.1",
  dnsServers: ["10.0.0.4"],
  ipPools: [{ startingAddress: "10.0.0.50", endingAddress: "10.0.0.59" }],
};
const ADAPTER_OVERRIDES = { jumboPacket: "9014", networkDirect: "Enabled", networkDirectTechnology: "RoCEv2" };
const SWITCH_OVERRIDES = { enableIov: "false", loadBalancingAlgorithm: "Dynamic" };
const DEPLOYMENT_NOTE =
  "Each physical node is a host with Azure Local and a node of the cluster. The traffic types of an intent are what its " +
  "adapters are for: Management, Compute (virtual machines) and Storage (Cluster Shared Volumes). An intent with Compute is " +
  "a virtual switch of each node, with an embedded team where it has several adapters.";

const LOCAL_SECURITY_RULE = {
  priority: 100,
  direction: "Outbound",
  access: "Allow",
  protocol: "Tcp",
  sourcePortRanges: ["*"],
  destinationPortRanges: ["1433"],
  sourceAddressPrefixes: ["10.0.0.0/24"],
  destinationAddressPrefixes: ["10.0.1.0/24"],
} satisfies Partial<azurestackhci.SecurityRuleArgs>;
const SECURITY_RULE = {
  ...LOCAL_SECURITY_RULE,
  sourceApplicationSecurityGroups: [{ id: `${NETWORK}/applicationSecurityGroups/asg-vmm` }],
  destinationApplicationSecurityGroups: [{ id: `${NETWORK}/applicationSecurityGroups/asg-sql` }],
} satisfies Partial<network.SecurityRuleArgs>;

/** The same of the classic provider, which has the ids of groups themselves. */
const CLASSIC_SECURITY_RULE = {
  name: "sql",
  priority: 200,
  direction: "Outbound",
  access: "Allow",
  protocol: "Tcp",
  sourcePortRange: "*",
  sourcePortRanges: ["*"],
  destinationPortRange: "1433",
  destinationPortRanges: ["1433"],
  sourceAddressPrefix: "10.0.1.4",
  sourceAddressPrefixes: ["10.0.1.4"],
  destinationAddressPrefix: "10.0.2.4",
  destinationAddressPrefixes: ["10.0.2.4"],
  sourceApplicationSecurityGroupIds: [
    "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/applicationSecurityGroups/vmm",
  ],
  destinationApplicationSecurityGroupIds: [
    "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/applicationSecurityGroups/sql",
  ],
};

export const SAMPLES: readonly Sample[] = [
  {
    type: "azure-native:scvmm:VirtualMachineInstance",
    note: "Its tags are those of the machine that it extends.",
    properties: {
      resourceUri: MACHINE,
      infrastructureProfile: { vmName: "ex1", ...PLACEMENT },
      osProfile: { computerName: "ex1" },
      ...VMM_PROFILES,
    } satisfies Partial<scvmm.VirtualMachineInstanceArgs>,
  },
  {
    type: "azure-native:scvmm:VirtualMachine",
    properties: {
      vmName: "ex1",
      osProfile: { computerName: "ex1" },
      ...PLACEMENT,
      ...VMM_PROFILES,
      tags: MACHINE_TAG_SAMPLE,
    } satisfies Partial<scvmm.VirtualMachineArgs>,
  },
  {
    type: "azure-native:scvmm:VirtualMachineTemplate",
    note: "Only what has been read from Azure, after a refresh, has sizes.",
    properties: {
      resourceGroupName: "rg",
      virtualMachineTemplateName: "large",
      ...SIZING,
      generation: 2,
    } satisfies Partial<Record<keyof (scvmm.VirtualMachineTemplate & scvmm.VirtualMachineTemplateArgs), unknown>>,
  },
  {
    type: "azure-native:scvmm:AvailabilitySet",
    properties: {
      resourceGroupName: "rg",
      availabilitySetName: "mailbox",
    } satisfies Partial<scvmm.AvailabilitySetArgs>,
  },
  {
    type: "azure-native:azurestackhci:VirtualMachineInstance",
    note: "Its host version is Azure Local. Its tags are those of the machine that it extends.",
    properties: {
      resourceUri: MACHINE,
      osProfile: { computerName: "ex1" },
      ...LOCAL_PROFILES,
      securityProfile: { ...LOCAL_PROFILES.securityProfile, securityType: "TrustedLaunch" },
      hardwareProfile: {
        ...LOCAL_PROFILES.hardwareProfile,
        virtualMachineGPUs: [{ assignmentType: "GpuP", gpuName: "A2", partitionSizeMB: 2048 }],
      },
    } satisfies Partial<azurestackhci.VirtualMachineInstanceArgs>,
  },
  {
    type: "azure-native:azurestackhci:VirtualMachine",
    note: "Its host version is Azure Local.",
    properties: {
      virtualMachineName: "ex1",
      osProfile: { computerName: "ex1" },
      ...LOCAL_PROFILES,
      tags: MACHINE_TAG_SAMPLE,
    } satisfies Partial<azurestackhci.VirtualMachineArgs>,
  },
  {
    type: "azure-native:azurestackhci:VirtualHardDisk",
    properties: {
      resourceGroupName: "rg",
      virtualHardDiskName: "databases",
      dynamic: false,
      diskFileFormat: "vhdx",
      diskSizeGB: 500,
      containerId: `${LOCAL}/storageContainers/volume1`,
      tags: DISK_TAG_SAMPLE,
    } satisfies Partial<azurestackhci.VirtualHardDiskArgs>,
  },
  {
    type: "azure-native:azurestackhci:StorageContainer",
    properties: {
      resourceGroupName: "rg",
      storageContainerName: "volume1",
      path: "C:\\ClusterStorage\\Volume1",
    } satisfies Partial<azurestackhci.StorageContainerArgs>,
  },
  {
    type: "azure-native:azurestackhci:NetworkInterface",
    properties: {
      resourceGroupName: "rg",
      networkInterfaceName: "nic1",
      macAddress: "00:15:5D:01:02:03",
      ipConfigurations: [
        { properties: { privateIPAddress: "10.0.0.10", subnet: { id: `${LOCAL}/logicalNetworks/servers` } } },
      ],
    } satisfies Partial<azurestackhci.NetworkInterfaceArgs>,
  },
  {
    type: "azure-native:azurestackhci:LogicalNetwork",
    properties: {
      resourceGroupName: "rg",
      logicalNetworkName: "servers",
      vmSwitchName: "ConvergedSwitch(compute)",
      dhcpOptions: { dnsServers: ["10.0.0.4"] },
      subnets: [
        {
          name: "servers",
          addressPrefix: "10.0.20.0/24",
          vlan: 20,
          ipAllocationMethod: "Static",
          ipPools: [{ start: "10.0.20.50", end: "10.0.20.99" }],
          routeTable: { routes: [{ addressPrefix: "0.0.0.0/0", nextHopIpAddress: "10.0.20.1" }] },
          networkSecurityGroup: { id: `${LOCAL}/networkSecurityGroups/nsg-servers` },
        },
      ],
    } satisfies Partial<azurestackhci.LogicalNetworkArgs>,
  },
  {
    type: "azure-native:azurestackhci:MarketplaceGalleryImage",
    note: "Only images of Windows Server name a guest.",
    properties: {
      resourceGroupName: "rg",
      marketplaceGalleryImageName: "ws2022",
      ...IMAGE,
    } satisfies Partial<azurestackhci.MarketplaceGalleryImageArgs>,
  },
  {
    type: "azure-native:azurestackhci:GalleryImage",
    note: "Only images of Windows Server name a guest.",
    properties: {
      resourceGroupName: "rg",
      galleryImageName: "ws2022",
      ...IMAGE,
    } satisfies Partial<azurestackhci.GalleryImageArgs>,
  },
  {
    type: "azure-native:azurestackhci:Cluster",
    note: "Only what has been read from Azure, after a refresh, has nodes. Each is a host with Azure Local and a node of the cluster.",
    properties: {
      resourceGroupName: "rg",
      clusterName: "cluster1",
      reportedProperties: { clusterName: "cluster1", nodes: [{ name: "node1", memoryInGiB: 512 }] },
    } satisfies Partial<Record<keyof (azurestackhci.Cluster & azurestackhci.ClusterArgs), unknown>>,
  },
  {
    type: "azure-native:azurestackhci:DeploymentSetting",
    note: DEPLOYMENT_NOTE,
    properties: {
      deploymentConfiguration: {
        scaleUnits: [
          {
            deploymentData: {
              cluster: DEPLOYED_CLUSTER,
              domainFqdn: "contoso.com",
              physicalNodes: [{ name: "node1", ipv4Address: "10.0.0.11" }],
              infrastructureNetwork: [{ ...INFRASTRUCTURE, useDhcp: false }],
              sdnIntegration: {
                networkController: {
                  macAddressPoolStart: "00-1D-D8-B7-1C-00",
                  macAddressPoolStop: "00-1D-D8-B7-1F-FF",
                },
              },
              securitySettings: {
                bitlockerBootVolume: true,
                bitlockerDataVolumes: true,
                credentialGuardEnforced: true,
                driftControlEnforced: true,
                drtmProtection: true,
                hvciProtection: true,
                sideChannelMitigationEnforced: true,
                smbClusterEncryption: false,
                smbSigningEnforced: true,
                wdacEnforced: true,
              },
              hostNetwork: {
                intents: [
                  {
                    name: "Compute",
                    adapter: ["pNIC1", "pNIC2"],
                    trafficType: ["Management", "Compute"],
                    overrideAdapterProperty: true,
                    adapterPropertyOverrides: ADAPTER_OVERRIDES,
                    overrideVirtualSwitchConfiguration: true,
                    virtualSwitchConfigurationOverrides: SWITCH_OVERRIDES,
                    overrideQosPolicy: true,
                    qosPolicyOverrides: {
                      priorityValue8021ActionCluster: "7",
                      priorityValue8021ActionSMB: "3",
                      bandwidthPercentageSMB: "50",
                    },
                  },
                ],
                storageNetworks: [
                  {
                    name: "Storage1",
                    networkAdapterName: "pNIC3",
                    vlanId: "711",
                    storageAdapterIPInfo: [
                      { physicalNode: "node1", ipv4Address: "10.71.1.1", subnetMask: "255.255.255.0" },
                    ],
                  },
                ],
                storageConnectivitySwitchless: false,
                enableStorageAutoIp: false,
              },
            },
          },
        ],
      },
    } satisfies Partial<azurestackhci.DeploymentSettingArgs>,
  },
  {
    type: "azure-native:hybridcompute:Machine",
    note: "Virtual machines of VMM and of Azure Local that extend it take its tags. Without the tag of a guest they take `osSku`, once that has been read from Azure.",
    properties: {
      resourceGroupName: "rg",
      machineName: "ex1",
      tags: MACHINE_TAG_SAMPLE,
      osSku: "Windows Server 2022 Datacenter",
    } satisfies Partial<Record<keyof (hybridcompute.Machine & hybridcompute.MachineArgs), unknown>>,
  },
  {
    type: "azure-native:compute:VirtualMachine",
    note: "Only with tags of hyperv-guard: a server of the estate that runs in Azure. A dedicated host is a host.",
    properties: {
      vmName: "ex2",
      availabilitySet: { id: "/resourceGroups/rg/providers/Microsoft.Compute/availabilitySets/mailbox" },
      host: { id: "/resourceGroups/rg/providers/Microsoft.Compute/hostGroups/group/hosts/host1" },
      tags: MACHINE_TAG_SAMPLE,
    } satisfies Partial<compute.VirtualMachineArgs>,
  },
  {
    type: "azure-native:compute:AvailabilitySet",
    properties: {
      resourceGroupName: "rg",
      availabilitySetName: "mailbox",
    } satisfies Partial<compute.AvailabilitySetArgs>,
  },
  {
    type: "azure-native:network:NetworkSecurityGroup",
    note: "It stands before the computers of a `VmmServer` that name it.",
    properties: {
      networkSecurityGroupName: "nsg-vmm",
      securityRules: [SECURITY_RULE],
    } satisfies Partial<network.NetworkSecurityGroupArgs>,
  },
  {
    type: "azure-native:network:SecurityRule",
    properties: {
      securityRuleName: "sql",
      networkSecurityGroupName: "nsg-vmm",
      ...SECURITY_RULE,
    } satisfies Partial<network.SecurityRuleArgs>,
  },
  {
    type: "azure-native:azurestackhci:NetworkSecurityGroup",
    note: "Its rules are resources of their own.",
    properties: {
      networkSecurityGroupName: "nsg-vmm",
    } satisfies Partial<azurestackhci.NetworkSecurityGroupArgs>,
  },
  {
    type: "azure-native:azurestackhci:SecurityRule",
    properties: {
      securityRuleName: "sql",
      networkSecurityGroupName: "nsg-vmm",
      ...LOCAL_SECURITY_RULE,
    } satisfies Partial<azurestackhci.SecurityRuleArgs>,
  },
  {
    type: "azure-native:recoveryservices:ReplicationPolicy",
    note: "Only policies of Hyper-V to Hyper-V: settings of Hyper-V Replica without a virtual machine.",
    properties: {
      policyName: "every-five-minutes",
      properties: {
        providerSpecificInput: {
          instanceType: "HyperVReplica2012R2",
          replicationFrequencyInSeconds: 300,
          recoveryPoints: 4,
          allowedAuthenticationType: 2,
          replicationPort: 8443,
          compression: "Enable",
        },
      },
    } satisfies Partial<recoveryservices.ReplicationPolicyArgs>,
  },
  {
    type: "azure-native:recoveryservices:ReplicationProtectedItem",
    note: "A virtual machine of Hyper-V that Site Recovery replicates to Azure.",
    properties: {
      replicatedProtectedItemName: "ex1",
      properties: { providerSpecificDetails: { instanceType: "HyperVReplicaAzure", vmName: "ex1" } },
    } satisfies Partial<recoveryservices.ReplicationProtectedItemArgs>,
  },
  {
    type: "azure:systemcenter/virtualMachineManagerVirtualMachineInstance:VirtualMachineManagerVirtualMachineInstance",
    note: "Its tags are those of the machine that it extends.",
    properties: {
      scopedResourceId: MACHINE,
      operatingSystem: { computerName: "ex1" },
      hardware: {
        cpuCount: 4,
        memoryInMb: 8192,
        dynamicMemoryMinInMb: 4096,
        dynamicMemoryMaxInMb: 16384,
        limitCpuForMigrationEnabled: true,
      },
      infrastructure: {
        checkpointType: "Disabled",
        systemCenterVirtualMachineManagerTemplateId: `${VMM}/virtualMachineTemplates/large`,
      },
      storageDisks: [{ name: "system", diskSizeGb: 80, vhdType: "Fixed" }],
      networkInterfaces: [{ name: "nic1", macAddressType: "Static", ipv4AddressType: "Dynamic" }],
      systemCenterVirtualMachineManagerAvailabilitySetIds: [`${VMM}/availabilitySets/mailbox`],
    },
  },
  {
    type: "azure:systemcenter/virtualMachineManagerAvailabilitySet:VirtualMachineManagerAvailabilitySet",
    properties: { resourceGroupName: "rg", name: "mailbox" },
  },
  {
    type: "azure:stack/hciVirtualHardDisk:HciVirtualHardDisk",
    properties: {
      resourceGroupName: "rg",
      name: "databases",
      dynamicEnabled: false,
      diskFileFormat: "vhdx",
      diskSizeInGb: 500,
      storagePathId: `${LOCAL}/storageContainers/volume1`,
      tags: DISK_TAG_SAMPLE,
    },
  },
  {
    type: "azure:stack/hciStoragePath:HciStoragePath",
    properties: { resourceGroupName: "rg", name: "volume1", path: "C:\\ClusterStorage\\Volume1" },
  },
  {
    type: "azure:stack/hciDeploymentSetting:HciDeploymentSetting",
    note: DEPLOYMENT_NOTE,
    properties: {
      scaleUnits: [
        {
          cluster: DEPLOYED_CLUSTER,
          domainFqdn: "contoso.com",
          physicalNodes: [{ name: "node1", ipv4Address: "10.0.0.11" }],
          infrastructureNetworks: [{ ...INFRASTRUCTURE, dhcpEnabled: false }],
          bitlockerBootVolumeEnabled: true,
          bitlockerDataVolumeEnabled: true,
          credentialGuardEnabled: true,
          driftControlEnabled: true,
          drtmProtectionEnabled: true,
          hvciProtectionEnabled: true,
          sideChannelMitigationEnabled: true,
          smbClusterEncryptionEnabled: false,
          smbSigningEnabled: true,
          wdacEnabled: true,
          hostNetwork: {
            intents: [
              {
                name: "Compute",
                adapters: ["pNIC1", "pNIC2"],
                trafficTypes: ["Management", "Compute"],
                adapterPropertyOverrideEnabled: true,
                adapterPropertyOverride: ADAPTER_OVERRIDES,
                virtualSwitchConfigurationOverrideEnabled: true,
                virtualSwitchConfigurationOverride: SWITCH_OVERRIDES,
                qosPolicyOverrideEnabled: true,
                qosPolicyOverride: {
                  priorityValue8021ActionCluster: "7",
                  priorityValue8021ActionSmb: "3",
                  bandwidthPercentageSmb: "50",
                },
              },
            ],
            storageNetworks: [{ name: "Storage1", networkAdapterName: "pNIC3", vlanId: "711" }],
            storageConnectivitySwitchlessEnabled: false,
            storageAutoIpEnabled: false,
          },
        },
      ],
    },
  },
  {
    type: "azure:stack/hciNetworkInterface:HciNetworkInterface",
    properties: {
      resourceGroupName: "rg",
      name: "nic1",
      macAddress: "00:15:5D:01:02:03",
      ipConfiguration: { privateIpAddress: "10.0.0.10", subnetId: `${LOCAL}/logicalNetworks/servers` },
    },
  },
  {
    type: "azure:stack/hciLogicalNetwork:HciLogicalNetwork",
    properties: {
      resourceGroupName: "rg",
      name: "servers",
      virtualSwitchName: "ConvergedSwitch(compute)",
      dnsServers: ["10.0.0.4"],
      subnet: {
        addressPrefix: "10.0.20.0/24",
        vlanId: 20,
        ipAllocationMethod: "Static",
        ipPools: [{ start: "10.0.20.50", end: "10.0.20.99" }],
        routes: [{ addressPrefix: "0.0.0.0/0", nextHopIpAddress: "10.0.20.1" }],
      },
    },
  },
  {
    type: "azure:stack/hciMarketplaceGalleryImage:HciMarketplaceGalleryImage",
    note: "Only images of Windows Server name a guest.",
    properties: {
      resourceGroupName: "rg",
      name: "ws2022",
      hypervGeneration: "V2",
      identifier: { offer: "WindowsServer", sku: "2022-datacenter" },
    },
  },
  {
    type: "azure:network/networkSecurityGroup:NetworkSecurityGroup",
    note: "It stands before the computers of a `VmmServer` that name it.",
    properties: { resourceGroupName: "rg", name: "nsg-vmm", securityRules: [CLASSIC_SECURITY_RULE] },
  },
  {
    type: "azure:network/networkSecurityRule:NetworkSecurityRule",
    properties: { resourceGroupName: "rg", networkSecurityGroupName: "nsg-vmm", ...CLASSIC_SECURITY_RULE },
  },
  {
    type: "azure:arcmachine/arcMachine:ArcMachine",
    note: "Virtual machines of VMM that extend it take its tags.",
    properties: { resourceGroupName: "rg", name: "ex1", tags: MACHINE_TAG_SAMPLE },
  },
  {
    type: "hyperv:index/machineInstance:MachineInstance",
    note: "Of taliesins/hyperv and its forks. It runs on the `host` of its provider. What is not given has the provider's default.",
    properties: {
      name: "ex1",
      generation: 2,
      processorCount: 4,
      ...BYTES,
      dynamicMemory: true,
      vmFirmware: { enableSecureBoot: "On", secureBootTemplate: "MicrosoftWindows" },
      vmProcessor: {
        compatibilityForMigrationEnabled: true,
        exposeVirtualizationExtensions: false,
        reserve: 10,
        maximum: 90,
        relativeWeight: 200,
        maximumCountPerNumaNode: 4,
        maximumCountPerNumaSocket: 1,
      },
      hardDiskDrives: [
        {
          path: "D:\\vhd\\ex1.vhdx",
          minimumIops: 100,
          maximumIops: 500,
          supportPersistentReservations: true,
        },
        { diskNumber: 2 },
      ],
      dvdDrives: [{ path: "D:\\iso\\tools.iso" }],
      networkAdaptors: [
        {
          name: "LAN",
          switchName: "servers",
          isLegacy: false,
          vlanAccess: true,
          vlanId: 20,
          dynamicMacAddress: false,
          staticMacAddress: "00155D010203",
          macAddressSpoofing: "Off",
          portMirroring: "Source",
          iovWeight: 0,
          minimumBandwidthWeight: 5,
          minimumBandwidthAbsolute: 200_000_000,
          maximumBandwidth: 1_000_000_000,
        },
      ],
      path: "D:\\vm",
      snapshotFileLocation: "E:\\checkpoints",
      smartPagingFilePath: "F:\\paging",
      integrationServices: {
        VSS: true,
        Shutdown: true,
        "Time Synchronization": false,
        Heartbeat: true,
        "Key-Value Pair Exchange": true,
      },
      checkpointType: "Disabled",
      automaticStopAction: "ShutDown",
    },
  },
  {
    type: "hyperv:index/vhd:Vhd",
    note:
      "Of taliesins/hyperv. A disk with a `parentPath` is a differencing disk, whatever its type; one with a `source` or " +
      "`sourceVm` is of the type of that, which is not known here.",
    properties: { path: "D:\\vhd\\ex1.vhdx", vhdType: "Fixed", size: 85_899_345_920 },
  },
  {
    type: "hyperv:index/networkSwitch:NetworkSwitch",
    note: "Of taliesins/hyperv. It is a switch of the `host` of its provider.",
    properties: {
      name: "servers",
      switchType: "External",
      netAdapterNames: ["LAN 1"],
      allowManagementOs: false,
      enableEmbeddedTeaming: true,
      enableIov: true,
      minimumBandwidthMode: "None",
    },
  },
  {
    type: "hyperv:index/vm:Vm",
    note: "Of windsorcli/hyperv; distinguished from others of this name by `cpu` and `memory`. It runs on the `host` of its provider.",
    properties: {
      name: "ex1",
      generation: 2,
      cpu: { count: 4 },
      memory: { startupBytes: 8_589_934_592, dynamic: true, minBytes: 4_294_967_296, maxBytes: 17_179_869_184 },
      secureBoot: true,
      secureBootTemplate: "MicrosoftWindows",
      hardDiskDrives: [{ path: "D:\\vhd\\ex1.vhdx" }],
      dvdDrives: [{ isoPath: "D:\\iso\\tools.iso" }],
      networkAdapters: [{ name: "LAN", switchName: "servers", vlanId: 20, macAddress: "00-15-5D-01-02-03" }],
      path: "D:\\vm",
    },
  },
  {
    type: "hyperv:index/vhd:Vhd",
    note: "Of windsorcli/hyperv; distinguished from the other of this name by `sizeBytes`, `blockSizeBytes` or `sourcePath`.",
    properties: { path: "D:\\vhd\\ex1.vhdx", vhdType: "fixed", sizeBytes: 85_899_345_920 },
  },
  {
    type: "hyperv:index/virtualSwitch:VirtualSwitch",
    note: "Of windsorcli/hyperv. It is a switch of the `host` of its provider.",
    properties: { name: "servers", switchType: "External", netAdapterNames: ["LAN 1"], allowManagementOs: false },
  },
  {
    type: "hyperv:machine:Machine",
    note: "Of pulumi/pulumi-hyperv. It runs on the `host` of its provider. What is not given has the provider's default.",
    properties: {
      machineName: "ex1",
      generation: 2,
      processorCount: 4,
      memorySize: 8192,
      dynamicMemory: true,
      minimumMemory: 4096,
      maximumMemory: 16384,
      hardDrives: [{ path: "D:\\vhd\\ex1.vhdx" }],
      networkAdapters: [
        {
          name: "LAN",
          switchName: "servers",
          vlanId: 20,
          macAddress: "00-15-5D-01-02-03",
          ipAddresses: "10.0.0.10, 10.0.0.11",
          portMirroring: "Source",
        },
      ],
      autoStopAction: "ShutDown",
    },
  },
  {
    type: "hyperv:vhdfile:VhdFile",
    note:
      "Of pulumi/pulumi-hyperv. Only `fixed` in small letters makes a fixed disk: the `Fixed` of the provider's documentation " +
      "would become a dynamically expanding one, and is reported.",
    properties: { path: "D:\\vhd\\ex1.vhdx", diskType: "fixed", sizeBytes: 85_899_345_920 },
  },
  {
    type: "hyperv:virtualswitch:VirtualSwitch",
    note: "Of pulumi/pulumi-hyperv. It is a switch of the `host` of its provider.",
    properties: { name: "servers", switchType: "External", netAdapterName: "LAN 1", allowManagementOs: false },
  },
  {
    type: "hyperv:networkadapter:NetworkAdapter",
    note: "Of pulumi/pulumi-hyperv. It is an adapter of the machine that `vmName` names, where that declares none itself.",
    properties: {
      name: "LAN",
      switchName: "servers",
      vmName: "ex1",
      vlanId: 20,
      macAddress: "00-15-5D-01-02-03",
      ipAddresses: "10.0.0.10, 10.0.0.11",
      portMirroring: "Source",
    },
  },
  {
    type: "command:remote:Command",
    note:
      "PowerShell in `create`, `update` or `stdin`, as a script or as a call of PowerShell. It is followed as far as what it does " +
      "is written out in it: through variables, tables and splatting, lists and collections, texts with values in them, " +
      "here-strings, `+`, `-f`, `-join`, calculations and `Join-Path`, functions and `param(…)` with their arguments, `foreach` " +
      "and `ForEach-Object` over what is written out, `Invoke-Command`, `try`, aliases and names with a module. 0 and 1 count as " +
      "booleans. `AntiAffinityClassNames` is read, and so are the rules of `New-ClusterAffinityRule -RuleType DifferentNode`. " +
      "What is in a condition, or in a loop over values that are known only when the script runs, and every command whose " +
      "virtual machine is known only then, is reported with its line as not checked, and the facts that it may change are " +
      "unknown: no rule finds anything because of it. The same applies to configurations of DSC and commands that are not read, " +
      "such as `New-NetFirewallRule`, and to what a script does beyond 5,000 steps and two for each of its characters. " +
      "A script that cannot be read at all (its text is not known before the deployment, or is in a " +
      "file) is reported as not checked where it is PowerShell for certain, by its `interpreter` or its call; and else only in a program " +
      "that also declares something of Hyper-V, on a host of that or where its computer is not named: a command may be anything. It runs on `connection.host`, or on the computer that `-ComputerName` names. The commands of " +
      "several resources on one machine are put together. What is done to the file of a disk afterwards (`Resize-VHD`, `Convert-VHD`) " +
      "counts where one script does both, and leaves the size or the type unknown where another resource declares otherwise; of a machine that " +
      "a script removes and has not created, the removal is reported as not checked. `command:local:Command` is read in the same way, without a host.",
    properties: { create: SCRIPT, connection: { host: "hv1" } },
  },
];
