import type { Estate } from "../../lib/estate/estate";
import type { Cluster, ClusterNetwork, NetworkRole, Purpose, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { atLeast, exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, isViolation, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { metricSchemeOf } from "../../lib/tables/metric-schemes";
import { networkLayoutsOf } from "../../lib/tables/network-layouts";
import { hasNetworkCapability, networkStatement, recommendedRole } from "../../lib/tables/network-support";
import { listing } from "../../lib/text/words";
import { clusterUse, clusterVersion, networkName, ordersOf } from "./model/cluster-use";
import { purposeName } from "./model/links";
import { isNamed } from "./model/prediction";
import { declaringClusters, OF_THE_CLUSTER } from "./shared/cluster-networks";
import { changeOfFact } from "./shared/fact-change";
import { evidenceFor } from "./shared/host-layout";

/** What a cluster may use each network for fits what the network is for. */
export const clusterNetworkUse = defineRule<Cluster>({
  name: "cluster-network-use",
  title: "What clusters may use networks for",
  subject: "networks",
  level: "required",
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "A cluster sends its traffic over every network that it may use: over storage when all else fails, and over none when it may use none.",
  fix: "Set the role of each network to what it is for: none for iSCSI, cluster for the private networks.",
  sources: ["network-design-2011", "network-recommendations-2025", "network-prioritization-2011"],
  tags: ["cluster", "storage", "high-availability"],
  applies: declaringClusters,
  check: (cluster, estate) =>
    given(cluster, { networks: cluster.networks }, ({ networks }) => {
      const version = clusterVersion(cluster, estate);
      const usable = networks.filter(isUsable);
      if (usable.length === 0) return [noneLeft(cluster, networks, ifKnown(version))];
      const withoutPrivate = privateNetwork(cluster, usable, version);
      const judged = { cluster, estate, version, usable, lacksPrivate: withoutPrivate.some(isViolation) };
      return [...networks.flatMap((network) => judgeNetwork(judged, network)), ...withoutPrivate];
    }),
});

/** A cluster with what is judged of all its networks together. */
interface JudgedCluster {
  readonly cluster: Cluster;
  readonly estate: Estate;
  readonly version: Value<string>;
  /** The networks that the cluster may use. */
  readonly usable: readonly ClusterNetwork[];
  /** Whether it is a finding that none of them is private. */
  readonly lacksPrivate: boolean;
}

function isUsable({ role }: ClusterNetwork): boolean {
  return ifKnown(role) !== "none";
}

function judgeNetwork(judged: JudgedCluster, network: ClusterNetwork): readonly Verdict[] {
  const { cluster, version, lacksPrivate } = judged;
  return given(cluster, { purpose: network.purpose, role: network.role }, ({ purpose, role }) => {
    const known = ifKnown(version);
    if (purpose === "iscsi") return role === "none" ? [] : [usableStorage(judged, network, role)];
    if (role === "none" && OF_THE_CLUSTER.includes(purpose)) {
      // A network for what the version does not have is reported by network-purpose-supported.
      return known !== undefined && lacks(known, purpose) ? [] : [unusable(judged, network, purpose)];
    }
    if (purpose === "cluster" && ifKnown(network.defaultGateway) === true) {
      // That no network is private is then the same problem, in other words.
      return lacksPrivate ? [] : [publicHeartbeat(cluster, network, known)];
    }
    return [
      ...(purpose === "cluster" ? undecided(cluster, network.defaultGateway) : []),
      ...(known === undefined ? undecided(cluster, version) : unlikeRecommended(judged, network, purpose, role, known)),
    ];
  });
}

function lacks(version: string, purpose: Purpose): boolean {
  return (purpose === "liveMigration" || purpose === "clusterSharedVolumes") && !hasNetworkCapability(version, purpose);
}

function usableStorage(judged: JudgedCluster, network: ClusterNetwork, role: NetworkRole): Verdict {
  const { cluster, version } = judged;
  const { path } = network.role.origin;
  const clients = role === "clusterAndClient" ? " and clients" : "";
  const problem =
    `${cluster.name} allows cluster communication${clients} on the iSCSI network "${networkName(network)}" ` +
    `(role ${role})${notLast(cluster, network)}.`;
  const isAll = furtherSteps(judged, network).length === 0 && !carriesTraffic(judged, network);
  const isLast = mayBeLast(judged, network);
  return violation(cluster, path, problem, {
    ...evidenceFor(ifKnown(version), isLast ? "iscsiLast" : "iscsiRole"),
    found: { value: role },
    limit: exactly("none"),
    ...(isAll ? changeOfFact(cluster, network.role, "none") : {}),
    fix: closingFix(judged, network),
    ...(isLast ? { advisory: true } : {}),
  });
}

/**
 * Whether the document's second way is followed, or may be: a storage network that comes after all others. A version or
 * a metric that is not known until deployment may be the one with which it is.
 */
function mayBeLast({ cluster, estate, version }: JudgedCluster, network: ClusterNetwork): boolean {
  const known = ifKnown(version);
  if (known !== undefined && networkStatement(known, "iscsiLast") === undefined) return false;
  if (network.metric.state !== "known") return network.metric.state === "unknown";
  const use = clusterUse(cluster, estate);
  if (use.state !== "known") return use.state === "unknown";
  const all = use.value.prediction.preference.flat();
  const own = all.find((item) => item.network.declared === network);
  const others = all.filter(
    ({ network: { declared, purpose } }) =>
      purpose !== "iscsi" && declared.purpose.state !== "unknown" && declared.metric.state !== "unknown",
  );
  return own !== undefined && others.every(({ to }) => to < own.from);
}

/** What the metric says beside the role, where it is not even the highest. */
function notLast({ networks }: Cluster, network: ClusterNetwork): string {
  const own = ifKnown(network.metric);
  if (own === undefined) return "";
  const usable = (ifKnown(networks) ?? []).filter(
    (other) =>
      other !== network && isUsable(other) && other.purpose.state !== "unknown" && ifKnown(other.purpose) !== "iscsi",
  );
  const higher = usable.find(({ metric }) => (ifKnown(metric) ?? 0) >= own);
  return higher === undefined
    ? ""
    : `, and its metric ${String(own)} is not even the highest: "${networkName(higher)}" has ${String(ifKnown(higher.metric))}`;
}

/** Whether a network may be the one of some traffic: who closes it moves that traffic, and may have to set metrics. */
function carriesTraffic({ cluster, estate }: JudgedCluster, network: ClusterNetwork): boolean {
  const use = clusterUse(cluster, estate);
  if (use.state !== "known") return use.state === "unknown";
  const { clusterTraffic, liveMigration, publicTraffic } = use.value.prediction;
  const [first = []] = liveMigration;
  return [...clusterTraffic, ...first, ...publicTraffic].some((item) => item.network.declared === network);
}

/** What closing a network to the cluster takes, so that it does not lead to the next finding. */
function closingFix(judged: JudgedCluster, network: ClusterNetwork): string {
  const role = `Set the role of "${networkName(network)}" to none`;
  return `${listing([role, ...furtherSteps(judged, network)])}.`;
}

/** What closing a network takes beside its role. */
function furtherSteps({ cluster, estate, usable }: JudgedCluster, network: ClusterNetwork): readonly string[] {
  const name = networkName(network);
  const isListed = ordersOf(cluster, estate).some((by) => namesIn(by).some((one) => isNamed({ name }, one)));
  const others = usable.filter((other) => other !== network && ifKnown(other.purpose) !== "iscsi");
  return [
    ...(isListed ? ["remove it from liveMigrationNetworks"] : []),
    ...(others.length === 0 ? ["add a private network for cluster communication with the role cluster"] : []),
    ...(others.length > 0 && comesFirst(cluster, network, estate)
      ? ["let the network for cluster and CSV traffic have the lowest metric of the others"]
      : []),
  ];
}

/** Whether a network is the one of cluster and CSV traffic, which then goes to another. */
function comesFirst(cluster: Cluster, network: ClusterNetwork, estate: Estate): boolean {
  const [first, ...others] = ifKnown(clusterUse(cluster, estate))?.prediction.clusterTraffic ?? [];
  return others.length === 0 && first?.network.declared === network;
}

function namesIn({ liveMigrationNetworks }: Cluster | VirtualMachine): readonly string[] {
  return (ifKnown(liveMigrationNetworks) ?? []).flatMap((name) => ifKnown(name) ?? []);
}

function unusable({ cluster, estate, version }: JudgedCluster, network: ClusterNetwork, purpose: Purpose): Verdict {
  const name = networkName(network);
  const problem = `${cluster.name} does not allow cluster communication on "${name}", its network for ${purposeName(purpose)}.`;
  const orders = ordersOf(cluster, estate);
  const isUnlisted = orders.some((by) => !namesIn(by).some((one) => isNamed({ name }, one)));
  const order = purpose === "liveMigration" && isUnlisted ? ", and list it first in liveMigrationNetworks" : "";
  return violation(cluster, network.role.origin.path, problem, {
    ...evidenceFor(ifKnown(version), "roleNone"),
    found: { value: "none" },
    limit: { bound: "not", value: "none" },
    fix: `Set the role of "${name}" to cluster${order}${preferred(cluster, purpose, orders.length > 0, ifKnown(version))}.`,
  });
}

/** The metric that a network needs as soon as the cluster may use it. */
function preferred(cluster: Cluster, purpose: Purpose, isOrdered: boolean, version: string | undefined): string {
  const scheme = version === undefined ? undefined : metricSchemeOf(version);
  if (scheme === undefined) return "";
  // Cluster traffic goes with that of Cluster Shared Volumes, where there is a network for them.
  const hasShared = (ifKnown(cluster.networks) ?? []).some((one) => ifKnown(one.purpose) === "clusterSharedVolumes");
  const isFirst = purpose === "clusterSharedVolumes" || (purpose === "cluster" && !hasShared);
  if (isFirst) return ", with the lowest metric of the networks that the cluster may use";
  return purpose === "liveMigration" && scheme.liveMigrationByMetric && !isOrdered
    ? ", with the second lowest metric of the networks that the cluster may use"
    : "";
}

function publicHeartbeat(cluster: Cluster, network: ClusterNetwork, version: string | undefined): Verdict {
  const name = networkName(network);
  const { path } = network.defaultGateway.origin;
  const problem = `${cluster.name} has a default gateway on "${name}", its network for cluster communication, which must be private.`;
  return violation(cluster, path, problem, {
    ...evidenceFor(version, "privateNetwork"),
    found: { value: true },
    limit: exactly(false),
    ...(gatewaysDecideMetrics(cluster, version) ? {} : changeOfFact(cluster, network.defaultGateway, false)),
    fix: `Set defaultGateway of "${name}" to false: remove the gateway from its adapters.`,
    advisory: true,
  });
}

/** Whether an automatic metric of some network depends on default gateways. */
function gatewaysDecideMetrics({ networks }: Cluster, version: string | undefined): boolean {
  if (version !== undefined && metricSchemeOf(version)?.automatic === undefined) return false;
  return (ifKnown(networks) ?? []).some(({ metric }) => metric.state !== "known");
}

/** What Microsoft recommends from Windows Server 2012 on. */
function unlikeRecommended(
  judged: JudgedCluster,
  network: ClusterNetwork,
  purpose: Purpose,
  role: NetworkRole,
  version: string,
): readonly Verdict[] {
  const recommended = recommendedRole(version, purpose)?.role;
  if (recommended === undefined || recommended === role) return [];
  const { cluster } = judged;
  const { path } = network.role.origin;
  const name = networkName(network);
  const problem =
    `${cluster.name} has the role ${role} on "${name}", its network for ${purposeName(purpose)}. ` +
    `Microsoft recommends the role ${recommended}.`;
  // Who uses it then, and who no longer does, may be a matter of metrics.
  const isAll = role !== "none" && recommended !== "none";
  return [
    violation(cluster, path, problem, {
      ...evidenceFor(version, "recommendedRole"),
      found: { value: role },
      limit: exactly(recommended),
      ...(isAll ? changeOfFact(cluster, network.role, recommended) : {}),
      fix: recommended === "none" ? closingFix(judged, network) : `Set the role of "${name}" to ${recommended}.`,
      advisory: true,
    }),
  ];
}

function noneLeft(cluster: Cluster, networks: readonly ClusterNetwork[], version: string | undefined): Verdict {
  const problem = `${cluster.name} does not allow cluster communication on any of its networks.`;
  const named = (role: NetworkRole): readonly string[] =>
    networks.filter((network) => roleFor(network, version) === role).map((network) => `"${networkName(network)}"`);
  const settings = (["cluster", "clusterAndClient"] as const)
    .filter((role) => named(role).length > 0)
    .map((role) => `the role of ${listing(named(role))} to ${role}`);
  const add = "Add a network without a default gateway for cluster communication, with the role cluster.";
  return violation(cluster, cluster.networks.origin.path, problem, {
    ...evidenceFor(version, "noClusterNetwork"),
    found: { value: 0, unit: "networks" },
    limit: atLeast(1, "networks"),
    fix: [
      ...(settings.length > 0 ? [`Set ${listing(settings)}.`] : []),
      ...(named("cluster").length === 0 ? [add] : []),
    ].join(" "),
  });
}

/** The role that no rule finds anything wrong with; undefined where it may stay none. */
function roleFor({ purpose }: ClusterNetwork, version: string | undefined): NetworkRole | undefined {
  const known = ifKnown(purpose);
  if (known === undefined) return undefined;
  if (OF_THE_CLUSTER.includes(known)) return "cluster";
  return version === undefined ? undefined : recommendedRole(version, known)?.role;
}

/** Whether one of the networks that the cluster may use is a private one. */
function privateNetwork(
  cluster: Cluster,
  usable: readonly ClusterNetwork[],
  version: Value<string>,
): readonly Verdict[] {
  const mayBePrivate = usable.filter(
    ({ purpose, defaultGateway }) => ifKnown(purpose) !== "iscsi" && ifKnown(defaultGateway) !== true,
  );
  if (mayBePrivate.length > 0) {
    return mayBePrivate.some(isPrivate) ? [] : mayBePrivate.flatMap((network) => unknownFacts(cluster, network));
  }
  return given(cluster, { version }, (the) => noPrivate(cluster, usable, the.version));
}

function isPrivate({ role, purpose, defaultGateway }: ClusterNetwork): boolean {
  return [role, purpose, defaultGateway].every(({ state }) => state === "known");
}

function unknownFacts(cluster: Cluster, { role, purpose, defaultGateway }: ClusterNetwork): readonly Verdict[] {
  return [role, purpose, defaultGateway].flatMap((value) => undecided(cluster, value));
}

/** Newer versions only warn of it when they validate a cluster. */
function noPrivate(cluster: Cluster, usable: readonly ClusterNetwork[], version: string): readonly Verdict[] {
  if (metricSchemeOf(version) === undefined) return [];
  const storage = usable.filter(({ purpose }) => ifKnown(purpose) === "iscsi");
  const withGateway = usable.filter((network) => !storage.includes(network));
  const heartbeat = withGateway.filter(({ purpose }) => ifKnown(purpose) === "cluster");
  const problem =
    `${cluster.name} has no private network among those that it may use: ` +
    `${listing([...whyNotPrivate(withGateway, "a default gateway"), ...whyNotPrivate(storage, "the purpose iscsi")])}.`;
  const [first] = heartbeat;
  return [
    violation(cluster, cluster.networks.origin.path, problem, {
      ...evidenceFor(version, "privateNetwork"),
      found: { value: 0, unit: "networks" },
      limit: atLeast(1, "networks"),
      fix:
        first === undefined
          ? "Add a network without a default gateway for cluster communication, with the role cluster."
          : `Set defaultGateway of "${networkName(first)}" to false: remove the gateway from its adapters.`,
      advisory: networkLayoutsOf(version).length === 0,
    }),
  ];
}

/** `"Management" and "Clients" have a default gateway` */
function whyNotPrivate(networks: readonly ClusterNetwork[], what: string): readonly string[] {
  if (networks.length === 0) return [];
  const names = listing(networks.map((network) => `"${networkName(network)}"`));
  return [`${names} ${networks.length === 1 ? "has" : "have"} ${what}`];
}
