import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Cluster, Host, VirtualDisk, VirtualMachine } from "../../../lib/estate/model";
import {
  isSameCluster,
  isSameEnd,
  isSameServer,
  placeOf,
  type Replica,
  type ReplicaEnd,
} from "../../../lib/estate/replicas";
import { gatherAll, ifKnown, known, map, type Value } from "../../../lib/estate/value";
import type { Change } from "../../../lib/rules/figures";
import { given, undecided, violation, type Verdict, type ViolationDetails } from "../../../lib/rules/verdict";
import { replicaStatement, type ReplicaStatement, type ReplicaTopic } from "../../../lib/tables/replica";
import { append } from "../../../lib/text/collections";

/** Every replica, for the rules that judge each on its own. */
export function replicas({ replicas: all }: Estate): readonly Replica[] {
  return all;
}

/** The replicas of each virtual machine, in the order in which they are declared. */
const byMachine = perEstate((estate) => {
  const lists = new Map<VirtualMachine, Replica[]>();
  for (const replica of estate.replicas) {
    if (replica.virtualMachine.state === "known") append(lists, replica.virtualMachine.value, replica);
  }
  return lists;
});

/** All replicas of the same virtual machine, this one among them. */
export function replicasOfSameMachine(replica: Replica, estate: Estate): readonly Replica[] {
  const vm = ifKnown(replica.virtualMachine);
  return vm === undefined ? [] : (byMachine(estate).get(vm) ?? []);
}

/**
 * The replication that a replica extends: extended replication starts at the server that has a replica, and not where
 * the virtual machine runs.
 */
export function extendedFrom(replica: Replica, estate: Estate): Replica | undefined {
  const vm = ifKnown(replica.virtualMachine);
  const start = ifKnown(replica.primary);
  if (vm === undefined || start === undefined) return undefined;
  const place = ifKnown(placeOf(vm, estate));
  if (place !== undefined && (isSameServer(place, start) || isSameCluster(place, start))) return undefined;
  return replicasOfSameMachine(replica, estate).find((other) => {
    const end = ifKnown(other.replica);
    return other !== replica && end !== undefined && (isSameServer(end, start) || isSameCluster(end, start));
  });
}

/** The different host versions at both ends as far as they are known, and what is in the way of knowing the others. */
export interface Versions {
  readonly known: readonly string[];
  readonly undetermined: readonly Value<unknown>[];
}

/** The host versions at both ends, or the one that a provider's settings are made for. */
export function versionsOf({ primary, replica, hostVersion }: Replica): Versions {
  if (hostVersion.state === "known") return { known: [hostVersion.value], undetermined: [] };
  const values = [primary, replica].flatMap((end): readonly Value<string>[] => {
    const hosts = hostsAt(end);
    if (hosts.state === "known") return hosts.value.map(({ operatingSystem }) => operatingSystem);
    return hosts.state === "unknown" ? [hosts] : [];
  });
  return {
    known: [...new Set(values.flatMap((value) => ifKnown(value) ?? []))],
    undetermined: values.filter(({ state }) => state === "unknown"),
  };
}

/** The hosts that may be at one end; absent where none is declared. */
export function hostsAt(end: Value<ReplicaEnd>): Value<readonly Host[]> {
  return end.state === "known" ? end.value.hosts : end;
}

/** Judges by what Microsoft advises on a topic, for the first host version at either end that it advises it for. */
export function advised(
  replica: Replica,
  topic: ReplicaTopic,
  judge: (advice: ReplicaStatement) => readonly Verdict[],
): readonly Verdict[] {
  const versions = versionsOf(replica);
  const [advice] = versions.known.flatMap((version) => replicaStatement(version, topic) ?? []);
  return advice === undefined ? versions.undetermined.flatMap((value) => undecided(replica, value)) : judge(advice);
}

/** What is wrong with the replication of a disk. */
export interface DiskProblem extends Pick<ViolationDetails, "found" | "limit" | "change" | "fix"> {
  /** The sentence after the name of the virtual machine. */
  readonly problem: string;
}

/**
 * A finding that only advises for each disk that is replicated and should not be as it is.
 * @param judge what is wrong with a disk; absent when nothing is
 */
