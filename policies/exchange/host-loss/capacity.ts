import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { VirtualMachine } from "../../../lib/estate/model";
import { atMost } from "../../../lib/rules/figures";
import type { Limit } from "../../../lib/tables/host-versions";
import { append } from "../../../lib/text/collections";
import { count } from "../../../lib/text/words";
import { surest } from "../shared/exchange-servers";
import {
  arrange,
  byDemand,
  freeAmounts,
  leastDemand,
  pack,
  type Amounts,
  type Machine,
  type NodeCapacity,
} from "../../hosts/shared/bin-packing";
import { clusterLoadsByHost, type ClusterLoad, type MachineLoad } from "./cluster-load";
import type { LostHosts, Outage } from "./location";
import { lastServers } from "./services";

/**
 * Clusters whose remaining nodes do not have the memory and virtual processors for all virtual machines that must run.
 * Those that are declared on a remaining node stay there; those on a lost one and those without a declared host must
 * fit on the remaining nodes. A member of a database availability group may stay off, since the others serve its
 * databases, unless it holds the last copy or role; and it never runs on a node with another member. Where the hosts
 * have enough for all, the limits of Exchange for its hosts may still be exceeded.
 * @param reserveMB the memory that the user reserves for the parent partition; else the figure of the table
 * @param known keys of outages that need not be computed, since the loss of fewer hosts causes them
 */
export function capacityOutages(
  lost: LostHosts,
  estate: Estate,
  reserveMB: number | undefined,
  known: ReadonlySet<string> = new Set(),
): readonly Outage[] {
  const affected = new Set([...lost].flatMap((host) => clusterLoadsByHost(estate).get(host) ?? []));
  return [...affected].flatMap((variants) => {
    const [first] = variants;
    if (first === undefined || known.has(keyOf(first))) return [];
    const last = lastServers(first.services, lost, estate);
    for (const clusterLoad of variants) {
      const outage = capacityOutage(
        { clusterLoad, isLost: clusterLoad.nodes.map((node) => lost.has(node)), last },
        estate,
        reserveMB,
      );
      if (outage !== undefined) return [outage];
    }
    return [];
  });
}

/** The load of a cluster that loses nodes. */
interface Loss {
  readonly clusterLoad: ClusterLoad;
  /** By the order of the nodes. */
  readonly isLost: readonly boolean[];
  /** The virtual machines that are then the last servers of a service. */
  readonly last: ReadonlySet<VirtualMachine>;
}

function keyOf({ cluster }: ClusterLoad): string {
  return `capacity ${cluster.urn}`;
}

function capacityOutage(loss: Loss, estate: Estate, reserveMB: number | undefined): Outage | undefined {
  const { cluster, requirement } = loss.clusterLoad;
  const initial = initialPlacementOf(loss.clusterLoad, estate, reserveMB);
  // cluster-capacity reports a cluster that is too small before anything is lost.
  if (initial.complete === undefined || fitsWithoutMoving(initial.complete, loss)) return undefined;
  const problem = problemOf(initial, loss);
  if (problem === undefined) return undefined;
  const isUndocumented =
    reserveMB === undefined && problemOf(initialPlacementOf(loss.clusterLoad, estate, 0), loss) === undefined;
  const evidence = isUndocumented ? reserveOf(loss.clusterLoad) : requirement?.evidence;
  return {
    key: keyOf(loss.clusterLoad),
    found: problem.found,
    ...(problem.limit === undefined ? {} : { limit: problem.limit }),
    text: requirement === undefined ? problem.text : `${problem.text} (${requirement.text})`,
    fix: `Add a node to ${cluster.name} or ${requirement?.adding ?? problem.adding} to its nodes, or move virtual machines to another cluster.`,
    ...(evidence === undefined ? {} : { evidence }),
  };
}

function reserveOf({ capacities }: ClusterLoad): Limit | undefined {
  return surest(capacities.map(({ undocumentedReserve }) => undocumentedReserve).filter((row) => row !== undefined));
}

/** Which virtual machine runs on which node before a loss, and which ones are not placed yet. */
interface Placement {
  /** By the order of the nodes: what each has free beside the virtual machines on it. */
  readonly nodes: readonly NodeCapacity[];
  /** The same: the virtual machines on it. */
  readonly placed: readonly (readonly MachineLoad[])[];
  readonly unplaced: readonly MachineLoad[];
}

