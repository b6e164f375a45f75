import { append } from "../text/collections";
import { fold } from "../text/names";
import type { ReportProblem } from "./declared";
import {
  REPLICATION_SETTINGS,
  type Cluster,
  type Host,
  type ReplicaRelationship,
  type Replication,
  type ReplicationSettings,
  type VirtualMachine,
} from "./model";
import type { Placement } from "./placement";
import { absent, allFacts, ifKnown, isDefault, known, unknown, type Unknown, type Value } from "./value";

/** One end of a replica relationship: a host, or a cluster behind its Replica Broker. */
export interface ReplicaEnd {
  readonly name: string;
  /** The host, when the end is a single one that is declared. */
  readonly host: Host | undefined;
  /** The cluster that the end is, or that the host is a node of. */
  readonly cluster: Value<Cluster>;
  /** Every host that may be it; absent for a server that is not declared, such as a hoster's. */
  readonly hosts: Value<readonly Host[]>;
}

/** Hyper-V Replica of one virtual machine in one form, whichever resource declares it. */
export interface Replica extends ReplicationSettings {
  /** The resource that declares it, and what messages call that. */
  readonly urn: string;
  readonly name: string;
  readonly virtualMachine: Value<VirtualMachine>;
  readonly primary: Value<ReplicaEnd>;
  readonly replica: Value<ReplicaEnd>;
  /** Host version that a provider's settings are made for. */
  readonly hostVersion: Value<string>;
}

/** The replicas that virtual machines declare themselves, and the relationships, in the order of URNs of each. */
export function joinReplicas(
  placement: Placement,
  relationships: readonly ReplicaRelationship[],
  report: ReportProblem,
): readonly Replica[] {
  const own = placement.virtualMachines.flatMap((vm) => ofVirtualMachine(vm, placement));
  const separate = relationships.map((relationship) => ofRelationship(relationship, placement, report));
  const byMachine = new Map<VirtualMachine, Replica[]>();
  for (const replica of [...own, ...separate]) {
    if (replica.virtualMachine.state === "known") append(byMachine, replica.virtualMachine.value, replica);
  }
  const starts = new Map([...byMachine].map(([vm, replicas]) => [vm, new Servers(startsOf(vm, replicas, placement))]));
  for (const replica of separate) reportWrongStart(replica, starts, placement, report);
  for (const replicas of byMachine.values()) reportContradictions(replicas, report);
  return [...own, ...separate];
}

/** Whether two ends are one host, or one cluster. */
export function isSameServer(one: ReplicaEnd, other: ReplicaEnd): boolean {
  if (one.host !== undefined && other.host !== undefined) return one.host === other.host;
  return isSameCluster(one, other);
}

export function isSameCluster(one: ReplicaEnd, other: ReplicaEnd): boolean {
  const cluster = ifKnown(one.cluster);
  return cluster !== undefined && cluster === ifKnown(other.cluster);
}

/** Whether two ends are one server, declared or not. */
export function isSameEnd(one: ReplicaEnd, other: ReplicaEnd): boolean {
  return isSameServer(one, other) || fold(one.name) === fold(other.name);
}

function ofVirtualMachine(vm: VirtualMachine, placement: Placement): readonly Replica[] {
  const { urn, name, replication } = vm;
  if (replication.state === "absent") return [];
  const { replicaHost, ...settings } = replication.state === "known" ? replication.value : unknownSettings(replication);
  return [
    {
      urn,
      name,
      ...settings,
      virtualMachine: known(vm, { urn, path: "name" }),
      primary: placeOf(vm, placement),
      replica: serverNamed(replicaHost, placement),
      hostVersion: absent({ urn, path: "" }),
    },
  ];
}

function unknownSettings(value: Unknown): Replication {
  return { replicaHost: value, ...allFacts(REPLICATION_SETTINGS, value) };
}

function ofRelationship(relationship: ReplicaRelationship, placement: Placement, report: ReportProblem): Replica {
  return {
    ...relationship,
    virtualMachine: virtualMachineNamed(relationship, placement, report),
    primary: primaryNamed(relationship.primary, placement, report),
    replica: serverNamed(relationship.replica, placement),
  };
}

function virtualMachineNamed(
  { virtualMachine: reference, mayBeUndeclared }: ReplicaRelationship,
  placement: Placement,
  report: ReportProblem,
): Value<VirtualMachine> {
  if (reference.state !== "known") return reference;
  const { origin, value } = reference;
  const machines = placement.entitiesNamed(value).filter((entity) => entity.kind === "virtualMachine");
  const [machine] = machines;
  if (machine !== undefined && machines.length === 1) return known(machine, origin);
  if (mayBeUndeclared) return absent(origin);
  if (machine === undefined && placement.namesAreIncomplete) return unknown(origin);
  report({
    ...origin,
    problem:
      machine === undefined
        ? `is "${value}", but no VirtualMachine of that name is declared`
        : `is "${value}", and ${String(machines.length)} virtual machines have that name`,
    fix:
      machine === undefined
        ? placement.suggestions.suggest(value, placement.names(["virtualMachine"]), "declare the VirtualMachine")
        : "Give each a name of its own.",
  });
  return unknown(origin, "malformed");
}

