// The parts come before the classes that use them: the analyzer that makes schema.json reads descriptions in this order.
export type { Agent } from "./agent";
export type {
  DvdDrive,
  DynamicMemory,
  ExchangeServer,
  Gpu,
  IntegrationServices,
  NumaTopology,
  Replication,
  ResourceControl,
  VirtualDisk,
  VirtualNetworkAdapter,
} from "./virtual-machine-parts";
export type {
  AddressPool,
  ClusterSecurity,
  InfrastructureNetwork,
  NetworkIntent,
  Route,
  StorageAddress,
  StorageNetwork,
  Subnet,
  Zone,
} from "./network-parts";
export type { ReplicationSettings } from "./replication-settings";
export { BackupJob } from "./backup-job";
export type { BackupJobArgs } from "./backup-job";
export type { Bmc, EsxHost, SelfServicePortal, VmmMachine, VmmPort } from "./vmm-server-parts";
export { Cluster } from "./cluster";
export type { ClusterArgs, ClusterNetwork, Quorum, StorageSpacesDirect, StorageVolume } from "./cluster";
export { Firewall } from "./firewall";
export type { FirewallArgs, FirewallPorts } from "./firewall";
export { Host } from "./host";
export type { HostArgs, HostNetworkAdapter, Processors, VirtualSwitch } from "./host";
export { LogicalNetwork } from "./logical-network";
export type { LogicalNetworkArgs } from "./logical-network";
export { ReplicaRelationship } from "./replica-relationship";
export type { ReplicaRelationshipArgs } from "./replica-relationship";
export { VirtualMachine } from "./virtual-machine";
export type { VirtualMachineArgs } from "./virtual-machine";
export { VmmServer } from "./vmm-server";
export type { VmmServerArgs } from "./vmm-server";
