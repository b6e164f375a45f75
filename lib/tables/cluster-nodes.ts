import data from "./cluster-nodes.json";
import schema from "./cluster-nodes.schema.json";
import { loadTable, once } from "./load";
import type { Provenance } from "./sources";

export type ClusterTopic =
  "sameVersion" | "sameProcessorVendor" | "sameDomain" | "sameEdition" | "spareNode" | "quorumWitness";

/** What a document states about the nodes of one cluster, for hosts of the listed versions. */
export interface ClusterStatement extends Provenance {
  readonly topic: ClusterTopic;
  readonly hosts: readonly string[];
  /** The document only advises, or names what works less well. */
  readonly advisory?: true;
  readonly statement: string;
}

/** Two versions that nodes of one cluster may have side by side while it is upgraded. */
export interface RollingUpgrade extends Provenance {
  readonly from: string;
  readonly to: string;
}

export interface ClusterNodesTable {
  readonly statements: readonly ClusterStatement[];
  readonly rollingUpgrades: readonly RollingUpgrade[];
}

const shipped = once(() => readClusterNodes(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readClusterNodes(source: unknown): ClusterNodesTable {
  return loadTable<ClusterNodesTable>("cluster-nodes.json", source, schema);
}

export function clusterStatement(host: string, topic: ClusterTopic, table = shipped()): ClusterStatement | undefined {
  return clusterStatements(host, table).find((row) => row.topic === topic);
}

/** Every statement on clusters of a host version, in the order of the table. */
export function clusterStatements(host: string, table = shipped()): readonly ClusterStatement[] {
  return table.statements.filter(({ hosts }) => hosts.includes(host));
}

/** The upgrades that lead to a host version, and away from it. */
export function rollingUpgradesOf(host: string, table = shipped()): readonly RollingUpgrade[] {
  return table.rollingUpgrades.filter(({ from, to }) => from === host || to === host);
}

/** The upgrade that explains why a cluster has nodes of exactly these versions, in any order. */
export function rollingUpgrade(versions: readonly string[], table = shipped()): RollingUpgrade | undefined {
  return table.rollingUpgrades.find(
    ({ from, to }) => versions.length === 2 && versions.includes(from) && versions.includes(to),
  );
}
