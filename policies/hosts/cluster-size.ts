import type { Cluster, Host } from "../../lib/estate/model";
import { gatherAll } from "../../lib/estate/value";
import { count, listing } from "../../lib/rules/message";
import { defineRule, given, undecided, violation, type Verdict } from "../../lib/rules/rule";
import {
  allows,
  describeLimit,
  hostVersionName,
  hostVersions,
  limitOf,
  type LimitItem,
} from "../../lib/tables/host-versions";
import { documentOf } from "./over-limit";

/** A cluster has no more nodes and virtual machines than its version supports, and its nodes are alike. */
export const clusterSize = defineRule<Cluster>({
  name: "cluster-size",
  title: "Clusters that Microsoft supports",
  subject: "hosts",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Failover clustering is supported only up to these numbers, and with nodes of one version: virtual machines cannot move freely between unlike nodes.",
  fix: "Split the cluster, or bring its nodes to one version.",
  sources: [],
  tags: ["cluster", "capacity"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) =>
    given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) => {
      const versions = gatherAll(
        nodes.map(({ operatingSystem }) => operatingSystem),
        cluster.nodes.origin,
      );
      return given(cluster, { versions }, (the) => [
        ...unlikeVersions(cluster, nodes, the.versions),
        ...unlikeProcessors(cluster, nodes, the.versions),
        ...tooMany(cluster, "clusterNodes", "nodes", nodes.length, count(nodes.length, "node"), the.versions),
        ...tooManyMachines(cluster, estate.virtualMachinesIn(cluster).length, the.versions),
      ]);
    }),
});

function unlikeVersions(cluster: Cluster, nodes: readonly Host[], versions: readonly string[]): readonly Verdict[] {
  const different = [...new Set(versions)];
  if (different.length < 2) return [];
  const groups = different.map((version) => {
    const names = nodes.filter((_, index) => versions[index] === version).map(({ name }) => name);
    return `${hostVersionName(version)} on ${listing(names)}`;
  });
  const problem = `${cluster.name} has nodes of different versions: ${listing(groups)}.`;
  // While a service pack is rolled out the nodes differ for a time.
  const advisory = new Set(different.map(productOfHost)).size === 1;
  return [violation(cluster, "nodes", problem, { ...documentOf(different[0] ?? "", "clusterNodes"), advisory })];
}

function productOfHost(version: string): string | undefined {
  return hostVersions().find(({ id }) => id === version)?.product;
}

function unlikeProcessors(cluster: Cluster, nodes: readonly Host[], versions: readonly string[]): readonly Verdict[] {
  const vendors = new Map<string, string[]>();
  for (const { name, processorVendor } of nodes) {
    if (processorVendor.state !== "known") continue;
    vendors.set(processorVendor.value, [...(vendors.get(processorVendor.value) ?? []), name]);
  }
  if (vendors.size < 2) return nodes.flatMap(({ processorVendor }) => undecided(cluster, processorVendor));
  const groups = [...vendors].map(([vendor, names]) => `${vendor} in ${listing(names)}`);
  return [
    violation(cluster, "nodes", `${cluster.name} has nodes with processors of different vendors: ${listing(groups)}.`, {
      ...documentOf(versions[0] ?? "", "clusterNodes"),
      fix: "Build the cluster from processors of one vendor: a virtual machine cannot live migrate to those of another.",
    }),
  ];
}

function tooManyMachines(cluster: Cluster, machines: number, versions: readonly string[]): readonly Verdict[] {
  return tooMany(cluster, "clusterVirtualMachines", "", machines, count(machines, "virtual machine"), versions);
}

/** By the strictest of the nodes' versions: a cluster is no better than its oldest node. */
function tooMany(
  cluster: Cluster,
  item: LimitItem,
  path: string,
  number: number,
  amount: string,
  versions: readonly string[],
): readonly Verdict[] {
  const limits = versions.map((version) => ({ version, limit: limitOf(version, item) }));
  const [strictest] = limits
    .flatMap(({ version, limit }) => (limit === undefined ? [] : [{ version, limit }]))
    .sort((one, other) => allows(one.limit) - allows(other.limit));
  if (strictest === undefined || number <= allows(strictest.limit)) return [];
  const problem =
    `${cluster.name} has ${amount}. ${hostVersionName(strictest.version)} supports at most ` +
    `${describeLimit(strictest.limit)}.`;
  return [violation(cluster, path, problem, { evidence: strictest.limit })];
}