/** As it is declared, and with a node for every virtual machine; without the latter where not all fit. */
interface InitialPlacement extends Placement {
  readonly complete: Placement | undefined;
}

const initialPlacements = perEstate(() => new Map<ClusterLoad, Map<number | undefined, InitialPlacement>>());

function initialPlacementOf(clusterLoad: ClusterLoad, estate: Estate, reserveMB: number | undefined): InitialPlacement {
  const known = initialPlacements(estate);
  const ofCluster = known.get(clusterLoad) ?? new Map<number | undefined, InitialPlacement>();
  const initial = ofCluster.get(reserveMB) ?? findInitialPlacement(clusterLoad, reserveMB, estate);
  known.set(clusterLoad, ofCluster.set(reserveMB, initial));
  return initial;
}

function findInitialPlacement(
  clusterLoad: ClusterLoad,
  reserveMB: number | undefined,
  estate: Estate,
): InitialPlacement {
  const empty = clusterLoad.capacities.map(({ memoryMB, processors, undocumentedReserve }): NodeCapacity => ({
    memoryMB: memoryMB - (reserveMB ?? undocumentedReserve?.value ?? 0),
    processors,
    groups: [],
  }));
  const byNode = new Map<number, MachineLoad[]>();
  for (const load of clusterLoad.machines) if (load.declaredNode !== undefined) append(byNode, load.declaredNode, load);
  const declared: Placement = {
    nodes: empty.map((node, index) => remainingAfter(byNode.get(index) ?? [], node)),
    placed: empty.map((_, index) => byNode.get(index) ?? []),
    // In the order in which they are packed, which then need not be found for each loss.
    unplaced: clusterLoad.machines.filter(({ declaredNode }) => declaredNode === undefined).sort(byDemand),
  };
  return { ...declared, complete: placeAll(declared, clusterLoad, estate) };
}

/** Every virtual machine on a node. */
function placeAll(declared: Placement, clusterLoad: ClusterLoad, estate: Estate): Placement | undefined {
  const last = lastServers(clusterLoad.services, new Set(), estate);
  const { machines, nodes } = afterLoss(declared, { clusterLoad, isLost: clusterLoad.nodes.map(() => false), last });
  const { packing, places } = arrange(machines, nodes);
  if (packing !== "fits") return undefined;
  const coming = new Map<number, MachineLoad[]>();
  for (const [{ load }, index] of places) append(coming, index, load);
  return {
    nodes: nodes.map((node, index) => remainingAfter(coming.get(index) ?? [], node)),
    placed: declared.placed.map((loads, index) => [...loads, ...(coming.get(index) ?? [])]),
    unplaced: [],
  };
}

/** What is free on a node after more virtual machines run on it. */
function remainingAfter(loads: readonly MachineLoad[], node: NodeCapacity): NodeCapacity {
  const sum = (amount: (load: MachineLoad) => number): number => loads.reduce((all, load) => all + amount(load), 0);
  return {
    memoryMB: node.memoryMB - sum(({ memoryMB }) => memoryMB),
    processors: node.processors - sum(({ processors }) => processors),
    groups: [...node.groups, ...loads.flatMap(({ group }) => group ?? [])],
  };
}

/**
 * Whether those on the lost nodes fit while all others stay where they are. If so they fit, which is found without
 * moving other virtual machines. If not, moving others may still make them fit.
 */
function fitsWithoutMoving(complete: Placement, loss: Loss): boolean {
  const { machines, nodes } = afterLoss(complete, loss);
  return pack(machines, nodes, 0) === "fits";
}

/** Why the remaining nodes cannot run what must run. */
interface Problem extends Pick<Outage, "text" | "found" | "limit"> {
  /** What would help, as in `Add memory to its nodes`. */
  readonly adding: string;
}