export function adviseOnDisks(
  replica: Replica,
  topic: ReplicaTopic,
  judge: (disk: VirtualDisk, replicated: readonly VirtualDisk[]) => Value<DiskProblem>,
): readonly Verdict[] {
  const vm = ifKnown(replica.virtualMachine);
  if (vm === undefined) return undecided(replica, replica.virtualMachine);
  return given(replica, { disks: vm.disks, excluded: excludedNames(replica) }, ({ disks, excluded }) => {
    const replicated = disks.filter(({ name }) => !excluded.has(ifKnown(name)?.toLowerCase() ?? ""));
    const verdicts = replicated.flatMap((disk) =>
      given(replica, { wrong: judge(disk, replicated) }, ({ wrong: { problem, ...details } }) =>
        // A disk of which only the deployment tells the name may be one that is excluded.
        disk.name.state === "unknown" && excluded.size > 0
          ? undecided(replica, disk.name)
          : advised(replica, topic, (evidence) => [
              violation(replica, replica.excludedDisks.origin.path, `${vm.name} ${problem}`, {
                ...details,
                evidence,
                advisory: true,
              }),
            ]),
      ),
    );
    return withoutRepetition(verdicts);
  });
}

/** A disk that is declared twice is one problem. */
function withoutRepetition(verdicts: readonly Verdict[]): readonly Verdict[] {
  const problems = new Set<string>();
  return verdicts.filter((verdict) => {
    if (verdict.kind !== "violation") return true;
    const isNew = !problems.has(verdict.problem);
    problems.add(verdict.problem);
    return isNew;
  });
}

/** `its disk "paging"`, as far as its name is known. */
export function describeDisk({ name }: VirtualDisk): string {
  const text = ifKnown(name);
  return text === undefined ? "a disk" : `its disk "${text}"`;
}

function excludedNames({ excludedDisks, virtualMachine }: Replica): Value<ReadonlySet<string>> {
  if (excludedDisks.state === "absent") return known(new Set<string>(), virtualMachine.origin);
  if (excludedDisks.state === "unknown") return excludedDisks;
  return map(
    gatherAll(excludedDisks.value, excludedDisks.origin),
    (names) => new Set(names.map((name) => name.toLowerCase())),
  );
}

/** The replicas that go to one server: the declared one, or a name where it is not declared. */
const byServer = perEstate((estate) => {
  const lists = new Map<Host | Cluster | string, Replica[]>();
  for (const replica of estate.replicas) {
    const end = ifKnown(replica.replica);
    if (end !== undefined) append(lists, serverOf(end), replica);
  }
  return lists;
});

/** The replicas that go to the same server and are declared before this one, as far as that is known. */
export function earlierAtServer(replica: Replica, estate: Estate): readonly Replica[] {
  const list = allAtServer(replica, estate);
  return list.slice(0, list.indexOf(replica));
}

/** The other replicas that go to the same server, as far as that is known. */
export function othersAtServer(replica: Replica, estate: Estate): readonly Replica[] {
  return allAtServer(replica, estate).filter((other) => other !== replica);
}

function allAtServer(replica: Replica, estate: Estate): readonly Replica[] {
  const end = ifKnown(replica.replica);
  return end === undefined ? [] : (byServer(estate).get(serverOf(end)) ?? []);
}

/** The change of a setting; none where the same replication is declared elsewhere too, which it would contradict. */
export function changeOfSetting(
  replica: Replica,
  { origin }: Value<unknown>,
  value: Change["value"],
  estate: Estate,
): { readonly change?: Change } {
  const others = replicasOfSameMachine(replica, estate).filter((other) => other !== replica);
  return others.some((other) => mayBeSame(replica, other)) ? {} : { change: { path: origin.path, value } };
}

function mayBeSame(one: Replica, other: Replica): boolean {
  return (["primary", "replica"] as const).every((side) => {
    const [end, otherEnd] = [ifKnown(one[side]), ifKnown(other[side])];
    return end === undefined || otherEnd === undefined || isSameEnd(end, otherEnd);
  });
}

function serverOf({ host, cluster, name }: ReplicaEnd): Host | Cluster | string {
  return host ?? ifKnown(cluster) ?? name.toLowerCase();
}
