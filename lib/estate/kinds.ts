import type { Computer, LinkedCluster, LinkedHostAdapter, LinkedSwitch, LinkedVirtualMachine } from "./linked-facts";
import type {
  BackupJob,
  Firewall,
  Host,
  LogicalNetwork,
  NetworkSecurityGroup,
  ReplicaRelationship,
  SeparateSecurityRule,
  VmmServer,
} from "./model";

/*
 * The kinds of things that resources declare. All that takes things of every kind follows from this list: what dialects
 * hand over, what is joined, and what an estate is made of.
 */

/** What a dialect hands over of each kind, before anything is joined. */
export interface Kinds {
  readonly hosts: Host;
  readonly clusters: LinkedCluster;
  /** What is missing in a virtual machine may stand in other resources that it refers to. */
  readonly virtualMachines: LinkedVirtualMachine;
  /** Computers that run virtual machines: each is a host, whether one is declared for it or not. */
  readonly computers: Computer;
  /** Virtual switches that are resources of their own; each becomes one of its host's. */
  readonly virtualSwitches: LinkedSwitch;
  /** Adapters that resources of their own declare for a host; each becomes one of that host's. */
  readonly hostAdapters: LinkedHostAdapter;
  readonly logicalNetworks: LogicalNetwork;
  readonly vmmServers: VmmServer;
  readonly firewalls: Firewall;
  readonly networkSecurityGroups: NetworkSecurityGroup;
  readonly securityRules: SeparateSecurityRule;
  readonly replicaRelationships: ReplicaRelationship;
  readonly backupJobs: BackupJob;
}

export type Kind = keyof Kinds;

/** All that was read, by its kind. */
export type EntityLists = { readonly [K in Kind]: readonly Kinds[K][] };

/** An empty list for each kind. */
export function emptyLists(): { readonly [K in Kind]: Kinds[K][] } {
  return {
    hosts: [],
    clusters: [],
    virtualMachines: [],
    computers: [],
    virtualSwitches: [],
    hostAdapters: [],
    logicalNetworks: [],
    vmmServers: [],
    firewalls: [],
    networkSecurityGroups: [],
    securityRules: [],
    replicaRelationships: [],
    backupJobs: [],
  };
}
