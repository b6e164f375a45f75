import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, clusterRequirement } from "../../lib/tables/cluster-requirements";
import { count } from "../../lib/text/words";
import { isAzureLocal, mayBeAzureLocal } from "./shared/azure-local-clusters";
import { isDiskWitness, isWithoutWitness } from "./shared/quorum-types";

/** Two nodes of Azure Local have a witness, and no cluster of it has a disk as the witness. */
export const azureLocalWitness = defineRule<Cluster>({
  name: "azure-local-witness",
  title: "The witness of an Azure Local cluster",
  subject: "hosts",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "Without a witness two nodes survive the loss of one of them in half of the cases, and none where it is the wrong one.",
  fix: "Configure a cloud witness or a file share witness.",
  sources: ["cluster-quorum"],
  tags: ["azure-local", "cluster", "availability"],
  applies: (estate) => estate.clusters.filter((cluster) => mayBeAzureLocal(cluster, estate)),
  check: (cluster, estate) =>
    given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) =>
      isAzureLocal(cluster, estate) ? judge(cluster, nodes) : undecidedVersion(cluster, nodes, estate),
    ),
});

function judge(cluster: Cluster, nodes: readonly Host[]): readonly Verdict[] {
  const needsOne = (clusterRequirement("witnessOfTwo").values ?? []).includes(nodes.length);
  const { quorum } = cluster;
  if (quorum.state === "unknown") return undecided(cluster, quorum);
  if (quorum.state === "absent") return needsOne ? [notDeclared(cluster, quorum)] : [];
  const type = ifKnown(quorum.value.type);
  if (type === undefined) return undecided(cluster, quorum.value.type);
  const { path } = quorum.value.type.origin;
  if (isDiskWitness(type)) {
    const problem = `${cluster.name} has a disk as its witness (${type}), which Storage Spaces Direct does not support.`;
    return [
      violation(cluster, path, problem, {
        found: { value: type },
        limit: { bound: "not", value: type },
        ...askedBy("diskWitness"),
      }),
    ];
  }
  if (!needsOne || !isWithoutWitness(type)) return [];
  const problem = `${cluster.name} has ${count(nodes.length, "node")} and no witness (${type}): one failure in two stops it.`;
  return [
    violation(cluster, path, problem, {
      found: { value: type },
      limit: { bound: "not", value: type },
      ...askedBy("witnessOfTwo"),
    }),
  ];
}

/** What else than Azure Local has two nodes without a witness is judged by cluster-quorum-witness. */
function undecidedVersion(cluster: Cluster, nodes: readonly Host[], estate: Estate): readonly Verdict[] {
  const type = ifKnown(cluster.quorum)?.type;
  if (type === undefined || !(isWithoutWitness(ifKnown(type) ?? "") || isDiskWitness(ifKnown(type) ?? ""))) return [];
  const open = estate.knownNodesOf(cluster).flatMap(({ operatingSystem }) => undecided(cluster, operatingSystem));
  return nodes.length === 0 ? [] : open;
}
