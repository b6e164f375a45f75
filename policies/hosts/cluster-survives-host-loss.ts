import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host, VirtualMachine } from "../../lib/estate/model";
import { gatherAll, ifKnown } from "../../lib/estate/value";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { clusterStatement } from "../../lib/tables/cluster-nodes";
import { perText } from "../../lib/text/collections";
import { count, listing } from "../../lib/text/words";
import { memoryDemandMB, mostMemoryMB } from "./shared/memory-demand";
import { spareCapacity } from "./shared/node-capacities";
import { unknownClusters } from "./shared/unknown-clusters";
import { bySizeOf, differentLosses, packingWithout, type ClusterMachine, type NodeMachines } from "./shared/node-loss";

/**
 * When any one node of a cluster is lost, every virtual machine finds a node with enough memory. `cluster-capacity` compares
 * sums; here each machine is placed, by its possible owners and, where the cluster enforces it, by its anti-affinity.
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

function judge(known: KnownCluster, estate: Estate): readonly Verdict[] {
  const { cluster, memory } = known;
  const guests = estate.virtualMachinesIn(cluster);
  // Where the sum is too large, cluster-capacity says so.
  if (memoryDemandMB(guests) > spareCapacity(memory)) return [];
  const machines = machinesOf(known, guests, estate);
  const open = [
    ...unknownClusters(estate).flatMap((value) => undecided(cluster, value)),
    ...guests.flatMap((vm) => [
      ...undecided(cluster, mostMemoryMB(vm)),
      ...undecided(cluster, estate.hostsOf(vm)),
      ...(isEnforced(cluster) ? undecidedClasses(cluster, vm) : []),
    ]),
  ];
  const found = machineWithoutNode(known, machines) ?? firstLoss(known, machines);
  return found === undefined ? open : [found, ...(found.kind === "violation" ? [] : open)];
}

/** Those whose memory is known. What is not known of them is taken as what hinders least. */
function machinesOf(
  { cluster, nodes }: KnownCluster,
  guests: readonly VirtualMachine[],
  estate: Estate,
): readonly ClusterMachine[] {
  const index = new Map(nodes.map((node, at) => [node, at]));
  const all = nodes.map((_, at) => at);
  const ownersOf = perText((owners) => (owners === "" ? [] : owners.split(",").map(Number)));
  const enforced = isEnforced(cluster);
  return guests.flatMap((vm): readonly ClusterMachine[] => {
    const memoryMB = ifKnown(mostMemoryMB(vm));
    if (memoryMB === undefined) return [];
    const hosts = ifKnown(estate.hostsOf(vm)) ?? nodes;
    const owners = hosts === nodes ? [] : hosts.flatMap((node) => index.get(node) ?? []);
    const [group] = enforced ? knownTexts(vm) : [];
    const isLimited = hosts !== nodes && owners.length < all.length;
    return [{ vm, memoryMB, owners: isLimited ? ownersOf(owners.join()) : all, group }];
  });
}

function isEnforced({ enforcedAntiAffinity }: Cluster): boolean {
  return ifKnown(enforcedAntiAffinity) === true;
}

/** Only one class of a machine is placed by: with several it may fit less well. */
function undecidedClasses(cluster: Cluster, vm: VirtualMachine): readonly Verdict[] {
  const { antiAffinityClassNames } = vm;
  if (knownTexts(vm).length < 2) {
    const names = ifKnown(antiAffinityClassNames) ?? [];
    return [antiAffinityClassNames, ...names].flatMap((value) => undecided(cluster, value));
  }
  const what = `where ${vm.name} fits with several anti-affinity classes`;
  return [{ kind: "undecided", on: cluster, missing: antiAffinityClassNames.origin, because: "deployment", what }];
}

function knownTexts({ antiAffinityClassNames }: VirtualMachine): readonly string[] {
  return (ifKnown(antiAffinityClassNames) ?? []).flatMap((name) => ifKnown(name) ?? []);
}

