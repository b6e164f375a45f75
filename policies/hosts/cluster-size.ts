import type { Cluster, Host } from "../../lib/estate/model";
import { gatherAll } from "../../lib/estate/value";
import { count, listing } from "../../lib/rules/message";
import { defineRule, given, violation, type Verdict } from "../../lib/rules/rule";
import { allows, describeLimit, hostVersionName, limitOf, type LimitItem } from "../../lib/tables/host-versions";

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
  sources: ["limits-2008-r2"],
  tags: ["cluster", "capacity"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) =>
    given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) => {
      const versions = gatherAll(
        nodes.map(({ operatingSystem }) => operatingSystem),
        cluster.nodes.origin,
      );
      return given(cluster, { versions }, (the) => {
        const [version] = the.versions;
        if (version === undefined) return [];
        return [
          ...unlikeVersions(cluster, nodes, the.versions),
          ...unlikeProcessors(cluster, nodes),
          ...sizes(cluster, nodes.length, estate.virtualMachinesIn(cluster).length, version),
        ];
      });
    }),
});

function unlikeVersions(cluster: Cluster, nodes: readonly Host[], versions: readonly string[]): readonly Verdict[] {
  const different = [...new Set(versions)];
  if (different.length < 2) return [];
  const groups = different.map((version) => {
    const names = nodes.filter((_, index) => versions[index] === version).map(({ name }) => name);
    return `${hostVersionName(version)} on ${listing(names)}`;
  });
  return [violation(cluster, "nodes", `${cluster.name} has nodes of different versions: ${listing(groups)}.`)];
}

function unlikeProcessors(cluster: Cluster, nodes: readonly Host[]): readonly Verdict[] {
  const vendors = new Map<string, string[]>();
  for (const { name, processorVendor } of nodes) {
    if (processorVendor.state !== "known") continue;
    vendors.set(processorVendor.value, [...(vendors.get(processorVendor.value) ?? []), name]);
  }
  if (vendors.size < 2) return [];
  const groups = [...vendors].map(([vendor, names]) => `${vendor} in ${listing(names)}`);
  return [
    violation(cluster, "nodes", `${cluster.name} has nodes with processors of different vendors: ${listing(groups)}.`, {
      fix: "Build the cluster from processors of one vendor: a virtual machine cannot live migrate to those of another.",
    }),
  ];
}

function sizes(cluster: Cluster, nodes: number, machines: number, version: string): readonly Verdict[] {
  const over = (item: LimitItem, path: string, number: number, subject: string): readonly Verdict[] => {
    const limit = limitOf(version, item);
    if (limit === undefined || number <= allows(limit)) return [];
    const problem = `${cluster.name} has ${subject}. ${hostVersionName(version)} supports at most ${describeLimit(limit)}.`;
    return [violation(cluster, path, problem, { evidence: limit })];
  };
  return [
    ...over("clusterNodes", "nodes", nodes, count(nodes, "node")),
    ...over("clusterVirtualMachines", "", machines, count(machines, "virtual machine")),
  ];
}
