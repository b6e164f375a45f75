import { perEstate, type Estate } from "../../lib/estate/estate";
import { isSameCluster, isSameServer, placeOf, type Replica, type ReplicaEnd } from "../../lib/estate/replicas";
import { gatherAll, ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation } from "../../lib/rules/verdict";
import { canBeExtended, extensionsOf } from "./shared/extension";
import { extendedFrom, hostsAt, replicas, replicasOfSameMachine } from "./shared/replicated";

/** The replica is at another site, as far as sites are declared. */
export const replicaSite = defineRule<Replica>({
  name: "replica-site",
  title: "Replicas at another site",
  subject: "replica",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  why: "What destroys the site destroys the virtual machine and its replica together.",
  fix: "Replicate to a server at another site.",
  sources: ["windows-server-8", "replica-setup"],
  tags: ["disaster-recovery", "placement"],
  applies: replicas,
  check: (replica, estate) => {
    // What extends a replication is judged with it; a replica on its own server or cluster, by replica-supported.
    if (isWithinServer(replica)) return [];
    const unknowns = unknownRoute(replica, estate);
    if (unknowns.length > 0) return unknowns.flatMap((value) => undecided(replica, value));
    if (extendedFrom(replica, estate) !== undefined) return [];
    const primaries = sitesAt(replica.primary);
    const extensions = extensionsOf(replica, estate);
    const targets = [replica, ...extensions].flatMap((one) => sitesAt(one.replica));
    if (primaries.length === 0 || sitesAt(replica.replica).length === 0) return [];
    const sites = gatherAll([...primaries, ...targets], replica.replica.origin);
    // A cluster that spans sites outlives one of them.
    return given(replica, { sites }, ({ sites: [site = "", ...others] }) => {
      if (others.some((other) => other.toLowerCase() !== site.toLowerCase())) return [];
      const problem = `${replica.name} is replicated within the site ${site}.`;
      const fix = canBeExtended(replica, estate)
        ? { fix: "Replicate to a server at another site, or extend the replication to one." }
        : {};
      return [
        violation(replica, replica.replica.origin.path, problem, {
          found: { value: site },
          limit: { bound: "not", value: site },
          ...fix,
        }),
      ];
    });
  },
});

/** What must be known to tell where a replication and those that extend it go. */
function unknownRoute(replica: Replica, estate: Estate): readonly Value<unknown>[] {
  const vm = ifKnown(replica.virtualMachine);
  // Of a replica whose virtual machine is not known itself, that is said.
  const same = vm === undefined ? [] : [...replicasOfSameMachine(replica, estate), ...ofUnknownMachines(estate)];
  const related = same.filter((other) => other !== replica);
  const ends = [replica.primary, replica.replica];
  const clusters = ends.flatMap((end) => ifKnown(end)?.cluster ?? []);
  const own = [...ends, ...clusters, ...ends.map(hostsAt)];
  if (vm === undefined) return [...own, replica.virtualMachine].filter(({ state }) => state === "unknown");
  if (related.length === 0) return own.filter(({ state }) => state === "unknown");
  const place = [placeOf(vm, estate)];
  const ofOthers = related.flatMap((other) => [other.virtualMachine, other.primary, other.replica]);
  return [...own, ...place, ...ofOthers].filter(({ state }) => state === "unknown");
}

const ofUnknownMachines = perEstate(({ replicas: all }) =>
  all.filter(({ virtualMachine }) => virtualMachine.state === "unknown"),
);

function isWithinServer({ primary, replica }: Replica): boolean {
  const [start, end] = [ifKnown(primary), ifKnown(replica)];
  return start !== undefined && end !== undefined && (isSameServer(start, end) || isSameCluster(start, end));
}

function sitesAt(end: Value<ReplicaEnd>): readonly Value<string>[] {
  return (ifKnown(hostsAt(end)) ?? []).map(({ site }) => site);
}
