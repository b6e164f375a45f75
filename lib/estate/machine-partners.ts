import { append } from "../text/collections";
import { fold, label } from "../text/names";
import type { DeclaredResource } from "./declared";
import type { Computer } from "./linked-facts";
import type { Dependencies } from "./linker";
import type { Cluster, Host, VirtualMachine } from "./model";
import { ifKnown, type Value } from "./value";

/** What it takes to know whether two machines of one name are one. */
export interface Surroundings {
  readonly resources: ReadonlyMap<string, DeclaredResource>;
  readonly dependencies: Dependencies;
  readonly hosts: readonly Host[];
  readonly clusters: readonly Cluster[];
  readonly hostOf: (computer: Computer) => Value<string>;
}

/** Finds the machines that a component may mean. */
export class MachinePartners {
  private readonly byName = new Map<string, VirtualMachine[]>();
  private readonly byUrn = new Map<string, VirtualMachine[]>();
  private readonly byParent = new Map<string, VirtualMachine[]>();

  private readonly hosts: ReadonlyMap<string, Host>;
  private readonly hostsByUrn: ReadonlyMap<string, Host>;
  private readonly clusters: ReadonlyMap<string, Cluster>;

  constructor(
    created: readonly VirtualMachine[],
    private readonly around: Surroundings,
  ) {
    const { hosts, clusters } = around;
    this.hosts = firsts(hosts, ({ name }) => [fold(name)]);
    this.hostsByUrn = firsts(hosts, ({ urn }) => [urn]);
    this.clusters = firsts(clusters, ({ name, urn }) => [fold(name), urn]);
    for (const vm of created) {
      append(this.byUrn, vm.urn, vm);
      const resource = around.resources.get(vm.urn);
      if (resource?.parent !== undefined) append(this.byParent, resource.parent, vm);
      if (vm.nameIsUnknown) continue;
      append(this.byName, fold(vm.name), vm);
      const own = resource?.name;
      if (own !== undefined && isGenerated(vm.name, own)) append(this.byName, fold(own), vm);
    }
  }

  /** Its relatives in the program, else those of its name that are in no other place. */
  of(component: VirtualMachine): readonly VirtualMachine[] {
    const related = this.related(component);
    if (related.length > 0) return best(related, ({ name }) => fold(name) === fold(component.name));
    if (component.nameIsUnknown) return [];
    const possible = (this.byName.get(fold(component.name)) ?? []).filter((vm) => !this.areApart(component, vm));
    return best(possible, (vm) => this.areTogether(component, vm));
  }

  private related({ urn }: VirtualMachine): readonly VirtualMachine[] {
    const parent = this.around.resources.get(urn)?.parent;
    const named = this.around.dependencies(urn, "name").flatMap((one) => this.byUrn.get(one) ?? []);
    const above = parent === undefined ? [] : (this.byUrn.get(parent) ?? []);
    return [...new Set([...(this.byParent.get(urn) ?? []), ...above, ...named])];
  }

  private areTogether(one: VirtualMachine, other: VirtualMachine): boolean {
    const hosts = [this.hostOf(one), this.hostOf(other)];
    return hosts[0] !== undefined && hosts[0] === hosts[1];
  }

  /** Whether they are known to be on different hosts, or in different clusters. */
  private areApart(one: VirtualMachine, other: VirtualMachine): boolean {
    const [host, otherHost] = [this.hostOf(one), this.hostOf(other)];
    if (host !== undefined && otherHost !== undefined) return host !== otherHost;
    const [cluster, otherCluster] = [ifKnown(one.cluster), ifKnown(other.cluster)];
    if (cluster !== undefined && otherCluster !== undefined) return fold(cluster) !== fold(otherCluster);
    return this.isOutside(host, otherCluster) || this.isOutside(otherHost, cluster);
  }

  /** Whether all nodes of a cluster are known, and a host is none of them. */
  private isOutside(host: string | undefined, clusterName: string | undefined): boolean {
    if (host === undefined || clusterName === undefined) return false;
    const cluster = this.clusters.get(fold(clusterName)) ?? this.clusters.get(clusterName);
    const own = this.hosts.get(host)?.cluster;
    if (cluster === undefined || own === undefined || own.state === "unknown") return false;
    if (own.state === "known") return !isNamed(own.value, cluster.name, cluster.urn);
    const nodes = ifKnown(cluster.nodes);
    if (nodes === undefined || nodes.some(({ state }) => state !== "known")) return false;
    return !nodes.some((node) => this.nameOf(node) === host);
  }

  private hostOf({ host }: VirtualMachine): string | undefined {
    return this.nameOf(host);
  }

  /** What a host is called for certain, however it is referred to. */
  private nameOf(reference: Value<string>): string | undefined {
    if (reference.state !== "known") return undefined;
    const host =
      this.hostsByUrn.get(reference.value)?.name ??
      ifKnown(this.around.hostOf({ urn: reference.origin.urn, name: reference }));
    return fold(host ?? label(reference.value));
  }
}

/** The ones that fit best, or all where none does. */
function best(machines: readonly VirtualMachine[], fits: (vm: VirtualMachine) => boolean): readonly VirtualMachine[] {
  const fitting = machines.filter(fits);
  return fitting.length === 0 ? machines : fitting;
}

/** Whether a provider made a name of the resource's own, as in `ex1-e9b988e`. */
function isGenerated(name: string, own: string): boolean {
  return name.startsWith(`${own}-`) && /^[0-9a-f]{7}$/.test(name.slice(own.length + 1));
}

function isNamed(reference: string, name: string, urn: string): boolean {
  return fold(reference) === fold(name) || reference === urn;
}

/** The first of several items by each of its keys. */
function firsts<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): ReadonlyMap<string, T> {
  return new Map([...items].reverse().flatMap((item) => keysOf(item).map((key) => [key, item] as const)));
}
