import { perEstate, type Estate } from "../../lib/estate/estate";
import { count } from "../../lib/rules/message";
import { freeAmounts, leastDemand, pack, type Machine, type Room } from "../../lib/survival/packing";
import type { Limit } from "../../lib/tables/host-versions";
import { surest } from "./exchange-servers";
import { crews, type Crew } from "./loss-crews";
import { lastServers } from "./loss-services";
import type { Break, Lost } from "./loss-whereabouts";

/**
 * Clusters in which not all virtual machines that must run find memory and virtual processors on the remaining nodes.
 * Those that are declared on a remaining node stay there; those on a lost one and those without a declared host must
 * find place. A member of a database availability group need not, since the others serve its databases, unless it holds
 * the last copy or role; and it never comes to a node with another member. A cluster that is too small before anything
 * is lost is told by cluster-capacity. A loss that the hosts could carry may still break what Exchange asks of its hosts.
 * @param reserveMB what the user says that the parent partition keeps, else the table's figure holds
 */
export function endedRoom(lost: Lost, estate: Estate, reserveMB: number | undefined): readonly Break[] {
  return crews(estate).flatMap((variants) => {
    for (const crew of variants) {
      const broken = brokenRoom(crew, lost, estate, reserveMB);
      if (broken !== undefined) return [broken];
    }
    return [];
  });
}

function brokenRoom(crew: Crew, lost: Lost, estate: Estate, reserveMB: number | undefined): Break | undefined {
  if (!crew.nodes.some((node) => lost.has(node)) || !fitsAtFirst(crew, estate, reserveMB)) return undefined;
  const problem = arrange(crew, lost, estate, reserveMB);
  if (problem === undefined) return undefined;
  const { cluster, demand } = crew;
  const isUnwritten = reserveMB === undefined && arrange(crew, lost, estate, 0) === undefined;
  const evidence = isUnwritten ? reserveOf(crew) : demand?.evidence;
  return {
    key: `room ${cluster.urn}`,
    text: demand === undefined ? problem : `${problem} (${demand.text})`,
    fix: `Add a node to ${cluster.name} or ${demand?.adding ?? "memory"} to its nodes, or take virtual machines out of it.`,
    ...(evidence === undefined ? {} : { evidence }),
  };
}

function reserveOf({ capacities }: Crew): Limit | undefined {
  return surest(capacities.map(({ unwrittenReserve }) => unwrittenReserve).filter((row) => row !== undefined));
}

const baselines = perEstate(() => new Map<string, boolean>());

function fitsAtFirst(crew: Crew, estate: Estate, reserveMB: number | undefined): boolean {
  const known = baselines(estate);
  const key = [crew.cluster.urn, crew.demand?.text, crew.demand?.evidence.confidence, reserveMB].join("\n");
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
  const left = capacities.map(({ memoryMB, processors, unwrittenReserve }, index) =>
    isLost[index] === true
      ? { memoryMB: Infinity, processors: Infinity, groups: [] as string[] }
      : { memoryMB: memoryMB - (reserveMB ?? unwrittenReserve?.value ?? 0), processors, groups: [] as string[] },
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