/** Undefined where the remaining nodes can run what must run. */
function problemOf(initial: Placement, loss: Loss): Problem | undefined {
  const { machines, nodes } = afterLoss(initial, loss);
  const packing = pack(machines, nodes);
  if (packing === "fits") return undefined;
  const needed = leastDemand(machines, nodes);
  const free = freeAmounts(nodes);
  const others = loss.isLost.filter((one) => !one).length;
  const where = `the other ${others === 1 ? "node" : count(others, "node")} of ${loss.clusterLoad.cluster.name}`;
  const lacks = lacking(needed, free);
  const [first] = lacks;
  const machinesThatMustFit = "virtual machines that must fit on";
  if (first !== undefined) {
    const text = `the ${machinesThatMustFit} ${where} need ${lacks.map((one) => one.text).join(", and ")}`;
    return { ...first, text, adding: lacks.map(({ adding }) => adding).join(" and ") };
  }
  const sums = `they need ${String(needed.memoryMB)} MB of memory, and ${String(free.memoryMB)} MB are free`;
  const text =
    packing === "doesNotFit"
      ? `the ${machinesThatMustFit} ${where} do not fit there (${sums}, but not on the right nodes)`
      : `no arrangement was found for the ${machinesThatMustFit} ${where} (${sums}), though there may be one`;
  return { text, found: { value: machines.length, unit: "virtual machines" }, adding: "memory" };
}

/** Of memory and virtual processors, those of which more is needed than is free. */
function lacking(needed: Amounts, free: Amounts): readonly Problem[] {
  const memory: Problem = {
    text: `${String(needed.memoryMB)} MB of memory, where ${String(free.memoryMB)} MB are free`,
    found: { value: needed.memoryMB, unit: "MB" },
    limit: atMost(free.memoryMB, "MB"),
    adding: "memory",
  };
  const processors: Problem = {
    text: `${count(needed.processors, "virtual processor")}, where ${String(free.processors)} are free`,
    found: { value: needed.processors, unit: "virtual processors" },
    limit: atMost(free.processors, "virtual processors"),
    adding: "cores",
  };
  return [
    ...(needed.memoryMB > free.memoryMB ? [memory] : []),
    ...(needed.processors > free.processors ? [processors] : []),
  ];
}

/** A virtual machine that must be placed on a node. */
interface MachineToPlace extends Machine {
  readonly load: MachineLoad;
}

/** The nodes that may run a virtual machine: the remaining ones, and all with the lost ones first, which stand for staying off. */
interface NodeChoice {
  readonly remaining: readonly number[];
  readonly lostFirst: readonly number[];
}

function choiceOf(nodes: readonly number[], isLost: readonly boolean[]): NodeChoice {
  const remaining = nodes.filter((index) => isLost[index] !== true);
  return { remaining, lostFirst: [...nodes.filter((index) => isLost[index] === true), ...remaining] };
}

/** Which virtual machines must be placed, and what the nodes have free. A lost node stands for those that may stay off. */
function afterLoss(
  { nodes, placed, unplaced }: Placement,
  { isLost, last }: Loss,
): { readonly machines: readonly MachineToPlace[]; readonly nodes: readonly NodeCapacity[] } {
  const off = new Map<number, string[]>();
  const choices = new Map<readonly number[], NodeChoice>();
  const machines: MachineToPlace[] = [];
  const leaving = placed.flatMap((loads, index) => (isLost[index] === true ? loads : []));
  for (const load of [...unplaced, ...leaving]) {
    const { vm, declaredNode, isClustered, memoryMB, processors, group } = load;
    const isDispensable = group !== undefined && !last.has(vm);
    if (declaredNode !== undefined && (!isClustered || isDispensable)) {
      if (group !== undefined) append(off, declaredNode, group);
      continue;
    }
    const { remaining, lostFirst } = choices.get(load.possibleNodes) ?? choiceOf(load.possibleNodes, isLost);
    choices.set(load.possibleNodes, { remaining, lostFirst });
    const choice = isDispensable ? lostFirst : remaining;
    // Where no node is left that may run it, more capacity would not help.
    if (choice.length > 0) {
      machines.push({ load, memoryMB, processors, possibleNodes: choice, group });
    }
  }
  const places = nodes.map((node, index) =>
    isLost[index] === true ? { memoryMB: Infinity, processors: Infinity, groups: off.get(index) ?? [] } : node,
  );
  return { machines, nodes: places };
}
