import { append } from "../text/collections";
import { fold, label } from "../text/names";
import type { Cluster, Host, VirtualMachine } from "./model";
import { ifKnown } from "./value";

/** What jobs, relationships and servers of Virtual Machine Manager name. */
export type NamedEntity = Host | Cluster | VirtualMachine;

/** Hosts, clusters and virtual machines by all that they may be named by. */
export class NamedEntities {
  private readonly byName = new Map<string, NamedEntity[]>();
  private readonly machinesByName = new Map<string, VirtualMachine[]>();
  private readonly serversByName = new Map<string, Set<Host | Cluster>>();
  private readonly serversByLabel = new Map<string, Set<Host | Cluster>>();
  private readonly namesByKind = new Map<string, readonly string[]>();
  private readonly entities: readonly NamedEntity[];
  /** Whether the name of any of them is not known. */
  readonly someNameIsUnknown: boolean;

  constructor(hosts: readonly Host[], clusters: readonly Cluster[], virtualMachines: readonly VirtualMachine[]) {
    this.entities = [...hosts, ...clusters, ...virtualMachines];
    for (const entity of this.entities) {
      if (!entity.nameIsUnknown) append(this.byName, fold(entity.name), entity);
      for (const urn of urnsOf(entity)) append(this.byName, fold(urn), entity);
    }
    for (const cluster of clusters) {
      if (cluster.replicaBroker.state === "known") append(this.byName, fold(cluster.replicaBroker.value), cluster);
    }
    for (const vm of virtualMachines) append(this.machinesByName, fold(vm.name), vm);
    for (const server of [...hosts, ...clusters]) if (!server.nameIsUnknown) this.addServer(server);
    this.someNameIsUnknown =
      this.entities.some(({ nameIsUnknown }) => nameIsUnknown) ||
      clusters.some(({ replicaBroker }) => replicaBroker.state === "unknown");
  }

  private addServer(server: Host | Cluster): void {
    for (const name of namesOf(server)) {
      insert(this.serversByName, fold(name), server);
      insert(this.serversByLabel, label(name), server);
    }
  }

  /** The hosts, clusters and virtual machines that have a name; a cluster also that of its Replica Broker. */
  named(name: string): readonly NamedEntity[] {
    return this.byName.get(fold(name)) ?? this.serversCalled(name);
  }

  /** Virtual machines on different hosts may have one name. */
  machinesNamed(name: string): readonly VirtualMachine[] {
    return this.machinesByName.get(fold(name)) ?? [];
  }

  /** The only host or cluster of a short name that is written in full, or the other way round. */
  private serversCalled(name: string): readonly (Host | Cluster)[] {
    const wanted = fold(name.trim());
    const found = this.serversByLabel.get(wanted) ?? this.serversByName.get(label(wanted));
    return found?.size === 1 ? [...found] : [];
  }

  /** What hosts, clusters and virtual machines are called, a cluster also by its Replica Broker. */
  names(kinds: readonly NamedEntity["kind"][]): readonly string[] {
    const key = kinds.join();
    const before = this.namesByKind.get(key);
    if (before !== undefined) return before;
    const entities = this.entities.filter(({ kind, nameIsUnknown }) => kinds.includes(kind) && !nameIsUnknown);
    const names = [...new Set(entities.flatMap((entity) => namesOf(entity)))];
    this.namesByKind.set(key, names);
    return names;
  }
}

/** The URNs by which a component is named when it is given as a value. */
function urnsOf(entity: NamedEntity): readonly string[] {
  return [entity.urn, ...(entity.kind === "virtualMachine" ? (entity.alsoDeclaredBy ?? []) : [])];
}

function namesOf(entity: NamedEntity): readonly string[] {
  const broker = entity.kind === "cluster" ? ifKnown(entity.replicaBroker) : undefined;
  return broker === undefined ? [entity.name] : [entity.name, broker];
}

function insert<T>(sets: Map<string, Set<T>>, key: string, item: T): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(item));
}
