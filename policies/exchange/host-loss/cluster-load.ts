import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Cluster, Host, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import type { Evidence } from "../../../lib/rules/verdict";
import { exchangeFigures, exchangeStatement, type Figure } from "../../../lib/tables/exchange";
import { limitOf, processorAllowance, type Limit } from "../../../lib/tables/host-versions";
import { append } from "../../../lib/text/collections";
import { mostMemoryMB } from "../../hosts/shared/memory-demand";
import { logicalProcessors, onlyWindows7, physicalCores } from "../../hosts/shared/running-processors";
import { surest } from "../shared/exchange-servers";
import type { Amounts } from "./bin-packing";
import { groupNameOf } from "./location";
import { servicesOn, type Service } from "./services";

/** A cluster that runs Exchange, with all that its nodes run, as one of the rules counts it. */
export interface Crew {
  readonly cluster: Cluster;
  readonly nodes: readonly Host[];
  readonly guests: readonly Guest[];
  /** By the order of the nodes: what each has for virtual machines, without the parent's reserve. */
  readonly capacities: readonly Capacity[];
  /** What rests on its virtual machines. */
  readonly services: readonly Service[];
  /** What Exchange asks for beyond what the hosts can take; undefined where only that counts. */
  readonly demand: Demand | undefined;
}

/** What a host of Exchange keeps to. */
export interface Demand {
  /** In parentheses after what is lacking. */
  readonly text: string;
  /** What would help, as in `Add cores to its nodes`. */
  readonly adding: string;
  readonly evidence: Evidence;
}

export interface Capacity extends Amounts {
  /** What the parent partition keeps, by a figure that no document gives. */
  readonly unwrittenReserve: Limit | undefined;
}

export interface Guest extends Amounts {
  readonly vm: VirtualMachine;
  /** Index of the node that it is declared on. */
  readonly home: number | undefined;
  /** Whether the cluster restarts it. */
  readonly isClustered: boolean;
  /** Indexes of the nodes that may run it; the same list for all that any node may run. */
  readonly rooms: readonly number[];
  readonly group: string | undefined;
}

/** The clusters that run Exchange. */
export const clustersWithExchange = perEstate((estate): ReadonlySet<Cluster> => {
  const runsExchange = (cluster: Cluster): boolean =>
    estate.virtualMachinesIn(cluster).some(({ exchange }) => exchange.state !== "absent");
  return new Set(estate.clusters.filter(runsExchange));
});

/** The clusters that run Exchange and whose nodes are known, each in the ways in which it is looked at. */
const crews = perEstate((estate): readonly (readonly Crew[])[] =>
  [...clustersWithExchange(estate)].flatMap((cluster) => {
    const nodes = ifKnown(estate.nodesOf(cluster));
    if (nodes === undefined || nodes.length === 0) return [];
    const crew = crewOf(cluster, nodes, estate);
    return [[crew, ...notOversubscribed(crew), ...withRatio(crew)]];
  }),
);

/** The same by host: a loss concerns no other cluster than its hosts'. */
export const crewsByHost = perEstate((estate): ReadonlyMap<Host, readonly (readonly Crew[])[]> => {
  const byHost = new Map<Host, (readonly Crew[])[]>();
  for (const variants of crews(estate)) for (const node of variants[0]?.nodes ?? []) append(byHost, node, variants);
  return byHost;
});

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
    demand: undefined,
  };
}

/** With the most that other guests may take, as far as they run nowhere but where Exchange may run too. */
function notOversubscribed(crew: Crew): readonly Crew[] {
  const versions = crew.nodes.map((_, index) => versionsOn(crew, index));
  const evidence = surest(versions.flat().flatMap((version) => exchangeStatement(version, "dynamicMemory") ?? []));
  const guests = crew.guests.map((guest) => {
    const most = guest.vm.exchange.state === "absent" ? ifKnown(mostMemoryMB(guest.vm)) : undefined;
    const isBeside = placesOf(guest).every((index) => versions[index]?.length !== 0);
    return most === undefined || !isBeside ? guest : { ...guest, memoryMB: most };
  });
  const isMore = guests.some(({ memoryMB }, index) => memoryMB !== crew.guests[index]?.memoryMB);
  const text = "with the most that dynamic memory may take, since a host of Exchange is not oversubscribed";
  return isMore && evidence !== undefined ? [{ ...crew, guests, demand: { text, adding: "memory", evidence } }] : [];
}

/** With the virtual processors that Exchange allows for each core: first where a document says it, then wherever it holds. */
function withRatio(crew: Crew): readonly Crew[] {
  const figures = crew.nodes.map((_, index) =>
    surest(versionsOn(crew, index).flatMap((version) => exchangeFigures(version, "processorRatio"))),
  );
  const written = figures.map((figure) => (figure?.confidence === "unverified" ? undefined : figure));
  const isAllWritten = written.every((figure, index) => figure === figures[index]);
  return [...bounded(crew, written), ...(isAllWritten ? [] : bounded(crew, figures))];
}

/** @param ratios by the order of the nodes; none where Exchange sets no bound */
function bounded(crew: Crew, ratios: readonly (Figure | undefined)[]): readonly Crew[] {
  const known = ratios.filter((ratio) => ratio !== undefined);
  const evidence = known.find(({ confidence }) => confidence === "unverified") ?? surest(known);
  if (evidence === undefined) return [];
  const capacities = crew.capacities.map((capacity, index) => {
    const ratio = ratios[index];
    const cores = crew.nodes[index] === undefined ? undefined : ifKnown(physicalCores(crew.nodes[index]));
    if (ratio === undefined || cores === undefined) return capacity;
    return { ...capacity, processors: Math.min(capacity.processors, ratio.value * cores) };
  });
  const text = `Exchange allows ${String(evidence.value)} virtual processors for each physical core of its host`;
  return [{ ...crew, capacities, demand: { text, adding: "cores", evidence } }];
}

/** The versions of the Exchange servers that a node runs or may come to run. */
function versionsOn({ guests }: Crew, index: number): readonly string[] {
  const servers = guests.filter((guest) => placesOf(guest).includes(index));
  return servers.flatMap(({ vm }) => {
    const server = ifKnown(vm.exchange);
    return server?.version.state === "known" ? [server.version.value] : [];
  });
}

/** Indexes of the nodes that a guest runs on or may come to. */
function placesOf({ home, isClustered, rooms }: Guest): readonly number[] {
  if (!isClustered) return home === undefined ? [] : [home];
  return home === undefined || rooms.includes(home) ? rooms : [home, ...rooms];
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
    unwrittenReserve: version === undefined ? undefined : limitOf(version, "parentReserve"),
  };
}
