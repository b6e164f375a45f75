import { append, byUrn } from "../text/collections";
import type { DeclaredResource, ReportProblem } from "./declared";
import { memoryProblemsOfMachine } from "./memory-problems";
import type { Cluster, Host, VirtualMachine } from "./model";
import { NameIndex } from "./name-index";
import { NamedEntities, type NamedEntity } from "./named-entities";
import { networkProblemsOfCluster, networkProblemsOfHost, networkProblemsOfMachine } from "./network-problems";
import { Suggestions } from "./suggestions";
import { absent, gatherAll, ifKnown, known, map, unknown, type Origin, type Unknown, type Value } from "./value";

/** What is to be put in its place. */
export interface PlacementFacts {
  readonly hosts: readonly Host[];
  readonly clusters: readonly Cluster[];
  readonly virtualMachines: readonly VirtualMachine[];
  /** Resources of a known type that came without any property, as those outside a `--target` do. */
  readonly leftOut: readonly DeclaredResource[];
  /** Whether a script may create or rename machines and clusters whose names are known only when it runs. */
  readonly mayNameMore?: boolean;
}

/**
 * Hosts, clusters and virtual machines, joined by name: who runs where. Everything is in the order of URNs, so that
 * findings do not depend on the order in which resources arrive.
 */
export class Placement {
  readonly hosts: readonly Host[];
  readonly clusters: readonly Cluster[];
  readonly virtualMachines: readonly VirtualMachine[];
  readonly leftOut: readonly DeclaredResource[];
  /** Where virtual machines are of which it is not known on which host: each may be on any. */
  readonly unplaced: readonly Unknown[];
  readonly suggestions = new Suggestions();

  private readonly entities: NamedEntities;
  private readonly mayNameMore: boolean;
  private readonly hostsAreIncomplete: boolean;
  private readonly hostIndex: NameIndex<Host>;
  private readonly clusterIndex: NameIndex<Cluster>;
  private readonly hostByVm = new Map<VirtualMachine, Value<Host>>();
  private readonly clusterByVm = new Map<VirtualMachine, Value<Cluster>>();
  private readonly ownersByVm = new Map<VirtualMachine, Value<readonly Value<Host>[]>>();
  private readonly clusterByHost = new Map<Host, Value<Cluster>>();
  private readonly vmsByHost = new Map<Host, VirtualMachine[]>();
  private readonly vmsByCluster = new Map<Cluster, VirtualMachine[]>();
  private readonly nodesByCluster = new Map<Cluster, readonly Host[]>();
  /** A host of which it is not known in which cluster it is: it may be a node of any. */
  private readonly unknownCluster: Unknown | undefined;
  private readonly unknownNodesByCluster = new Map<Cluster, Unknown>();

  /**
   * @param complete false when more resources may be declared than are here, as while they are registered one by one:
   *   then a reference without a target is unknown and not a problem
   * @param report takes what contradicts itself or names nothing
   */
  constructor(
    facts: PlacementFacts,
    readonly complete: boolean,
    private readonly report: ReportProblem,
  ) {
    this.hosts = byUrn(facts.hosts);
    this.clusters = byUrn(facts.clusters);
    this.virtualMachines = byUrn(facts.virtualMachines);
    this.leftOut = byUrn(facts.leftOut);
    this.mayNameMore = facts.mayNameMore ?? false;
    this.entities = new NamedEntities(this.hosts, this.clusters, this.virtualMachines);
    this.hostsAreIncomplete = !this.isWhole;
    const scope = { suggestions: this.suggestions, report };
    this.hostIndex = new NameIndex(this.hosts, "Host", { ...scope, isIncomplete: this.hostsAreIncomplete });
    const isIncomplete = !this.isWhole || this.mayNameMore;
    this.clusterIndex = new NameIndex(this.clusters, "Cluster", { ...scope, isIncomplete });
    this.joinHostsToClusters();
    this.unknownCluster = [...this.clusterByHost.values()].find((value) => value.state === "unknown");
    for (const vm of this.virtualMachines) this.place(vm);
    this.reportNetworks();
    for (const vm of this.virtualMachines) for (const problem of memoryProblemsOfMachine(vm)) this.report(problem);
    this.unplaced = [...this.hostByVm.values()].filter((host) => host.state === "unknown");
  }

