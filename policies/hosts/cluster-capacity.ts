import type { Cluster, Host, VirtualMachine } from "../../lib/estate/model";
import { combine, ifKnown, type Origin, type Value } from "../../lib/estate/value";
import { count } from "../../lib/rules/message";
import { defineRule, given, undecided, violation, type Verdict } from "../../lib/rules/rule";
import { processorAllowance } from "../../lib/tables/host-versions";
import { memoryDemandMB, mostMemoryMB } from "./memory-demand";
import { logicalProcessors, onlyWindows7, runningVirtualProcessors } from "./running-processors";

/** A cluster has room for all of its virtual machines, also while any one of its nodes is down. */
export const clusterCapacity = defineRule<Cluster>({
  name: "cluster-capacity",
  title: "Clusters with room for a node's loss",
  subject: "hosts",
  level: "required",
  severity: "medium",
  reach: "estate",
  why: "When a node fails, its virtual machines must start on the others; those for which there is no room stay off.",
  fix: "Add a node, or take virtual machines out of the cluster.",
  sources: ["limits-2008-r2"],
  tags: ["cluster", "capacity"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) =>
    given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) => {
      if (nodes.length === 0) return [];
      const guests = estate.virtualMachinesIn(cluster);
      return [...judge(cluster, nodes, guests, MEMORY), ...judge(cluster, nodes, guests, processors(guests))];
    }),
});

/** Something that nodes have and guests use. */
interface Resource {
  readonly name: (amount: number) => string;
  readonly ofNode: (node: Host) => Value<number>;
  readonly ofGuest: (guest: VirtualMachine) => Value<number>;
  readonly used: (guests: readonly VirtualMachine[]) => number;
}

const MEMORY: Resource = {
  name: (amount) => `${String(amount)} MB of memory`,
  ofNode: ({ memoryMB }) => memoryMB,
  ofGuest: mostMemoryMB,
  used: memoryDemandMB,
};

/** Nodes without a limit have room for any number. */
function processors(guests: readonly VirtualMachine[]): Resource {
  return {
    name: (amount) => count(amount, "virtual processor"),
    ofNode: (node) => {
      const origin: Origin = { urn: node.urn, path: "processors" };
      const facts = { version: node.operatingSystem, logical: logicalProcessors(node) };
      return combine(facts, origin, ({ version, logical }) => {
        // While it is not known what all guests run, the higher ratio may hold.
        return processorAllowance(version, logical, onlyWindows7(guests) !== false)?.maximum ?? Infinity;
      });
    },
    ofGuest: ({ processorCount }) => processorCount,
    used: runningVirtualProcessors,
  };
}

function judge(
  cluster: Cluster,
  nodes: readonly Host[],
  guests: readonly VirtualMachine[],
  resource: Resource,
): readonly Verdict[] {
  const unknown = nodes.flatMap((node) => undecided(cluster, resource.ofNode(node)));
  if (unknown.length > 0) return unknown;
  const capacities = nodes.map((node) => ifKnown(resource.ofNode(node)) ?? 0);
  const all = capacities.reduce((sum, capacity) => sum + capacity, 0);
  const largest = Math.max(...capacities);
  const used = resource.used(guests);
  const subject = `The virtual machines of ${cluster.name} may use ${resource.name(used)}`;
  if (used > all) {
    return [violation(cluster, "", `${subject}; all its ${count(nodes.length, "node")} together have ${String(all)}.`)];
  }
  if (used > all - largest) {
    const problem = `${subject}; without the largest of its ${count(nodes.length, "node")} there are ${String(all - largest)}.`;
    return [violation(cluster, "", problem, { advisory: true })];
  }
  return guests.flatMap((guest) => undecided(cluster, resource.ofGuest(guest)));
}
