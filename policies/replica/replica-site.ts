import type { Replica, ReplicaEnd } from "../../lib/estate/replicas";
import { gatherAll, ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, violation } from "../../lib/rules/verdict";
import { extendedFrom, hostsAt, replicas, replicasOfSameMachine } from "./shared/replicated";

/** The replica stands at another site, as far as sites are declared. */
export const replicaSite = defineRule<Replica>({
  name: "replica-site",
  title: "Replicas at another site",
  subject: "replica",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  why: "What destroys the site destroys the virtual machine and its replica together.",
  fix: "Replicate to a server at another site, or extend the replication to one.",
  sources: ["windows-server-8", "replica-setup"],
  tags: ["disaster-recovery", "placement"],
  applies: replicas,
  check: (replica, estate) => {
    // What is replicated on is judged with the replication that it extends.
    if (extendedFrom(replica, estate) !== undefined) return [];
    const primaries = sitesAt(replica.primary);
    const onward = replicasOfSameMachine(replica, estate).filter((other) => extendedFrom(other, estate) === replica);
    const targets = [replica, ...onward].flatMap((one) => sitesAt(one.replica));
    if (primaries.length === 0 || sitesAt(replica.replica).length === 0) return [];
    const sites = gatherAll([...primaries, ...targets], replica.replica.origin);
    // A cluster that spans sites outlives one of them.
    return given(replica, { sites }, ({ sites: [site = "", ...others] }) => {
      if (others.some((other) => other.toLowerCase() !== site.toLowerCase())) return [];
      const problem = `${replica.name} is replicated within the site ${site}.`;
      return [violation(replica, replica.replica.origin.path, problem)];
    });
  },
});

function sitesAt(end: Value<ReplicaEnd>): readonly Value<string>[] {
  return (ifKnown(hostsAt(end)) ?? []).map(({ site }) => site);
}
