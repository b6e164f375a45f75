import { append, byUrn, compare } from "./collections";
import type { DeclaredResource, Problem } from "./declared";
import type { Cluster, Entity, Host, VirtualMachine } from "./model";
import { absent, known, map, unknown, type Unknown, type Value } from "./value";

/** What a dialect reads from resources, before anything is joined. */
export interface Facts {
  /** Every resource that was read. */
  readonly declared: readonly DeclaredResource[];
  readonly hosts: readonly Host[];
  readonly clusters: readonly Cluster[];
  readonly virtualMachines: readonly VirtualMachine[];
  readonly problems: readonly Problem[];
  /** Resources of a known type that came without any property, as those outside a `--target` do. */
  readonly leftOut: readonly DeclaredResource[];
  /** What may declare something, and cannot be read before the deployment. */
  readonly notEvaluated?: readonly Unknown[];
}

/**
 * Hosts, clusters and virtual machines, joined by name. Built once and read by every rule. Everything is in the order
 * of URNs, so that findings do not depend on the order in which resources arrive.
 */
export class Estate {
  readonly declared: readonly DeclaredResource[];
  readonly hosts: readonly Host[];
  readonly clusters: readonly Cluster[];
  readonly virtualMachines: readonly VirtualMachine[];
  readonly leftOut: readonly DeclaredResource[];
  /** What may declare something, and cannot be read before the deployment. */
  readonly notEvaluated: readonly Unknown[];
  /** Where virtual machines are of which it is not known on which host: each may be on any. */
  readonly unplaced: readonly Unknown[];

  private readonly problems = new Map<string, Problem[]>();
  private readonly hostsByName: ReadonlyMap<string, Host>;
  private readonly clustersByName: ReadonlyMap<string, Cluster>;
  private readonly hostByVm = new Map<VirtualMachine, Value<Host>>();
  private readonly clusterByVm = new Map<VirtualMachine, Value<Cluster>>();
  private readonly clusterByHost = new Map<Host, Value<Cluster>>();
  private readonly vmsByHost = new Map<Host, VirtualMachine[]>();
  private readonly vmsByCluster = new Map<Cluster, VirtualMachine[]>();
  private readonly nodesByCluster = new Map<Cluster, readonly Host[]>();
  /** A host of which it is not known in which cluster it is: it may be a node of any. */
  private readonly openCluster: Unknown | undefined;
  private readonly openNodesByCluster = new Map<Cluster, Unknown>();

  /**
   * @param facts what the dialects read
   * @param complete false when more resources may be declared than are here, as while they are registered one by one:
   *   then a reference without a target is unknown and not a problem
   */
  constructor(
    facts: Facts,
    private readonly complete: boolean,
  ) {
    for (const problem of facts.problems) this.complain(problem);
    this.declared = byUrn(facts.declared);
    this.hosts = byUrn(facts.hosts);
    this.clusters = byUrn(facts.clusters);
    this.virtualMachines = byUrn(facts.virtualMachines);
    this.leftOut = byUrn(facts.leftOut);
    this.notEvaluated = facts.notEvaluated ?? [];
    this.hostsByName = this.index(this.hosts, "host");
    this.clustersByName = this.index(this.clusters, "cluster");
    for (const host of this.hosts)
      this.clusterByHost.set(host, this.refer(host.cluster, this.clustersByName, "Cluster"));
    for (const cluster of this.clusters) this.joinNodes(cluster);
    this.openCluster = [...this.clusterByHost.values()].find((value) => value.state === "unknown");
    for (const vm of this.virtualMachines) this.place(vm);
    this.unplaced = [...this.hostByVm.values()].filter((host) => host.state === "unknown");
  }

  /** What cannot be read in a declaration, contradicts another or points at nothing, in the order of the properties. */
  problemsOf(resource: DeclaredResource): readonly Problem[] {
    const problems = this.problems.get(resource.urn) ?? [];
    return [...problems].sort((one, other) => compare(one.path, other.path) || compare(one.problem, other.problem));
  }

  /** The host that a virtual machine is declared on. */
  hostOf(vm: VirtualMachine): Value<Host> {
    return this.hostByVm.get(vm) ?? absent({ urn: vm.urn, path: "host" });
  }

  /** The cluster that may run a virtual machine on any node; absent when it is declared on a host alone. */
  clusterOf(vm: VirtualMachine): Value<Cluster> {
    return this.clusterByVm.get(vm) ?? absent({ urn: vm.urn, path: "cluster" });
  }

  /** The cluster that a host is a node of, whichever of the two declares it. */
  clusterOfHost(host: Host): Value<Cluster> {
    return this.clusterByHost.get(host) ?? absent({ urn: host.urn, path: "cluster" });
  }

  /** The hosts that may run a virtual machine: every node of its cluster, else the host that it is declared on. */
  hostsOf(vm: VirtualMachine): Value<readonly Host[]> {
    const cluster = this.clusterOf(vm);
    if (cluster.state === "known") return this.nodesOf(cluster.value);
    return cluster.state === "unknown" ? cluster : map(this.hostOf(vm), (host) => [host]);
  }

  virtualMachinesOn(host: Host): readonly VirtualMachine[] {
    return this.vmsByHost.get(host) ?? [];
  }

  /** Virtual machines declared on the cluster and not on a known host. */
  virtualMachinesFloatingOn(cluster: Cluster): readonly VirtualMachine[] {
    return this.vmsByCluster.get(cluster) ?? [];
  }

  /** Virtual machines on a cluster, whether they are declared on it or on one of its known nodes. */
  virtualMachinesIn(cluster: Cluster): readonly VirtualMachine[] {
    const onNodes = this.knownNodesOf(cluster).flatMap((node) => this.virtualMachinesOn(node));
    return [...this.virtualMachinesFloatingOn(cluster), ...onNodes];
  }

