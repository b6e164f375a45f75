import type { VirtualMachine } from "../../../lib/estate/model";
import { pack, type Machine, type Packing } from "./bin-packing";

/** A virtual machine of a cluster. */
export interface ClusterMachine {
  readonly vm: VirtualMachine;
  readonly memoryMB: number;
  /** Indexes of the nodes that may run it; one list for all that every node may run. */
  readonly owners: readonly number[];
  /** A node never runs two of one group. */
  readonly group?: string | undefined;
}

/** The nodes of a cluster by their memory in MB, and what runs on them. */
export interface NodeMachines {
  readonly memory: readonly number[];
  readonly machines: readonly ClusterMachine[];
}

/** Whether every machine that another node may run finds one with enough memory, while one node is lost. */
export function packingWithout(lost: number, { memory, machines }: NodeMachines): Packing {
  const remaining = perList((owners) => owners.filter((at) => at !== lost));
  const placed = machines.flatMap(({ memoryMB, owners, group }): readonly Machine[] => {
    const possibleNodes = remaining(owners);
    // One that only the lost node may run stays off, whatever the others have.
    return possibleNodes.length === 0 ? [] : [{ memoryMB, processors: 0, possibleNodes, group }];
  });
  const capacities = memory.map((memoryMB, at) => ({
    memoryMB: at === lost ? 0 : memoryMB,
    processors: Infinity,
    groups: [],
  }));
  return pack(placed, capacities);
}

/**
 * The nodes whose loss is to be tried: of nodes with the same memory that may run the same machines one is enough, and
 * none where so much is left that each machine finds room on the first node with enough.
 */
export function differentLosses(cluster: NodeMachines): readonly number[] {
  const { memory, machines } = cluster;
  const limited = new Set(machines.flatMap(({ owners }) => (owners.length < memory.length ? [owners] : [])));
  if (limited.size === 0 && isRoomy(cluster)) return [];
  const choicesOf = memory.map((): number[] => []);
  for (const [choice, owners] of [...limited].entries()) for (const at of owners) choicesOf[at]?.push(choice);
  const tried = new Set<string>();
  return memory.flatMap((capacity, at) => {
    const key = [capacity, ...(choicesOf[at] ?? [])].join();
    if (tried.has(key)) return [];
    tried.add(key);
    return [at];
  });
}

/** Whether the nodes that are left always have room: only where every node may run every machine. */
function isRoomy({ memory, machines }: NodeMachines): boolean {
  if (machines.some(({ group }) => group !== undefined)) return false;
  const largest = machines.reduce((most, { memoryMB }) => Math.max(most, memoryMB), 0);
  const demand = machines.reduce((sum, { memoryMB }) => sum + memoryMB, 0);
  const left = memory.reduce((sum, one) => sum + one, 0) - Math.max(...memory);
  return left - demand >= largest * (memory.length - 2);
}

/** Of a list of nodes those with the most memory first; in the order of the nodes where they have the same. */
export function bySizeOf(memory: readonly number[]): (nodes: readonly number[]) => readonly number[] {
  return perList((nodes) => [...nodes].sort((one, other) => (memory[other] ?? 0) - (memory[one] ?? 0)));
}

/** Computes something once for each list: many virtual machines have the same one. */
function perList<T>(compute: (nodes: readonly number[]) => T): (nodes: readonly number[]) => T {
  const done = new Map<readonly number[], T>();
  return (nodes) => {
    const ready = done.get(nodes) ?? compute(nodes);
    done.set(nodes, ready);
    return ready;
  };
}
