import type { NetworkRole, Purpose } from "../estate/model";
import { loadTable, once } from "./load";
import data from "./network-support.json";
import schema from "./network-support.schema.json";
import type { Provenance } from "./sources";

export type NetworkCapabilityItem =
  | "clusterSharedVolumes"
  | "liveMigration"
  | "minimumBandwidth"
  | "nicTeaming"
  | "nicTeamingUnderSwitch"
  | "switchEmbeddedTeaming";

/** Exactly the listed host versions have it. */
export interface NetworkCapability extends Provenance {
  readonly item: NetworkCapabilityItem;
  readonly hosts: readonly string[];
}

export type NetworkLimitItem =
  "switchEmbeddedTeamAdapters" | "partitionsPerPort" | "partitionsPerHost" | "liveMigrationSpeed" | "physicalAdapters";

/** A number that some host versions must not exceed, or must reach: its name says which. */
export interface NetworkLimit extends Provenance {
  readonly item: NetworkLimitItem;
  readonly hosts: readonly string[];
  readonly value: number;
  readonly unit: "count" | "Mbps";
}

export type NetworkTopic =
  | "layout"
  | "layoutNotRecommended"
  | "oneAdapter"
  | "switchReserved"
  | "iscsiTeaming"
  | "iscsiPaths"
  | "iscsiDedicated"
  | "virtualMachineTeam"
  | "teamUnderSwitch"
  | "embeddedTeaming"
  | "teamRdma"
  | "liveMigrationDedicated"
  | "liveMigrationSpeed"
  | "sharedVolumesProtocols"
  | "caps"
  | "capsOnly"
  | "minimumBandwidth"
  | "minimumBandwidthMode"
  | "partitioning"
  | "iscsiRole"
  | "noClusterNetwork"
  | "privateNetwork"
  | "recommendedRole"
  | "roleNone"
  | "liveMigrationOrder"
  | "liveMigrationSetting";

/** What a document states on a topic, for some host versions. */
export interface NetworkStatement extends Provenance {
  readonly topic: NetworkTopic;
  readonly hosts: readonly string[];
  /** The document only advises, though the rule may block on other hosts. */
  readonly advisory?: true;
  /** The document's own strength, in a sentence. */
  readonly statement: string;
}

/** The weight of minimum bandwidth that a document suggests. */
export interface BandwidthWeight extends Provenance {
  readonly purpose: Purpose;
  readonly hosts: readonly string[];
  readonly weight: number;
}

/** The role that a document recommends for a cluster network. */
export interface RecommendedRole extends Provenance {
  readonly purpose: Purpose;
  readonly hosts: readonly string[];
  readonly role: NetworkRole;
}

export interface NetworkSupportTable {
  readonly capabilities: readonly NetworkCapability[];
  readonly limits: readonly NetworkLimit[];
  readonly statements: readonly NetworkStatement[];
  readonly weights: readonly BandwidthWeight[];
  readonly roles: readonly RecommendedRole[];
}

const shipped = once(() => readNetworkSupport(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readNetworkSupport(source: unknown): NetworkSupportTable {
  return loadTable<NetworkSupportTable>("network-support.json", source, schema);
}

export function networkSupport(table = shipped()): NetworkSupportTable {
  return table;
}

export function hasNetworkCapability(host: string, item: NetworkCapabilityItem, table = shipped()): boolean {
  return table.capabilities.some((row) => row.item === item && row.hosts.includes(host));
}

export function networkLimit(host: string, item: NetworkLimitItem, table = shipped()): NetworkLimit | undefined {
  return table.limits.find((row) => row.item === item && row.hosts.includes(host));
}

/** What documents state on a topic for a host version; undefined where they state nothing. */
export function networkStatement(host: string, topic: NetworkTopic, table = shipped()): NetworkStatement | undefined {
  return table.statements.find((row) => row.topic === topic && row.hosts.includes(host));
}

export function bandwidthWeight(host: string, purpose: Purpose, table = shipped()): BandwidthWeight | undefined {
  return table.weights.find((row) => row.purpose === purpose && row.hosts.includes(host));
}

export function recommendedRole(host: string, purpose: Purpose, table = shipped()): RecommendedRole | undefined {
  return table.roles.find((row) => row.purpose === purpose && row.hosts.includes(host));
}
