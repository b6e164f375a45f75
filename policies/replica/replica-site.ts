import type { Replica } from "../../lib/estate/replicas";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule, undecided, violation } from "../../lib/rules/rule";
import { hostsAt, replicas } from "./replicated";

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
  check: (replica) => {
    const primaries = sitesAt(replica, "primary");
    const targets = sitesAt(replica, "replica");
    const names = namesOf(primaries);
    const common = namesOf(targets).find((site) => names.some((name) => name.toLowerCase() === site.toLowerCase()));
    if (common === undefined) return [...primaries, ...targets].flatMap((site) => undecided(replica, site));
    const problem = `${replica.name} is replicated within the site ${common}.`;
    return [violation(replica, replica.replica.origin.path, problem)];
  },
});

function sitesAt(replica: Replica, end: "primary" | "replica"): readonly Value<string>[] {
  return (ifKnown(hostsAt(replica[end])) ?? []).map(({ site }) => site);
}

function namesOf(sites: readonly Value<string>[]): readonly string[] {
  return sites.flatMap((site) => ifKnown(site) ?? []);
}
