import type { Cluster, ClusterNetwork, NetworkRole, Purpose } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { metricSchemeOf } from "../../lib/tables/metric-schemes";
import { networkLayoutsOf } from "../../lib/tables/network-layouts";
import { recommendedRole } from "../../lib/tables/network-support";
import { clusterVersion, networkName } from "./model/cluster-use";
import { purposeName } from "./model/links";
import { declaringClusters } from "./shared/cluster-networks";
import { said } from "./shared/host-layout";

/** What a cluster may use each network for fits what the network is for. */
export const clusterNetworkUse = defineRule<Cluster>({
  name: "cluster-network-use",
  title: "What clusters may use networks for",
  subject: "networks",
  level: "required",
  severity: "high",
  reach: "estate",
  why: "A cluster sends its traffic over every network on which it may: over storage when all else fails, and over none when it may use none.",
  fix: "Set the role of each network to what it is for: none for iSCSI, cluster for the private networks.",
  sources: ["network-design-2011", "network-recommendations-2025", "network-prioritization-2011"],
  tags: ["cluster", "storage", "high-availability"],
  applies: declaringClusters,
  check: (cluster, estate) =>
    given(cluster, { networks: cluster.networks }, ({ networks }) => {
      const version = clusterVersion(cluster, estate);
      const usable = networks.filter(({ role }) => ifKnown(role) !== "none");
      if (usable.length === 0) return [noneLeft(cluster, ifKnown(version))];
      return [
        ...networks.flatMap((network) => judgeNetwork(cluster, network, version)),
        ...privateNetwork(cluster, usable, version),
      ];
    }),
});

const OF_THE_CLUSTER: readonly Purpose[] = ["cluster", "clusterSharedVolumes", "liveMigration"];

function judgeNetwork(cluster: Cluster, network: ClusterNetwork, version: Value<string>): readonly Verdict[] {
  return given(cluster, { purpose: network.purpose, role: network.role }, ({ purpose, role }) => {
    const known = ifKnown(version);
    if (purpose === "iscsi") return role === "none" ? [] : [openStorage(cluster, network, role, known)];
    if (role === "none" && OF_THE_CLUSTER.includes(purpose)) return [closed(cluster, network, purpose, known)];
    if (purpose === "cluster" && ifKnown(network.defaultGateway) === true) {
      return [publicHeartbeat(cluster, network, known)];
    }
    return [
      ...(purpose === "cluster" ? undecided(cluster, network.defaultGateway) : []),
      ...(known === undefined
        ? undecided(cluster, version)
        : unlikeRecommended(cluster, network, purpose, role, known)),
    ];
  });
}

function openStorage(
  cluster: Cluster,
  network: ClusterNetwork,
  role: NetworkRole,
  version: string | undefined,
): Verdict {
  const name = networkName(network);
  const clients = role === "clusterAndClient" ? " and clients" : "";
  const problem = `${cluster.name} opens the iSCSI network "${name}" to cluster communication${clients}${notLast(cluster, network)}.`;
  const fix = `Set the role of "${name}" to none: do not allow cluster network communication on this network.`;
  return violation(cluster, network.role.origin.path, problem, { ...said(version, "iscsiRole"), fix });
}

/** The article gives such networks the highest metric at least, so that they come last. */
function notLast({ networks }: Cluster, network: ClusterNetwork): string {
  const own = ifKnown(network.metric);
  if (own === undefined) return "";
  const usable = (ifKnown(networks) ?? []).filter(
    (other) => other !== network && ifKnown(other.role) !== "none" && ifKnown(other.purpose) !== "iscsi",
  );
  const higher = usable.find(({ metric }) => (ifKnown(metric) ?? 0) >= own);
  return higher === undefined
    ? ""
    : `, and its metric ${String(own)} is not even the highest: "${networkName(higher)}" has ${String(ifKnown(higher.metric))}`;
}

function closed(cluster: Cluster, network: ClusterNetwork, purpose: Purpose, version: string | undefined): Verdict {
  const name = networkName(network);
  const problem = `${cluster.name} does not allow cluster communication on "${name}", its network for ${purposeName(purpose)}.`;
  const fix = `Set the role of "${name}" to cluster.`;
  return violation(cluster, network.role.origin.path, problem, { ...said(version, "roleNone"), fix });
}

function publicHeartbeat(cluster: Cluster, network: ClusterNetwork, version: string | undefined): Verdict {
  const name = networkName(network);
  const problem = `${cluster.name} has a default gateway on "${name}", its network for cluster communication, which is to be private.`;
  const fix = `Take the default gateway off "${name}".`;
  const details = { ...said(version, "privateNetwork"), fix, advisory: true };
  return violation(cluster, network.defaultGateway.origin.path, problem, details);
}

/** What Microsoft recommends from Windows Server 2012 on. */
function unlikeRecommended(
  cluster: Cluster,
  network: ClusterNetwork,
  purpose: Purpose,
  role: NetworkRole,
  version: string,
): readonly Verdict[] {
  const recommended = recommendedRole(version, purpose);
  if (recommended === undefined || recommended.role === role) return [];
  const name = networkName(network);
  const problem =
    `${cluster.name} has the role ${role} on "${name}", its network for ${purposeName(purpose)}. ` +
    `Microsoft recommends ${recommended.role}.`;
  const fix = `Set the role of "${name}" to ${recommended.role}.`;
  return [
    violation(cluster, network.role.origin.path, problem, { ...said(version, "recommendedRole"), fix, advisory: true }),
  ];
}

function noneLeft(cluster: Cluster, version: string | undefined): Verdict {
  const problem = `${cluster.name} does not allow cluster communication on any of its networks.`;
  const fix = "Set the role of a private network to cluster.";
  const details = { ...said(version, "noClusterNetwork"), fix };
  return violation(cluster, cluster.networks.origin.path, problem, details);
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
    return mayBePrivate.some(isPrivate) ? [] : mayBePrivate.flatMap((network) => openFacts(cluster, network));
  }
  return given(cluster, { version }, (the) => noPrivate(cluster, the.version));
}

function isPrivate({ role, purpose, defaultGateway }: ClusterNetwork): boolean {
  return [role, purpose, defaultGateway].every(({ state }) => state === "known");
}

function openFacts(cluster: Cluster, { role, purpose, defaultGateway }: ClusterNetwork): readonly Verdict[] {
  return [role, purpose, defaultGateway].flatMap((value) => undecided(cluster, value));
}

/** Newer versions only warn of it when they validate a cluster. */
function noPrivate(cluster: Cluster, version: string): readonly Verdict[] {
  if (metricSchemeOf(version) === undefined) return [];
  const problem = `${cluster.name} has no private network: every network that it may use has a default gateway or is for iSCSI.`;
  const fix = "Add a network without a default gateway for cluster communication, with the role cluster.";
  const advisory = networkLayoutsOf(version).length === 0;
  return [
    violation(cluster, cluster.networks.origin.path, problem, { ...said(version, "privateNetwork"), fix, advisory }),
  ];
}
