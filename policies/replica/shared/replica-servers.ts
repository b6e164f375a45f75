import type { Estate } from "../../../lib/estate/estate";
import { isSameCluster, isSameEnd, isSameServer, type Replica, type ReplicaEnd } from "../../../lib/estate/replicas";
import { ifKnown, type Value } from "../../../lib/estate/value";
import { undecided, violation, type Evidence, type Verdict } from "../../../lib/rules/verdict";
import { hostVersionName, hostVersions } from "../../../lib/tables/host-versions";
import { olderReplica, replicaSupport } from "../../../lib/tables/replica";
import { suggestion } from "../../../lib/text/nearest";
import { advised, hostsAt, replicasOfSameMachine } from "./replicated";

/** Where no document was found, a finding only advises. */
const NO_DOCUMENT: Evidence = { source: "no-document", confidence: "unverified" };

/** The replica is on another server, and on one that is declared. */
export function judgeServers(replica: Replica, estate: Estate): readonly Verdict[] {
  const target = ifKnown(replica.replica);
  if (target === undefined) return undecided(replica, replica.replica);
  const { path } = replica.replica.origin;
  if (target.hosts.state === "absent") {
    const problem = `${replica.name} is replicated to ${target.name}, which is not declared, so that its version cannot be judged.`;
    const names = estate.names(["host", "cluster"]).filter((name) => name !== ifKnown(replica.primary)?.name);
    const fix = `${suggestion(target.name, names, "declare the server")} Nothing is wrong when it is somebody else's.`;
    return [violation(replica, path, problem, { fix, advisory: true })];
  }
  const primary = ifKnown(replica.primary);
  if (primary === undefined) return undecided(replica, replica.primary);
  const fix = "Name another host, or the cluster of another site.";
  if (isSameServer(primary, target)) {
    const problem = `${replica.name} is replicated from ${primary.name} to ${target.name} itself.`;
    return [violation(replica, path, problem, { fix })];
  }
  if (!isSameCluster(primary, target)) return [];
  const cluster = ifKnown(target.cluster)?.name ?? "";
  const problem = `${replica.name} is replicated from ${primary.name} to ${target.name}, which is in the same cluster ${cluster}.`;
  return [violation(replica, path, problem, { fix, evidence: NO_DOCUMENT })];
}

/** From one server a virtual machine is replicated to one other; extended replication goes on from there. */
export function judgeSecondReplica(replica: Replica, estate: Estate): readonly Verdict[] {
  const vm = ifKnown(replica.virtualMachine);
  const primary = ifKnown(replica.primary);
  const target = ifKnown(replica.replica);
  if (vm === undefined || primary === undefined || target === undefined) return [];
  const all = replicasOfSameMachine(replica, estate);
  const first = all.slice(0, all.indexOf(replica)).find((other) => {
    const start = ifKnown(other.primary);
    const end = ifKnown(other.replica);
    if (start === undefined || end === undefined) return false;
    return isSameServer(start, primary) && !isSameEnd(end, target);
  });
  if (first === undefined) return [];
  return advised(replica, "oneReplica", (evidence) => {
    const problem =
      `${replica.name} is replicated from ${primary.name} to ${target.name}, and ${vm.name} is replicated from there ` +
      `to ${ifKnown(first.replica)?.name ?? ""} already.`;
    const fix = `Extend the replication from ${ifKnown(first.replica)?.name ?? ""} to ${target.name}, or remove one of the two.`;
    return [violation(replica, replica.replica.origin.path, problem, { fix, evidence })];
  });
}

/** A cluster takes part through its Replica Broker. */
export function judgeBrokers(replica: Replica): readonly Verdict[] {
  const { primary, replica: target, broker } = replica;
  const targetCluster = clusterAt(target);
  return [
    ...judgeBroker(replica, target, broker),
    // The broker that the relationship names is that of the replica's cluster, if there is one.
    ...judgeBroker(replica, primary, targetCluster.state === "absent" ? broker : undefined),
  ];
}

function judgeBroker(replica: Replica, end: Value<ReplicaEnd>, named: Value<string> | undefined): readonly Verdict[] {
  const cluster = clusterAt(end);
  if (cluster.state !== "known") return undecided(replica, cluster);
  const brokers = [cluster.value.replicaBroker, ...(named === undefined ? [] : [named])];
  if (brokers.some(({ state }) => state === "known")) return [];
  const open = brokers.filter(({ state }) => state === "unknown");
  if (open.length > 0) return open.flatMap((value) => undecided(replica, value));
  const server = ifKnown(end)?.host;
  const { name } = cluster.value;
  const what = server === undefined ? `the cluster ${name}` : `${server.name}, a node of the cluster ${name}`;
  const direction = end === replica.primary ? "from" : "to";
  return advised(replica, "broker", (evidence) => [
    violation(
      replica,
      end.origin.path,
      `${replica.name} is replicated ${direction} ${what}, which has no Hyper-V Replica Broker.`,
      {
        fix: `Add the Hyper-V Replica Broker role to the cluster ${name} and declare it as its replicaBroker.`,
        evidence,
      },
    ),
  ]);
}

function clusterAt(end: Value<ReplicaEnd>): ReplicaEnd["cluster"] {
  return end.state === "known" ? end.value.cluster : end;
}

/** A replica server knows the virtual machines of older hosts, and not always those of newer ones. */
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
      fix: "Upgrade the replica server before the primary server.",
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
