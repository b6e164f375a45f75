import { append } from "../text/collections";
import { fold } from "../text/names";
import { suggestion } from "../text/nearest";
import type { Problem } from "./declared";
import type { Estate } from "./estate";
import type { Cluster, Host, ReplicaRelationship, Replication, ReplicationSettings, VirtualMachine } from "./model";
import { absent, ifKnown, isDefault, known, unknown, type Unknown, type Value } from "./value";

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

type Complain = (problem: Problem) => void;

/** The replicas that virtual machines declare themselves, and the relationships, in the order of URNs of each. */
export function joinReplicas(
  estate: Estate,
  relationships: readonly ReplicaRelationship[],
  complain: Complain,
): readonly Replica[] {
  const own = estate.virtualMachines.flatMap((vm) => ofVirtualMachine(vm, estate));
  const separate = relationships.map((relationship) => ofRelationship(relationship, estate, complain));
  const byMachine = new Map<VirtualMachine, Replica[]>();
  for (const replica of [...own, ...separate]) {
    if (replica.virtualMachine.state === "known") append(byMachine, replica.virtualMachine.value, replica);
  }
  for (const replica of separate) complainOfPlace(replica, byMachine, estate, complain);
  for (const replicas of byMachine.values()) complainOfContradictions(replicas, complain);
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

function ofVirtualMachine(vm: VirtualMachine, estate: Estate): readonly Replica[] {
  const { urn, name, replication } = vm;
  if (replication.state === "absent") return [];
  const { replicaHost, ...settings } = replication.state === "known" ? replication.value : unknownSettings(replication);
  return [
    {
      urn,
      name,
      ...settings,
      virtualMachine: known(vm, { urn, path: "name" }),
      primary: placeOf(vm, estate),
      replica: serverNamed(replicaHost, estate),
      hostVersion: absent({ urn, path: "" }),
    },
  ];
}

function unknownSettings(value: Unknown): Replication {
  return {
    replicaHost: value,
    frequencySeconds: value,
    recoveryPoints: value,
    authentication: value,
    port: value,
    broker: value,
    compression: value,
    trustGroup: value,
    excludedDisks: value,
  };
}

function ofRelationship(relationship: ReplicaRelationship, estate: Estate, complain: Complain): Replica {
  return {
    ...relationship,
    virtualMachine: virtualMachineNamed(relationship, estate, complain),
    primary: primaryNamed(relationship.primary, estate, complain),
    replica: serverNamed(relationship.replica, estate),
  };
}

function virtualMachineNamed(
  { virtualMachine: reference, mayBeUndeclared }: ReplicaRelationship,
  estate: Estate,
  complain: Complain,
): Value<VirtualMachine> {
  if (reference.state !== "known") return reference;
  const { origin, value } = reference;
  const machines = estate.entitiesNamed(value).filter((entity) => entity.kind === "virtualMachine");
  const [machine] = machines;
  if (machine !== undefined && machines.length === 1) return known(machine, origin);
  if (mayBeUndeclared) return absent(origin);
  if (machine === undefined && estate.namesAreOpen) return unknown(origin);
  complain({
    ...origin,
    problem:
      machine === undefined
        ? `is "${value}", but no VirtualMachine of that name is declared`
        : `is "${value}", and ${String(machines.length)} virtual machines have that name`,
    fix:
      machine === undefined
        ? suggestion(value, estate.names(["virtualMachine"]), "declare the VirtualMachine")
        : "Give each a name of its own.",
  });
  return unknown(origin, "malformed");
}

/** The primary server runs the virtual machine, so it must be declared as that is. */
function primaryNamed(reference: Value<string>, estate: Estate, complain: Complain): Value<ReplicaEnd> {
  const end = serverNamed(reference, estate);
  if (end.state !== "known" || end.value.hosts.state !== "absent") return end;
  complain({
    ...end.origin,
    problem: `is "${end.value.name}", but no Host or Cluster of that name is declared`,
    fix: suggestion(end.value.name, estate.names(["host", "cluster"]), "declare the Host or the Cluster"),
  });
  return unknown(end.origin, "malformed");
}

/** A replica server may belong to somebody else, so that a name which is not declared is no mistake in itself. */
function serverNamed(reference: Value<string>, estate: Estate): Value<ReplicaEnd> {
  if (reference.state !== "known") return reference;
  const { origin, value } = reference;
  const server = estate.entitiesNamed(value).find((entity) => entity.kind !== "virtualMachine");
  if (server !== undefined) return known(endOf(server, estate), origin);
  if (estate.namesAreOpen) return unknown(origin);
  return known({ name: value, host: undefined, cluster: absent(origin), hosts: absent(origin) }, origin);
}

/** Where a virtual machine runs: its cluster, else its host. */
export function placeOf(vm: VirtualMachine, estate: Estate): Value<ReplicaEnd> {
  const cluster = estate.clusterOf(vm);
  const place = cluster.state === "absent" ? estate.hostOf(vm) : cluster;
  return place.state === "known" ? known(endOf(place.value, estate), place.origin) : place;
}

function endOf(server: Host | Cluster, estate: Estate): ReplicaEnd {
  const { urn, name } = server;
  if (server.kind === "host") {
    const hosts = known([server], { urn, path: "" });
    return { name, host: server, cluster: estate.clusterOfHost(server), hosts };
  }
  return { name, host: undefined, cluster: known(server, { urn, path: "" }), hosts: estate.nodesOf(server) };
}

/**
 * A relationship starts where its virtual machine runs, or where another one leaves the replica: extended replication.
 */
function complainOfPlace(
  replica: Replica,
  byMachine: ReadonlyMap<VirtualMachine, readonly Replica[]>,
  estate: Estate,
  complain: Complain,
): void {
  const vm = ifKnown(replica.virtualMachine);
  const primary = ifKnown(replica.primary);
  const place = vm === undefined ? undefined : ifKnown(placeOf(vm, estate));
  if (vm === undefined || primary === undefined || place === undefined) return;
  const starts = (byMachine.get(vm) ?? []).flatMap((other) => ifKnown(other.replica) ?? []);
  if ([place, ...starts].some((start) => isSameServer(start, primary) || isSameCluster(start, primary))) return;
  complain({
    ...replica.primary.origin,
    problem: `is "${primary.name}", but ${vm.name} runs on ${place.name}`,
    fix: "Name the host or the cluster that the virtual machine runs on.",
  });
}

/** Who declares one replication twice says the same twice. */
function complainOfContradictions(replicas: readonly Replica[], complain: Complain): void {
  for (const [index, replica] of replicas.entries()) {
    const first = replicas.slice(0, index).find((other) => isSameReplication(other, replica));
    if (first === undefined) continue;
    for (const setting of SETTINGS) {
      const [own, other] = [written(replica[setting]), written(first[setting])];
      if (own === undefined || other === undefined || fold(own) === fold(other)) continue;
      complain({
        ...replica[setting].origin,
        problem: `is ${own}, and ${first.name} declares the same replication with ${other}`,
        fix: "Declare the replication once, or say the same twice.",
      });
    }
  }
}

const SETTINGS = [
  "frequencySeconds",
  "recoveryPoints",
  "authentication",
  "port",
  "broker",
  "compression",
  "trustGroup",
  "excludedDisks",
] as const satisfies readonly (keyof ReplicationSettings)[];

function isSameReplication(one: Replica, other: Replica): boolean {
  return (["primary", "replica"] as const).every((side) => {
    const [end, otherEnd] = [ifKnown(one[side]), ifKnown(other[side])];
    return end !== undefined && otherEnd !== undefined && isSameEnd(end, otherEnd);
  });
}

/** A setting as it can be compared, as far as it is known: a default gives way to what is declared, and contradicts nothing. */
function written(value: ReplicationSettings[(typeof SETTINGS)[number]]): string | undefined {
  if (value.state !== "known" || isDefault(value)) return undefined;
  if (typeof value.value !== "object") return String(value.value);
  const names = value.value.map(ifKnown);
  if (names.includes(undefined)) return undefined;
  return names
    .map((name) => `"${fold(name ?? "")}"`)
    .sort()
    .join(", ");
}
