import { compare } from "../text/collections";
import { fold } from "../text/names";
import { joinComputers } from "./computers";
import type { DeclaredResource, Problem } from "./declared";
import { anyMachineKey, machineKey, nameKey } from "./keys";
import type { EntityLists } from "./kinds";
import type {
  Computer,
  Linked,
  LinkedCluster,
  LinkedFactLists,
  LinkedKinds,
  LinkedVirtualMachine,
  Reference,
} from "./linked-facts";
import { Linker, type Dependencies } from "./linker";
import { changedFacts } from "./machine-changes";
import { joinComponents, type DeclaredMachine } from "./merge-machines";
import type { Cluster, ClusterNetwork, Host, VirtualMachine } from "./model";
import { known, map, type Value, type Values } from "./value";

/** What the dialects have read, before it is joined. */
export interface Unjoined extends Pick<
  EntityLists,
  "hosts" | "clusters" | "virtualMachines" | "computers" | "virtualSwitches" | "hostAdapters"
> {
  readonly linkedFacts: LinkedFactLists;
}

/** Hosts and virtual machines with all the facts that were declared of them, wherever those stand. */
export interface Joined {
  readonly clusters: readonly Cluster[];
  readonly hosts: readonly Host[];
  readonly virtualMachines: readonly VirtualMachine[];
  /** Where resources contradict each other. */
  readonly problems: readonly Problem[];
}

/**
 * Puts together what stands in several resources.
 * @param resources those that were read, for their dependencies
 * @param complete false while more resources may be declared than were read: what is not found is unknown then
 */
export function join(unjoined: Unjoined, resources: readonly DeclaredResource[], complete: boolean): Joined {
  const { hosts, clusters, virtualMachines, virtualSwitches, hostAdapters, linkedFacts } = unjoined;
  const isIncomplete = !complete || hosts.some(({ nameIsUnknown }) => nameIsUnknown);
  const computers = [
    ...unjoined.computers,
    ...[...virtualMachines, ...virtualSwitches, ...hostAdapters].flatMap(({ computer }) => computer ?? []),
    ...clusters.flatMap(({ computers: nodes }) => (nodes?.state === "known" ? nodes.value : [])),
  ];
  const places = joinComputers(hosts, computers, { virtualSwitches, hostAdapters }, isIncomplete);
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const dependencies: Dependencies = (urn, property) =>
    [...(byUrn.get(urn)?.propertyDependencies?.[property] ?? [])].sort(compare);
  const linkers = linkersFor(linkedFacts, dependencies, complete);
  const joinedClusters = clusters
    .filter((cluster) => !isDeclaredElsewhere(cluster, clusters))
    .map((cluster) => joinNetworks(joinNodes(cluster, places.hostOf), linkers.clusterNetwork));
  const machines = virtualMachines.map((vm) => joinMachine(vm, linkers, places.hostOf));
  const around = { resources: byUrn, dependencies, clusters: joinedClusters, ...places };
  return { clusters: joinedClusters, hosts: places.hosts, ...joinComponents(machines, around) };
}

type Linkers = { readonly [K in keyof LinkedKinds]: Linker<LinkedKinds[K]> };

function linkersFor(facts: LinkedFactLists, dependencies: Dependencies, complete: boolean): Linkers {
  return {
    disk: new Linker(facts.disk, dependencies, complete),
    adapter: new Linker(facts.adapter, dependencies, complete),
    virtualMachine: new Linker(facts.virtualMachine, dependencies, complete),
    availabilitySet: new Linker(facts.availabilitySet, dependencies, complete),
    storageContainer: new Linker(facts.storageContainer, dependencies, complete),
    clusterNetwork: new Linker(facts.clusterNetwork, dependencies, complete),
  };
}

