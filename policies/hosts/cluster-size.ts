import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host } from "../../lib/estate/model";
import { absent, ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import {
  missing,
  notDeclared,
  undecided,
  violation,
  type Verdict,
  type ViolationDetails,
} from "../../lib/rules/verdict";
import { clusterStatement, rollingUpgrade, type ClusterTopic } from "../../lib/tables/cluster-nodes";
import {
  allows,
  clusterNodesLimit,
  describeDeployment,
  describeLimit,
  hostVersionName,
  hostVersions,
  limitOf,
  type Limit,
  type LimitItem,
} from "../../lib/tables/host-versions";
import { append } from "../../lib/text/collections";
import { count, listing } from "../../lib/text/words";

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
  sources: ["limits-2008-r2", "live-migration-faq"],
  tags: ["cluster", "capacity"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) => {
    const nodes = estate.knownNodesOf(cluster);
    const all = estate.nodesOf(cluster);
    if (all.state === "known" && nodes.length === 0) return [notDeclared(cluster, cluster.nodes.origin)];
    const orUndecided = (wrong: readonly Verdict[], open: readonly Value<unknown>[]): readonly Verdict[] =>
      wrong.length > 0 ? wrong : open.flatMap((value) => undecided(cluster, value));
    return [
      ...orUndecided(unlikeVersions(cluster, nodes), [all, ...nodes.map(({ operatingSystem }) => operatingSystem)]),
      ...orUndecided(unlikeProcessors(cluster, nodes), [all, ...nodes.map(({ processorVendor }) => processorVendor)]),
      ...orUndecided(tooManyNodes(cluster, nodes), [all]),
      ...orUndecided(tooManyMachines(cluster, nodes, estate), [all]),
    ];
  },
});

/** The nodes by what a fact of theirs is, as far as it is known. */
function groupsOf(
  nodes: readonly Host[],
  fact: (node: Host) => string | undefined,
): ReadonlyMap<string, readonly Host[]> {
  const groups = new Map<string, Host[]>();
  for (const node of nodes) {
    const key = fact(node);
    if (key !== undefined) append(groups, key, node);
  }
  return groups;
}

function unlikeVersions(cluster: Cluster, nodes: readonly Host[]): readonly Verdict[] {
  const groups = groupsOf(nodes, versionOf);
  if (groups.size < 2) return [];
  const names = [...groups].map(([version, some]) => `${hostVersionName(version)} on ${namesOf(some)}`);
  const problem = `${cluster.name} has nodes of different versions: ${listing(names)}.`;
  const versions = [...groups.keys()];
  const upgrade = rollingUpgrade(versions);
  if (upgrade !== undefined) {
    const fix = "Bring the other nodes to the newer version within four weeks, then run Update-ClusterFunctionalLevel.";
    return [violation(cluster, "nodes", problem, { evidence: upgrade, fix, advisory: true })];
  }
  // While a service pack is rolled out the nodes differ for a time.
  const advisory = new Set(versions.map(productOfHost)).size === 1;
  return [violation(cluster, "nodes", problem, { ...statementOn("sameVersion", versions), advisory })];
}

function versionOf({ operatingSystem }: Host): string | undefined {
  return ifKnown(operatingSystem);
}

function namesOf(nodes: readonly Host[]): string {
  return listing(nodes.map(({ name }) => name));
}

function productOfHost(version: string): string | undefined {
  return hostVersions().find(({ id }) => id === version)?.product;
}

function unlikeProcessors(cluster: Cluster, nodes: readonly Host[]): readonly Verdict[] {
  const groups = groupsOf(nodes, ({ processorVendor }) => ifKnown(processorVendor));
  if (groups.size < 2) return [];
  const names = [...groups].map(([vendor, some]) => `${vendor} in ${namesOf(some)}`);
  const versions = nodes.map(versionOf).filter((version) => version !== undefined);
  return [
    violation(cluster, "nodes", `${cluster.name} has nodes with processors of different vendors: ${listing(names)}.`, {
      ...statementOn("sameProcessorVendor", versions),
      advisory: versions.length > 0 && versions.every((version) => isAdvice("sameProcessorVendor", version)),
      fix: "Build the cluster from processors of one vendor: a virtual machine cannot live migrate to those of another.",
    }),
  ];
}

