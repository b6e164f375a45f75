import { append, byUrn, compare, perObject } from "../text/collections";
import { fold, label } from "../text/names";
import { suggestion } from "../text/nearest";
import { joinBackups, type Backup } from "./backups";
import { isSameComputer } from "./computers";
import type { DeclaredResource, Problem } from "./declared";
import type {
  BackupJob,
  Cluster,
  Entity,
  Firewall,
  Host,
  NetworkSecurityGroup,
  ReplicaRelationship,
  SeparateSecurityRule,
  VirtualMachine,
  VmmServer,
} from "./model";
import { networkProblemsOfCluster, networkProblemsOfHost, networkProblemsOfMachine } from "./network-problems";
import { joinReplicas, type Replica } from "./replicas";
import { absent, gatherAll, ifKnown, known, map, unknown, type Unknown, type Value } from "./value";
import { vmmProblems } from "./vmm-problems";

/** What a dialect reads from resources, before anything is joined. */
export interface Facts {
  /** Every resource that was read. */
  readonly declared: readonly DeclaredResource[];
  readonly hosts: readonly Host[];
  readonly clusters: readonly Cluster[];
  readonly virtualMachines: readonly VirtualMachine[];
  readonly vmmServers: readonly VmmServer[];
  readonly firewalls: readonly Firewall[];
  readonly networkSecurityGroups: readonly NetworkSecurityGroup[];
  readonly securityRules: readonly SeparateSecurityRule[];
  readonly replicaRelationships: readonly ReplicaRelationship[];
  readonly backupJobs: readonly BackupJob[];
  readonly problems: readonly Problem[];
  /** Resources of a known type that came without any property, as those outside a `--target` do. */
  readonly leftOut: readonly DeclaredResource[];
  /** What may declare something, and cannot be read before the deployment. */
  readonly notEvaluated?: readonly Unknown[];
  /** Whether a script may create something that nobody can tell before it runs. */
  readonly mayNameMore?: boolean;
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
  readonly vmmServers: readonly VmmServer[];
  readonly firewalls: readonly Firewall[];
  readonly networkSecurityGroups: readonly NetworkSecurityGroup[];
  readonly securityRules: readonly SeparateSecurityRule[];
  readonly leftOut: readonly DeclaredResource[];
  /** Hyper-V Replica, whether the virtual machine declares it or a relationship of its own. */
  readonly replicas: readonly Replica[];
  readonly backups: readonly Backup[];
  /** What may declare something, and cannot be read before the deployment. */
  readonly notEvaluated: readonly Unknown[];
  private readonly mayNameMore: boolean;
  /** Where virtual machines are of which it is not known on which host: each may be on any. */
  readonly unplaced: readonly Unknown[];

