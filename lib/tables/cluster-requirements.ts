import data from "./cluster-requirements.json";
import schema from "./cluster-requirements.schema.json";
import { loadTable, once, TableError } from "./load";
import type { Provenance } from "./sources";

export type ClusterRequirementTopic =
  | "poolCount"
  | "firstPool"
  | "poolAddresses"
  | "poolOverlap"
  | "poolSubnet"
  | "poolFree"
  | "nodeSubnet"
  | "nodeOutsidePool"
  | "nodeAddressTwice"
  | "podRange"
  | "serviceRange"
  | "dnsRange"
  | "storageSubnets"
  | "switchlessVlans"
  | "roceVlan"
  | "managementIntent"
  | "computeIntent"
  | "storageIntent"
  | "adapterInOneIntent"
  | "smbPriority"
  | "clusterPriority"
  | "smbBandwidth"
  | "rdmaTechnology"
  | "jumboPackets"
  | "witnessOfTwo"
  | "diskWitness"
  | "machineMemory"
  | "sameModel"
  | "zoneCount"
  | "zoneMachines"
  | "equalZones"
  | "zoneSwitches"
  | "zoneStorageIntent"
  | "logicalPools"
  | "staticGateway"
  | "staticDns"
  | "poolInPrefix"
  | "staticAddress"
  | "trustedLaunch"
  | "storagePaths"
  | "credSspMigration"
  | "softAntiAffinity"
  | "hardAntiAffinity"
  | "processorFeatures"
  | "mixedVersions"
  | "spacesDirectNodes"
  | "capacityDrives"
  | "capacityDrivesOfAzureLocal"
  | "cacheDrives"
  | "cacheMultiple"
  | "cacheMemory"
  | "rawCapacity"
  | "poolCapacity"
  | "rawCapacityOf2016"
  | "poolCapacityOf2016"
  | "threeWayMirror"
  | "singleParity"
  | "dualParity"
  | "workgroupWitness"
  | "storageAdapterSubnet";

/** What a document asks of a cluster, of a deployment of Azure Local, or of what runs on it. */
export interface ClusterRequirement extends Provenance {
  readonly topic: ClusterRequirementTopic;
  /** The least and the most of what the topic counts. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** The values that it may have. */
  readonly values?: readonly number[];
  /** A subnet that the topic is about, as in `10.244.0.0/16`. */
  readonly range?: string;
  /** The document only advises. */
  readonly advisory?: true;
  readonly statement: string;
}

interface ClusterRequirementsTable {
  readonly statements: readonly ClusterRequirement[];
}

const shipped = once(() => new Map(readClusterRequirements(data).statements.map((row) => [row.topic, row])));

/** @throws TableError when the data does not fit the table's schema. */
export function readClusterRequirements(source: unknown): ClusterRequirementsTable {
  return loadTable<ClusterRequirementsTable>("cluster-requirements.json", source, schema);
}

/** @throws TableError when the table has no row of the topic, which a test excludes. */
export function clusterRequirement(topic: ClusterRequirementTopic): ClusterRequirement {
  const row = shipped().get(topic);
  if (row === undefined) throw new TableError("lib/tables/cluster-requirements.json", [`no row ${topic}`]);
  return row;
}

/** What a finding takes from a requirement: the document, and whether that only advises. */
export function askedBy(topic: ClusterRequirementTopic): {
  readonly evidence: ClusterRequirement;
  readonly advisory?: true;
} {
  const evidence = clusterRequirement(topic);
  return { evidence, ...(evidence.advisory === undefined ? {} : { advisory: evidence.advisory }) };
}