/** A machine for which no other possible owner has enough memory, while the one with the most is down. */
function machineWithoutNode(known: KnownCluster, machines: readonly ClusterMachine[]): Verdict | undefined {
  const { cluster, nodes, memory } = known;
  const bySize = bySizeOf(memory);
  const large = machines.flatMap((machine) => {
    const [first, second] = bySize(machine.owners);
    if (first === undefined || second === undefined || machine.memoryMB <= (memory[second] ?? 0)) return [];
    return [{ machine, first, second }];
  });
  const [worst] = large.sort((one, other) => other.machine.memoryMB - one.machine.memoryMB);
  if (worst === undefined) return undefined;
  const { vm, memoryMB, owners } = worst.machine;
  const enough = memory[worst.second] ?? 0;
  const others = large.length === 1 ? "" : ` The same is so for ${count(large.length - 1, "other virtual machine")}.`;
  const amount = `which may use ${String(memoryMB)} MB`;
  const problem =
    owners.length === nodes.length
      ? `when the node with the most memory is down, no node can run ${vm.name}, ${amount}; the largest of the others has ${String(enough)} MB.`
      : `when ${nodes[worst.first]?.name ?? ""} is down, no other possible owner can run ${vm.name}, ${amount}; the largest of these, ${nodes[worst.second]?.name ?? ""}, has ${String(enough)} MB.`;
  const limited = owners.length === nodes.length ? "nodes" : "possible owners";
  return violation(cluster, "", `${cluster.name}: ${problem}${others}`, {
    found: { value: memoryMB, unit: "MB" },
    limit: atMost(enough, "MB"),
    fix: `Give ${vm.name} ${String(enough)} MB or less, or add memory until two ${limited} have ${String(memoryMB)} MB or more.`,
    ...spareNode(known),
  });
}

/** More losses than a supported cluster has nodes are not tried: each takes as long as all machines. */
const MOST_LOSSES = 64;

/** The first loss after which not all machines find a node, else the first for which that is not known. */
function firstLoss(known: KnownCluster, machines: readonly ClusterMachine[]): Verdict | undefined {
  const cluster: NodeMachines = { memory: known.memory, machines };
  let open: Verdict | undefined;
  for (const [tries, lost] of differentLosses(cluster).entries()) {
    const packing = tries < MOST_LOSSES ? packingWithout(lost, cluster) : "undecided";
    const node = known.nodes[lost];
    if (node === undefined || packing === "fits") continue;
    if (packing === "doesNotFit") return withoutPlace(known, node, machines);
    open ??= notFound(known, node);
    if (tries >= MOST_LOSSES) break;
  }
  return open;
}

function withoutPlace(known: KnownCluster, lost: Host, machines: readonly ClusterMachine[]): Verdict {
  const { cluster, memory, nodes } = known;
  const at = nodes.indexOf(lost);
  const others = machines.filter(({ owners }) => owners.some((node) => node !== at));
  const largest = [...others].sort((one, other) => other.memoryMB - one.memoryMB).slice(0, 3);
  const demand = others.reduce((sum, { memoryMB }) => sum + memoryMB, 0);
  const free = memory.reduce((sum, one, node) => sum + (node === at ? 0 : one), 0);
  const bounds = [
    ...(others.some(({ owners }) => owners.length < nodes.length) ? ["possible owners"] : []),
    ...(others.some(({ group }) => group !== undefined) ? ["enforced anti-affinity"] : []),
  ];
  const arrangement = bounds.length === 0 ? "in no arrangement" : `in no arrangement with their ${listing(bounds)}`;
  const problem =
    `${cluster.name}: when ${lost.name} is down, its ${count(others.length, "virtual machine")} do not fit on the other nodes ` +
    `(they may use ${String(demand)} MB of the ${String(free)} MB that are left, but ${arrangement}).`;
  const list = listing(largest.map(({ vm, memoryMB }) => `${vm.name} (${String(memoryMB)} MB)`));
  const more = [
    ...(bounds.includes("possible owners") ? [", let more nodes own them"] : []),
    ...(bounds.includes("enforced anti-affinity") ? [", stop enforcing anti-affinity"] : []),
  ].join("");
  return violation(cluster, "", problem, {
    found: { value: demand, unit: "MB" },
    fix: `Add memory to the nodes or another node${more}, or give the largest virtual machines less: ${list}.`,
    ...spareNode(known),
  });
}

/** The search was given up: nothing is said to be wrong. */
function notFound({ cluster }: KnownCluster, { name }: Host): Verdict {
  const what = `whether its virtual machines fit on the other nodes when ${name} is down`;
  return { kind: "undecided", on: cluster, missing: { urn: cluster.urn, path: "" }, because: "deployment", what };
}

/** What a document says of keeping the capacity of a node free, for the version of the first node. */
function spareNode({ nodes: [node] }: KnownCluster): ViolationDetails {
  const version = node === undefined ? undefined : ifKnown(node.operatingSystem);
  const evidence = version === undefined ? undefined : clusterStatement(version, "spareNode");
  return { advisory: true, ...(evidence === undefined ? {} : { evidence }) };
}