/** The primary server runs the virtual machine, so it must be declared as that is. */
function primaryNamed(reference: Value<string>, placement: Placement, report: ReportProblem): Value<ReplicaEnd> {
  const end = serverNamed(reference, placement);
  if (end.state !== "known" || end.value.hosts.state !== "absent") return end;
  report({
    ...end.origin,
    problem: `is "${end.value.name}", but no Host or Cluster of that name is declared`,
    fix: placement.suggestions.suggest(
      end.value.name,
      placement.names(["host", "cluster"]),
      "declare the Host or the Cluster",
    ),
  });
  return unknown(end.origin, "malformed");
}

/** A replica server may belong to another organization, so that a name which is not declared is not a mistake in itself. */
function serverNamed(reference: Value<string>, placement: Placement): Value<ReplicaEnd> {
  if (reference.state !== "known") return reference;
  const { origin, value } = reference;
  const server = placement.entitiesNamed(value).find((entity) => entity.kind !== "virtualMachine");
  if (server !== undefined) return known(endOf(server, placement), origin);
  if (placement.namesAreIncomplete) return unknown(origin);
  return known({ name: value, host: undefined, cluster: absent(origin), hosts: absent(origin) }, origin);
}

/** Where a virtual machine runs: its cluster, else its host. */
export function placeOf(vm: VirtualMachine, placement: Placement): Value<ReplicaEnd> {
  const cluster = placement.clusterOf(vm);
  const place = cluster.state === "absent" ? placement.hostOf(vm) : cluster;
  return place.state === "known" ? known(endOf(place.value, placement), place.origin) : place;
}

function endOf(server: Host | Cluster, placement: Placement): ReplicaEnd {
  const { urn, name } = server;
  if (server.kind === "host") {
    const hosts = known([server], { urn, path: "" });
    return { name, host: server, cluster: placement.clusterOfHost(server), hosts };
  }
  return { name, host: undefined, cluster: known(server, { urn, path: "" }), hosts: placement.nodesOf(server) };
}

/** Where a replication of a machine may start: where it runs, or where another one leaves the replica. */
function startsOf(vm: VirtualMachine, replicas: readonly Replica[], placement: Placement): readonly ReplicaEnd[] {
  return [placeOf(vm, placement), ...replicas.map(({ replica }) => replica)].flatMap((end) => ifKnown(end) ?? []);
}

/** Ends of replications, to find whether another one is one of them. */
class Servers {
  private readonly hosts: ReadonlySet<Host | undefined>;
  private readonly clusters: ReadonlySet<Cluster | undefined>;

  constructor(ends: readonly ReplicaEnd[]) {
    this.hosts = new Set(ends.map(({ host }) => host));
    this.clusters = new Set(ends.map(({ cluster }) => ifKnown(cluster)));
  }

  has({ host, cluster }: ReplicaEnd): boolean {
    const around = ifKnown(cluster);
    return (host !== undefined && this.hosts.has(host)) || (around !== undefined && this.clusters.has(around));
  }
}

/** The second of two relationships in a row is extended replication: it starts at the replica server of the first. */
function reportWrongStart(
  { virtualMachine, primary }: Replica,
  startsByMachine: ReadonlyMap<VirtualMachine, Servers>,
  placement: Placement,
  report: ReportProblem,
): void {
  const vm = ifKnown(virtualMachine);
  const start = ifKnown(primary);
  const place = vm === undefined ? undefined : ifKnown(placeOf(vm, placement));
  if (vm === undefined || start === undefined || place === undefined) return;
  if (startsByMachine.get(vm)?.has(start) === true) return;
  report({
    ...primary.origin,
    problem: `is "${start.name}", but ${vm.name} runs on ${place.name}`,
    fix: "Name the host or the cluster that the virtual machine runs on.",
  });
}

/** A replication that is declared twice must be the same in both places. */
function reportContradictions(replicas: readonly Replica[], report: ReportProblem): void {
  for (const [index, replica] of replicas.entries()) {
    const first = replicas.slice(0, index).find((other) => isSameReplication(other, replica));
    if (first === undefined) continue;
    for (const setting of REPLICATION_SETTINGS) {
      const [own, other] = [written(replica[setting]), written(first[setting])];
      if (own === undefined || other === undefined || fold(own) === fold(other)) continue;
      report({
        ...replica[setting].origin,
        problem: `is ${own}, and ${first.name} declares the same replication with ${other}`,
        fix: "Declare the replication in one place, or make both agree.",
      });
    }
  }
}

function isSameReplication(one: Replica, other: Replica): boolean {
  return (["primary", "replica"] as const).every((side) => {
    const [end, otherEnd] = [ifKnown(one[side]), ifKnown(other[side])];
    return end !== undefined && otherEnd !== undefined && isSameEnd(end, otherEnd);
  });
}

/** A setting as it can be compared, as far as it is known: a default gives way to what is declared, and contradicts nothing. */
function written(value: ReplicationSettings[(typeof REPLICATION_SETTINGS)[number]]): string | undefined {
  if (value.state !== "known" || isDefault(value)) return undefined;
  if (typeof value.value !== "object") return String(value.value);
  const names = value.value.map(ifKnown);
  if (names.includes(undefined)) return undefined;
  return names
    .map((name) => `"${fold(name ?? "")}"`)
    .sort()
    .join(", ");
}
