import type { Estate } from "../../../lib/estate/estate";
import { isSameCluster, isSameEnd, isSameServer, type Replica, type ReplicaEnd } from "../../../lib/estate/replicas";
import { ifKnown, type Value } from "../../../lib/estate/value";
import { exactly } from "../../../lib/rules/figures";
import { undecided, violation, type Evidence, type Verdict } from "../../../lib/rules/verdict";
import { hostVersionName, hostVersions } from "../../../lib/tables/host-versions";
import { olderReplica, replicaSupport } from "../../../lib/tables/replica";
import { suggestion } from "../../../lib/text/nearest";
import { canBeExtended } from "./extension";
import { advised, hostsAt, replicasOfSameMachine } from "./replicated";

/** Where no document was found, a finding only advises. */
const NO_DOCUMENT: Evidence = { source: "no-document", confidence: "unverified" };

/** The replica is on another server, and on one that is declared. */
export function judgeServers(replica: Replica, estate: Estate): readonly Verdict[] {
  const target = ifKnown(replica.replica);
  if (target === undefined) return undecided(replica, replica.replica);
  if (target.hosts.state === "absent") return [undeclaredServer(replica, target, estate)];
  const primary = ifKnown(replica.primary);
  if (primary === undefined) return undecided(replica, replica.primary);
  const { path } = replica.replica.origin;
  if (isSameServer(primary, target)) {
    const problem = `${replica.name} is replicated from ${primary.name} to ${target.name} itself.`;
    const limit = { bound: "not", value: primary.name } as const;
    return [
      violation(replica, path, problem, { found: { value: target.name }, limit, fix: otherServer(replica, estate) }),
    ];
  }
  if (!isSameCluster(primary, target)) return [];
  const cluster = ifKnown(target.cluster)?.name ?? "";
  const problem = `${replica.name} is replicated from ${primary.name} to ${target.name}, which is in the same cluster ${cluster}.`;
  return [
    violation(replica, path, problem, {
      found: { value: target.name },
      limit: { bound: "not", value: cluster },
      fix: otherServer(replica, estate),
      evidence: NO_DOCUMENT,
    }),
  ];
}

/** Whether a replica is on the primary server itself: what else is wrong with its server matters no more. */
export function isToItself({ primary, replica }: Replica): boolean {
  const [start, target] = [ifKnown(primary), ifKnown(replica)];
  return start !== undefined && target !== undefined && isSameServer(start, target);
}

function undeclaredServer(replica: Replica, target: ReplicaEnd, estate: Estate): Verdict {
  const problem = `${replica.name} is replicated to ${target.name}, which is not declared, so that its version cannot be judged.`;
  const own = namesAt(replica.primary, estate);
  const names = estate
    .names(["host", "cluster"])
    .filter((name) => !own.has(name) && canReceive(name, versionsAt(replica.primary), estate));
  const fix = `${suggestion(target.name, names, "declare the server")} Nothing is wrong if it belongs to another organization.`;
  return violation(replica, replica.replica.origin.path, problem, {
    found: { value: target.name },
    fix,
    advisory: true,
  });
}

/** Whether a replica could be on a server, as far as its versions and the broker of its cluster are known. */
function canReceive(name: string, primaries: readonly string[], estate: Estate): boolean {
  const server = estate.entitiesNamed(name).find(({ kind }) => kind !== "virtualMachine");
  if (server === undefined || server.kind === "virtualMachine") return false;
  const cluster = server.kind === "cluster" ? server : ifKnown(estate.clusterOfHost(server));
  if (cluster?.replicaBroker.state === "absent") return false;
  const hosts = server.kind === "cluster" ? (ifKnown(estate.nodesOf(server)) ?? []) : [server];
  const versions = hosts.flatMap(({ operatingSystem }) => ifKnown(operatingSystem) ?? []);
  return versions.every(
    (version) =>
      replicaSupport(version)?.supported !== false && !primaries.some((primary) => isOlder(version, primary)),
  );
}

/** The primary server, its cluster and all nodes of that. */
function namesAt(end: Value<ReplicaEnd>, estate: Estate): ReadonlySet<string> {
  const server = ifKnown(end);
  const cluster = server === undefined ? undefined : ifKnown(server.cluster);
  const nodes = cluster === undefined ? [] : [cluster, ...(ifKnown(estate.nodesOf(cluster)) ?? [])];
  return new Set([...(server === undefined ? [] : [server]), ...nodes].map(({ name }) => name));
}

/** Where a replica may go: nowhere, where the virtual machine has one already. */
function otherServer(replica: Replica, estate: Estate): string {
  const first = otherReplicaFrom(replica, replicasOfSameMachine(replica, estate));
  const place = first === undefined ? undefined : ifKnown(first.replica);
  return place === undefined
    ? "Name a host or a cluster at another site."
    : `Remove this replication: ${first?.name ?? ""} replicates the virtual machine to ${place.name}.`;
}

