import type {
  BackupJobArgs,
  ClusterArgs,
  HostArgs,
  ReplicaRelationshipArgs,
  VirtualMachineArgs,
} from "../../lib/components";

// Every input of every component, so that one that is forgotten anywhere on its way is missed.

export const host: Required<HostArgs> = {
  name: "HV-1",
  operatingSystem: "Windows Server 2008 R2 SP1",
  processors: { sockets: 2, coresPerSocket: 4, threadsPerCore: 2, vendor: "Intel" },
  memoryMB: 65536,
  cluster: "CLUSTER-1",
  networkAdapters: [
    {
      name: "LAN 1",
      purpose: "management",
      team: "Team 1",
      physicalAdapter: "Port 1",
      speedMbps: 10000,
      maximumBandwidthPercent: 1,
      minimumBandwidthWeight: 5,
      clientForMicrosoftNetworks: true,
      fileAndPrinterSharing: false,
      dynamicAddresses: true,
    },
  ],
  virtualSwitches: [{ name: "Switch 1", type: "external", networkAdapters: ["LAN 1"], allowManagementOs: false }],
  roles: ["DHCP Server"],
  agents: [{ product: "Data Protection Manager 2010", kind: "backup" }],
  site: "Sydney",
  domain: "contoso.com",
};

export const cluster: Required<ClusterArgs> = {
  name: "CLUSTER-1",
  nodes: ["HV-1", "HV-2"],
  networks: [
    {
      name: "Network 1",
      purpose: "clusterSharedVolumes",
      role: "cluster",
      metric: 500,
      autoMetric: false,
      defaultGateway: false,
      speedMbps: 1000,
    },
  ],
  liveMigrationNetworks: ["Network 1"],
  quorum: { type: "nodeAndDiskMajority", witness: "Disk 1" },
  replicaBroker: "BROKER-1",
};

export const virtualMachine: Required<VirtualMachineArgs> = {
  name: "EX-1",
  host: "HV-1",
  cluster: "CLUSTER-1",
  guestOs: "Windows Server 2008 R2 SP1",
  edition: "Enterprise",
  architecture: "x64",
  generation: 1,
  processorCount: 4,
  memoryMB: 16384,
  dynamicMemory: { minimumMB: 1024, maximumMB: 16384, bufferPercent: 20 },
  disks: [
    {
      name: "System",
      purpose: "operatingSystem",
      type: "fixed",
      format: "VHD",
      sizeGB: 60,
      path: "D:\\EX-1.vhd",
      storage: "Spindles 1",
    },
  ],
  networkAdapters: [{ name: "LAN", switch: "Switch 1", kind: "synthetic", vlan: 20 }],
  antiAffinityClassNames: ["DAG-1"],
  availabilitySets: ["DAG-1"],
  checkpoints: "disabled",
  automaticStopAction: "shutDown",
  integrationServices: {
    version: "6.1.7601.17514",
    heartbeat: true,
    timeSynchronization: false,
    shutdown: true,
    vss: true,
    keyValuePairExchange: true,
    syntheticDrivers: true,
  },
  exchange: { version: "Exchange Server 2010 SP1", roles: ["mailbox"], databaseAvailabilityGroup: "DAG-1" },
  replication: {
    replicaHost: "HV-3",
    frequencySeconds: 300,
    recoveryPoints: 4,
    authentication: "certificate",
    port: 8443,
    broker: "BROKER-3",
    compression: true,
    trustGroup: "Sydney",
    excludedDisks: ["Paging"],
  },
  agents: [{ product: "Data Protection Manager 2010", kind: "backup" }],
};

export const replicaRelationship: Required<ReplicaRelationshipArgs> = {
  name: "EX-1 to HV-3",
  virtualMachine: "EX-1",
  primary: "HV-1",
  replica: "HV-3",
  frequencySeconds: 30,
  recoveryPoints: 24,
  authentication: "kerberos",
  port: 80,
  broker: "BROKER-3",
  compression: false,
  trustGroup: "Sydney",
  excludedDisks: ["Paging"],
};

export const backupJob: Required<BackupJobArgs> = {
  name: "Nightly",
  product: "Altaro Hyper-V Backup",
  installedOn: "HV-1",
  protects: ["EX-1", "HV-2"],
};