  private byName: ReadonlyMap<string, readonly (Host | Cluster | VirtualMachine)[]> | undefined;
  private someNameIsOpen: boolean | undefined;
  private readonly problems = new Map<string, Problem[]>();
  private readonly hostsByName: ReadonlyMap<string, Host>;
  private readonly clustersByName: ReadonlyMap<string, Cluster>;
  private readonly hostByVm = new Map<VirtualMachine, Value<Host>>();
  private readonly clusterByVm = new Map<VirtualMachine, Value<Cluster>>();
  private readonly ownersByVm = new Map<VirtualMachine, Value<readonly Value<Host>[]>>();
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
    readonly complete: boolean,
  ) {
    for (const problem of facts.problems) this.complain(problem);
    this.declared = byUrn(facts.declared);
    this.hosts = byUrn(facts.hosts);
    this.clusters = byUrn(facts.clusters);
    this.virtualMachines = byUrn(facts.virtualMachines);
    this.vmmServers = byUrn(facts.vmmServers);
    this.firewalls = byUrn(facts.firewalls);
    this.networkSecurityGroups = byUrn(facts.networkSecurityGroups);
    this.securityRules = byUrn(facts.securityRules);
    this.leftOut = byUrn(facts.leftOut);
    this.notEvaluated = facts.notEvaluated ?? [];
    this.mayNameMore = facts.mayNameMore ?? false;
    this.hostsByName = this.index(this.hosts, "host");
    this.clustersByName = this.index(this.clusters, "cluster");
    for (const host of this.hosts)
      this.clusterByHost.set(host, this.refer(host.cluster, this.clustersByName, "Cluster"));
    for (const cluster of this.clusters) this.joinNodes(cluster);
    this.openCluster = [...this.clusterByHost.values()].find((value) => value.state === "unknown");
    for (const vm of this.virtualMachines) this.place(vm);
    this.complainOfNetworks();
    this.unplaced = [...this.hostByVm.values()].filter((host) => host.state === "unknown");
    const complain = this.complain.bind(this);
    this.replicas = joinReplicas(this, byUrn(facts.replicaRelationships), complain);
    this.backups = joinBackups(this, byUrn(facts.backupJobs), complain);
    for (const problem of vmmProblems(this)) this.complain(problem);
  }

  /** What cannot be read in a declaration, contradicts another or points at nothing, in the order of the properties. */
  problemsOf(resource: DeclaredResource): readonly Problem[] {
    const problems = this.problems.get(resource.urn) ?? [];
    // What the settings say of several resources is wrong once.
    const distinct = new Map(problems.map((problem) => [`${problem.path}\n${problem.problem}`, problem]));
    return [...distinct.values()].sort(
      (one, other) => compare(one.path, other.path) || compare(one.problem, other.problem),
    );
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
    const open = this.openNodes(cluster);
    return open ?? known(this.knownNodesOf(cluster), { urn: cluster.urn, path: "nodes" });
  }

  /** The hosts, clusters and virtual machines that have a name; a cluster also that of its Replica Broker. */
  entitiesNamed(name: string): readonly (Host | Cluster | VirtualMachine)[] {
    this.byName ??= this.indexAll();
    return this.byName.get(fold(name)) ?? this.serversCalled(name);
  }

  /** The only host or cluster of a short name that is written in full, or the other way round. */
  private serversCalled(name: string): readonly (Host | Cluster)[] {
    const found = [...this.hosts, ...this.clusters].filter(
      (server) => !server.nameIsOpen && namesOf(server).some((one) => isSameComputer(one, name)),
    );
    return found.length === 1 ? found : [];
  }

  /** What hosts, clusters and virtual machines are called, a cluster also by its Replica Broker. */
  names(kinds: readonly ("host" | "cluster" | "virtualMachine")[]): readonly string[] {
    const entities = [...this.hosts, ...this.clusters, ...this.virtualMachines].filter(
      ({ kind, nameIsOpen }) => kinds.includes(kind) && !nameIsOpen,
    );
    return [...new Set(entities.flatMap((entity) => namesOf(entity)))];
  }

  /** Whether there may be more hosts, clusters and virtual machines than can be found by their names. */
  get namesAreOpen(): boolean {
    if (!this.complete || this.leftOut.length > 0 || this.mayNameMore) return true;
    return (this.someNameIsOpen ??=
      [...this.hosts, ...this.clusters, ...this.virtualMachines].some(({ nameIsOpen }) => nameIsOpen) ||
      this.clusters.some(({ replicaBroker }) => replicaBroker.state === "unknown"));
  }

  private ownersOf(vm: VirtualMachine): Value<readonly Value<Host>[]> {
    return this.ownersByVm.get(vm) ?? absent({ urn: vm.urn, path: "possibleOwners" });
  }

  /** The nodes of a cluster as far as they are known. */
  knownNodesOf(cluster: Cluster): readonly Host[] {
    return this.nodesByCluster.get(cluster) ?? [];
  }

  /** What is in the way of knowing all nodes of a cluster, if anything. */
  private openNodes(cluster: Cluster): Unknown | undefined {
    if (!this.complete || this.isLeftOut("Host")) return unknown({ urn: cluster.urn, path: "nodes" });
    return this.openNodesByCluster.get(cluster) ?? this.openCluster;
  }

  /** Network names that contradict each other or point at nothing. */
  private complainOfNetworks(): void {
    const problems = [
      ...this.hosts.flatMap(networkProblemsOfHost),
      ...this.clusters.flatMap(networkProblemsOfCluster),
      ...this.virtualMachines.flatMap((vm) => networkProblemsOfMachine(vm, this.clusterAround(vm))),
    ];
    for (const problem of problems) this.complain(problem);
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

  /** By name and by URN, which a component stands for when it is given as a value. */
  private indexAll(): ReadonlyMap<string, readonly (Host | Cluster | VirtualMachine)[]> {
    const byName = new Map<string, (Host | Cluster | VirtualMachine)[]>();
    for (const entity of [...this.hosts, ...this.clusters, ...this.virtualMachines]) {
      if (!entity.nameIsOpen) append(byName, fold(entity.name), entity);
      for (const urn of [entity.urn, ...(entity.kind === "virtualMachine" ? (entity.alsoDeclaredBy ?? []) : [])]) {
        append(byName, fold(urn), entity);
      }
    }
    for (const cluster of this.clusters) {
      if (cluster.replicaBroker.state === "known") append(byName, fold(cluster.replicaBroker.value), cluster);
    }
    return byName;
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
    this.ownersByVm.set(vm, this.joinOwners(vm, cluster));
    if (host.state === "known" && cluster.state === "known") this.checkPlace(vm, host.value, cluster.value);
  }

  /** The host that a machine of a cluster is on is a node, and a possible owner of the machine. */
  private checkPlace(vm: VirtualMachine, host: Host, cluster: Cluster): void {
    const nodes = ifKnown(this.nodesOf(cluster));
    const owners = ifKnown(this.hostsOf(vm));
    if (nodes?.includes(host) === false) {
      this.complain({
        urn: vm.urn,
        path: "host",
        problem: `is "${host.name}", which is not a node of the cluster "${cluster.name}" that is declared too`,
        fix: "Name a node of the cluster, or leave one of the two out.",
      });
    } else if (owners?.includes(host) === false) {
      this.complain({
        urn: vm.urn,
        path: "host",
        problem: `is "${host.name}", which is not one of the possibleOwners that are declared too`,
        fix: "Name the host among the possible owners, or place the virtual machine on one of them.",
      });
    }
  }

  /** Possible owners are nodes of the machine's cluster, at least one. */
  private joinOwners({ urn, possibleOwners }: VirtualMachine, cluster: Value<Cluster>): Value<readonly Value<Host>[]> {
    if (possibleOwners.state !== "known") return possibleOwners;
    const { origin, value } = possibleOwners;
    if (cluster.state === "absent") {
      const problem = "names possible owners, but only a cluster has them and none is declared";
      this.complain({ urn, path: origin.path, problem, fix: "Declare the cluster, or leave the possible owners out." });
    }
    if (value.length === 0) {
      const problem = "is empty: no node may run the virtual machine";
      this.complain({ urn, path: origin.path, problem, fix: "Name nodes, or leave it out when every node may." });
      return unknown(origin, "malformed");
    }
    return map(possibleOwners, (names) => names.map((name) => this.joinOwner(name, cluster)));
  }

  private joinOwner(name: Value<string>, cluster: Value<Cluster>): Value<Host> {
    const owner = this.refer(name, this.hostsByName, "Host");
    if (owner.state !== "known" || cluster.state !== "known") return owner;
    const nodes = ifKnown(this.nodesOf(cluster.value));
    if (nodes?.includes(owner.value) !== false) return owner;
    this.complain({
      urn: name.origin.urn,
      path: name.origin.path,
      problem: `is "${owner.value.name}", which is not a node of the cluster "${cluster.value.name}"`,
      fix: "Name nodes of the cluster only.",
    });
    return unknown(name.origin, "malformed");
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
      (kind === "Host" ? byName.get(label(wanted)) : undefined) ??
      (wanted.startsWith("urn:") ? [...byName.values()].find(({ urn }) => urn === wanted) : undefined);
    if (target !== undefined) return known(target, reference.origin);
    const entities: readonly Entity[] = kind === "Host" ? this.hosts : this.clusters;
    const mayBeNamedSo = entities.some(({ nameIsOpen }) => nameIsOpen);
    const isOpen = mayBeNamedSo || (kind === "Cluster" && this.mayNameMore);
    if (!this.complete || isOpen || this.isLeftOut(kind)) return unknown(reference.origin);
    const names = [...byName.values()].map(({ name }) => name);
    this.complain({
      urn: reference.origin.urn,
      path: reference.origin.path,
      problem: `is "${wanted}", but no ${kind} of that name is declared`,
      fix: suggestion(wanted, names, `declare the ${kind}`),
    });
    return unknown(reference.origin, "malformed");
  }
}

/** A view of an estate that is computed once and shared by all who ask, such as an index that a rule needs. */
export function perEstate<T extends object>(compute: (estate: Estate) => T): (estate: Estate) => T {
  return perObject(compute);
}

function namesOf(entity: Host | Cluster | VirtualMachine): readonly string[] {
  const broker = entity.kind === "cluster" ? ifKnown(entity.replicaBroker) : undefined;
  return broker === undefined ? [entity.name] : [entity.name, broker];
}

function distinct<T extends { readonly urn: string }>(items: readonly T[]): readonly T[] {
  return byUrn([...new Set(items)]);
}
