import type { Cluster } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation } from "../../lib/rules/verdict";
import { askedBy, clusterRequirement } from "../../lib/tables/cluster-requirements";
import { hostVersionName } from "../../lib/tables/host-versions";
import { daysBetween } from "../../lib/text/days";
import { listing } from "../../lib/text/words";

/** A cluster whose nodes are being upgraded does not stay between two versions. */
export const mixedClusterWindow = defineRule<Cluster>({
  name: "mixed-cluster-window",
  title: "The time between two versions of a cluster",
  subject: "hosts",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  why: "A cluster with nodes of two versions is meant for the days of its upgrade: Microsoft supports it for four weeks.",
  fix: "Upgrade the remaining nodes, and raise the functional level of the cluster (Update-ClusterFunctionalLevel).",
  sources: ["rolling-upgrade"],
  tags: ["cluster", "lifecycle"],
  applies: ({ clusters }) => clusters.filter(({ upgradeStarted }) => upgradeStarted.state !== "absent"),
  check: (cluster, estate, { asOf }) =>
    given(cluster, { started: cluster.upgradeStarted, nodes: estate.nodesOf(cluster) }, ({ started, nodes }) => {
      const { maximum = Infinity } = clusterRequirement("mixedVersions");
      const days = daysBetween(started, asOf);
      if (days <= maximum) return [];
      const versions = [...new Set(nodes.flatMap(({ operatingSystem }) => ifKnown(operatingSystem) ?? []))];
      if (versions.length < 2) return nodes.flatMap(({ operatingSystem }) => undecided(cluster, operatingSystem));
      const problem =
        `${cluster.name} has had nodes of ${listing(versions.map((version) => hostVersionName(version)))} since ${started}, ` +
        `which is ${String(days)} days before ${asOf}; four weeks are the limit.`;
      return [
        violation(cluster, cluster.upgradeStarted.origin.path, problem, {
          found: { value: days },
          limit: { bound: "atMost", value: maximum },
          ...askedBy("mixedVersions"),
        }),
      ];
    }),
});
