import { resolveAddress } from "../../estate/addresses";
import { resolveSubnetMask } from "../../estate/ipv4";
import type { ClusterDeployment, ClusterSecurity } from "../../estate/model";
import {
  LOAD_BALANCING_ALGORITHMS,
  RDMA_TECHNOLOGIES,
  TRAFFIC_TYPES,
  type AddressPool,
  type InfrastructureNetwork,
  type NetworkIntent,
  type StorageAddress,
  type StorageNetwork,
  type Zone,
} from "../../estate/network-facts";
import type { Reader } from "../../estate/reader";
import { absent, map, meaning, type Value } from "../../estate/value";
import { VLAN, word } from "./units";

/** What a provider calls the overrides of an intent, and the flag without which they do not count. */
interface OverrideNames {
  readonly flag: string;
  readonly section: string;
}

/** What a provider calls the same in the networks of a deployment. */
export interface DeploymentNetworkNames {
  readonly adapters: string;
  readonly trafficTypes: string;
  readonly adapterOverrides: OverrideNames;
  readonly switchOverrides: OverrideNames;
  readonly qosOverrides: OverrideNames;
  readonly smbBandwidth: string;
  readonly smbPriority: string;
  readonly switchlessStorage: string;
  readonly automaticStorageAddresses: string;
  /** Left out where the provider has none. */
  readonly storageAddresses?: string;
  /** The networks of a storage system that is none of the machines; left out where the provider has none. */
  readonly sanNetworks?: string;
  /** The zones of a rack aware cluster; left out where the provider has none. */
  readonly zones?: string;
  readonly infrastructureNetworks: string;
  readonly dhcp: string;
}

const JUMBO_PACKET = { minimum: 1, maximum: 65_535, unit: "bytes" };
const PRIORITY = { minimum: 0, maximum: 7 };
const PERCENT = { minimum: 0, maximum: 100, unit: "%" };

export function readNetworkIntent(reader: Reader, names: DeploymentNetworkNames): NetworkIntent {
  reader.passOthers();
  const { adapterOverrides, switchOverrides, qosOverrides } = names;
  return {
    name: reader.text("name"),
    traffic: map(reader.texts(names.trafficTypes), (types) => types.map((type) => word(type, TRAFFIC_TYPES))),
    networkAdapters: reader.texts(names.adapters),
    ...override(reader, adapterOverrides, (inner, counted) => ({
      jumboPacketBytes: counted(inner.integer("jumboPacket", JUMBO_PACKET)),
      rdma: counted(meaning(inner.text("networkDirect"), readSwitch)),
      rdmaTechnology: counted(word(inner.text("networkDirectTechnology"), RDMA_TECHNOLOGIES)),
    })),
    ...override(reader, switchOverrides, (inner, counted) => ({
      iov: counted(meaning(inner.text("enableIov"), readSwitch)),
      loadBalancing: counted(word(inner.text("loadBalancingAlgorithm"), LOAD_BALANCING_ALGORITHMS)),
    })),
    ...override(reader, qosOverrides, (inner, counted) => ({
      smbPriority: counted(inner.integer(names.smbPriority, PRIORITY)),
      clusterPriority: counted(inner.integer("priorityValue8021ActionCluster", PRIORITY)),
      smbBandwidthPercent: counted(inner.decimal(names.smbBandwidth, PERCENT)),
    })),
  };
}

/** Overrides stand there also where the intent does not use them. */
function override<T>(
  intent: Reader,
  { flag, section }: OverrideNames,
  read: (overrides: Reader, counted: <V>(value: Value<V>) => Value<V>) => T,
): T {
  const isOn = intent.flag(flag);
  return intent.section(section, (overrides) =>
    read(overrides, (value) => {
      if (value.state === "absent" || isOn.state === "absent") return value;
      if (isOn.state === "unknown") return isOn;
      return isOn.value ? value : absent(value.origin);
    }),
  );
}

