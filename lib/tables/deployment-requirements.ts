import data from "./deployment-requirements.json";
import schema from "./deployment-requirements.schema.json";
import { loadTable, once, TableError } from "./load";
import type { Provenance } from "./sources";

export type DeploymentTopic =
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
  | "storagePaths";

/** What a document asks of a deployment of Azure Local and of what runs on it. */
export interface DeploymentRequirement extends Provenance {
  readonly topic: DeploymentTopic;
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

interface DeploymentRequirementsTable {
  readonly statements: readonly DeploymentRequirement[];
}

const shipped = once(() => new Map(readDeploymentRequirements(data).statements.map((row) => [row.topic, row])));

/** @throws TableError when the data does not fit the table's schema. */
export function readDeploymentRequirements(source: unknown): DeploymentRequirementsTable {
  return loadTable<DeploymentRequirementsTable>("deployment-requirements.json", source, schema);
}

/** @throws TableError when the table has no row of the topic, which a test excludes. */
export function deploymentRequirement(topic: DeploymentTopic): DeploymentRequirement {
  const row = shipped().get(topic);
  if (row === undefined) throw new TableError("lib/tables/deployment-requirements.json", [`no row ${topic}`]);
  return row;
}

/** What a finding takes from a requirement: the document, and whether that only advises. */
export function askedBy(topic: DeploymentTopic): {
  readonly evidence: DeploymentRequirement;
  readonly advisory?: true;
} {
  const evidence = deploymentRequirement(topic);
  return { evidence, ...(evidence.advisory === undefined ? {} : { advisory: evidence.advisory }) };
}
