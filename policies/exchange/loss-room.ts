import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Cluster, Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { count } from "../../lib/rules/message";
import { freeAmounts, leastDemand, pack, type Amounts, type Machine, type Room } from "../../lib/survival/packing";
import { limitOf, processorAllowance } from "../../lib/tables/host-versions";
import { logicalProcessors, onlyWindows7 } from "../hosts/running-processors";
import { lastServers, servicesOn, type Service } from "./loss-services";
import { groupNameOf, type Break, type Lost } from "./loss-whereabouts";

/** A cluster that runs Exchange, with all that its nodes run. */
interface Crew {
  readonly cluster: Cluster;
  readonly nodes: readonly Host[];
  readonly guests: readonly Guest[];
  /** By the order of the nodes: what each has for virtual machines, without the parent's reserve. */
  readonly capacities: readonly Capacity[];
  /** What rests on its virtual machines. */
  readonly services: readonly Service[];
}

interface Capacity extends Amounts {
  /** What the parent partition keeps in MB, by a figure that no document gives. */
  readonly unwrittenReserveMB: number;
}

interface Guest extends Amounts {
  readonly vm: VirtualMachine;
  /** Index of the node that it is declared on. */
  readonly home: number | undefined;
  /** Whether the cluster restarts it. */
  readonly isClustered: boolean;
  /** Indexes of the nodes that may run it; the same list for all that any node may run. */
  readonly rooms: readonly number[];
  readonly group: string | undefined;
}

/**
 * Clusters in which not all virtual machines that must run find memory and virtual processors on the remaining nodes.
 * Those that are declared on a remaining node stay there; those on a lost one and those without a declared host must
 * find place. A member of a database availability group need not, since the others serve its databases, unless it holds
 * the last copy or role; and it never comes to a node with another member. A cluster that is too small before anything
 * is lost is told by cluster-capacity.
 * @param reserveMB what the user says that the parent partition keeps, else the table's figure holds
 */
export function endedRoom(lost: Lost, estate: Estate, reserveMB: number | undefined): readonly Break[] {
  return crews(estate).flatMap((crew) => {
    if (!crew.nodes.some((node) => lost.has(node)) || !fitsAtFirst(crew, estate, reserveMB)) return [];
    const problem = arrange(crew, lost, estate, reserveMB);
    if (problem === undefined) return [];
    const { name } = crew.cluster;
    const isUnwritten = reserveMB === undefined && arrange(crew, lost, estate, 0) === undefined;
    const fix = `Add a node to ${name} or memory to its nodes, or take virtual machines out of it.`;
    return [{ key: `room ${crew.cluster.urn}`, text: problem, fix, isUnwritten }];
  });
}

/** The clusters that run Exchange. */
export const clustersWithExchange = perEstate((estate): ReadonlySet<Cluster> => {
  const runsExchange = (cluster: Cluster): boolean =>
    estate.virtualMachinesIn(cluster).some(({ exchange }) => exchange.state !== "absent");
  return new Set(estate.clusters.filter(runsExchange));
});

/** The clusters that run Exchange and whose nodes are known. */
const crews = perEstate((estate): readonly Crew[] =>
  [...clustersWithExchange(estate)].flatMap((cluster) => {
    const nodes = ifKnown(estate.nodesOf(cluster));
    return nodes === undefined || nodes.length === 0 ? [] : [crewOf(cluster, nodes, estate)];
  }),
);

function crewOf(cluster: Cluster, nodes: readonly Host[], estate: Estate): Crew {
  const indexes = new Map(nodes.map((node, index) => [node, index]));
  const all = nodes.map((_, index) => index);
  const guests = estate.virtualMachinesIn(cluster).map((vm): Guest => {
    const home = ifKnown(estate.hostOf(vm));
    const owners = vm.possibleOwners.state === "absent" ? undefined : ifKnown(estate.hostsOf(vm));
    return {
      vm,
      home: home === undefined ? undefined : indexes.get(home),
      isClustered: ifKnown(estate.clusterOf(vm)) === cluster,
      rooms: owners === undefined ? all : owners.flatMap((owner) => indexes.get(owner) ?? []),
      group: groupNameOf(vm, estate),
      // More can only be added to what is known.
      memoryMB: ifKnown(vm.memoryMB) ?? 0,
      processors: ifKnown(vm.processorCount) ?? 0,
    };
  });
  return {
    cluster,
    nodes,
    guests,
    capacities: nodes.map((node, index) => capacityOf(node, index, guests)),
    services: servicesOn(new Set(guests.map(({ vm }) => vm)), estate),
  };
}

