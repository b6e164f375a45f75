import type { AddressPool, InfrastructureNetwork, NetworkIntent, StorageNetwork, Subnet, Zone } from "./network-facts";
import type { Value } from "./value";

/*
 * What a program may declare. Beside an interface stand the names of its facts where something makes an entity of which
 * little is declared: with a name missing there, that does not compile.
 */

/** Anything a program declares that a rule can judge. `name` is what messages and other declarations call it. */
export interface Entity {
  readonly kind: string;
  readonly urn: string;
  readonly name: string;
  /** True when the name is known only after the deployment; `name` is then the resource's own. */
  readonly nameIsUnknown: boolean;
}

/** What an adapter or a cluster network is for. */
export const PURPOSES = [
  "management",
  "virtualMachines",
  "iscsi",
  "cluster",
  "clusterSharedVolumes",
  "liveMigration",
  "replica",
  "backup",
  "public",
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const SWITCH_TYPES = ["external", "internal", "private"] as const;
export type SwitchType = (typeof SWITCH_TYPES)[number];

/**
 * How a disk is stored. `iscsi` is a LUN that the guest itself mounts, `smb` a fixed virtual disk on an SMB share, or
 * files in a folder of one; `nfs` the same on an NFS share.
 */
export const DISK_TYPES = ["fixed", "dynamic", "differencing", "passThrough", "iscsi", "smb", "nfs"] as const;
export type DiskType = (typeof DISK_TYPES)[number];

/** How a switch reserves bandwidth: `default` is by weight, and none with single-root I/O virtualization. */
export const BANDWIDTH_MODES = ["default", "weight", "absolute", "none"] as const;
export type BandwidthMode = (typeof BANDWIDTH_MODES)[number];

export const DISK_FORMATS = ["VHD", "VHDX"] as const;
export type DiskFormat = (typeof DISK_FORMATS)[number];

/** What a disk holds. */
export const DISK_PURPOSES = [
  "operatingSystem",
  "data",
  "databases",
  "transactionLogs",
  "contentIndex",
  "messageQueue",
  "pageFile",
] as const;
export type DiskPurpose = (typeof DISK_PURPOSES)[number];

export const ARCHITECTURES = ["x86", "x64", "arm64"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

export const PROCESSOR_VENDORS = ["Intel", "AMD"] as const;
export type ProcessorVendor = (typeof PROCESSOR_VENDORS)[number];

/** By what a host proves to another one that it may send it a virtual machine. */
export const MIGRATION_AUTHENTICATIONS = ["kerberos", "credSSP"] as const;
export type MigrationAuthentication = (typeof MIGRATION_AUTHENTICATIONS)[number];

export const ADAPTER_KINDS = ["synthetic", "legacy"] as const;
export type AdapterKind = (typeof ADAPTER_KINDS)[number];

/** Whether what an adapter sends and receives is copied, or where the copies go. */
export const PORT_MIRRORINGS = ["none", "source", "destination"] as const;
export type PortMirroring = (typeof PORT_MIRRORINGS)[number];

export const STOP_ACTIONS = ["turnOff", "save", "shutDown"] as const;
export type StopAction = (typeof STOP_ACTIONS)[number];

export const CHECKPOINT_TYPES = ["disabled", "production", "productionOnly", "standard"] as const;
export type CheckpointType = (typeof CHECKPOINT_TYPES)[number];

/** The templates of Hyper-V for secure boot: for Windows, for other operating systems, and for shielded Linux. */
export const SECURE_BOOT_TEMPLATES = [
  "MicrosoftWindows",
  "MicrosoftUEFICertificateAuthority",
  "OpenSourceShieldedVM",
] as const;
export type SecureBootTemplate = (typeof SECURE_BOOT_TEMPLATES)[number];

/** How Azure Local secures a virtual machine. */
export const SECURITY_TYPES = ["trustedLaunch", "confidentialVM"] as const;
export type SecurityType = (typeof SECURITY_TYPES)[number];

/** How a virtual machine has a GPU: a partition of it (GPU-P), or all of it by Discrete Device Assignment. */
export const GPU_ASSIGNMENTS = ["partition", "discreteDevice"] as const;
export type GpuAssignment = (typeof GPU_ASSIGNMENTS)[number];

/** What a cluster may use a network for; PowerShell of Windows Server 2008 R2 shows them as 0, 1 and 3. */
export const NETWORK_ROLES = ["none", "cluster", "clusterAndClient"] as const;
export type NetworkRole = (typeof NETWORK_ROLES)[number];

export const REPLICA_AUTHENTICATIONS = ["kerberos", "certificate"] as const;
export type ReplicaAuthentication = (typeof REPLICA_AUTHENTICATIONS)[number];

/**
 * What one adapter of a host does for one purpose. The adapter is a physical one, an NPAR partition of it, or a virtual
 * one of the management operating system; one that serves several purposes is declared once for each, by one name.
 */
export interface HostAdapter {
  readonly name: Value<string>;
  readonly purpose: Value<Purpose>;
  readonly team: Value<string>;
  /** The port that the adapter is an NPAR partition of. */
  readonly physicalAdapter: Value<string>;
  /** The virtual switch that the adapter is a virtual one on. */
  readonly virtualSwitch: Value<string>;
  readonly speedMbps: Value<number>;
  readonly maximumBandwidthPercent: Value<number>;
  readonly minimumBandwidthWeight: Value<number>;
  readonly minimumBandwidthMbps: Value<number>;
  readonly multipath: Value<boolean>;
  readonly rdma: Value<boolean>;
  readonly clientForMicrosoftNetworks: Value<boolean>;
  readonly fileAndPrinterSharing: Value<boolean>;
  readonly dynamicAddresses: Value<boolean>;
}

export const HOST_ADAPTER_FACTS = [
  "name",
  "purpose",
  "team",
  "physicalAdapter",
  "virtualSwitch",
  "speedMbps",
  "maximumBandwidthPercent",
  "minimumBandwidthWeight",
  "minimumBandwidthMbps",
  "multipath",
  "rdma",
  "clientForMicrosoftNetworks",
  "fileAndPrinterSharing",
  "dynamicAddresses",
] as const satisfies readonly (keyof HostAdapter)[];

export interface VirtualSwitch {
  readonly name: Value<string>;
  readonly type: Value<SwitchType>;
  /** Names of adapters or of teams. */
  readonly networkAdapters: Value<readonly Value<string>[]>;
  /** The NIC team that it is bound to, where its own declaration shows that one of its adapters is a team. */
  readonly team: Value<string>;
  readonly allowManagementOs: Value<boolean>;
  readonly embeddedTeaming: Value<boolean>;
  /** Whether adapters may use single-root I/O virtualization; decided when the switch is made. */
  readonly iov: Value<boolean>;
  readonly bandwidthMode: Value<BandwidthMode>;
}

export const VIRTUAL_SWITCH_FACTS = [
  "name",
  "type",
  "networkAdapters",
  "team",
  "allowManagementOs",
  "embeddedTeaming",
  "iov",
  "bandwidthMode",
] as const satisfies readonly (keyof VirtualSwitch)[];

/** Software on a host or in a guest, such as a backup agent. */
export interface Agent {
  readonly product: Value<string>;
  readonly kind: Value<string>;
}

export interface Host extends Entity {
  readonly kind: "host";
  /** Id of a host version, see lib/tables/host-versions.json. */
  readonly operatingSystem: Value<string>;
  /** Id of an edition, see lib/tables/operating-systems.json; absent when none was written. */
  readonly edition: Value<string>;
  /** Processors as the mainboard counts them: sockets in use. */
  readonly sockets: Value<number>;
  readonly coresPerSocket: Value<number>;
  readonly threadsPerCore: Value<number>;
  readonly processorVendor: Value<ProcessorVendor>;
  readonly memoryMB: Value<number>;
  /** Name of the cluster that the host declares itself a node of. */
  readonly cluster: Value<string>;
  readonly networkAdapters: Value<readonly HostAdapter[]>;
  readonly virtualSwitches: Value<readonly VirtualSwitch[]>;
  readonly roles: Value<readonly Value<string>[]>;
  readonly agents: Value<readonly Agent[]>;
  /** Where it stands: what destroys one site leaves the others. */
  readonly site: Value<string>;
  /** DNS name of its Active Directory domain, or `workgroup`. */
  readonly domain: Value<string>;
  /** Its address in the management network. */
  readonly address: Value<string>;
  /** The model of its processors, as Windows names it. */
  readonly processorModel: Value<string>;
  readonly liveMigrationAuthentication: Value<MigrationAuthentication>;
}

export const HOST_FACTS = [
  "operatingSystem",
  "edition",
  "sockets",
  "coresPerSocket",
  "threadsPerCore",
  "processorVendor",
  "memoryMB",
  "cluster",
  "networkAdapters",
  "virtualSwitches",
  "roles",
  "agents",
  "site",
  "domain",
  "address",
  "processorModel",
  "liveMigrationAuthentication",
] as const satisfies readonly (keyof Host)[];

export interface ClusterNetwork {
  readonly name: Value<string>;
  readonly purpose: Value<Purpose>;
  readonly role: Value<NetworkRole>;
  readonly metric: Value<number>;
  readonly autoMetric: Value<boolean>;
  readonly defaultGateway: Value<boolean>;
  readonly speedMbps: Value<number>;
}

/** The classes of Azure Local: with storage in the machines, with storage of its own, and small. */
export const CLUSTER_DEPLOYMENTS = ["hyperconverged", "disaggregated", "lowCapacity"] as const;

export type ClusterDeployment = (typeof CLUSTER_DEPLOYMENTS)[number];

/** How a volume of Storage Spaces Direct keeps its data. */
export const VOLUME_RESILIENCIES = [
  "simple",
  "twoWayMirror",
  "threeWayMirror",
  "fourWayMirror",
  "nestedTwoWayMirror",
  "nestedMirrorAcceleratedParity",
  "singleParity",
  "dualParity",
  "mirrorAcceleratedParity",
] as const;
export type VolumeResiliency = (typeof VOLUME_RESILIENCIES)[number];

export interface StorageVolume {
  readonly name: Value<string>;
  readonly resiliency: Value<VolumeResiliency>;
}

/** The drives of each node, and the volumes of the cluster. */
export interface StorageSpacesDirect {
  readonly capacityDrivesPerNode: Value<number>;
  readonly cacheDrivesPerNode: Value<number>;
  /** Of all drives for capacity. */
  readonly capacityTBPerNode: Value<number>;
  /** Of all drives for the cache. */
  readonly cacheTBPerNode: Value<number>;
  readonly volumes: Value<readonly StorageVolume[]>;
}

export interface Cluster extends Entity {
  readonly kind: "cluster";
  /** Names of hosts; hosts may name the cluster instead, see Estate.nodesOf. */
  readonly nodes: Value<readonly Value<string>[]>;
  readonly networks: Value<readonly ClusterNetwork[]>;
  /** In the order in which live migration tries them. */
  readonly liveMigrationNetworks: Value<readonly Value<string>[]>;
  readonly quorum: Value<{ readonly type: Value<string>; readonly witness: Value<string> }>;
  /** Name of its Hyper-V Replica Broker. */
  readonly replicaBroker: Value<string>;
  /** Whether anti-affinity is a rule of the cluster, so that a machine stays off rather than meet one of its class. */
  readonly enforcedAntiAffinity: Value<boolean>;
  /** The day on which the upgrade of its first node began, while it has nodes of two versions: `2026-11-01`. */
  readonly upgradeStarted: Value<string>;
  readonly storageSpacesDirect: Value<StorageSpacesDirect>;
  /** How it is deployed, for Azure Local. */
  readonly deployment: Value<ClusterDeployment>;
  /** Of Network ATC. */
  readonly intents: Value<readonly NetworkIntent[]>;
  readonly storageNetworks: Value<readonly StorageNetwork[]>;
  /** Whether the storage adapters of the nodes are connected without a switch. */
  readonly switchlessStorage: Value<boolean>;
  /** Whether Network ATC gives the storage adapters their addresses. */
  readonly automaticStorageAddresses: Value<boolean>;
  /** The zones of a rack aware cluster. */
  readonly zones: Value<readonly Zone[]>;
  readonly infrastructureNetworks: Value<readonly InfrastructureNetwork[]>;
  /** What its network controller gives to virtual machines. */
  readonly macAddressPool: Value<AddressPool>;
  readonly security: Value<ClusterSecurity>;
}

/** What the deployment of Azure Local turns on in every node. */
export interface ClusterSecurity {
  readonly bitLockerOnBootVolume: Value<boolean>;
  readonly bitLockerOnDataVolumes: Value<boolean>;
  readonly credentialGuard: Value<boolean>;
  readonly driftControl: Value<boolean>;
  /** Dynamic Root of Trust for Measurement. */
  readonly dynamicRootOfTrust: Value<boolean>;
  /** Hypervisor-protected code integrity. */
  readonly hypervisorCodeIntegrity: Value<boolean>;
  readonly sideChannelMitigation: Value<boolean>;
  readonly smbClusterEncryption: Value<boolean>;
  readonly smbSigning: Value<boolean>;
  /** Windows Defender Application Control. */
  readonly applicationControl: Value<boolean>;
}

export const CLUSTER_FACTS = [
  "nodes",
  "networks",
  "liveMigrationNetworks",
  "quorum",
  "replicaBroker",
  "enforcedAntiAffinity",
  "upgradeStarted",
  "storageSpacesDirect",
  "deployment",
  "intents",
  "storageNetworks",
  "switchlessStorage",
  "automaticStorageAddresses",
  "zones",
  "infrastructureNetworks",
  "macAddressPool",
  "security",
] as const satisfies readonly (keyof Cluster)[];

/** A network of Azure Local for virtual machines, on a virtual switch of the hosts. */
export interface LogicalNetwork extends Entity {
  readonly kind: "logicalNetwork";
  /** The Azure Local instance that it is in, as Azure names it: others may have the same addresses. */
  readonly customLocation: Value<string>;
  readonly switch: Value<string>;
  readonly subnets: Value<readonly Subnet[]>;
  readonly dnsServers: Value<readonly Value<string>[]>;
}

export interface VirtualDisk {
  readonly name: Value<string>;
  readonly purpose: Value<DiskPurpose>;
  /** What it holds besides its purpose. */
  readonly alsoHolds: Value<readonly Value<DiskPurpose>[]>;
  readonly type: Value<DiskType>;
  readonly format: Value<DiskFormat>;
  readonly sizeGB: Value<number>;
  readonly path: Value<string>;
  /** Spindle group, volume or share that the disk lies on. */
  readonly storage: Value<string>;
  /** In I/O operations of 8 KB a second. */
  readonly minimumIops: Value<number>;
  readonly maximumIops: Value<number>;
  /** Whether several virtual machines may share it. */
  readonly supportPersistentReservations: Value<boolean>;
}

export const DISK_FACTS = [
  "name",
  "purpose",
  "alsoHolds",
  "type",
  "format",
  "sizeGB",
  "path",
  "storage",
  "minimumIops",
  "maximumIops",
  "supportPersistentReservations",
] as const satisfies readonly (keyof VirtualDisk)[];

export interface GuestAdapter {
  readonly name: Value<string>;
  readonly switch: Value<string>;
  readonly kind: Value<AdapterKind>;
  readonly vlan: Value<number>;
  /** The static one, see lib/estate/mac-addresses.ts. */
  readonly macAddress: Value<string>;
  readonly dynamicMacAddress: Value<boolean>;
  readonly macAddressSpoofing: Value<boolean>;
  readonly portMirroring: Value<PortMirroring>;
  /** The static IP addresses that the guest has on it. */
  readonly addresses: Value<readonly Value<string>[]>;
  readonly dynamicAddresses: Value<boolean>;
  /** Name of the logical network that its addresses are of, see LogicalNetwork. */
  readonly logicalNetwork: Value<string>;
  /** 0: without SR-IOV. */
  readonly iovWeight: Value<number>;
  readonly minimumBandwidthWeight: Value<number>;
  readonly minimumBandwidthMbps: Value<number>;
  readonly maximumBandwidthMbps: Value<number>;
}

export const GUEST_ADAPTER_FACTS = [
  "name",
  "switch",
  "kind",
  "vlan",
  "macAddress",
  "dynamicMacAddress",
  "macAddressSpoofing",
  "portMirroring",
  "addresses",
  "dynamicAddresses",
  "logicalNetwork",
  "iovWeight",
  "minimumBandwidthWeight",
  "minimumBandwidthMbps",
  "maximumBandwidthMbps",
] as const satisfies readonly (keyof GuestAdapter)[];

/** A virtual DVD drive. */
export interface DvdDrive {
  /** The image in it, or the physical drive; absent: it is empty. */
  readonly path: Value<string>;
}

/** A GPU, or a part of one, that a virtual machine has for itself. */
export interface Gpu {
  readonly assignment: Value<GpuAssignment>;
  readonly name: Value<string>;
  readonly partitionSizeMB: Value<number>;
}

/** What a virtual machine may take of the host's processors. */
export interface ResourceControl {
  readonly reservePercent: Value<number>;
  readonly limitPercent: Value<number>;
  readonly weight: Value<number>;
}

export const RESOURCE_CONTROL_FACTS = [
  "reservePercent",
  "limitPercent",
  "weight",
] as const satisfies readonly (keyof ResourceControl)[];

/** The virtual NUMA topology, where it is not the one of the host. */
export interface NumaTopology {
  readonly processorsPerNode: Value<number>;
  readonly memoryPerNodeMB: Value<number>;
  readonly nodesPerSocket: Value<number>;
}

export const NUMA_FACTS = [
  "processorsPerNode",
  "memoryPerNodeMB",
  "nodesPerSocket",
] as const satisfies readonly (keyof NumaTopology)[];

/** The product of an operating system that is not in lib/tables/operating-systems.json. */
export const UNLISTED = "unlisted";

/** A guest operating system as far as it was written down. */
export interface GuestOs {
  /** Id of a product, see lib/tables/operating-systems.json, or UNLISTED. */
  readonly product: string;
  /** As it was written, for a product that is unlisted. */
  readonly name?: string;
  /** 0 when none was written: the release to manufacturing. */
  readonly servicePack: number;
  /** Point release, for products that have them: `5.5` of CentOS. */
  readonly release?: string;
  readonly edition?: string;
  readonly architecture?: Architecture;
}

/** Present only while dynamic memory is on. */
export interface DynamicMemory {
  readonly minimumMB: Value<number>;
  readonly maximumMB: Value<number>;
  readonly bufferPercent: Value<number>;
}

export interface IntegrationServices {
  readonly version: Value<string>;
  readonly heartbeat: Value<boolean>;
  readonly timeSynchronization: Value<boolean>;
  readonly shutdown: Value<boolean>;
  readonly vss: Value<boolean>;
  readonly keyValuePairExchange: Value<boolean>;
  readonly syntheticDrivers: Value<boolean>;
}

export interface ExchangeServer {
  /** Id of a version, see lib/tables/exchange.json. */
  readonly version: Value<string>;
  /** Whether no service pack is declared of a version that has some, so that it is taken as the one without. */
  readonly isTakenAsRtm: boolean;
  /** Ids of roles, see lib/tables/exchange.json. */
  readonly roles: Value<readonly Value<string>[]>;
  readonly databaseAvailabilityGroup: Value<string>;
  /** Names of the databases of which the server holds a copy. */
  readonly databases: Value<readonly Value<string>[]>;
  /** Name of the witness server of the group. */
  readonly witnessServer: Value<string>;
  /** Space that management software, dump files and the server roles take on the disk of the operating system. */
  readonly managementSoftwareGB: Value<number>;
  readonly crashDumpGB: Value<number>;
  readonly serverRolesGB: Value<number>;
}

/** The settings of Hyper-V Replica, whichever resource declares them. */
export interface ReplicationSettings {
  readonly frequencySeconds: Value<number>;
  /** Additional ones, besides the latest. */
  readonly recoveryPoints: Value<number>;
  readonly authentication: Value<ReplicaAuthentication>;
  /** Port of the replica server. */
  readonly port: Value<number>;
  readonly broker: Value<string>;
  readonly compression: Value<boolean>;
  /** Of the replica server's authorization entry for the primary server. */
  readonly trustGroup: Value<string>;
  /** Names of disks that are not replicated. */
  readonly excludedDisks: Value<readonly Value<string>[]>;
}

export const REPLICATION_SETTINGS = [
  "frequencySeconds",
  "recoveryPoints",
  "authentication",
  "port",
  "broker",
  "compression",
  "trustGroup",
  "excludedDisks",
] as const satisfies readonly (keyof ReplicationSettings)[];

export interface Replication extends ReplicationSettings {
  readonly replicaHost: Value<string>;
}

/** Hyper-V Replica that is declared separately from the virtual machine, see Estate.replicas. */
export interface ReplicaRelationship extends Entity, ReplicationSettings {
  readonly kind: "replicaRelationship";
  readonly virtualMachine: Value<string>;
  /** Whether that may be the name of a virtual machine that is not declared, as a provider's resource may have it. */
  readonly mayBeUndeclared: boolean;
  /** Name of a host, of a cluster or of its Replica Broker. */
  readonly primary: Value<string>;
  readonly replica: Value<string>;
  /** Host version that a provider's settings are made for, see lib/tables/host-versions.json. */
  readonly hostVersion: Value<string>;
}

export interface BackupJob extends Entity {
  readonly kind: "backupJob";
  readonly product: Value<string>;
  /** Name of a host, a cluster or a virtual machine. */
  readonly installedOn: Value<string>;
  /** Names of virtual machines, or of hosts and clusters with all their virtual machines. */
  readonly protects: Value<readonly Value<string>[]>;
}

export interface VirtualMachine extends Entity {
  readonly kind: "virtualMachine";
  /** URNs of the components that add facts to it, where another resource creates it. */
  readonly alsoDeclaredBy?: readonly string[];
  /** Name of the host it runs on. */
  readonly host: Value<string>;
  /** Name of the cluster that may run it on any node. */
  readonly cluster: Value<string>;
  /** Id of the version that its hosts have, where its type implies that and no host is declared. */
  readonly hostVersion: Value<string>;
  /** What it declares of its cluster's live migration networks, in order. */
  readonly liveMigrationNetworks: Value<readonly Value<string>[]>;
  /** With the edition and the architecture, as far as they are known. */
  readonly guestOs: Value<GuestOs>;
  /** As declared on its own, besides the name. */
  readonly edition: Value<string>;
  readonly architecture: Value<Architecture>;
  readonly generation: Value<number>;
  /** As in `9.0`, see lib/estate/configuration-versions.ts. */
  readonly configurationVersion: Value<string>;
  readonly secureBoot: Value<boolean>;
  readonly secureBootTemplate: Value<SecureBootTemplate>;
  readonly tpm: Value<boolean>;
  readonly securityType: Value<SecurityType>;
  readonly processorCount: Value<number>;
  /** Whether processor features are limited, so that it can move to hosts with other processors. */
  readonly processorCompatibility: Value<boolean>;
  readonly nestedVirtualization: Value<boolean>;
  readonly resourceControl: Value<ResourceControl>;
  readonly numa: Value<NumaTopology>;
  /** Static memory, or what dynamic memory starts with. */
  readonly memoryMB: Value<number>;
  /** Absent: the memory is static. */
  readonly dynamicMemory: Value<DynamicMemory>;
  readonly disks: Value<readonly VirtualDisk[]>;
  readonly dvdDrives: Value<readonly DvdDrive[]>;
  readonly gpus: Value<readonly Gpu[]>;
  readonly networkAdapters: Value<readonly GuestAdapter[]>;
  /** The folders of its configuration, of its checkpoints and of its smart paging file. */
  readonly storagePath: Value<string>;
  readonly checkpointPath: Value<string>;
  readonly smartPagingPath: Value<string>;
  /** What it does, such as `domain controller`, as people write it. */
  readonly role: Value<readonly Value<string>[]>;
  /** The machines of one group must not be lost together. */
  readonly group: Value<string>;
  readonly antiAffinityClassNames: Value<readonly Value<string>[]>;
  readonly availabilitySets: Value<readonly Value<string>[]>;
  /** Names of the nodes that may run it; absent: every node of its cluster may. See Estate.hostsOf. */
  readonly possibleOwners: Value<readonly Value<string>[]>;
  readonly checkpoints: Value<CheckpointType>;
  /** Whether a checkpoint is taken at every start. */
  readonly automaticCheckpoints: Value<boolean>;
  readonly automaticStopAction: Value<StopAction>;
  readonly integrationServices: Value<IntegrationServices>;
  /** Absent: no Exchange server runs in it. */
  readonly exchange: Value<ExchangeServer>;
  readonly replication: Value<Replication>;
  readonly agents: Value<readonly Agent[]>;
}

export const VIRTUAL_MACHINE_FACTS = [
  "host",
  "cluster",
  "hostVersion",
  "liveMigrationNetworks",
  "guestOs",
  "edition",
  "architecture",
  "generation",
  "configurationVersion",
  "secureBoot",
  "secureBootTemplate",
  "tpm",
  "securityType",
  "processorCount",
  "processorCompatibility",
  "nestedVirtualization",
  "resourceControl",
  "numa",
  "memoryMB",
  "dynamicMemory",
  "disks",
  "dvdDrives",
  "gpus",
  "networkAdapters",
  "storagePath",
  "checkpointPath",
  "smartPagingPath",
  "role",
  "group",
  "antiAffinityClassNames",
  "availabilitySets",
  "possibleOwners",
  "checkpoints",
  "automaticCheckpoints",
  "automaticStopAction",
  "integrationServices",
  "exchange",
  "replication",
  "agents",
] as const satisfies readonly (keyof VirtualMachine)[];

export const ESX_VERSIONS = ["ESX 3.0", "ESX 3.5", "ESX 3i", "ESXi"] as const;
export type EsxVersion = (typeof ESX_VERSIONS)[number];

export const BMC_PROTOCOLS = ["IPMI", "SMASH"] as const;
export type BmcProtocol = (typeof BMC_PROTOCOLS)[number];

export interface EsxHost {
  readonly name: Value<string>;
  readonly version: Value<EsxVersion>;
}

/** A baseboard management controller. */
export interface Bmc {
  readonly name: Value<string>;
  readonly protocol: Value<BmcProtocol>;
}

export interface SelfServicePortal {
  readonly webServer: Value<string>;
  readonly clients: Value<readonly Value<string>[]>;
}

/** A port that is not the default one. */
export interface VmmPortChoice {
  /** Id of a row, see lib/tables/vmm-ports.json. */
  readonly connection: Value<string>;
  readonly port: Value<number>;
  /** The computer that listens there; absent: every one. */
  readonly machine: Value<string>;
}

/** What firewalls identify a computer by, besides its name. */
export interface VmmMachine {
  readonly name: Value<string>;
  readonly address: Value<string>;
  /** Names of the network security groups it is behind, by its network interface and its subnet. */
  readonly networkSecurityGroups: Value<readonly Value<string>[]>;
  readonly applicationSecurityGroups: Value<readonly Value<string>[]>;
}

/** A server of Virtual Machine Manager, and the computers that it connects to, or that connect to it, by name or address. */
export interface VmmServer extends Entity {
  readonly kind: "vmmServer";
  /** Id of a version, see lib/tables/vmm-ports.json. */
  readonly version: Value<string>;
  /** Name of the computer it runs on. */
  readonly host: Value<string>;
  readonly address: Value<string>;
  readonly sqlServer: Value<string>;
  readonly libraryServers: Value<readonly Value<string>[]>;
  readonly managedHosts: Value<readonly Value<string>[]>;
  readonly perimeterHosts: Value<readonly Value<string>[]>;
  readonly fileServers: Value<readonly Value<string>[]>;
  readonly guestAgents: Value<readonly Value<string>[]>;
  readonly consoles: Value<readonly Value<string>[]>;
  readonly clients: Value<readonly Value<string>[]>;
  readonly virtualMachines: Value<readonly Value<string>[]>;
  readonly virtualServerHosts: Value<readonly Value<string>[]>;
  readonly selfServicePortal: Value<SelfServicePortal>;
  readonly loadBalancers: Value<readonly Value<string>[]>;
  readonly wsusServers: Value<readonly Value<string>[]>;
  readonly xenServers: Value<readonly Value<string>[]>;
  readonly vcenterServers: Value<readonly Value<string>[]>;
  readonly esxHosts: Value<readonly EsxHost[]>;
  readonly p2vSources: Value<readonly Value<string>[]>;
  readonly pxeServers: Value<readonly Value<string>[]>;
  readonly windowsPeHosts: Value<readonly Value<string>[]>;
  readonly bmcs: Value<readonly Bmc[]>;
  readonly smisProviders: Value<readonly Value<string>[]>;
  /** The port of all BITS transfers that no choice in `ports` is about. */
  readonly bitsPort: Value<number>;
  readonly ports: Value<readonly VmmPortChoice[]>;
  readonly machines: Value<readonly VmmMachine[]>;
}

/** Both ends are included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export const TRANSPORTS = ["tcp", "udp", "any"] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** What a firewall lets through, or not. */
export interface Opening {
  readonly protocol: Value<Transport>;
  readonly ports: Value<readonly Value<PortRange>[]>;
}

/** What is open between two ends: names, addresses, address ranges, `*`, `internet` or `intranet`. */
export interface Firewall extends Entity {
  readonly kind: "firewall";
  readonly from: Value<string>;
  readonly to: Value<string>;
  /** Absent for a firewall that only denies: it decides nothing else. */
  readonly allow: Value<readonly Opening[]>;
  readonly deny: Value<readonly Opening[]>;
}

export type CloudPlatform = "azure" | "azureLocal";

/** A rule of a network security group, wherever it stands. */
export interface SecurityRule {
  /** The resource that it stands in, and where. */
  readonly urn: string;
  readonly path: string;
  readonly name: string;
  readonly priority: Value<number>;
  readonly direction: Value<"inbound" | "outbound">;
  readonly access: Value<"allow" | "deny">;
  /** `other`: neither TCP nor UDP. */
  readonly protocol: Value<Transport | "other">;
  readonly sourcePorts: Value<readonly Value<PortRange>[]>;
  readonly destinationPorts: Value<readonly Value<PortRange>[]>;
  /** Addresses, address ranges and service tags. */
  readonly sources: Value<readonly Value<string>[]>;
  readonly destinations: Value<readonly Value<string>[]>;
  /** Names of application security groups. */
  readonly sourceGroups: Value<readonly Value<string>[]>;
  readonly destinationGroups: Value<readonly Value<string>[]>;
}

export interface NetworkSecurityGroup extends Entity {
  readonly kind: "networkSecurityGroup";
  readonly platform: CloudPlatform;
  /** What it is called by others: its name in the cloud, as far as it is known, and that of the resource. */
  readonly names: readonly string[];
  readonly rules: Value<readonly SecurityRule[]>;
}

/** A rule that is a resource of its own. */
export interface SeparateSecurityRule extends Entity {
  readonly kind: "securityRule";
  readonly platform: CloudPlatform;
  /** Name of the network security group. */
  readonly group: Value<string>;
  readonly rule: SecurityRule;
}

/** The role of a computer at one end of a connection of Virtual Machine Manager. */
export type VmmEnd =
  | "vmmServer"
  | "sqlServer"
  | "libraryServer"
  | "managedHost"
  | "perimeterHost"
  | "fileServer"
  | "guestAgent"
  | "console"
  | "client"
  | "virtualMachine"
  | "virtualServerHost"
  | "portalServer"
  | "portalClient"
  | "loadBalancer"
  | "wsusServer"
  | "xenServer"
  | "vcenterServer"
  | "esxHost"
  | "esx3Host"
  | "esx3iHost"
  | "p2vSource"
  | "pxeServer"
  | "windowsPeHost"
  | "smashBmc"
  | "ipmiBmc"
  | "smisProvider";
