import type { Cluster, Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation } from "../../lib/rules/verdict";
import { askedBy } from "../../lib/tables/cluster-requirements";
import { fold } from "../../lib/text/names";
import { isFileShareWitness } from "./shared/quorum-types";

/** A cluster of hosts that are in no domain has a cloud or a disk as its witness. */
export const workgroupCluster = defineRule<Cluster>({
  name: "workgroup-cluster",
  title: "The witness of a workgroup cluster",
  subject: "hosts",
  level: "unsupported",
  severity: "medium",
  reach: "estate",
  why: "A cluster without a domain has no computer account that a file share could let in.",
  fix: "Configure a cloud witness or a disk witness.",
  sources: ["workgroup-cluster"],
  tags: ["cluster", "availability"],
  applies: ({ clusters }) => clusters.filter(({ quorum }) => quorum.state !== "absent"),
  check: (cluster, estate) =>
    given(cluster, { quorum: cluster.quorum, nodes: estate.nodesOf(cluster) }, ({ quorum: { type }, nodes }) => {
      const known = ifKnown(type);
      const inWorkgroup = nodes.filter(({ domain }) => ifKnown(domain) !== undefined).filter(isInWorkgroup);
      const open = nodes.flatMap(({ domain }) => undecided(cluster, domain));
      if (known !== undefined && !isFileShareWitness(known)) return [];
      if (inWorkgroup.length === 0 || inWorkgroup.length + open.length < nodes.length) return open;
      if (known === undefined) return undecided(cluster, type);
      if (open.length > 0) return open;
      const problem = `${cluster.name} is a workgroup cluster, and has a file share as its witness (${known}).`;
      return [
        violation(cluster, type.origin.path, problem, {
          found: { value: known },
          limit: { bound: "not", value: known },
          ...askedBy("workgroupWitness"),
        }),
      ];
    }),
});

function isInWorkgroup({ domain }: Host): boolean {
  return fold(ifKnown(domain) ?? "") === "workgroup";
}