/** `Enabled` and `Disabled`, or `true` and `false`, as the providers and Network ATC write them. */
function readSwitch(text: string): boolean | undefined {
  const written = text.toLowerCase();
  if (written === "enabled" || written === "true") return true;
  return written === "disabled" || written === "false" ? false : undefined;
}

/** What the hosts of a deployment have in common for their storage. */
export function readStorage(hostNetwork: Reader, names: DeploymentNetworkNames) {
  const { storageAddresses } = names;
  return {
    storageNetworks: hostNetwork.list("storageNetworks", (network): StorageNetwork => {
      network.passOthers();
      const networkAdapter = network.text("networkAdapterName");
      return {
        name: network.text("name"),
        networkAdapter,
        vlan: network.integer("vlanId", VLAN),
        addresses:
          storageAddresses === undefined
            ? absent({ ...networkAdapter.origin, path: "" })
            : network.list(storageAddresses, readStorageAddress),
      };
    }),
    switchlessStorage: hostNetwork.flag(names.switchlessStorage),
    automaticStorageAddresses: hostNetwork.flag(names.automaticStorageAddresses),
  };
}

function readStorageAddress(reader: Reader): StorageAddress {
  reader.passOthers();
  return {
    host: reader.text("physicalNode"),
    address: reader.resolved("ipv4Address", resolveAddress),
    subnetMask: reader.resolved("subnetMask", resolveSubnetMask),
  };
}

export function readInfrastructureNetworks(
  unit: Reader,
  names: DeploymentNetworkNames,
): Value<readonly InfrastructureNetwork[]> {
  return unit.list(names.infrastructureNetworks, (network) => {
    network.passOthers();
    return {
      subnetMask: network.resolved("subnetMask", resolveSubnetMask),
      gateway: network.resolved("gateway", resolveAddress),
      dnsServers: network.resolvedList("dnsServers", resolveAddress),
      dhcp: network.flag(names.dhcp),
      pools: network.list("ipPools", (pool): AddressPool => {
        pool.passOthers();
        return {
          from: pool.resolved("startingAddress", resolveAddress),
          to: pool.resolved("endingAddress", resolveAddress),
        };
      }),
    };
  });
}

/** A deployment with a storage system of its own is disaggregated; of others no property says what they are. */
export function deploymentOf(hostNetwork: Reader, { sanNetworks }: DeploymentNetworkNames): Value<ClusterDeployment> {
  if (sanNetworks === undefined) return absent(hostNetwork.origin(""));
  const networks = hostNetwork.object(sanNetworks, (inner) => {
    inner.passOthers();
    return true;
  });
  return map(networks, () => "disaggregated" as const);
}

/** The zones of a rack aware cluster. */
export function readZones(unit: Reader, names: DeploymentNetworkNames): Value<readonly Zone[]> {
  if (names.zones === undefined) return absent(unit.origin(""));
  return unit.list(names.zones, (zone): Zone => {
    zone.passOthers();
    return { name: zone.text("localAvailabilityZoneName"), nodes: zone.texts("nodes") };
  });
}

/** By the fact the property of a provider that turns it on. */
export type SecurityNames = { readonly [K in keyof ClusterSecurity]: string };

export function readSecurity(reader: Reader, names: SecurityNames): ClusterSecurity {
  return {
    bitLockerOnBootVolume: reader.flag(names.bitLockerOnBootVolume),
    bitLockerOnDataVolumes: reader.flag(names.bitLockerOnDataVolumes),
    credentialGuard: reader.flag(names.credentialGuard),
    driftControl: reader.flag(names.driftControl),
    dynamicRootOfTrust: reader.flag(names.dynamicRootOfTrust),
    hypervisorCodeIntegrity: reader.flag(names.hypervisorCodeIntegrity),
    sideChannelMitigation: reader.flag(names.sideChannelMitigation),
    smbClusterEncryption: reader.flag(names.smbClusterEncryption),
    smbSigning: reader.flag(names.smbSigning),
    applicationControl: reader.flag(names.applicationControl),
  };
}