/** What is not known is taken to be enough. */
function capacityOf(node: Host, index: number, guests: readonly Guest[]): Capacity {
  const version = ifKnown(node.operatingSystem);
  const logical = ifKnown(logicalProcessors(node));
  // The higher ratio holds while only Windows 7 comes to run there: that some other machine could is no finding yet.
  const isWindows7 = (vms: readonly VirtualMachine[]): boolean =>
    version !== undefined && onlyWindows7(version, vms) !== false;
  const windows7 =
    isWindows7(guests.filter(({ home }) => home === index).map(({ vm }) => vm)) &&
    guests.some(({ vm, rooms }) => rooms.includes(index) && isWindows7([vm]));
  const allowance =
    version === undefined || logical === undefined ? undefined : processorAllowance(version, logical, windows7);
  return {
    memoryMB: ifKnown(node.memoryMB) ?? Infinity,
    processors: allowance?.maximum ?? Infinity,
    unwrittenReserveMB: (version === undefined ? undefined : limitOf(version, "parentReserve")?.value) ?? 0,
  };
}

const baselines = perEstate(() => new Map<string, boolean>());

function fitsAtFirst(crew: Crew, estate: Estate, reserveMB: number | undefined): boolean {
  const known = baselines(estate);
  const key = `${crew.cluster.urn} ${String(reserveMB)}`;
  const fits = known.get(key) ?? arrange(crew, new Set(), estate, reserveMB) === undefined;
  known.set(key, fits);
  return fits;
}

/** Why what must run cannot be arranged on the remaining nodes; undefined when it can. */
function arrange(crew: Crew, lost: Lost, estate: Estate, reserveMB: number | undefined): string | undefined {
  const { machines, rooms } = afterLoss(crew, lost, estate, reserveMB);
  const packing = pack(machines, rooms);
  if (packing === "fits") return undefined;
  const needed = leastDemand(machines, rooms);
  const free = freeAmounts(rooms);
  const where = `the other ${count(crew.nodes.filter((node) => !lost.has(node)).length, "node")} of ${crew.cluster.name}`;
  const lacks = [
    ...(needed.memoryMB > free.memoryMB
      ? [`${String(needed.memoryMB)} MB of memory, where ${String(free.memoryMB)} MB are free`]
      : []),
    ...(needed.processors > free.processors
      ? [`${count(needed.processors, "virtual processor")}, where there is room for ${String(free.processors)}`]
      : []),
  ];
  const what = "the virtual machines that must find place on";
  if (lacks.length > 0) return `${what} ${where} need ${lacks.join(", and ")}`;
  const sums = `they need ${String(needed.memoryMB)} MB of memory, and ${String(free.memoryMB)} MB are free`;
  return packing === "doesNotFit"
    ? `${what} ${where} cannot be arranged there (${sums}, but not in the right places)`
    : `no arrangement was found for ${what.slice(4)} ${where} (${sums}), though there may be one`;
}

/** What must find place, and where there is some. A lost node is a place for those that may stay off. */
function afterLoss(
  { nodes, guests, capacities, services }: Crew,
  lost: Lost,
  estate: Estate,
  reserveMB: number | undefined,
): { readonly machines: readonly Machine[]; readonly rooms: readonly Room[] } {
  const last = lastServers(services, lost, estate);
  const isLost = nodes.map((node) => lost.has(node));
  const left = capacities.map(({ memoryMB, processors, unwrittenReserveMB }, index) =>
    isLost[index] === true
      ? { memoryMB: Infinity, processors: Infinity, groups: [] as string[] }
      : { memoryMB: memoryMB - (reserveMB ?? unwrittenReserveMB), processors, groups: [] as string[] },
  );
  const remaining = new Map<readonly number[], readonly number[]>();
  const machines: Machine[] = [];
  for (const { vm, home, isClustered, rooms, group, memoryMB, processors } of guests) {
    const room = home === undefined ? undefined : left[home];
    const isDispensable = group !== undefined && !last.has(vm);
    const staysOff = home !== undefined && isLost[home] === true && (!isClustered || isDispensable);
    if (room !== undefined && (staysOff || (home !== undefined && isLost[home] !== true))) {
      room.memoryMB -= memoryMB;
      room.processors -= processors;
      if (group !== undefined) room.groups.push(group);
      continue;
    }
    if (!remaining.has(rooms))
      remaining.set(
        rooms,
        rooms.filter((index) => isLost[index] !== true),
      );
    const choice = isDispensable ? rooms : (remaining.get(rooms) ?? []);
    // Where no node is left that may run it, no room would help.
    if (choice.length > 0) {
      machines.push({ memoryMB, processors, rooms: choice, ...(group === undefined ? {} : { group }) });
    }
  }
  return { machines, rooms: left };
}
