import type { Cluster, Host, VirtualMachine } from "../../lib/estate/model";
import { gatherAll, ifKnown } from "../../lib/estate/value";
import type { Estate } from "../../lib/estate/estate";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { clusterStatement } from "../../lib/tables/cluster-nodes";
import { count, listing } from "../../lib/text/words";
import { pack, type Machine, type Packing } from "./shared/bin-packing";
import { memoryDemandMB, mostMemoryMB } from "./shared/memory-demand";
import { spareCapacity } from "./shared/node-capacities";

/**
 * When any one node of a cluster is lost, every virtual machine finds a node with enough memory. `cluster-capacity` compares
 * sums; here each machine is placed.
 */
export const clusterSurvivesHostLoss = defineRule<Cluster>({
  name: "cluster-survives-host-loss",
  title: "Room for each machine after a host loss",
  subject: "hosts",
  level: "recommended",
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "A virtual machine starts on one node: free memory that is spread over several of them is of no use to it.",
  fix: "Give the largest virtual machines less memory, or add memory to the nodes until each can take one of them.",
  sources: [],
  tags: ["cluster", "capacity", "availability"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) =>
    given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) =>
      nodes.length < 2
        ? []
        : given(
            cluster,
            {
              memory: gatherAll(
                nodes.map(({ memoryMB }) => memoryMB),
                cluster.nodes.origin,
              ),
            },
            ({ memory }) => judge({ cluster, nodes, memory }, estate),
          ),
    ),
});

interface KnownCluster {
  readonly cluster: Cluster;
  readonly nodes: readonly Host[];
  /** By the order of the nodes, in MB. */
  readonly memory: readonly number[];
}

interface Sized {
  readonly vm: VirtualMachine;
  readonly memoryMB: number;
}

function judge(known: KnownCluster, estate: Estate): readonly Verdict[] {
  const { cluster, memory } = known;
  const guests = estate.virtualMachinesIn(cluster);
  // Where the sum is too large, cluster-capacity says so.
  if (memoryDemandMB(guests) > spareCapacity(memory)) return [];
  const sized = guests.flatMap((vm): readonly Sized[] => {
    const memoryMB = ifKnown(mostMemoryMB(vm));
    return memoryMB === undefined ? [] : [{ vm, memoryMB }];
  });
  const tooLarge = machineWithoutNode(known, sized);
  if (tooLarge !== undefined) return [tooLarge];
  const open = guests.flatMap((vm) => undecided(cluster, mostMemoryMB(vm)));
  const waste = Math.max(0, ...sized.map(({ memoryMB }) => memoryMB)) * (memory.length - 2);
  // With that much left, the first node with room takes each machine, whichever node is lost.
  if (spareCapacity(memory) - memoryDemandMB(guests) >= waste) return open;
  return [...lossesOf(known, sized, estate), ...open];
}

/** The largest machine, where only one node has enough memory for it, or none: the loss of that node leaves it off. */
function machineWithoutNode(known: KnownCluster, sized: readonly Sized[]): Verdict | undefined {
  const { cluster, memory } = known;
  const second = [...memory].sort((one, other) => other - one)[1] ?? 0;
  const large = sized.filter(({ memoryMB }) => memoryMB > second);
  const [first] = [...large].sort((one, other) => other.memoryMB - one.memoryMB);
  if (first === undefined) return undefined;
  const others = large.length === 1 ? "" : ` The same is so for ${count(large.length - 1, "other virtual machine")}.`;
  const problem =
    `${cluster.name}: when the node with the most memory is down, no node can run ${first.vm.name}, which may use ` +
    `${String(first.memoryMB)} MB; the largest of the others has ${String(second)} MB.${others}`;
  return violation(cluster, "", problem, {
    found: { value: first.memoryMB, unit: "MB" },
    limit: atMost(second, "MB"),
    fix:
      `Give ${first.vm.name} ${String(second)} MB or less, or add memory until two nodes have ` +
      `${String(first.memoryMB)} MB or more.`,
    ...spareNode(known),
  });
}

/** The first loss after which not all machines find a node. Nodes with the same memory are lost alike where all may move. */
function lossesOf(known: KnownCluster, sized: readonly Sized[], estate: Estate): readonly Verdict[] {
  const { nodes, memory } = known;
  const tried = new Set<number>();
  for (const [lost, node] of nodes.entries()) {
    const capacity = memory[lost] ?? 0;
    if (tried.has(capacity)) continue;
    tried.add(capacity);
    const packing = packingWithout(lost, known, sized, estate);
    if (packing === "fits") continue;
    return [withoutPlace(known, node, sized, packing)];
  }
  return [];
}

function packingWithout(
  lost: number,
  { nodes, memory }: KnownCluster,
  sized: readonly Sized[],
  estate: Estate,
): Packing {
  const index = new Map(nodes.map((node, at) => [node, at]));
  const all = nodes.flatMap((_, at) => (at === lost ? [] : [at]));
  const machines = sized.flatMap(({ vm, memoryMB }): readonly Machine[] => {
    const owners = ifKnown(estate.hostsOf(vm));
    const possible = owners === undefined ? all : owners.flatMap((node) => index.get(node) ?? []);
    const possibleNodes = possible.length >= nodes.length - 1 ? all : possible.filter((at) => at !== lost);
    // One that only the lost node may run stays off, whatever the others have.
    return possibleNodes.length === 0 ? [] : [{ memoryMB, processors: 0, possibleNodes }];
  });
  const capacities = memory.map((memoryMB, at) => ({
    memoryMB: at === lost ? 0 : memoryMB,
    processors: Infinity,
    groups: [],
  }));
  return pack(machines, capacities);
}

function withoutPlace(known: KnownCluster, lost: Host, sized: readonly Sized[], packing: Packing): Verdict {
  const { cluster, memory, nodes } = known;
  const largest = [...sized].sort((one, other) => other.memoryMB - one.memoryMB).slice(0, 3);
  const demand = sized.reduce((sum, { memoryMB }) => sum + memoryMB, 0);
  const free = memory.reduce((sum, one, at) => sum + (nodes[at] === lost ? 0 : one), 0);
  const sums = `they may use ${String(demand)} MB of the ${String(free)} MB that are left`;
  const problem =
    packing === "doesNotFit"
      ? `${cluster.name}: when ${lost.name} is down, its ${count(sized.length, "virtual machine")} do not fit on the other nodes (${sums}, but in no arrangement).`
      : `${cluster.name}: no arrangement of its ${count(sized.length, "virtual machine")} was found for the time when ${lost.name} is down (${sums}), though there may be one.`;
  return violation(cluster, "", problem, {
    found: { value: demand, unit: "MB" },
    fix:
      `Add memory to the nodes or another node, or give the largest virtual machines less: ` +
      `${listing(largest.map(({ vm, memoryMB }) => `${vm.name} (${String(memoryMB)} MB)`))}.`,
    ...spareNode(known),
  });
}

/** What a document says of keeping the capacity of a node free, for the version of the first node. */
function spareNode({ nodes: [node] }: KnownCluster): ViolationDetails {
  const version = node === undefined ? undefined : ifKnown(node.operatingSystem);
  const evidence = version === undefined ? undefined : clusterStatement(version, "spareNode");
  return { advisory: true, ...(evidence === undefined ? {} : { evidence }) };
}
