import type * as pulumi from "@pulumi/pulumi";
import type {
  AddressAllocationText,
  LoadBalancingText,
  RdmaTechnologyText,
  TrafficTypeText,
} from "./closed-values.generated";

/** An intent of Network ATC: what some physical adapters of every node are for. */
export interface NetworkIntent {
  /** The name of the intent. */
  name: pulumi.Input<string>;
  /** What it is for: `management`, `compute` and `storage`. */
  traffic: pulumi.Input<pulumi.Input<TrafficTypeText>[]>;
  /** The names of the physical adapters, the same on every node. */
  networkAdapters: pulumi.Input<pulumi.Input<string>[]>;
  /** The size of jumbo packets in bytes. Default: that of Network ATC. */
  jumboPacketBytes?: pulumi.Input<number>;
  /** Whether the adapters use RDMA. Default: that of Network ATC. */
  rdma?: pulumi.Input<boolean>;
  /** The technology of RDMA: `iWARP`, `RoCE` or `RoCEv2`. Default: that of Network ATC. */
  rdmaTechnology?: pulumi.Input<RdmaTechnologyText>;
  /** Whether the switch of the intent has single-root I/O virtualization (SR-IOV). Default: that of Network ATC. */
  iov?: pulumi.Input<boolean>;
  /** How the team in the switch spreads its load: `hyperVPort` or `dynamic`. Default: that of Network ATC. */
  loadBalancing?: pulumi.Input<LoadBalancingText>;
  /** The priority of SMB traffic, 0 to 7. Default: that of Network ATC. */
  smbPriority?: pulumi.Input<number>;
  /** The priority of cluster traffic, 0 to 7. Default: that of Network ATC. */
  clusterPriority?: pulumi.Input<number>;
  /** The bandwidth that is reserved for SMB traffic, in percent. Default: that of Network ATC. */
  smbBandwidthPercent?: pulumi.Input<number>;
}

/** The address of a node in a storage network. */
export interface StorageAddress {
  /** The name of the host. */
  host: pulumi.Input<string>;
  /** Its address. */
  address: pulumi.Input<string>;
  /** The subnet mask, as in `255.255.255.0`. Default: not declared. */
  subnetMask?: pulumi.Input<string>;
}

/** A network between the nodes of a cluster for storage. */
export interface StorageNetwork {
  /** The name of the network. */
  name: pulumi.Input<string>;
  /** The name of the physical adapter, the same on every node. */
  networkAdapter: pulumi.Input<string>;
  /** The VLAN, 0 to 4094. Default: not declared. */
  vlan?: pulumi.Input<number>;
  /** The addresses of the nodes. Default: none are declared. */
  addresses?: pulumi.Input<pulumi.Input<StorageAddress>[]>;
}

/** Machines of a rack aware cluster that stand in one rack or room. */
export interface Zone {
  /** The name of the zone. */
  name: pulumi.Input<string>;
  /** The names of its hosts. */
  nodes: pulumi.Input<pulumi.Input<string>[]>;
}

/** Addresses of IP or MAC from one to another, both included. */
export interface AddressPool {
  /** The first address. */
  from: pulumi.Input<string>;
  /** The last address. */
  to: pulumi.Input<string>;
}

/** The management network of a cluster, with the addresses that its services take. */
export interface InfrastructureNetwork {
  /** The subnet mask, as in `255.255.255.0`. Default: not declared. */
  subnetMask?: pulumi.Input<string>;
  /** The default gateway. Default: not declared. */
  gateway?: pulumi.Input<string>;
  /** The addresses of DNS servers. Default: none are declared. */
  dnsServers?: pulumi.Input<pulumi.Input<string>[]>;
  /** Whether the hosts take their addresses from a DHCP server. Default: not declared. */
  dhcp?: pulumi.Input<boolean>;
  /** The pools of addresses. Default: none are declared. */
  pools?: pulumi.Input<pulumi.Input<AddressPool>[]>;
}

/** The security features that are turned on in every node. None is declared by default. */
export interface ClusterSecurity {
  /** BitLocker on the boot volume. */
  bitLockerOnBootVolume?: pulumi.Input<boolean>;
  /** BitLocker on the data volumes. */
  bitLockerOnDataVolumes?: pulumi.Input<boolean>;
  /** Credential Guard. */
  credentialGuard?: pulumi.Input<boolean>;
  /** Drift control: security settings are put back regularly. */
  driftControl?: pulumi.Input<boolean>;
  /** Dynamic Root of Trust for Measurement (DRTM). */
  dynamicRootOfTrust?: pulumi.Input<boolean>;
  /** Hypervisor-protected code integrity (HVCI). */
  hypervisorCodeIntegrity?: pulumi.Input<boolean>;
  /** Mitigations of side channels. */
  sideChannelMitigation?: pulumi.Input<boolean>;
  /** Encryption of the SMB traffic in the cluster. */
  smbClusterEncryption?: pulumi.Input<boolean>;
  /** Signing of SMB. */
  smbSigning?: pulumi.Input<boolean>;
  /** Windows Defender Application Control (WDAC). */
  applicationControl?: pulumi.Input<boolean>;
}

/** A route out of a subnet. */
export interface Route {
  /** Where it leads; `0.0.0.0/0` is the default route. */
  addressPrefix: pulumi.Input<string>;
  /** The address of the next router. */
  nextHop: pulumi.Input<string>;
}

/** A subnet of a logical network. */
export interface Subnet {
  /** The name of the subnet. Default: not declared. */
  name?: pulumi.Input<string>;
  /** Its addresses, as in `10.0.0.0/24`. Default: not declared. */
  addressPrefix?: pulumi.Input<string>;
  /** The VLAN, 0 to 4094. Default: not declared. */
  vlan?: pulumi.Input<number>;
  /** How adapters get their addresses: `static` or `dynamic`. Default: not declared. */
  allocation?: pulumi.Input<AddressAllocationText>;
  /** The pools that addresses are taken from. Default: none are declared. */
  pools?: pulumi.Input<pulumi.Input<AddressPool>[]>;
  /** The routes out of the subnet. Default: none are declared. */
  routes?: pulumi.Input<pulumi.Input<Route>[]>;
  /** The name of the network security group that the subnet is behind. Default: none is declared. */
  networkSecurityGroup?: pulumi.Input<string>;
}
