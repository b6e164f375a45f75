import type { Value } from "./value";

/** Anything a program declares that a rule can judge. `name` is what messages and other declarations call it. */
export interface Entity {
  readonly kind: string;
  readonly urn: string;
  readonly name: string;
  /** True when only the deployment will tell the name; `name` is then the resource's own. */
  readonly nameIsOpen: boolean;
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

/** How a disk is stored. `iscsi` is a LUN that the guest itself mounts, `smb` a file on an SMB share. */
export const DISK_TYPES = ["fixed", "dynamic", "differencing", "passThrough", "iscsi", "smb"] as const;
export type DiskType = (typeof DISK_TYPES)[number];

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

export const ADAPTER_KINDS = ["synthetic", "legacy"] as const;
export type AdapterKind = (typeof ADAPTER_KINDS)[number];

export const STOP_ACTIONS = ["turnOff", "save", "shutDown"] as const;
export type StopAction = (typeof STOP_ACTIONS)[number];

export const CHECKPOINT_TYPES = ["disabled", "production", "productionOnly", "standard"] as const;
export type CheckpointType = (typeof CHECKPOINT_TYPES)[number];

/** What a cluster may use a network for; PowerShell of Windows Server 2008 R2 shows them as 0, 1 and 3. */
export const NETWORK_ROLES = ["none", "cluster", "clusterAndClient"] as const;
export type NetworkRole = (typeof NETWORK_ROLES)[number];

/** A physical adapter of a host, or one NPAR partition of it. */
export interface HostAdapter {
  readonly name: Value<string>;
  readonly purpose: Value<Purpose>;
  readonly team: Value<string>;
  readonly physicalAdapter: Value<string>;
  readonly speedMbps: Value<number>;
  readonly maximumBandwidthPercent: Value<number>;
  readonly minimumBandwidthWeight: Value<number>;
  readonly clientForMicrosoftNetworks: Value<boolean>;
  readonly fileAndPrinterSharing: Value<boolean>;
  readonly dynamicAddresses: Value<boolean>;
}

export interface VirtualSwitch {
  readonly name: Value<string>;
  readonly type: Value<SwitchType>;
  readonly networkAdapters: Value<readonly Value<string>[]>;
  readonly allowManagementOs: Value<boolean>;
}

/** Software on a host or in a guest, such as a backup agent. */
export interface Agent {
  readonly product: Value<string>;
  readonly kind: Value<string>;
}

export interface Host extends Entity {
  readonly kind: "host";
  /** Id of a host version, see lib/tables/host-versions.json. */
  readonly operatingSystem: Value<string>;
  /** Processors as the mainboard counts them: sockets in use. */
  readonly sockets: Value<number>;
  readonly coresPerSocket: Value<number>;
  readonly threadsPerCore: Value<number>;
  readonly processorVendor: Value<ProcessorVendor>;
  readonly memoryMB: Value<number>;
  /** Name of the cluster the host says it is a node of. */
  readonly cluster: Value<string>;
  readonly networkAdapters: Value<readonly HostAdapter[]>;
  readonly virtualSwitches: Value<readonly VirtualSwitch[]>;
  readonly roles: Value<readonly Value<string>[]>;
  readonly agents: Value<readonly Agent[]>;
}

export interface ClusterNetwork {
  readonly name: Value<string>;
  readonly purpose: Value<Purpose>;
  readonly role: Value<NetworkRole>;
  readonly metric: Value<number>;
  readonly autoMetric: Value<boolean>;
  readonly defaultGateway: Value<boolean>;
  readonly speedMbps: Value<number>;
}

export interface Cluster extends Entity {
  readonly kind: "cluster";
  /** Names of hosts; hosts may name the cluster instead, see Estate.nodesOf. */
  readonly nodes: Value<readonly Value<string>[]>;
  readonly networks: Value<readonly ClusterNetwork[]>;
  /** In the order in which live migration tries them. */
  readonly liveMigrationNetworks: Value<readonly Value<string>[]>;
  readonly quorum: Value<{ readonly type: Value<string>; readonly witness: Value<string> }>;
}

export interface VirtualDisk {
  readonly name: Value<string>;
  readonly purpose: Value<DiskPurpose>;
  readonly type: Value<DiskType>;
  readonly format: Value<DiskFormat>;
  readonly sizeGB: Value<number>;
  readonly path: Value<string>;
  /** Spindle group, volume or share that the disk lies on. */
  readonly storage: Value<string>;
}

export interface GuestAdapter {
  readonly name: Value<string>;
  readonly switch: Value<string>;
  readonly kind: Value<AdapterKind>;
  readonly vlan: Value<number>;
}

/** A guest operating system as far as it was written down. */
export interface GuestOs {
  /** Id of a product, see lib/tables/operating-systems.json. */
  readonly product: string;
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
  /** Ids of roles, see lib/tables/exchange.json. */
  readonly roles: Value<readonly Value<string>[]>;
  readonly databaseAvailabilityGroup: Value<string>;
}

export interface Replication {
  readonly replicaHost: Value<string>;
  readonly frequencySeconds: Value<number>;
  readonly recoveryPoints: Value<number>;
}

export interface VirtualMachine extends Entity {
  readonly kind: "virtualMachine";
  /** Name of the host it runs on. */
  readonly host: Value<string>;
  /** Name of the cluster that may run it on any node. */
  readonly cluster: Value<string>;
  /** Id of the version that its hosts have, where its type tells that and no host is declared. */
  readonly hostVersion: Value<string>;
  /** With the edition and the architecture, as far as they are known. */
  readonly guestOs: Value<GuestOs>;
  /** As declared on its own, beside the name. */
  readonly edition: Value<string>;
  readonly architecture: Value<Architecture>;
  readonly generation: Value<number>;
  readonly processorCount: Value<number>;
  /** Static memory, or what dynamic memory starts with. */
  readonly memoryMB: Value<number>;
  /** Absent: the memory is static. */
  readonly dynamicMemory: Value<DynamicMemory>;
  readonly disks: Value<readonly VirtualDisk[]>;
  readonly networkAdapters: Value<readonly GuestAdapter[]>;
  readonly antiAffinityClassNames: Value<readonly Value<string>[]>;
  readonly availabilitySets: Value<readonly Value<string>[]>;
  readonly checkpoints: Value<CheckpointType>;
  readonly automaticStopAction: Value<StopAction>;
  readonly integrationServices: Value<IntegrationServices>;
  /** Absent: no Exchange server runs in it. */
  readonly exchange: Value<ExchangeServer>;
  readonly replication: Value<Replication>;
  readonly agents: Value<readonly Agent[]>;
}
