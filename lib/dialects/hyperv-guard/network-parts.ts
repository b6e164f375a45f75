import { resolveAddress } from "../../estate/addresses";
import { resolveSubnetMask } from "../../estate/ipv4";
import type { ClusterSecurity } from "../../estate/model";
import {
  ADDRESS_ALLOCATIONS,
  LOAD_BALANCING_ALGORITHMS,
  RDMA_TECHNOLOGIES,
  TRAFFIC_TYPES,
  type AddressPool,
  type InfrastructureNetwork,
  type NetworkIntent,
  type Route,
  type StorageAddress,
  type StorageNetwork,
  type Subnet,
  type Zone,
} from "../../estate/network-facts";
import type { Reader } from "../../estate/reader";

const VLAN = { minimum: 0, maximum: 4094 };
const JUMBO_PACKET = { minimum: 1, maximum: 65_535, unit: "bytes" };
const PRIORITY = { minimum: 0, maximum: 7 };
const PERCENT = { minimum: 0, maximum: 100, unit: "%" };

export function readNetworkIntent(reader: Reader): NetworkIntent {
  return {
    name: reader.required(reader.text("name"), "the intent's name"),
    traffic: reader.required(reader.manyOf("traffic", TRAFFIC_TYPES), `some of: ${TRAFFIC_TYPES.join(", ")}`),
    networkAdapters: reader.required(reader.texts("networkAdapters"), "the names of the physical adapters"),
    jumboPacketBytes: reader.integer("jumboPacketBytes", JUMBO_PACKET),
    rdma: reader.flag("rdma"),
    rdmaTechnology: reader.oneOf("rdmaTechnology", RDMA_TECHNOLOGIES),
    iov: reader.flag("iov"),
    loadBalancing: reader.oneOf("loadBalancing", LOAD_BALANCING_ALGORITHMS),
    smbPriority: reader.integer("smbPriority", PRIORITY),
    clusterPriority: reader.integer("clusterPriority", PRIORITY),
    smbBandwidthPercent: reader.decimal("smbBandwidthPercent", PERCENT),
  };
}

export function readStorageNetwork(reader: Reader): StorageNetwork {
  return {
    name: reader.required(reader.text("name"), "the network's name"),
    networkAdapter: reader.required(reader.text("networkAdapter"), "the name of the physical adapter"),
    vlan: reader.integer("vlan", VLAN),
    addresses: reader.list("addresses", readStorageAddress),
  };
}

function readStorageAddress(reader: Reader): StorageAddress {
  return {
    host: reader.required(reader.text("host"), "the name of the host"),
    address: reader.required(reader.resolved("address", resolveAddress), "the address"),
    subnetMask: reader.resolved("subnetMask", resolveSubnetMask),
  };
}

export function readZone(reader: Reader): Zone {
  return {
    name: reader.required(reader.text("name"), "the zone's name"),
    nodes: reader.required(reader.texts("nodes"), "the names of the zone's hosts"),
  };
}

export function readAddressPool(reader: Reader): AddressPool {
  return {
    from: reader.required(reader.text("from"), "the first address"),
    to: reader.required(reader.text("to"), "the last address"),
  };
}

/** The same for IP addresses. */
function readAddressRange(reader: Reader): AddressPool {
  return {
    from: reader.required(reader.resolved("from", resolveAddress), "the first address"),
    to: reader.required(reader.resolved("to", resolveAddress), "the last address"),
  };
}

export function readInfrastructureNetwork(reader: Reader): InfrastructureNetwork {
  return {
    subnetMask: reader.resolved("subnetMask", resolveSubnetMask),
    gateway: reader.resolved("gateway", resolveAddress),
    dnsServers: reader.resolvedList("dnsServers", resolveAddress),
    dhcp: reader.flag("dhcp"),
    pools: reader.list("pools", readAddressRange),
  };
}

export function readClusterSecurity(reader: Reader): ClusterSecurity {
  return {
    bitLockerOnBootVolume: reader.flag("bitLockerOnBootVolume"),
    bitLockerOnDataVolumes: reader.flag("bitLockerOnDataVolumes"),
    credentialGuard: reader.flag("credentialGuard"),
    driftControl: reader.flag("driftControl"),
    dynamicRootOfTrust: reader.flag("dynamicRootOfTrust"),
    hypervisorCodeIntegrity: reader.flag("hypervisorCodeIntegrity"),
    sideChannelMitigation: reader.flag("sideChannelMitigation"),
    smbClusterEncryption: reader.flag("smbClusterEncryption"),
    smbSigning: reader.flag("smbSigning"),
    applicationControl: reader.flag("applicationControl"),
  };
}

export function readSubnet(reader: Reader): Subnet {
  return {
    name: reader.text("name"),
    addressPrefix: reader.text("addressPrefix"),
    vlan: reader.integer("vlan", VLAN),
    allocation: reader.oneOf("allocation", ADDRESS_ALLOCATIONS),
    pools: reader.list("pools", readAddressRange),
    routes: reader.list("routes", readRoute),
    networkSecurityGroup: reader.text("networkSecurityGroup"),
  };
}

function readRoute(reader: Reader): Route {
  return {
    addressPrefix: reader.required(reader.text("addressPrefix"), "where the route leads"),
    nextHop: reader.required(reader.text("nextHop"), "the address of the next router"),
  };
}
