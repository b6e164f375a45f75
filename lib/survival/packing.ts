import { append, compare } from "../estate/collections";

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
  readonly group?: string;
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

/**
 * Whether every machine finds room. The search is depth first, the most demanding machine first and into the first room
 * that has place: the first descent is what a cluster would do, and going on from there is exact until the steps are
 * used up. Sums that exceed all rooms together are told without a search.
 */
export function pack(machines: readonly Machine[], rooms: readonly Room[], moreSteps = MORE_STEPS): Packing {
  const least = leastDemand(machines, rooms);
  const free = freeAmounts(rooms);
  if (least.memoryMB > free.memoryMB || least.processors > free.processors) return "doesNotFit";
  return search(inOrder(machines), rooms, machines.length + moreSteps);
}

/** What the machines take of the finite rooms at least: of each group one machine may go into each infinite room. */
export function leastDemand(machines: readonly Machine[], rooms: readonly Room[]): Amounts {
  const infinite = new Set(rooms.flatMap((room, index) => (isInfinite(room) ? [index] : [])));
  const bound: Machine[] = [];
  const groups = new Map<string, Machine[]>();
  for (const machine of machines) {
    if (!machine.rooms.some((room) => infinite.has(room))) bound.push(machine);
    else if (machine.group !== undefined) append(groups, machine.group, machine);
  }
  const least = (amountOf: (machine: Machine) => number): number => {
    const spared = [...groups.values()].map((members) => members.map(amountOf).sort((one, other) => other - one));
    return sum([...bound.map(amountOf), ...spared.flatMap((amounts) => amounts.slice(infinite.size))]);
  };
  return { memoryMB: least(({ memoryMB }) => memoryMB), processors: least(({ processors }) => processors) };
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

/** Those with the fewest rooms first, and the largest of these: what is placed last then finds place most easily. */
function inOrder(machines: readonly Machine[]): readonly Machine[] {
  return [...machines].sort(
    (one, other) =>
      one.rooms.length - other.rooms.length ||
      other.memoryMB - one.memoryMB ||
      other.processors - one.processors ||
      compare(one.group ?? "", other.group ?? ""),
  );
}

/** Depth first, without recursion: there may be thousands of machines. */
function search(machines: readonly Machine[], rooms: readonly Room[], steps: number): Packing {
  const left = rooms.map(({ memoryMB, processors, groups }) => ({ memoryMB, processors, groups: new Set(groups) }));
  const alike = machines.map((machine, index) => isAlike(machine, machines[index - 1]));
  const chosen: number[] = [];
  let from = 0;
  for (let step = 0; ;) {
    const machine = machines[chosen.length];
    if (machine === undefined) return "fits";
    const choice = firstPlace(machine, left, from);
    if (choice !== undefined) {
      if (step++ === steps) return "open";
      take(left[machine.rooms[choice] ?? -1], machine, 1);
      chosen.push(choice);
      // Of machines that are alike the later one needs to try no earlier room.
      from = alike[chosen.length] === true ? choice : 0;
    } else {
      const back = chosen.pop();
      const last = machines[chosen.length];
      if (back === undefined || last === undefined) return "doesNotFit";
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
  readonly groups: Set<string>;
}

function hasPlace(room: Left, { memoryMB, processors, group }: Machine): boolean {
  if (memoryMB > room.memoryMB || processors > room.processors) return false;
  return group === undefined || !room.groups.has(group);
}

/** Puts a machine into a room, or takes it out again. */
function take(room: Left | undefined, { memoryMB, processors, group }: Machine, sign: 1 | -1): void {
  if (room === undefined) return;
  room.memoryMB -= sign * memoryMB;
  room.processors -= sign * processors;
  if (group === undefined) return;
  if (sign === 1) room.groups.add(group);
  else room.groups.delete(group);
}