function joinMachine(
  { references = [], sets, storageContainer, computer, createsNothing = false, ...linked }: LinkedVirtualMachine,
  linkers: Linkers,
  hostOf: (computer: Computer) => Value<string>,
): DeclaredMachine {
  const vm: VirtualMachine = {
    ...linked,
    host: linked.host.state === "absent" && computer !== undefined ? hostOf(computer) : linked.host,
    disks: joinList(linked.disks, linkers.disk, ({ purpose }) => likeness(purpose)),
    networkAdapters: joinList(linked.networkAdapters, linkers.adapter, () => ""),
    availabilitySets:
      linked.availabilitySets.state === "absent" && sets !== undefined
        ? map(
            joinList(sets, linkers.availabilitySet, () => ""),
            (all) => all.map(({ name }) => name),
          )
        : linked.availabilitySets,
    storagePath:
      linked.storagePath.state === "absent" && storageContainer !== undefined
        ? (linkers.storageContainer.missing(storageContainer, storageContainer.references ?? []).storagePath ??
          linked.storagePath)
        : linked.storagePath,
  };
  const all = [...references, ...byName(vm)];
  const found = linkers.virtualMachine.missing(vm, all);
  const whole = { ...vm, ...found, ...changedFacts(vm, linkers.virtualMachine.changes(all)) };
  const disks = joinList(whole.disks, linkers.disk, ({ purpose }) => likeness(purpose));
  return { vm: { ...whole, disks }, createsNothing };
}

/** Whether a cluster that lists computers is declared as well, which has more facts, or is reported twice. */
function isDeclaredElsewhere(cluster: LinkedCluster, all: readonly LinkedCluster[]): boolean {
  const { computers, name, nameIsUnknown } = cluster;
  if (computers === undefined || nameIsUnknown) return false;
  const same = all.filter((other) => !other.nameIsUnknown && fold(other.name) === fold(name));
  return same.some((other) => other.computers === undefined) || same[0] !== cluster;
}

function joinNodes({ computers, ...cluster }: LinkedCluster, hostOf: (computer: Computer) => Value<string>): Cluster {
  return computers === undefined ? cluster : { ...cluster, nodes: map(computers, (nodes) => nodes.map(hostOf)) };
}

/** A cluster whose networks have what commands set in them. */
function joinNetworks(cluster: Cluster, linker: Linker<LinkedKinds["clusterNetwork"]>): Cluster {
  const networks = map(cluster.networks, (list) =>
    list.map((network): ClusterNetwork => {
      const keys = map(network.name, (name) => [nameKey(`network of ${cluster.name}`, name), nameKey("network", name)]);
      const found = linker.missing(network, [{ keys, property: "networks" }]);
      // Without a metric of its own the network was taken to number itself.
      return {
        ...network,
        ...found,
        ...(found.metric?.state === "known" ? { autoMetric: known(false, found.metric.origin) } : {}),
      };
    }),
  );
  return { ...cluster, networks };
}

/** Facts that other resources give for a machine of this name: on its host, or wherever it is. */
function byName({
  urn,
  name,
  nameIsUnknown,
  host,
}: VirtualMachine): readonly Reference<LinkedKinds["virtualMachine"]>[] {
  if (nameIsUnknown) return [];
  const keys =
    host.state === "known" ? [machineKey(name, host.value), machineKey(name, undefined)] : [anyMachineKey(name)];
  return keys.map((key) => ({ keys: known([key], { urn, path: "name" }), property: "name" }));
}

function joinList<F extends object, T extends Values<F>>(
  list: Value<readonly (T & Linked<F>)[]>,
  linker: Linker<F>,
  likenessOf: (item: T) => string,
): Value<readonly T[]> {
  return map(list, (items) => {
    if (items.every(({ references }) => references === undefined)) return items;
    const pairs = linker.pair(
      items.flatMap((item) => {
        const [reference] = item.references ?? [];
        return reference === undefined ? [] : [{ reference, likeness: likenessOf(item) }];
      }),
    );
    return items.map((item) =>
      item.references === undefined ? item : { ...item, ...linker.missing(item, item.references, pairs) },
    );
  });
}

function likeness(value: Value<string>): string {
  return value.state === "known" ? value.value : value.state;
}
