import { append, compare } from "../../../lib/text/collections";

/** What a virtual machine uses, or what a node has free. */
export interface Amounts {
  readonly memoryMB: number;
  readonly processors: number;
}

/** A virtual machine that must run on one of some nodes. */
export interface Machine extends Amounts {
  /** Indexes of the nodes that may run it. */
  readonly possibleNodes: readonly number[];
  /** A node never runs two virtual machines of one group. */
  readonly group?: string | undefined;
}

/** What a node has free. A node with infinite amounts stands for a virtual machine that may stay off. */
export interface NodeCapacity extends Amounts {
  /** Groups of which it runs a virtual machine already. */
  readonly groups: readonly string[];
}

/** `undecided`: neither an arrangement nor a proof that there is none was found within the number of steps. */
export type Packing = "fits" | "doesNotFit" | "undecided";

/** Steps beyond one a machine: those find what the first try misses, and prove that small estates do not fit. */
const MORE_STEPS = 2_000;

/** Whether every virtual machine fits, and on which node if so. */
export interface Arrangement<M extends Machine> {
  readonly packing: Packing;
  /** Indexes of nodes; none unless all fit. */
  readonly places: ReadonlyMap<M, number>;
}

/** Whether every virtual machine fits on the nodes. */
export function pack(machines: readonly Machine[], nodes: readonly NodeCapacity[], moreSteps?: number): Packing {
  return packed(machines, nodes, moreSteps).packing;
}

/** On which node every virtual machine fits. */
export function arrange<M extends Machine>(
  machines: readonly M[],
  nodes: readonly NodeCapacity[],
  moreSteps?: number,
): Arrangement<M> {
  const { packing, order, chosen } = packed(machines, nodes, moreSteps);
  return {
    packing,
    places: new Map(order.map((machine, index) => [machine, machine.possibleNodes[chosen[index] ?? -1] ?? -1])),
  };
}

/** How a search ended; no machine and no choice unless all fit. */
interface Packed<M extends Machine> {
  readonly packing: Packing;
  readonly order: readonly M[];
  /** By that order: indexes of the chosen one among the possible nodes of each. */
  readonly chosen: readonly number[];
}

/**
 * The search is depth first, the largest virtual machine first and on the first node
 * with enough free: the first descent is what a cluster would do, and continuing from there is exact until the steps are
 * used up. Sums that exceed what the nodes have free together need no search.
 */
function packed<M extends Machine>(
  machines: readonly M[],
  nodes: readonly NodeCapacity[],
  moreSteps = MORE_STEPS,
): Packed<M> {
  const least = leastDemand(machines, nodes);
  const free = freeAmounts(usable(machines, nodes));
  if (least.memoryMB > free.memoryMB || least.processors > free.processors) return without("doesNotFit");
  return search(inOrder(machines, nodes), nodes, machines.length + moreSteps);
}

/**
 * The nodes without what no virtual machines can use: where all use multiples of 1 GB, they fill 63 GB of a node with 63.5.
 */
function usable(machines: readonly Machine[], nodes: readonly NodeCapacity[]): readonly NodeCapacity[] {
  const memoryMB = divisor(machines.map((machine) => machine.memoryMB));
  const processors = divisor(machines.map((machine) => machine.processors));
  return nodes.map((node) => ({
    memoryMB: floorTo(memoryMB, node.memoryMB),
    processors: floorTo(processors, node.processors),
    groups: node.groups,
  }));
}

/** The greatest common divisor; none where it is no more than one, or a number is not an integer. */
function divisor(numbers: readonly number[]): number | undefined {
  let found = 0;
  for (const number of numbers) {
    if (!Number.isInteger(number)) return undefined;
    for (let other = number; other !== 0;) [found, other] = [other, found % other];
    if (found === 1) return undefined;
  }
  return found === 0 ? undefined : found;
}

function floorTo(step: number | undefined, amount: number): number {
  return step === undefined || amount === Infinity ? amount : Math.floor(amount / step) * step;
}

function without<M extends Machine>(packing: Packing): Packed<M> {
  return { packing, order: [], chosen: [] };
}

/**
 * What the virtual machines use at least of nodes with finite amounts: of each group, one may stay off for each infinite
 * node that has none of the group yet.
 */
export function leastDemand(machines: readonly Machine[], nodes: readonly NodeCapacity[]): Amounts {
  const infinite = new Set(nodes.flatMap((node, index) => (isInfinite(node) ? [index] : [])));
  const isFree = perChoice((choice) => infinite.size > 0 && choice.some((node) => infinite.has(node)));
  const bound: Machine[] = [];
  const groups = new Map<string, Machine[]>();
  const countNodesFor = (group: string): number =>
    [...infinite].filter((index) => nodes[index]?.groups.includes(group) !== true).length;
  for (const machine of machines) {
    if (!isFree(machine.possibleNodes)) bound.push(machine);
    else if (machine.group !== undefined) append(groups, machine.group, machine);
  }
  const least = (amountOf: (machine: Machine) => number): number => {
    const remaining = [...groups].flatMap(([group, members]) => {
      const amounts = members.map(amountOf).sort((one, other) => other - one);
      return amounts.slice(countNodesFor(group));
    });
    return sum([...bound.map(amountOf), ...remaining]);
  };
  return { memoryMB: least(({ memoryMB }) => memoryMB), processors: least(({ processors }) => processors) };
}