/** From one server a virtual machine is replicated to one other; extended replication goes on from there. */
export function judgeSecondReplica(replica: Replica, estate: Estate): readonly Verdict[] {
  const vm = ifKnown(replica.virtualMachine);
  const primary = ifKnown(replica.primary);
  const target = ifKnown(replica.replica);
  if (vm === undefined || primary === undefined || target === undefined) return [];
  const all = replicasOfSameMachine(replica, estate);
  const first = otherReplicaFrom(replica, all.slice(0, all.indexOf(replica)));
  const server = first === undefined ? undefined : ifKnown(first.replica)?.name;
  if (first === undefined || server === undefined) return [];
  return advised(replica, "oneReplica", (evidence) => {
    const problem =
      `${replica.name} is replicated from ${primary.name} to ${target.name}, but ${vm.name} is already replicated from ` +
      `there to ${server}.`;
    const fix = canBeExtended(first, estate)
      ? `Remove one of the two replications, or extend the one to ${server} from there to ${target.name}.`
      : "Remove one of the two replications.";
    const limit = exactly(server);
    return [
      violation(replica, replica.replica.origin.path, problem, { found: { value: target.name }, limit, fix, evidence }),
    ];
  });
}

/** Among others of the same virtual machine, the one that goes from the same server to another one. */
function otherReplicaFrom(replica: Replica, others: readonly Replica[]): Replica | undefined {
  const [primary, target] = [ifKnown(replica.primary), ifKnown(replica.replica)];
  if (primary === undefined || target === undefined) return undefined;
  return others.find((other) => {
    const [start, end] = [ifKnown(other.primary), ifKnown(other.replica)];
    if (start === undefined || end === undefined || other === replica) return false;
    return isSameServer(start, primary) && !isSameEnd(end, target) && !isSameServer(start, end);
  });
}

/** A cluster takes part through its Replica Broker. */
export function judgeBrokers(replica: Replica): readonly Verdict[] {
  const { primary, replica: target, broker } = replica;
  const targetCluster = clusterAt(target);
  return [
    // A replica within its own cluster is to leave it.
    ...(isWithinCluster(replica) ? [] : judgeBroker(replica, target, broker)),
    // The broker that the relationship names is that of the replica's cluster, if there is one.
    ...judgeBroker(replica, primary, brokerOfPrimary(targetCluster, broker)),
  ];
}

function brokerOfPrimary(targetCluster: Value<unknown>, broker: Value<string>): Value<string> | undefined {
  if (targetCluster.state === "absent") return broker;
  return targetCluster.state === "unknown" && broker.state === "known" ? targetCluster : undefined;
}

function judgeBroker(replica: Replica, end: Value<ReplicaEnd>, named: Value<string> | undefined): readonly Verdict[] {
  const cluster = clusterAt(end);
  if (cluster.state !== "known") return undecided(replica, cluster);
  const brokers = [cluster.value.replicaBroker, ...(named === undefined ? [] : [named])];
  if (brokers.some(({ state }) => state === "known")) return [];
  const unknown = brokers.filter(({ state }) => state === "unknown");
  if (unknown.length > 0) return unknown.flatMap((value) => undecided(replica, value));
  const server = ifKnown(end)?.host;
  const { name } = cluster.value;
  const what = server === undefined ? `the cluster ${name}` : `${server.name}, a node of the cluster ${name}`;
  const direction = end === replica.primary ? "from" : "to";
  return advised(replica, "broker", (evidence) => [
    violation(
      replica,
      end.origin.path,
      `${replica.name} is replicated ${direction} ${what}, for which no Hyper-V Replica Broker is declared.`,
      {
        found: { value: name },
        fix: `Add the Hyper-V Replica Broker role to the cluster ${name} and declare it as its replicaBroker.`,
        evidence,
      },
    ),
  ]);
}

function clusterAt(end: Value<ReplicaEnd>): ReplicaEnd["cluster"] {
  return end.state === "known" ? end.value.cluster : end;
}

function isWithinCluster({ primary, replica }: Replica): boolean {
  const [start, target] = [ifKnown(primary), ifKnown(replica)];
  return start !== undefined && target !== undefined && isSameCluster(start, target);
}

/** A replica server can run the virtual machines of older hosts, and not always those of newer ones. */
export function judgeOlderReplica(replica: Replica): readonly Verdict[] {
  const pairs = versionsAt(replica.primary).flatMap((primary) =>
    versionsAt(replica.replica).map((target) => ({ primary, target })),
  );
  const older = pairs.find(
    ({ primary, target }) => isOlder(target, primary) && replicaSupport(target)?.supported === true,
  );
  if (older === undefined) return [];
  const { primary, target } = older;
  const row = olderReplica(primary, target);
  const problem = `${replica.name} is replicated from ${hostVersionName(primary)} to ${hostVersionName(target)}, which is older.`;
  return [
    violation(replica, replica.replica.origin.path, problem, {
      found: { value: hostVersionName(target) },
      limit: { bound: "not", value: hostVersionName(target) },
      fix: `Install ${hostVersionName(primary)} on the replica server, or replicate to a server that has it.`,
      evidence: row ?? NO_DOCUMENT,
      advisory: row?.supported !== false,
    }),
  ];
}

function versionsAt(end: Value<ReplicaEnd>): readonly string[] {
  const versions = (ifKnown(hostsAt(end)) ?? []).flatMap(({ operatingSystem }) => ifKnown(operatingSystem) ?? []);
  return [...new Set(versions)];
}

/** By the order of the table, which is that of the releases of Windows Server; Azure's are in no such order. */
function isOlder(one: string, other: string): boolean {
  const servers = hostVersions().flatMap(({ id }) => (id.startsWith("windows-server-") ? [id] : []));
  return servers.includes(one) && servers.indexOf(one) < servers.indexOf(other);
}
