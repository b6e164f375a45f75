import type { Cluster, Host, VirtualMachine } from "../../lib/estate/model";
import { combine, gatherAll, ifKnown, map, type Origin, type Value } from "../../lib/estate/value";
import { atMost, type Unit } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import {
  given,
  isViolation,
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
import { spareCapacity, totalCapacity } from "./shared/node-capacities";
import { logicalProcessors, onlyWindows7, runningVirtualProcessors } from "./shared/running-processors";
import { unknownClusters } from "./shared/unknown-clusters";

/** A cluster has the capacity for all of its virtual machines, also while any one of its nodes is down. */
export const clusterCapacity = defineRule<Cluster>({
  name: "cluster-capacity",
  title: "Clusters with capacity for the loss of a node",
  subject: "hosts",
  level: "required",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "When a node fails, its virtual machines must start on the others; those for which there is no capacity stay off.",
  fix: "Add nodes, give the virtual machines less, or take some of them out of the cluster.",
  sources: [],
  tags: ["cluster", "capacity"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) =>
    given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) => {
      if (nodes.length === 0) return [notDeclared(cluster, cluster.nodes)];
      const guests = estate.virtualMachinesIn(cluster);
      // Where all of them are on the only node, the rules of hosts judge it.
      const [only, ...others] = nodes;
      const unplaced = unknownClusters(estate).flatMap((value) => undecided(cluster, value));
      if (only !== undefined && others.length === 0 && areAllOn(estate.virtualMachinesOn(only), guests))
        return unplaced;
      const verdicts = [MEMORY, processors(guests)].flatMap((resource) => judge(cluster, nodes, guests, resource));
      return verdicts.some(isViolation) ? verdicts : [...verdicts, ...unplaced];
    }),
});

function areAllOn(onNode: readonly VirtualMachine[], guests: readonly VirtualMachine[]): boolean {
  const placed = new Set(onNode);
  return guests.every((guest) => placed.has(guest));
}

/** Something that nodes have and guests use. */
interface ClusterResource {
  readonly unit: Unit;
  /** What the nodes have, as a sentence goes on after the name of the cluster. */
  readonly available: (amount: number) => string;
  /** What the virtual machines use, as a sentence goes on after "its virtual machines". */
  readonly demand: (used: number, excess: number) => string;
  readonly fix: (used: number, most: number) => string;
  readonly ofNode: (node: Host) => Value<number>;
  readonly ofGuest: (guest: VirtualMachine) => Value<number>;
  /** What guests use at most. */
  readonly used: (guests: readonly VirtualMachine[]) => number;
  /** What guests need to start. */
  readonly needed: (guests: readonly VirtualMachine[]) => number;
  /** What the capacity of nodes rests on, where that is a table row. */
  readonly evidence: (nodes: readonly Host[]) => Evidence | undefined;
}

const MEMORY: ClusterResource = {
  unit: "MB",
  available: (amount) => `has ${String(amount)} MB of memory`,
  demand: (used, excess) => `may use ${String(used)} MB: ${String(excess)} MB too much`,
  fix: (used, most) =>
    "Give the virtual machines less memory or take some of them out of the cluster, until they may use " +
    `${String(most)} MB or less in total; or add nodes until they have ${String(used)} MB or more without the largest.`,
  ofNode: ({ memoryMB }) => memoryMB,
  ofGuest: mostMemoryMB,
  used: memoryDemandMB,
  needed: startupDemandMB,
  evidence: () => undefined,
};

/** Nodes without a limit can run any number. */
function processors(guests: readonly VirtualMachine[]): ClusterResource {
  const allowanceOf = (node: Host): Value<ProcessorAllowance | undefined> => {
    const origin: Origin = { urn: node.urn, path: "processors" };
    const facts = { version: node.operatingSystem, logical: logicalProcessors(node) };
    // While it is not known what all guests run, the higher ratio may hold.
    return combine(facts, origin, ({ version, logical }) =>
      processorAllowance(version, logical, onlyWindows7(version, guests) !== false),
    );
  };
  return {
    unit: "virtual processors",
    available: (amount) => `may run ${count(amount, "virtual processor")}`,
    demand: (used, excess) => `have ${String(used)}: ${String(excess)} too many`,
    fix: (used, most) =>
      "Give the virtual machines fewer virtual processors or take some of them out of the cluster, until they have " +
      `${String(most)} or fewer in total; or add nodes until they may run ${String(used)} or more without the largest.`,
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
  resource: ClusterResource,
): readonly Verdict[] {
  const capacities = gatherAll(nodes.map(resource.ofNode), cluster.nodes.origin);
  return given(cluster, { capacities }, (the) => compare(cluster, nodes, the.capacities, guests, resource));
}

function compare(
  cluster: Cluster,
  nodes: readonly Host[],
  capacities: readonly number[],
  guests: readonly VirtualMachine[],
  resource: ClusterResource,
): readonly Verdict[] {
  const all = totalCapacity(capacities);
  const spare = spareCapacity(capacities);
  const used = resource.used(guests);
  const tooSmall = (capacity: number, where: string, details: ViolationDetails): Verdict => {
    const problem =
      `${cluster.name} ${resource.available(capacity)} ${where}, and its virtual machines ` +
      `${resource.demand(used, used - capacity)}.`;
    return violation(cluster, "", problem, {
      found: { value: used, unit: resource.unit },
      limit: atMost(capacity, resource.unit),
      fix: resource.fix(used, spare),
      ...details,
    });
  };
  if (used > all) {
    const evidence = resource.evidence(nodes);
    const advisory = resource.needed(guests) <= all;
    return [
      tooSmall(all, `on ${count(nodes.length, "node")}`, { ...(evidence === undefined ? {} : { evidence }), advisory }),
    ];
  }
  if (used > spare) {
    const where = `while the largest of its ${count(nodes.length, "node")} is down`;
    return [tooSmall(spare, where, { ...spareNodeStatement(nodes), advisory: true })];
  }
  return guests.flatMap((guest) => undecided(cluster, resource.ofGuest(guest)));
}

/** What a document says of keeping the capacity of a node free, for the version of the first node. */
function spareNodeStatement([node]: readonly Host[]): ViolationDetails {
  const version = node === undefined ? undefined : ifKnown(node.operatingSystem);
  const evidence = version === undefined ? undefined : clusterStatement(version, "spareNode");
  return evidence === undefined ? {} : { evidence };
}
