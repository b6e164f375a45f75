/** What all nodes have together. */
export function totalCapacity(capacities: readonly number[]): number {
  return capacities.reduce((sum, capacity) => sum + capacity, 0);
}

/**
 * What is left while the largest node is down; what the only node of a cluster has. A node without a limit has an
 * infinite capacity: what is left is added up, because infinity less infinity is no number.
 */
export function spareCapacity(capacities: readonly number[]): number {
  if (capacities.length === 1) return totalCapacity(capacities);
  return totalCapacity([...capacities].sort((one, other) => one - other).slice(0, -1));
}
