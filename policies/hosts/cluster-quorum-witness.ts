import type { Cluster } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation } from "../../lib/rules/verdict";
import { clusterStatement } from "../../lib/tables/cluster-nodes";
import { count } from "../../lib/text/words";
import { mayBeAzureLocal } from "./shared/azure-local-clusters";
import { isWithoutWitness } from "./shared/quorum-types";

/** A cluster with an even number of nodes has a witness. */
export const clusterQuorumWitness = defineRule<Cluster>({
  name: "cluster-quorum-witness",
  title: "Quorum witnesses of clusters",
  subject: "hosts",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "When half of the nodes lose contact with the other half, only a witness keeps one half running.",
  fix: "Configure a disk, a file share or, from Windows Server 2016 on, a cloud witness.",
  sources: ["quorum-witness"],
  tags: ["cluster", "availability"],
  applies: ({ clusters }) => clusters.filter(({ quorum }) => quorum.state !== "absent"),
  check: (cluster, estate) =>
    given(cluster, { quorum: cluster.quorum, nodes: estate.nodesOf(cluster) }, ({ quorum, nodes }) => {
      if (nodes.length === 0 || nodes.length % 2 === 1) return [];
      // Of two nodes of Azure Local azure-local-witness says that they must have one.
      if (nodes.length === 2 && mayBeAzureLocal(cluster, estate)) return [];
      const type = ifKnown(quorum.type);
      if (type === undefined) return undecided(cluster, quorum.type);
      const versions = estate.knownNodesOf(cluster).map(({ operatingSystem }) => ifKnown(operatingSystem));
      const [evidence] = versions.flatMap((version) =>
        version === undefined ? [] : (clusterStatement(version, "quorumWitness") ?? []),
      );
      if (!isWithoutWitness(type) || evidence === undefined) return [];
      const problem = `${cluster.name} has ${count(nodes.length, "node")} and no witness (quorum ${type})${consequence(nodes.length)}.`;
      return [
        violation(cluster, "quorum.type", problem, {
          found: { value: type },
          limit: { bound: "not", value: type },
          evidence,
        }),
      ];
    }),
});

/** What failures do to the cluster; a larger one survives two of them. */
function consequence(nodes: number): string {
  if (nodes === 2) return ": one failure in two stops it";
  return nodes === 4 ? ": two failures at once stop it in half of the cases" : "";
}
