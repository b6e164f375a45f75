import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { VirtualMachine } from "../../../lib/estate/model";
import type { Limit } from "../../../lib/tables/host-versions";
import { append } from "../../../lib/text/collections";
import { count } from "../../../lib/text/words";
import { surest } from "../shared/exchange-servers";
import { arrange, byDemand, freeAmounts, leastDemand, pack, type Machine, type Room } from "./bin-packing";
import { crewsByHost, type Crew, type Guest } from "./cluster-load";
import type { Break, Lost } from "./location";
import { lastServers } from "./services";

/**
 * Clusters in which not all virtual machines that must run find memory and virtual processors on the remaining nodes.
 * Those that are declared on a remaining node stay there; those on a lost one and those without a declared host must
 * find place. A member of a database availability group need not, since the others serve its databases, unless it holds
 * the last copy or role; and it never comes to a node with another member. A loss that the hosts could carry may still break what Exchange asks of its hosts.
 * @param reserveMB what the user says that the parent partition keeps, else the table's figure holds
 * @param told keys of what need not be looked at, because a part of the loss breaks it already
 */
export function endedRoom(
  lost: Lost,
  estate: Estate,
  reserveMB: number | undefined,
  told: ReadonlySet<string> = new Set(),
): readonly Break[] {
  const concerned = new Set([...lost].flatMap((host) => crewsByHost(estate).get(host) ?? []));
  return [...concerned].flatMap((variants) => {
    const [first] = variants;
    if (first === undefined || told.has(keyOf(first))) return [];
    const last = lastServers(first.services, lost, estate);
    for (const crew of variants) {
      const broken = brokenRoom({ crew, isLost: crew.nodes.map((node) => lost.has(node)), last }, estate, reserveMB);
      if (broken !== undefined) return [broken];
    }
    return [];
  });
}

/** A crew that loses nodes. */
interface Loss {
  readonly crew: Crew;
  /** By the order of the nodes. */
  readonly isLost: readonly boolean[];
  /** The machines on which alone a service rests then. */
  readonly last: ReadonlySet<VirtualMachine>;
}

function keyOf({ cluster }: Crew): string {
  return `room ${cluster.urn}`;
}

function brokenRoom(loss: Loss, estate: Estate, reserveMB: number | undefined): Break | undefined {
  const { cluster, demand } = loss.crew;
  const start = startOf(loss.crew, estate, reserveMB);
  // A cluster that is too small before anything is lost is told by cluster-capacity.
  if (start.settled === undefined || fitsAround(start.settled, loss)) return undefined;
  const problem = problemOf(start, loss);
  if (problem === undefined) return undefined;
  const isUnwritten = reserveMB === undefined && problemOf(startOf(loss.crew, estate, 0), loss) === undefined;
  const evidence = isUnwritten ? reserveOf(loss.crew) : demand?.evidence;
  return {
    key: keyOf(loss.crew),
    text: demand === undefined ? problem : `${problem} (${demand.text})`,
    fix: `Add a node to ${cluster.name} or ${demand?.adding ?? "memory"} to its nodes, or take virtual machines out of it.`,
    ...(evidence === undefined ? {} : { evidence }),
  };
}

function reserveOf({ capacities }: Crew): Limit | undefined {
  return surest(capacities.map(({ unwrittenReserve }) => unwrittenReserve).filter((row) => row !== undefined));
}

/** What runs where before a loss, and who has no place of his own yet. */
interface Whereabouts {
  /** By the order of the nodes: what those that are there leave. */
  readonly rooms: readonly Room[];
  /** The same: who is there. */
  readonly residents: readonly (readonly Guest[])[];
  readonly floating: readonly Guest[];
}

/** As it is declared, and with a place for all that float; without that where not all fit even then. */
interface Start extends Whereabouts {
  readonly settled: Whereabouts | undefined;
}

const starts = perEstate(() => new Map<Crew, Map<number | undefined, Start>>());

function startOf(crew: Crew, estate: Estate, reserveMB: number | undefined): Start {
  const known = starts(estate);
  const ofCrew = known.get(crew) ?? new Map<number | undefined, Start>();
  const start = ofCrew.get(reserveMB) ?? findStart(crew, reserveMB, estate);
  known.set(crew, ofCrew.set(reserveMB, start));
  return start;
}

