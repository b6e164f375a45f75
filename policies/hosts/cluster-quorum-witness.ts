import type { Cluster } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation } from "../../lib/rules/verdict";
import { clusterStatement } from "../../lib/tables/cluster-nodes";
import { fold } from "../../lib/text/names";
import { count } from "../../lib/text/words";

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
      const type = ifKnown(quorum.type);
      if (type === undefined) return undecided(cluster, quorum.type);
      const versions = estate.knownNodesOf(cluster).map(({ operatingSystem }) => ifKnown(operatingSystem));
      const [evidence] = versions.flatMap((version) =>
        version === undefined ? [] : (clusterStatement(version, "quorumWitness") ?? []),
      );
      if (fold(type) !== WITHOUT_WITNESS || evidence === undefined) return [];
      const problem = `${cluster.name} has ${count(nodes.length, "node")} and no witness (quorum ${type}).`;
      return [
        violation(cluster, "quorum.type", problem, {
          found: { value: type },
          limit: { bound: "not", value: type },
          evidence,
        }),
      ];
    }),
});

/** The quorum in which only nodes vote. */
const WITHOUT_WITNESS = "nodemajority";
