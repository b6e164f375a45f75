import type { Cluster, Host, VirtualMachine } from "../../lib/estate/model";
import { combine, gatherAll, ifKnown, map, type Origin, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import {
  given,
  notDeclared,
  undecided,
  violation,
  type Evidence,
  type Verdict,
  type ViolationDetails,
} from "../../lib/rules/verdict";
import { clusterStatement } from "../../lib/tables/cluster-nodes";
import { processorAllowance, type ProcessorAllowance } from "../../lib/tables/host-versions";
import { count } from "../../lib/text/words";
import { memoryDemandMB, mostMemoryMB, startupDemandMB } from "./shared/memory-demand";
import { logicalProcessors, onlyWindows7, runningVirtualProcessors } from "./shared/running-processors";

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
  sources: [],
  tags: ["cluster", "capacity"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) =>
    given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) => {
      if (nodes.length === 0) return [notDeclared(cluster, cluster.nodes.origin)];
      const guests = estate.virtualMachinesIn(cluster);
      return [...judge(cluster, nodes, guests, MEMORY), ...judge(cluster, nodes, guests, processors(guests))];
    }),
});

/** Something that nodes have and guests use. */
interface Resource {
  readonly name: (amount: number) => string;
  readonly ofNode: (node: Host) => Value<number>;
  readonly ofGuest: (guest: VirtualMachine) => Value<number>;
  /** What guests use at most. */
  readonly used: (guests: readonly VirtualMachine[]) => number;
  /** What guests need to start. */
  readonly needed: (guests: readonly VirtualMachine[]) => number;
  /** What the capacity of nodes rests on, where that is a table row. */
  readonly evidence: (nodes: readonly Host[]) => Evidence | undefined;
}

const MEMORY: Resource = {
  name: (amount) => `${String(amount)} MB of memory`,
  ofNode: ({ memoryMB }) => memoryMB,
  ofGuest: mostMemoryMB,
  used: memoryDemandMB,
  needed: startupDemandMB,
  evidence: () => undefined,
};

/** Nodes without a limit have room for any number. */
function processors(guests: readonly VirtualMachine[]): Resource {
  const allowanceOf = (node: Host): Value<ProcessorAllowance | undefined> => {
    const origin: Origin = { urn: node.urn, path: "processors" };
    const facts = { version: node.operatingSystem, logical: logicalProcessors(node) };
    // While it is not known what all guests run, the higher ratio may hold.
    return combine(facts, origin, ({ version, logical }) =>
      processorAllowance(version, logical, onlyWindows7(version, guests) !== false),
    );
  };
  return {
    name: (amount) => count(amount, "virtual processor"),
    ofNode: (node) => map(allowanceOf(node), (allowance) => allowance?.maximum ?? Infinity),
    ofGuest: ({ processorCount }) => processorCount,
    used: runningVirtualProcessors,
    needed: runningVirtualProcessors,
    evidence: (nodes) => {
      const limits = nodes.map((node) => ifKnown(allowanceOf(node))?.limit).filter((limit) => limit !== undefined);
      return limits.find(({ confidence }) => confidence === "unverified") ?? limits[0];
    },
  };
}

function judge(
  cluster: Cluster,
  nodes: readonly Host[],
  guests: readonly VirtualMachine[],
  resource: Resource,
): readonly Verdict[] {
  const capacities = gatherAll(nodes.map(resource.ofNode), cluster.nodes.origin);
  return given(cluster, { capacities }, (the) => compare(cluster, nodes, the.capacities, guests, resource));
}

function compare(
  cluster: Cluster,
  nodes: readonly Host[],
  capacities: readonly number[],
  guests: readonly VirtualMachine[],
  resource: Resource,
): readonly Verdict[] {
  const all = capacities.reduce((sum, capacity) => sum + capacity, 0);
  const largest = Math.max(...capacities);
  const used = resource.used(guests);
  const evidence = resource.evidence(nodes);
  const details = evidence === undefined ? {} : { evidence };
  const subject = `The virtual machines of ${cluster.name} may use ${resource.name(used)}`;
  if (used > all) {
    const problem = `${subject}; ${nodes.length === 1 ? "its only node has" : `all its ${count(nodes.length, "node")} together have`} ${String(all)}.`;
    return [violation(cluster, "", problem, { ...details, advisory: resource.needed(guests) <= all })];
  }
  if (nodes.length > 1 && used > all - largest) {
    const problem = `${subject}; without the largest of its ${count(nodes.length, "node")} there are ${String(all - largest)}.`;
    return [violation(cluster, "", problem, { ...spareNodeAsked(nodes), advisory: true })];
  }
  return guests.flatMap((guest) => undecided(cluster, resource.ofGuest(guest)));
}

/** What a document says of keeping the capacity of a node free, for the version of the first node. */
function spareNodeAsked([node]: readonly Host[]): ViolationDetails {
  const version = node === undefined ? undefined : ifKnown(node.operatingSystem);
  const evidence = version === undefined ? undefined : clusterStatement(version, "spareNode");
  return evidence === undefined ? {} : { evidence };
}