function findStart(crew: Crew, reserveMB: number | undefined, estate: Estate): Start {
  const empty = crew.capacities.map(({ memoryMB, processors, unwrittenReserve }): Room => ({
    memoryMB: memoryMB - (reserveMB ?? unwrittenReserve?.value ?? 0),
    processors,
    groups: [],
  }));
  const homes = new Map<number, Guest[]>();
  for (const guest of crew.guests) if (guest.home !== undefined) append(homes, guest.home, guest);
  const declared: Whereabouts = {
    rooms: empty.map((room, index) => leftBy(homes.get(index) ?? [], room)),
    residents: empty.map((_, index) => homes.get(index) ?? []),
    // In the order in which they are packed, which then need not be found for each loss.
    floating: crew.guests.filter(({ home }) => home === undefined).sort(byDemand),
  };
  return { ...declared, settled: settle(declared, crew, estate) };
}

/** All that float in a place of their own. */
function settle(declared: Whereabouts, crew: Crew, estate: Estate): Whereabouts | undefined {
  const last = lastServers(crew.services, new Set(), estate);
  const { machines, rooms } = afterLoss(declared, { crew, isLost: crew.nodes.map(() => false), last });
  const { packing, places } = arrange(machines, rooms);
  if (packing !== "fits") return undefined;
  const coming = new Map<number, Guest[]>();
  for (const [{ guest }, index] of places) append(coming, index, guest);
  return {
    rooms: rooms.map((room, index) => leftBy(coming.get(index) ?? [], room)),
    residents: declared.residents.map((guests, index) => [...guests, ...(coming.get(index) ?? [])]),
    floating: [],
  };
}

/** What guests leave of a room. */
function leftBy(guests: readonly Guest[], room: Room): Room {
  const sum = (amount: (guest: Guest) => number): number => guests.reduce((all, guest) => all + amount(guest), 0);
  return {
    memoryMB: room.memoryMB - sum(({ memoryMB }) => memoryMB),
    processors: room.processors - sum(({ processors }) => processors),
    groups: [...room.groups, ...guests.flatMap(({ group }) => group ?? [])],
  };
}

/**
 * Whether those on the lost nodes find place while all others stay where they are: that proves that there is an
 * arrangement, and touches the guests of the lost nodes only. The contrary proves nothing.
 */
function fitsAround(settled: Whereabouts, loss: Loss): boolean {
  const { machines, rooms } = afterLoss(settled, loss);
  return pack(machines, rooms, 0) === "fits";
}

/** Why what must run cannot be arranged on the remaining nodes; undefined when it can. */
function problemOf(start: Whereabouts, loss: Loss): string | undefined {
  const { machines, rooms } = afterLoss(start, loss);
  const packing = pack(machines, rooms);
  if (packing === "fits") return undefined;
  const needed = leastDemand(machines, rooms);
  const free = freeAmounts(rooms);
  const where = `the other ${count(loss.isLost.filter((one) => !one).length, "node")} of ${loss.crew.cluster.name}`;
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

/** A guest that must find place. */
interface Mover extends Machine {
  readonly guest: Guest;
}

/** The rooms that a guest may take: the remaining ones, and all with the lost ones first, where staying off costs nothing. */
interface Choice {
  readonly remaining: readonly number[];
  readonly offFirst: readonly number[];
}

function choiceOf(rooms: readonly number[], isLost: readonly boolean[]): Choice {
  const remaining = rooms.filter((index) => isLost[index] !== true);
  return { remaining, offFirst: [...rooms.filter((index) => isLost[index] === true), ...remaining] };
}

/** Who must find place, and where there is some. A lost node is a place for those that may stay off. */
function afterLoss(
  { rooms, residents, floating }: Whereabouts,
  { isLost, last }: Loss,
): { readonly machines: readonly Mover[]; readonly rooms: readonly Room[] } {
  const off = new Map<number, string[]>();
  const choices = new Map<readonly number[], Choice>();
  const machines: Mover[] = [];
  const leaving = residents.flatMap((guests, index) => (isLost[index] === true ? guests : []));
  for (const guest of [...floating, ...leaving]) {
    const { vm, home, isClustered, memoryMB, processors, group } = guest;
    const isDispensable = group !== undefined && !last.has(vm);
    if (home !== undefined && (!isClustered || isDispensable)) {
      if (group !== undefined) append(off, home, group);
      continue;
    }
    const { remaining, offFirst } = choices.get(guest.rooms) ?? choiceOf(guest.rooms, isLost);
    choices.set(guest.rooms, { remaining, offFirst });
    const choice = isDispensable ? offFirst : remaining;
    // Where no node is left that may run it, no room would help.
    if (choice.length > 0) {
      machines.push({ guest, memoryMB, processors, rooms: choice, group });
    }
  }
  const places = rooms.map((room, index) =>
    isLost[index] === true ? { memoryMB: Infinity, processors: Infinity, groups: off.get(index) ?? [] } : room,
  );
  return { machines, rooms: places };
}