  /** Whether everything that is declared is here, so that what is missing is nowhere. */
  get isWhole(): boolean {
    return this.complete && this.leftOut.length === 0;
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

  /** The cluster that a virtual machine is in, whether it is declared on it or on one of its nodes. */
  clusterAround(vm: VirtualMachine): Value<Cluster> {
    const own = this.clusterOf(vm);
    const host = this.hostOf(vm);
    if (own.state !== "absent" || host.state === "absent") return own;
    return host.state === "known" ? this.clusterOfHost(host.value) : host;
  }

  /**
   * The hosts that may run a virtual machine: its possible owners, else every node of its cluster, else the host that it
   * is declared on.
   */
  hostsOf(vm: VirtualMachine): Value<readonly Host[]> {
    const cluster = this.clusterOf(vm);
    if (cluster.state === "unknown") return cluster;
    if (cluster.state === "absent") return map(this.hostOf(vm), (host) => [host]);
    const owners = this.ownersOf(vm);
    if (owners.state === "absent") return this.nodesOf(cluster.value);
    return owners.state === "unknown" ? owners : map(gatherAll(owners.value, owners.origin), distinct);
  }

  /** The same as far as they are known: while others are not, those that are, and the host it is declared on. */
  knownHostsOf(vm: VirtualMachine): readonly Host[] {
    const own = ifKnown(this.hostOf(vm));
    const hosts = ifKnown(this.hostsOf(vm)) ?? this.knownOwnersOf(vm);
    return own === undefined || hosts.includes(own) ? hosts : [own, ...hosts];
  }

  private knownOwnersOf(vm: VirtualMachine): readonly Host[] {
    const cluster = ifKnown(this.clusterOf(vm));
    if (cluster === undefined) return [];
    const owners = this.ownersOf(vm);
    if (owners.state === "absent") return this.knownNodesOf(cluster);
    return distinct((ifKnown(owners) ?? []).flatMap((owner) => (owner.state === "known" ? [owner.value] : [])));
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
    return this.unknownNodes(cluster) ?? known(this.knownNodesOf(cluster), { urn: cluster.urn, path: "nodes" });
  }

  /** The hosts, clusters and virtual machines that have a name; a cluster also that of its Replica Broker. */
  entitiesNamed(name: string): readonly NamedEntity[] {
    return this.entities.named(name);
  }

  /** Virtual machines on different hosts may have one name. */
  machinesNamed(name: string): readonly VirtualMachine[] {
    return this.entities.machinesNamed(name);
  }

  /** What hosts, clusters and virtual machines are called, a cluster also by its Replica Broker. */
  names(kinds: readonly NamedEntity["kind"][]): readonly string[] {
    return this.entities.names(kinds);
  }

  /** Whether there may be more hosts, clusters and virtual machines than can be found by their names. */
  get namesAreIncomplete(): boolean {
    return !this.isWhole || this.mayNameMore || this.entities.someNameIsUnknown;
  }

  private ownersOf(vm: VirtualMachine): Value<readonly Value<Host>[]> {
    return this.ownersByVm.get(vm) ?? absent({ urn: vm.urn, path: "possibleOwners" });
  }

  /** The nodes of a cluster as far as they are known. */
  knownNodesOf(cluster: Cluster): readonly Host[] {
    return this.nodesByCluster.get(cluster) ?? [];
  }

  /** What is in the way of knowing all nodes of a cluster, if anything. */
  private unknownNodes(cluster: Cluster): Unknown | undefined {
    if (this.hostsAreIncomplete) return unknown({ urn: cluster.urn, path: "nodes" });
    return this.unknownNodesByCluster.get(cluster) ?? this.unknownCluster;
  }

  /** Network names that contradict each other or point at nothing. */
  private reportNetworks(): void {
    const { suggestions } = this;
    const problems = [
      ...this.hosts.flatMap((host) => networkProblemsOfHost(host, suggestions)),
      ...this.clusters.flatMap((cluster) => networkProblemsOfCluster(cluster, suggestions)),
      ...this.virtualMachines.flatMap((vm) => networkProblemsOfMachine(vm, this.clusterAround(vm), suggestions)),
    ];
    for (const problem of problems) this.report(problem);
  }

  /** Hosts may name their cluster, and clusters their nodes. */
  private joinHostsToClusters(): void {
    const declaredBy = new Map<Cluster, Host[]>();
    for (const host of this.hosts) {
      const cluster = this.clusterIndex.follow(host.cluster);
      this.clusterByHost.set(host, cluster);
      if (cluster.state === "known") append(declaredBy, cluster.value, host);
    }
    for (const cluster of this.clusters) {
      const nodes = [...(declaredBy.get(cluster) ?? []), ...this.declaredNodes(cluster)];
      this.nodesByCluster.set(cluster, distinct(nodes));
    }
  }

  /** The hosts that a cluster itself names as its nodes. */
  private declaredNodes(cluster: Cluster): readonly Host[] {
    if (cluster.nodes.state === "unknown") this.unknownNodesByCluster.set(cluster, cluster.nodes);
    return (ifKnown(cluster.nodes) ?? []).flatMap((name) => {
      const host = this.hostIndex.follow(name);
      if (host.state === "unknown") this.unknownNodesByCluster.set(cluster, host);
      if (host.state !== "known") return [];
      this.joinNode(host.value, cluster, name.origin);
      return [host.value];
    });
  }

  private joinNode(host: Host, cluster: Cluster, origin: Origin): void {
    const other = this.clusterOfHost(host);
    if (other.state !== "known" || other.value === cluster) {
      this.clusterByHost.set(host, known(cluster, origin));
      return;
    }
    this.report({
      urn: cluster.urn,
      path: origin.path,
      problem: `names the host ${host.name}, which is a node of the cluster ${other.value.name} already`,
      fix: "A host is a node of only one cluster: remove it from the other.",
    });
  }

  private place(vm: VirtualMachine): void {
    const host = this.hostIndex.follow(vm.host);
    const cluster = this.clusterIndex.follow(vm.cluster);
    this.hostByVm.set(vm, host);
    this.clusterByVm.set(vm, cluster);
    if (host.state === "known") append(this.vmsByHost, host.value, vm);
    else if (cluster.state === "known") append(this.vmsByCluster, cluster.value, vm);
    this.ownersByVm.set(vm, this.joinOwners(vm, cluster));
    if (host.state === "known" && cluster.state === "known") this.checkPlace(vm, host.value, cluster.value);
  }

  /** The host that a machine of a cluster is on is a node, and a possible owner of the machine. */
  private checkPlace(vm: VirtualMachine, host: Host, cluster: Cluster): void {
    const nodes = ifKnown(this.nodesOf(cluster));
    const owners = ifKnown(this.hostsOf(vm));
    if (nodes?.includes(host) === false) {
      this.report({
        urn: vm.urn,
        path: "host",
        problem: `is "${host.name}", which is not a node of its cluster "${cluster.name}"`,
        fix: "Use a node of the cluster, or remove one of the two properties.",
      });
    } else if (owners?.includes(host) === false) {
      this.report({
        urn: vm.urn,
        path: "host",
        problem: `is "${host.name}", which is not one of its possibleOwners`,
        fix: "Name the host among the possible owners, or place the virtual machine on one of them.",
      });
    }
  }

  /** Possible owners are nodes of the machine's cluster, at least one. */
  private joinOwners({ urn, possibleOwners }: VirtualMachine, cluster: Value<Cluster>): Value<readonly Value<Host>[]> {
    if (possibleOwners.state !== "known") return possibleOwners;
    const { origin, value } = possibleOwners;
    if (cluster.state === "absent") {
      const problem = "names possible owners, but no cluster is declared for the virtual machine";
      this.report({ urn, path: origin.path, problem, fix: "Declare the cluster, or remove the possible owners." });
    }
    if (value.length === 0) {
      const problem = "is empty: no node may run the virtual machine";
      this.report({
        urn,
        path: origin.path,
        problem,
        fix: "Name at least one node, or remove it if every node may run the virtual machine.",
      });
      return unknown(origin, "malformed");
    }
    return map(possibleOwners, (names) => names.map((name) => this.joinOwner(name, cluster)));
  }

  private joinOwner(name: Value<string>, cluster: Value<Cluster>): Value<Host> {
    const owner = this.hostIndex.follow(name);
    if (owner.state !== "known" || cluster.state !== "known") return owner;
    const nodes = ifKnown(this.nodesOf(cluster.value));
    if (nodes?.includes(owner.value) !== false) return owner;
    this.report({
      urn: name.origin.urn,
      path: name.origin.path,
      problem: `is "${owner.value.name}", which is not a node of the cluster "${cluster.value.name}"`,
      fix: "Name only nodes of the cluster.",
    });
    return unknown(name.origin, "malformed");
  }
}

function distinct<T extends { readonly urn: string }>(items: readonly T[]): readonly T[] {
  return byUrn([...new Set(items)]);
}