/** Computes something once for each list of nodes: many virtual machines have the same one. */
function perChoice<T>(compute: (nodes: readonly number[]) => T): (nodes: readonly number[]) => T {
  const done = new Map<readonly number[], T>();
  return (nodes) => {
    const known = done.get(nodes) ?? compute(nodes);
    done.set(nodes, known);
    return known;
  };
}

/** What the nodes with finite amounts have free together. */
export function freeAmounts(nodes: readonly NodeCapacity[]): Amounts {
  const finite = nodes.filter((node) => !isInfinite(node));
  return {
    memoryMB: sum(finite.map(({ memoryMB }) => Math.max(0, memoryMB))),
    processors: sum(finite.map(({ processors }) => Math.max(0, processors))),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

function isInfinite({ memoryMB, processors }: NodeCapacity): boolean {
  return memoryMB === Infinity && processors === Infinity;
}

/**
 * Those with the fewest possible nodes first, then those of a group, which others of it keep off a node, and the largest
 * of these: what is placed last then fits most easily. Infinite nodes do not count, since not all may stay off.
 */
function inOrder<M extends Machine>(machines: readonly M[], nodes: readonly NodeCapacity[]): readonly M[] {
  const isFinite = nodes.map((node) => !isInfinite(node));
  const choices = perChoice((choice) => choice.filter((index) => isFinite[index] === true).length);
  return [...machines].sort(
    (one, other) => choices(one.possibleNodes) - choices(other.possibleNodes) || byDemand(one, other),
  );
}

/** Those that are the hardest to place first, of virtual machines with as many possible nodes. */
export function byDemand(one: Omit<Machine, "possibleNodes">, other: Omit<Machine, "possibleNodes">): number {
  return (
    Number(one.group === undefined) - Number(other.group === undefined) ||
    other.memoryMB - one.memoryMB ||
    other.processors - one.processors ||
    compare(one.group ?? "", other.group ?? "")
  );
}

/** Depth first, without recursion: there may be thousands of virtual machines. */
function search<M extends Machine>(machines: readonly M[], nodes: readonly NodeCapacity[], steps: number): Packed<M> {
  const left = nodes.map(({ memoryMB, processors, groups }): Left => ({ memoryMB, processors, groups, added: [] }));
  const alike = machines.map((machine, index) => isAlike(machine, machines[index - 1]));
  const chosen: number[] = [];
  let from = 0;
  for (let step = 0; ;) {
    const machine = machines[chosen.length];
    if (machine === undefined) return { packing: "fits", order: machines, chosen };
    const choice = firstNodeWithFree(machine, left, from);
    if (choice !== undefined) {
      if (step++ === steps) return without("undecided");
      take(left[machine.possibleNodes[choice] ?? -1], machine, 1);
      chosen.push(choice);
      // Of machines that are alike the later one needs to try no earlier node.
      from = alike[chosen.length] === true ? choice : 0;
    } else {
      const back = chosen.pop();
      const last = machines[chosen.length];
      if (back === undefined || last === undefined) return without("doesNotFit");
      take(left[last.possibleNodes[back] ?? -1], last, -1);
      from = back + 1;
    }
  }
}

function isAlike(one: Machine, other: Machine | undefined): boolean {
  if (one.memoryMB !== other?.memoryMB || one.processors !== other.processors || one.group !== other.group)
    return false;
  return one.possibleNodes === other.possibleNodes || one.possibleNodes.join() === other.possibleNodes.join();
}

function firstNodeWithFree(machine: Machine, left: readonly Left[], from: number): number | undefined {
  for (let choice = from; choice < machine.possibleNodes.length; choice++) {
    const node = left[machine.possibleNodes[choice] ?? -1];
    if (node !== undefined && hasFree(node, machine)) return choice;
  }
  return undefined;
}

interface Left {
  memoryMB: number;
  processors: number;
  readonly groups: readonly string[];
  /** Groups of those that the search has put there. */
  readonly added: string[];
}

function hasFree(node: Left, { memoryMB, processors, group }: Machine): boolean {
  if (memoryMB > node.memoryMB || processors > node.processors) return false;
  return group === undefined || !(node.groups.includes(group) || node.added.includes(group));
}

/** Places a virtual machine on a node, or removes the last one again. */
function take(node: Left | undefined, { memoryMB, processors, group }: Machine, sign: 1 | -1): void {
  if (node === undefined) return;
  node.memoryMB -= sign * memoryMB;
  node.processors -= sign * processors;
  if (group === undefined) return;
  if (sign === 1) node.added.push(group);
  else node.added.pop();
}
