import { append, compare } from "../../../lib/text/collections";

/** What a machine takes, or what a room has left of it. */
export interface Amounts {
  readonly memoryMB: number;
  readonly processors: number;
}

/** A machine that must go into one of some rooms. */
export interface Machine extends Amounts {
  /** Indexes of the rooms that it may go into. */
  readonly rooms: readonly number[];
  /** Never two machines of one group go into one room. */
  readonly group?: string | undefined;
}

/** A host with what it has left. Infinite amounts stand for a place that costs nothing, such as to stay off. */
export interface Room extends Amounts {
  /** Groups of which a machine is in it already. */
  readonly groups: readonly string[];
}

/** `open`: neither an arrangement nor a proof that there is none was found within the number of steps. */
export type Packing = "fits" | "doesNotFit" | "open";

/** Steps beyond one a machine: those find what the first try misses, and prove that small estates do not fit. */
const MORE_STEPS = 2_000;

/** Whether every machine finds room, and where each of them went if so. */
export interface Arrangement<M extends Machine> {
  readonly packing: Packing;
  /** Indexes of rooms; none unless all fit. */
  readonly places: ReadonlyMap<M, number>;
}

/** Whether every machine finds room. */
export function pack(machines: readonly Machine[], rooms: readonly Room[], moreSteps?: number): Packing {
  return packed(machines, rooms, moreSteps).packing;
}

/** Where every machine finds room. */
export function arrange<M extends Machine>(
  machines: readonly M[],
  rooms: readonly Room[],
  moreSteps?: number,
): Arrangement<M> {
  const { packing, order, chosen } = packed(machines, rooms, moreSteps);
  return {
    packing,
    places: new Map(order.map((machine, index) => [machine, machine.rooms[chosen[index] ?? -1] ?? -1])),
  };
}

/** How a search ended; no machine and no choice unless all fit. */
interface Packed<M extends Machine> {
  readonly packing: Packing;
  readonly order: readonly M[];
  /** By that order: indexes of the chosen one among the rooms of each machine. */
  readonly chosen: readonly number[];
}

/**
 * The search is depth first, the most demanding machine first and into the first room
 * that has place: the first descent is what a cluster would do, and going on from there is exact until the steps are
 * used up. Sums that exceed what the rooms can use together are told without a search.
 */
function packed<M extends Machine>(machines: readonly M[], rooms: readonly Room[], moreSteps = MORE_STEPS): Packed<M> {
  const least = leastDemand(machines, rooms);
  const free = freeAmounts(usable(machines, rooms));
  if (least.memoryMB > free.memoryMB || least.processors > free.processors) return without("doesNotFit");
  return search(inOrder(machines, rooms), rooms, machines.length + moreSteps);
}

/**
 * The rooms without what no machines can use of them: when all take multiples of 1 GB, they fill 63 GB of a room of 63.5.
 */
function usable(machines: readonly Machine[], rooms: readonly Room[]): readonly Room[] {
  const memoryMB = divisor(machines.map((machine) => machine.memoryMB));
  const processors = divisor(machines.map((machine) => machine.processors));
  return rooms.map((room) => ({
    memoryMB: floorTo(memoryMB, room.memoryMB),
    processors: floorTo(processors, room.processors),
    groups: room.groups,
  }));
}

/** The greatest common divisor; none where it is no more than one, or a number is no whole one. */
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
 * What the machines take of the finite rooms at least: of each group one machine may go into each infinite room that has
 * none of it yet.
 */
export function leastDemand(machines: readonly Machine[], rooms: readonly Room[]): Amounts {
  const infinite = new Set(rooms.flatMap((room, index) => (isInfinite(room) ? [index] : [])));
  const isFree = perChoice((choice) => infinite.size > 0 && choice.some((room) => infinite.has(room)));
  const bound: Machine[] = [];
  const groups = new Map<string, Machine[]>();
  const placesFor = (group: string): number =>
    [...infinite].filter((index) => rooms[index]?.groups.includes(group) !== true).length;
  for (const machine of machines) {
    if (!isFree(machine.rooms)) bound.push(machine);
    else if (machine.group !== undefined) append(groups, machine.group, machine);
  }
  const least = (amountOf: (machine: Machine) => number): number => {
    const remaining = [...groups].flatMap(([group, members]) => {
      const amounts = members.map(amountOf).sort((one, other) => other - one);
      return amounts.slice(placesFor(group));
    });
    return sum([...bound.map(amountOf), ...remaining]);
  };
  return { memoryMB: least(({ memoryMB }) => memoryMB), processors: least(({ processors }) => processors) };
}