  /** The nodes of a cluster; unknown while a host may still turn out to be one. */
  nodesOf(cluster: Cluster): Value<readonly Host[]> {
    const open = this.openNodes(cluster);
    return open ?? known(this.knownNodesOf(cluster), { urn: cluster.urn, path: "nodes" });
  }

  /** The nodes of a cluster as far as they are known. */
  private knownNodesOf(cluster: Cluster): readonly Host[] {
    return this.nodesByCluster.get(cluster) ?? [];
  }

  /** What is in the way of knowing all nodes of a cluster, if anything. */
  private openNodes(cluster: Cluster): Unknown | undefined {
    if (!this.complete || this.isLeftOut("Host")) return unknown({ urn: cluster.urn, path: "nodes" });
    return this.openNodesByCluster.get(cluster) ?? this.openCluster;
  }

  private complain(problem: Problem): void {
    append(this.problems, problem.urn, problem);
  }

  private index<T extends Entity>(entities: readonly T[], kind: string): ReadonlyMap<string, T> {
    const map = new Map<string, T>();
    for (const entity of entities) {
      if (entity.nameIsOpen) continue;
      const first = map.get(fold(entity.name));
      if (first === undefined) {
        map.set(fold(entity.name), entity);
      } else {
        this.complain({
          urn: entity.urn,
          path: "name",
          problem: `is "${entity.name}", and the ${kind} ${first.urn} has that name already`,
          fix: `Give each ${kind} a name of its own.`,
        });
      }
    }
    return map;
  }

  private joinNodes(cluster: Cluster): void {
    const nodes = new Set<Host>();
    if (cluster.nodes.state === "unknown") this.openNodesByCluster.set(cluster, cluster.nodes);
    if (cluster.nodes.state === "known") {
      for (const name of cluster.nodes.value) {
        const host = this.refer(name, this.hostsByName, "Host");
        if (host.state === "unknown") this.openNodesByCluster.set(cluster, host);
        if (host.state !== "known") continue;
        nodes.add(host.value);
        const other = this.clusterByHost.get(host.value);
        if (other?.state === "known" && other.value !== cluster) {
          this.complain({
            urn: cluster.urn,
            path: name.origin.path,
            problem: `names the host ${host.value.name}, which is a node of the cluster ${other.value.name} already`,
            fix: "A host is a node of one cluster: take it out of the other.",
          });
        } else {
          this.clusterByHost.set(host.value, known(cluster, name.origin));
        }
      }
    }
    for (const host of this.hosts) {
      const own = this.clusterByHost.get(host);
      if (own?.state === "known" && own.value === cluster) nodes.add(host);
    }
    this.nodesByCluster.set(cluster, byUrn([...nodes]));
  }

  private place(vm: VirtualMachine): void {
    const host = this.refer(vm.host, this.hostsByName, "Host");
    const cluster = this.refer(vm.cluster, this.clustersByName, "Cluster");
    this.hostByVm.set(vm, host);
    this.clusterByVm.set(vm, cluster);
    if (host.state === "known") append(this.vmsByHost, host.value, vm);
    else if (cluster.state === "known") append(this.vmsByCluster, cluster.value, vm);
    if (host.state !== "known" || cluster.state !== "known") return;
    const nodes = this.nodesOf(cluster.value);
    if (nodes.state !== "known" || nodes.value.includes(host.value)) return;
    this.complain({
      urn: vm.urn,
      path: "host",
      problem: `is "${host.value.name}", which is not a node of the cluster "${cluster.value.name}" that is declared too`,
      fix: "Name a node of the cluster, or leave one of the two out.",
    });
  }

  private isLeftOut(kind: "Host" | "Cluster"): boolean {
    return this.leftOut.some(({ type }) => type.endsWith(`:${kind}`));
  }

  /** Follows a reference: a name, or the URN that a component stands for when it is given as a value. */
  private refer<T extends Entity>(
    reference: Value<string>,
    byName: ReadonlyMap<string, T>,
    kind: "Host" | "Cluster",
  ): Value<T> {
    if (reference.state !== "known") return reference;
    const wanted = reference.value;
    const target =
      byName.get(fold(wanted)) ??
      (wanted.startsWith("urn:") ? [...byName.values()].find(({ urn }) => urn === wanted) : undefined);
    if (target !== undefined) return known(target, reference.origin);
    const entities: readonly Entity[] = kind === "Host" ? this.hosts : this.clusters;
    const mayBeNamedSo = entities.some(({ nameIsOpen }) => nameIsOpen);
    if (!this.complete || mayBeNamedSo || this.isLeftOut(kind)) return unknown(reference.origin);
    const names = [...byName.values()].map(({ name }) => name);
    this.complain({
      urn: reference.origin.urn,
      path: reference.origin.path,
      problem: `is "${wanted}", but no ${kind} of that name is declared`,
      fix: names.length === 0 ? `Declare the ${kind}.` : `Use one of: ${names.join(", ")}; or declare the ${kind}.`,
    });
    return unknown(reference.origin, "malformed");
  }
}

/** A view of an estate that is computed once and shared by all who ask, such as an index that a rule needs. */
export function perEstate<T extends object>(compute: (estate: Estate) => T): (estate: Estate) => T {
  const views = new WeakMap<Estate, T>();
  return (estate) => {
    let view = views.get(estate);
    if (view === undefined) {
      view = compute(estate);
      views.set(estate, view);
    }
    return view;
  };
}

/** Names of Windows machines and clusters do not depend on case. */
function fold(name: string): string {
  return name.toLowerCase();
}
