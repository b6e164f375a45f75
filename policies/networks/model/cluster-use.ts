import type { Estate } from "../../../lib/estate/estate";
import type { Cluster, ClusterNetwork, VirtualMachine } from "../../../lib/estate/model";
import { absent, combine, gatherAll, ifKnown, known, map, type Value } from "../../../lib/estate/value";
import { hostVersions } from "../../../lib/tables/host-versions";
import { metricSchemeOf, type MetricScheme } from "../../../lib/tables/metric-schemes";
import { predict, type NetworkFacts, type Prediction } from "./prediction";

/** A declared network with what is known of it. */
export interface DeclaredNetwork extends NetworkFacts {
  readonly declared: ClusterNetwork;
}

/** What a cluster will use its declared networks for. */
export interface ClusterUse {
  /** Id of a host version. */
  readonly version: string;
  readonly scheme: MetricScheme;
  readonly networks: readonly DeclaredNetwork[];
  readonly prediction: Prediction<DeclaredNetwork>;
}

/** Networks for live migration in their order, and who declares it. */
export interface LiveMigrationOrder {
  readonly declaredBy: Cluster | VirtualMachine;
  readonly names: readonly Value<string>[];
}

/**
 * What a cluster will use its networks for. Absent where it declares no networks or no nodes, and before Windows Server
 * 2008 R2, whose clusters have neither Cluster Shared Volumes nor live migration.
 */
export function clusterUse(cluster: Cluster, estate: Estate): Value<ClusterUse> {
  const facts = { version: clusterVersion(cluster, estate), networks: declaredNetworks(cluster) };
  const order = liveMigrationNames(cluster, estate);
  const use = combine(facts, cluster.networks.origin, ({ version, networks }): ClusterUse | undefined => {
    const scheme = metricSchemeOf(version);
    return scheme && { version, scheme, networks, prediction: predict(networks, scheme, order) };
  });
  if (use.state !== "known") return use;
  return use.value === undefined ? absent(cluster.networks.origin) : known(use.value, use.origin);
}

/** The version of a cluster: that of its oldest node. */
export function clusterVersion(cluster: Cluster, estate: Estate): Value<string> {
  const nodes = estate.nodesOf(cluster);
  if (nodes.state !== "known") return nodes;
  const versions = gatherAll(
    nodes.value.map(({ operatingSystem }) => operatingSystem),
    nodes.origin,
  );
  if (versions.state !== "known") return versions;
  const oldest = hostVersions().find(({ id }) => versions.value.includes(id));
  return oldest === undefined ? absent(nodes.origin) : known(oldest.id, nodes.origin);
}

/** The networks of a cluster; an empty list counts as none declared. */
export function declaredNetworks(cluster: Cluster): Value<readonly DeclaredNetwork[]> {
  const { networks } = cluster;
  if (networks.state !== "known") return networks;
  if (networks.value.length === 0) return absent(networks.origin);
  return gatherAll(networks.value.map(readNetwork), networks.origin);
}

function readNetwork(declared: ClusterNetwork): Value<DeclaredNetwork> {
  const { role, defaultGateway } = declared;
  return combine({ role, defaultGateway }, role.origin, (the) => ({
    ...the,
    declared,
    name: networkName(declared),
    purpose: ifKnown(declared.purpose),
    metric: metricOf(declared),
  }));
}

/** The name, or where the network stands in the declaration while its name is not known. */
export function networkName({ name }: Pick<ClusterNetwork, "name">): string {
  return ifKnown(name) ?? name.origin.path.replace(/\.name$/, "");
}

/** A declared metric counts, whoever chose it: an automatic one can be declared as Get-ClusterNetwork shows it. */
function metricOf({ metric, autoMetric }: ClusterNetwork): NetworkFacts["metric"] {
  const value = ifKnown(metric);
  if (value !== undefined) return value;
  return metric.state === "absent" && ifKnown(autoMetric) === true ? "automatic" : "unknown";
}

/** The order that the cluster declares, else that of the first virtual machine that declares one. */
export function declaredOrder(cluster: Cluster, estate: Estate): Value<LiveMigrationOrder> {
  const [first] = ordersOf(cluster, estate);
  if (first === undefined) return absent(cluster.liveMigrationNetworks.origin);
  return map(first.liveMigrationNetworks, (names) => ({ declaredBy: first, names }));
}

/** Who declares an order of live migration: the cluster first, then its virtual machines. */
export function ordersOf(cluster: Cluster, estate: Estate): readonly (Cluster | VirtualMachine)[] {
  return [cluster, ...estate.virtualMachinesIn(cluster)].filter(declaresOrder);
}

/** An empty list declares no order. */
function declaresOrder({ liveMigrationNetworks }: Cluster | VirtualMachine): boolean {
  return liveMigrationNetworks.state === "known"
    ? liveMigrationNetworks.value.length > 0
    : liveMigrationNetworks.state === "unknown";
}

function liveMigrationNames(cluster: Cluster, estate: Estate): readonly string[] | "unknown" | undefined {
  const order = declaredOrder(cluster, estate);
  if (order.state === "absent") return undefined;
  if (order.state === "unknown") return "unknown";
  return ifKnown(gatherAll(order.value.names, order.origin)) ?? "unknown";
}