/** Computes something once for each list of rooms: many machines may go into the same ones. */
function perChoice<T>(compute: (rooms: readonly number[]) => T): (rooms: readonly number[]) => T {
  const done = new Map<readonly number[], T>();
  return (rooms) => {
    const known = done.get(rooms) ?? compute(rooms);
    done.set(rooms, known);
    return known;
  };
}

/** What the finite rooms have left together. */
export function freeAmounts(rooms: readonly Room[]): Amounts {
  const finite = rooms.filter((room) => !isInfinite(room));
  return {
    memoryMB: sum(finite.map(({ memoryMB }) => Math.max(0, memoryMB))),
    processors: sum(finite.map(({ processors }) => Math.max(0, processors))),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

function isInfinite({ memoryMB, processors }: Room): boolean {
  return memoryMB === Infinity && processors === Infinity;
}

/**
 * Those with the fewest rooms first, then those of a group, which others of it may keep out of a room, and the largest of
 * these: what is placed last then finds place most easily. Rooms that cost nothing do not count, since not all may go there.
 */
function inOrder<M extends Machine>(machines: readonly M[], rooms: readonly Room[]): readonly M[] {
  const isFinite = rooms.map((room) => !isInfinite(room));
  const choices = perChoice((choice) => choice.filter((index) => isFinite[index] === true).length);
  return [...machines].sort((one, other) => choices(one.rooms) - choices(other.rooms) || byDemand(one, other));
}

/** Those that are the hardest to place first, of machines that have as many rooms. */
export function byDemand(one: Omit<Machine, "rooms">, other: Omit<Machine, "rooms">): number {
  return (
    Number(one.group === undefined) - Number(other.group === undefined) ||
    other.memoryMB - one.memoryMB ||
    other.processors - one.processors ||
    compare(one.group ?? "", other.group ?? "")
  );
}

/** Depth first, without recursion: there may be thousands of machines. */
function search<M extends Machine>(machines: readonly M[], rooms: readonly Room[], steps: number): Packed<M> {
  const left = rooms.map(({ memoryMB, processors, groups }): Left => ({ memoryMB, processors, groups, added: [] }));
  const alike = machines.map((machine, index) => isAlike(machine, machines[index - 1]));
  const chosen: number[] = [];
  let from = 0;
  for (let step = 0; ;) {
    const machine = machines[chosen.length];
    if (machine === undefined) return { packing: "fits", order: machines, chosen };
    const choice = firstPlace(machine, left, from);
    if (choice !== undefined) {
      if (step++ === steps) return without("open");
      take(left[machine.rooms[choice] ?? -1], machine, 1);
      chosen.push(choice);
      // Of machines that are alike the later one needs to try no earlier room.
      from = alike[chosen.length] === true ? choice : 0;
    } else {
      const back = chosen.pop();
      const last = machines[chosen.length];
      if (back === undefined || last === undefined) return without("doesNotFit");
      take(left[last.rooms[back] ?? -1], last, -1);
      from = back + 1;
    }
  }
}

function isAlike(one: Machine, other: Machine | undefined): boolean {
  if (one.memoryMB !== other?.memoryMB || one.processors !== other.processors || one.group !== other.group)
    return false;
  return one.rooms === other.rooms || one.rooms.join() === other.rooms.join();
}

function firstPlace(machine: Machine, left: readonly Left[], from: number): number | undefined {
  for (let choice = from; choice < machine.rooms.length; choice++) {
    const room = left[machine.rooms[choice] ?? -1];
    if (room !== undefined && hasPlace(room, machine)) return choice;
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

function hasPlace(room: Left, { memoryMB, processors, group }: Machine): boolean {
  if (memoryMB > room.memoryMB || processors > room.processors) return false;
  return group === undefined || !(room.groups.includes(group) || room.added.includes(group));
}

/** Puts a machine into a room, or takes the last one out again. */
function take(room: Left | undefined, { memoryMB, processors, group }: Machine, sign: 1 | -1): void {
  if (room === undefined) return;
  room.memoryMB -= sign * memoryMB;
  room.processors -= sign * processors;
  if (group === undefined) return;
  if (sign === 1) room.added.push(group);
  else room.added.pop();
}
