import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { bestCase } from "../../lib/rules/best-case";
import { atMost, exactly, type Unit } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { notDeclared, undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
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
import { count } from "../../lib/text/words";
import { generousVersions } from "./shared/host-version-cases";
import { groupsOf, namesOf } from "./shared/node-groups";

/** A cluster has no more nodes and virtual machines than its version supports, and its nodes are alike. */
export const clusterSize = defineRule<Cluster>({
  name: "cluster-size",
  title: "Clusters that Microsoft supports",
  subject: "hosts",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Failover clustering is supported only up to these numbers, and with nodes of one version: virtual machines cannot move freely between unlike nodes.",
  fix: "Split the cluster, or install one version on all of its nodes.",
  sources: ["limits-2008-r2", "live-migration-faq"],
  tags: ["cluster", "capacity"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) => {
    const nodes = estate.knownNodesOf(cluster);
    const all = estate.nodesOf(cluster);
    if (all.state === "known" && nodes.length === 0) return [notDeclared(cluster, cluster.nodes)];
    const orUndecided = (wrong: readonly Verdict[], unknowns: readonly Value<unknown>[]): readonly Verdict[] =>
      wrong.length > 0 ? wrong : unknowns.flatMap((value) => undecided(cluster, value));
    return [
      ...orUndecided(unlikeVersions(cluster, nodes), [all, ...nodes.map(({ operatingSystem }) => operatingSystem)]),
      ...orUndecided(unlikeProcessors(cluster, nodes), [all, ...nodes.map(({ processorVendor }) => processorVendor)]),
      ...orUndecided(tooManyNodes(cluster, nodes), [all]),
      ...orUndecided(tooManyMachines(cluster, nodes, estate), [all]),
    ];
  },
});

function unlikeVersions(cluster: Cluster, nodes: readonly Host[]): readonly Verdict[] {
  const groups = groupsOf(nodes, versionOf);
  if (groups.size < 2) return [];
  const names = [...groups].map(([version, some]) => `${hostVersionName(version)} on ${namesOf(some)}`);
  const problem = `${cluster.name} has nodes of different versions: ${names.join("; ")}.`;
  const versions = [...groups.keys()];
  const figures = severalFigures(
    versions.map((version) => hostVersionName(version)),
    "host versions",
  );
  const upgrade = rollingUpgrade(versions);
  if (upgrade !== undefined) {
    const older = namesOf(groups.get(upgrade.from) ?? []);
    const fix = `Upgrade ${older} to ${hostVersionName(upgrade.to)} within four weeks, then run Update-ClusterFunctionalLevel.`;
    return [violation(cluster, "nodes", problem, { ...figures, evidence: upgrade, fix, advisory: true })];
  }
  // While a service pack is rolled out the nodes differ for a time.
  const advisory = new Set(versions.map(productOfHost)).size === 1;
  const fix = advisory ? { fix: servicePackFix(groups) } : {};
  return [
    violation(cluster, "nodes", problem, { ...figures, ...statementOn("sameVersion", versions), ...fix, advisory }),
  ];
}

/** What stands where there should be one. */
function severalFigures(value: readonly string[], unit: Unit): ViolationDetails {
  return { found: { value, unit }, limit: exactly(1, unit) };
}

/** Host versions are listed from old to new. */
function servicePackFix(groups: ReadonlyMap<string, readonly Host[]>): string {
  const newest = hostVersions().findLast(({ id }) => groups.has(id));
  const others = [...groups].flatMap(([version, nodes]) => (version === newest?.id ? [] : nodes));
  return `Install ${newest?.name ?? ""} on ${namesOf(others)}.`;
}

function versionOf({ operatingSystem }: Host): string | undefined {
  return ifKnown(operatingSystem);
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
    violation(
      cluster,
      "nodes",
      `${cluster.name} has nodes with processors of different vendors: ${names.join("; ")}.`,
      {
        ...severalFigures([...groups.keys()], "processor vendors"),
        ...statementOn("sameProcessorVendor", versions),
        advisory: versions.length > 0 && versions.every((version) => isAdvice("sameProcessorVendor", version)),
        fix: "Use nodes with processors of one vendor, or split the cluster by vendor: a virtual machine cannot live migrate to a processor of another vendor.",
      },
    ),
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
  const deployment = ifKnown(cluster.deployment);
  const strictest = strictestOf(nodes, (version) => clusterNodesLimit(version, deployment));
  if (strictest === undefined) return tooManyForAny(cluster, nodes);
  if (nodes.length <= allows(strictest.limit)) {
    return deployment === undefined ? unknownDeployment(cluster, nodes) : [];
  }
  return [overNodes(cluster, nodes, strictest)];
}

/** What no version supports, while that of no node is known. */
function tooManyForAny(cluster: Cluster, nodes: readonly Host[]): readonly Verdict[] {
  const deployment = ifKnown(cluster.deployment);
  const cases = generousVersions("clusterNodes").map((version) => {
    const limit = clusterNodesLimit(version, deployment);
    return limit !== undefined && nodes.length > allows(limit) ? [overNodes(cluster, nodes, { version, limit })] : [];
  });
  return bestCase(cases, ["the operating system of its nodes"]);
}

function overNodes(cluster: Cluster, nodes: readonly Host[], strictest: VersionLimit): Verdict {
  return overLimit(cluster, strictest, {
    path: "nodes",
    subject: `${cluster.name} has ${count(nodes.length, "node")}`,
    found: nodes.length,
    most: allows(strictest.limit),
    unit: "nodes",
    fix: `Split the cluster into clusters of ${describeLimit(strictest.limit)} nodes or fewer.`,
  });
}

/** More nodes than the usual deployment may have: right only where the cluster is deployed otherwise. */
function unknownDeployment(cluster: Cluster, nodes: readonly Host[]): readonly Verdict[] {
  const usual = strictestOf(nodes, (version) => clusterNodesLimit(version, "hyperconverged"));
  if (usual === undefined || nodes.length <= allows(usual.limit)) return [];
  return cluster.deployment.state === "absent"
    ? [notDeclared(cluster, { origin: { urn: cluster.urn, path: "deployment" } })]
    : undecided(cluster, cluster.deployment);
}

/** The cluster as a whole, and its nodes: where all of its machines run, each node runs its share at least. */
function tooManyMachines(cluster: Cluster, nodes: readonly Host[], estate: Estate): readonly Verdict[] {
  const machines = estate.virtualMachinesIn(cluster).length;
  const crowd = { path: "", found: machines, unit: "virtual machines" } as const;
  const subject = `${cluster.name} has ${count(machines, "virtual machine")}`;
  const strictest = strictestLimit(nodes, "clusterVirtualMachines");
  const perNode = strictestLimit(nodes, "clusterVirtualMachinesPerNode");
  if (strictest !== undefined && machines > allows(strictest.limit)) {
    const most = allows(strictest.limit);
    const onAllNodes = perNode === undefined ? Infinity : nodes.length * allows(perNode.limit);
    const fix = `${takeOut(machines - Math.min(most, onAllNodes))}, or split it.`;
    return [overLimit(cluster, strictest, { ...crowd, subject, most, fix })];
  }
  if (perNode === undefined || estate.nodesOf(cluster).state !== "known") return [];
  // What is on the only node is judged by host-virtual-machines.
  const [only, ...others] = nodes;
  if (only !== undefined && others.length === 0 && estate.virtualMachinesOn(only).length === machines) return [];
  const most = nodes.length * allows(perNode.limit);
  if (machines <= most) return [];
  const needed = Math.ceil(machines / allows(perNode.limit)) - nodes.length;
  const fix = `${takeOut(machines - most)}, or add ${count(needed, "node")} or more.`;
  const onNodes = `${subject} on ${count(nodes.length, "node")}`;
  return [overLimit(cluster, perNode, { ...crowd, subject: onNodes, most, fix }, " on each")];
}

function takeOut(excess: number): string {
  return `Take at least ${count(excess, "virtual machine")} out of the cluster`;
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

/** A number of the cluster that exceeds what a version supports. */
interface Excess {
  readonly path: string;
  readonly subject: string;
  readonly found: number;
  readonly most: number;
  readonly unit: Unit;
  readonly fix: string;
}

function overLimit(cluster: Cluster, { version, limit }: VersionLimit, excess: Excess, where = ""): Verdict {
  const { path, subject, found, unit, fix } = excess;
  const deployment = limit.deployment === undefined ? "" : ` in a ${describeDeployment(limit.deployment)} deployment`;
  const most = `${describeLimit(limit)}${where}${deployment}`;
  const problem = `${subject}. ${hostVersionName(version)} supports at most ${most}.`;
  return violation(cluster, path, problem, {
    found: { value: found, unit },
    limit: atMost(excess.most, unit),
    fix,
    evidence: limit,
  });
}
