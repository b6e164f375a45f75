import type { Value } from "./value";

/*
 * What is declared of networks besides adapters and switches: the intents of Network ATC, the networks that the deployment of
 * Azure Local makes for hosts and for storage, and the subnets of logical networks.
 */

/** What an intent of Network ATC is for. */
export const TRAFFIC_TYPES = ["management", "compute", "storage"] as const;
export type TrafficType = (typeof TRAFFIC_TYPES)[number];

export const RDMA_TECHNOLOGIES = ["iWARP", "RoCE", "RoCEv2"] as const;
export type RdmaTechnology = (typeof RDMA_TECHNOLOGIES)[number];

/** How a team that is embedded in a switch spreads its load. */
export const LOAD_BALANCING_ALGORITHMS = ["hyperVPort", "dynamic"] as const;
export type LoadBalancingAlgorithm = (typeof LOAD_BALANCING_ALGORITHMS)[number];

/** An intent of Network ATC. What overrides its defaults is absent where the default holds. */
export interface NetworkIntent {
  readonly name: Value<string>;
  readonly traffic: Value<readonly Value<TrafficType>[]>;
  /** Names of the physical adapters, on every node. */
  readonly networkAdapters: Value<readonly Value<string>[]>;
  readonly jumboPacketBytes: Value<number>;
  readonly rdma: Value<boolean>;
  readonly rdmaTechnology: Value<RdmaTechnology>;
  readonly iov: Value<boolean>;
  readonly loadBalancing: Value<LoadBalancingAlgorithm>;
  /** Priorities of IEEE 802.1p. */
  readonly smbPriority: Value<number>;
  readonly clusterPriority: Value<number>;
  readonly smbBandwidthPercent: Value<number>;
}

/** The address of one node in a storage network. */
export interface StorageAddress {
  /** Name of the host. */
  readonly host: Value<string>;
  readonly address: Value<string>;
  readonly subnetMask: Value<string>;
}

export interface StorageNetwork {
  readonly name: Value<string>;
  /** Name of the physical adapter, on every node. */
  readonly networkAdapter: Value<string>;
  readonly vlan: Value<number>;
  readonly addresses: Value<readonly StorageAddress[]>;
}

/** Machines of a cluster that stand in one rack or room. */
export interface Zone {
  readonly name: Value<string>;
  /** Names of hosts. */
  readonly nodes: Value<readonly Value<string>[]>;
}

/** Addresses of IP or MAC from one to another, both included. */
export interface AddressPool {
  readonly from: Value<string>;
  readonly to: Value<string>;
}

/** The management network of a cluster, with the addresses that its services take. */
export interface InfrastructureNetwork {
  readonly subnetMask: Value<string>;
  readonly gateway: Value<string>;
  readonly dnsServers: Value<readonly Value<string>[]>;
  /** Whether the hosts take their addresses from a DHCP server. */
  readonly dhcp: Value<boolean>;
  readonly pools: Value<readonly AddressPool[]>;
}

export const ADDRESS_ALLOCATIONS = ["static", "dynamic"] as const;
export type AddressAllocation = (typeof ADDRESS_ALLOCATIONS)[number];

/** A subnet of a logical network. */
export interface Subnet {
  readonly name: Value<string>;
  /** As in `10.0.0.0/24`. */
  readonly addressPrefix: Value<string>;
  readonly vlan: Value<number>;
  readonly allocation: Value<AddressAllocation>;
  readonly pools: Value<readonly AddressPool[]>;
  readonly routes: Value<readonly Route[]>;
  /** Name of the network security group that it is behind. */
  readonly networkSecurityGroup: Value<string>;
}

export interface Route {
  /** Where it leads; `0.0.0.0/0` is the default route. */
  readonly addressPrefix: Value<string>;
  readonly nextHop: Value<string>;
}