function statementOn(topic: ClusterTopic, versions: readonly string[]): ViolationDetails {
  const [evidence] = versions.flatMap((version) => clusterStatement(version, topic) ?? []);
  return evidence === undefined ? {} : { evidence };
}

function isAdvice(topic: ClusterTopic, version: string): boolean {
  return clusterStatement(version, topic)?.advisory === true;
}

/** Where the deployment matters and is not known, only what no deployment may have is wrong. */
function tooManyNodes(cluster: Cluster, nodes: readonly Host[]): readonly Verdict[] {
  const deployment = cluster.deployment === undefined ? undefined : ifKnown(cluster.deployment);
  const strictest = strictestOf(nodes, (version) => clusterNodesLimit(version, deployment));
  if (strictest === undefined) return [];
  if (nodes.length <= allows(strictest.limit)) {
    return deployment === undefined ? openDeployment(cluster, nodes) : [];
  }
  return [overLimit(cluster, "nodes", `${cluster.name} has ${count(nodes.length, "node")}`, strictest)];
}

/** More nodes than the usual deployment may have: right only where the cluster is deployed otherwise. */
function openDeployment(cluster: Cluster, nodes: readonly Host[]): readonly Verdict[] {
  const usual = strictestOf(nodes, (version) => clusterNodesLimit(version, "hyperconverged"));
  if (usual === undefined || nodes.length <= allows(usual.limit)) return [];
  return missing(cluster, cluster.deployment ?? absent({ urn: cluster.urn, path: "deployment" }));
}

/** The cluster as a whole, and its nodes: where all of its machines run, each node runs its share at least. */
function tooManyMachines(cluster: Cluster, nodes: readonly Host[], estate: Estate): readonly Verdict[] {
  const machines = estate.virtualMachinesIn(cluster).length;
  const subject = `${cluster.name} has ${count(machines, "virtual machine")}`;
  const strictest = strictestLimit(nodes, "clusterVirtualMachines");
  if (strictest !== undefined && machines > allows(strictest.limit)) {
    return [overLimit(cluster, "", subject, strictest)];
  }
  const perNode = strictestLimit(nodes, "clusterVirtualMachinesPerNode");
  if (perNode === undefined || estate.nodesOf(cluster).state !== "known") return [];
  if (machines <= nodes.length * allows(perNode.limit)) return [];
  return [overLimit(cluster, "", `${subject} on ${count(nodes.length, "node")}`, perNode, " on each")];
}

interface VersionLimit {
  readonly version: string;
  readonly limit: Limit;
}

/** By the strictest of the nodes' versions: a cluster is no better than its oldest node. */
function strictestLimit(nodes: readonly Host[], item: LimitItem): VersionLimit | undefined {
  return strictestOf(nodes, (version) => limitOf(version, item));
}

function strictestOf(
  nodes: readonly Host[],
  limitFor: (version: string) => Limit | undefined,
): VersionLimit | undefined {
  const limits = [...groupsOf(nodes, versionOf).keys()].flatMap((version) => {
    const limit = limitFor(version);
    return limit === undefined ? [] : [{ version, limit }];
  });
  return limits.sort((one, other) => allows(one.limit) - allows(other.limit))[0];
}

function overLimit(
  cluster: Cluster,
  path: string,
  subject: string,
  { version, limit }: VersionLimit,
  of = "",
): Verdict {
  const deployment = limit.deployment === undefined ? "" : ` in a ${describeDeployment(limit.deployment)} deployment`;
  const problem = `${subject}. ${hostVersionName(version)} supports at most ${describeLimit(limit)}${of}${deployment}.`;
  return violation(cluster, path, problem, { evidence: limit });
}
