import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Cluster, Host, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import type { Evidence } from "../../../lib/rules/verdict";
import { exchangeFigures, exchangeStatement, type Figure } from "../../../lib/tables/exchange";
import { limitOf, processorAllowance, type Limit } from "../../../lib/tables/host-versions";
import { append } from "../../../lib/text/collections";
import { mostMemoryMB } from "../../hosts/shared/memory-demand";
import { logicalProcessors, onlyWindows7, physicalCores } from "../../hosts/shared/running-processors";
import { availabilityGroups } from "../shared/availability-groups";
import { surest } from "../shared/exchange-servers";
import type { Amounts } from "../../hosts/shared/bin-packing";
import { groupNameOf } from "./location";
import { servicesOn, type Service } from "./services";

/** A cluster that runs Exchange, with all virtual machines on its nodes, as one of the rules counts them. */
export interface ClusterLoad {
  readonly cluster: Cluster;
  readonly nodes: readonly Host[];
  readonly machines: readonly MachineLoad[];
  /** By the order of the nodes: what each has for virtual machines, without the parent's reserve. */
  readonly capacities: readonly Capacity[];
  /** Services of which its virtual machines are servers. */
  readonly services: readonly Service[];
  /** What Exchange requires beyond what fits on the hosts; undefined where only that counts. */
  readonly requirement: Requirement | undefined;
}

/** A limit for hosts that run Exchange. */
export interface Requirement {
  /** In parentheses after what is lacking. */
  readonly text: string;
  /** What would help, as in `Add cores to its nodes`. */
  readonly adding: string;
  readonly evidence: Evidence;
}

export interface Capacity extends Amounts {
  /** What the parent partition keeps, by a figure for which there is no document. */
  readonly undocumentedReserve: Limit | undefined;
}

/** A virtual machine with what it uses and the nodes that may run it. */
export interface MachineLoad extends Amounts {
  readonly vm: VirtualMachine;
  /** Index of the node that it is declared on. */
  readonly declaredNode: number | undefined;
  /** Whether the cluster restarts it. */
  readonly isClustered: boolean;
  /** Indexes of the nodes that may run it; the same list for all that any node may run. */
  readonly possibleNodes: readonly number[];
  readonly group: string | undefined;
}

/** The clusters that run Exchange. */
export const clustersWithExchange = perEstate((estate): ReadonlySet<Cluster> => {
  const runsExchange = (cluster: Cluster): boolean =>
    estate.virtualMachinesIn(cluster).some(({ exchange }) => exchange.state !== "absent");
  return new Set(estate.clusters.filter(runsExchange));
});

/** The clusters that run Exchange and whose nodes are known, each in the ways in which it is judged. */
const clusterLoads = perEstate((estate): readonly (readonly ClusterLoad[])[] =>
  [...clustersWithExchange(estate)].flatMap((cluster) => {
    const nodes = ifKnown(estate.nodesOf(cluster));
    if (nodes === undefined || nodes.length === 0 || hasTooLargeGroup(cluster, estate)) return [];
    const clusterLoad = clusterLoadOf(cluster, nodes, estate);
    return [[clusterLoad, ...notOversubscribed(clusterLoad), ...withRatio(clusterLoad)]];
  }),
);

/** Where a group is too large to exist, exchange-dag-anti-affinity reports it; its members have no right places. */
function hasTooLargeGroup(cluster: Cluster, estate: Estate): boolean {
  const members = new Set(
    availabilityGroups(estate).flatMap((group) => (group.exceeds === undefined ? [] : group.members)),
  );
  return members.size > 0 && estate.virtualMachinesIn(cluster).some((vm) => members.has(vm));
}

/** The same by host: a loss concerns no other cluster than its hosts'. */
export const clusterLoadsByHost = perEstate((estate): ReadonlyMap<Host, readonly (readonly ClusterLoad[])[]> => {
  const byHost = new Map<Host, (readonly ClusterLoad[])[]>();
  for (const variants of clusterLoads(estate))
    for (const node of variants[0]?.nodes ?? []) append(byHost, node, variants);
  return byHost;
});

function clusterLoadOf(cluster: Cluster, nodes: readonly Host[], estate: Estate): ClusterLoad {
  const indexes = new Map(nodes.map((node, index) => [node, index]));
  const all = nodes.map((_, index) => index);
  const machines = estate.virtualMachinesIn(cluster).map((vm): MachineLoad => {
    const declaredNode = ifKnown(estate.hostOf(vm));
    const owners = vm.possibleOwners.state === "absent" ? undefined : ifKnown(estate.hostsOf(vm));
    return {
      vm,
      declaredNode: declaredNode === undefined ? undefined : indexes.get(declaredNode),
      isClustered: ifKnown(estate.clusterOf(vm)) === cluster,
      possibleNodes: owners === undefined ? all : owners.flatMap((owner) => indexes.get(owner) ?? []),
      group: groupNameOf(vm, estate),
      // More can only be added to what is known.
      memoryMB: ifKnown(vm.memoryMB) ?? 0,
      processors: ifKnown(vm.processorCount) ?? 0,
    };
  });
  return {
    cluster,
    nodes,
    machines,
    capacities: nodes.map((node, index) => capacityOf(node, index, machines)),
    services: servicesOn(new Set(machines.map(({ vm }) => vm)), estate),
    requirement: undefined,
  };
}

/** With the maximum memory of other virtual machines, as far as they run only on nodes that may run Exchange too. */
function notOversubscribed(clusterLoad: ClusterLoad): readonly ClusterLoad[] {
  const versions = clusterLoad.nodes.map((_, index) => versionsOn(clusterLoad, index));
  const evidence = surest(versions.flat().flatMap((version) => exchangeStatement(version, "dynamicMemory") ?? []));
  const machines = clusterLoad.machines.map((machine) => {
    const most = machine.vm.exchange.state === "absent" ? ifKnown(mostMemoryMB(machine.vm)) : undefined;
    const isWithExchange = placesOf(machine).every((index) => versions[index]?.length !== 0);
    return most === undefined || !isWithExchange ? machine : { ...machine, memoryMB: most };
  });
  const isMore = machines.some(({ memoryMB }, index) => memoryMB !== clusterLoad.machines[index]?.memoryMB);
  const text = "with the most that dynamic memory may take, since a host of Exchange is not oversubscribed";
  return isMore && evidence !== undefined
    ? [{ ...clusterLoad, machines, requirement: { text, adding: "memory", evidence } }]
    : [];
}

/** With the virtual processors that Exchange allows for each core: first where a document says it, then wherever it holds. */
function withRatio(clusterLoad: ClusterLoad): readonly ClusterLoad[] {
  const figures = clusterLoad.nodes.map((_, index) =>
    surest(versionsOn(clusterLoad, index).flatMap((version) => exchangeFigures(version, "processorRatio"))),
  );
  const documented = figures.map((figure) => (figure?.confidence === "unverified" ? undefined : figure));
  const isAllDocumented = documented.every((figure, index) => figure === figures[index]);
  return [...bounded(clusterLoad, documented), ...(isAllDocumented ? [] : bounded(clusterLoad, figures))];
}

/** @param ratios by the order of the nodes; none where Exchange sets no bound */
function bounded(clusterLoad: ClusterLoad, ratios: readonly (Figure | undefined)[]): readonly ClusterLoad[] {
  const known = ratios.filter((ratio) => ratio !== undefined);
  const evidence = known.find(({ confidence }) => confidence === "unverified") ?? surest(known);
  if (evidence === undefined) return [];
  const capacities = clusterLoad.capacities.map((capacity, index) => {
    const ratio = ratios[index];
    const cores = clusterLoad.nodes[index] === undefined ? undefined : ifKnown(physicalCores(clusterLoad.nodes[index]));
    if (ratio === undefined || cores === undefined) return capacity;
    return { ...capacity, processors: Math.min(capacity.processors, ratio.value * cores) };
  });
  const text = `Exchange allows ${String(evidence.value)} virtual processors for each physical core of its host`;
  return [{ ...clusterLoad, capacities, requirement: { text, adding: "cores", evidence } }];
}

/** The versions of the Exchange servers that a node runs or may run. */
function versionsOn({ machines }: ClusterLoad, index: number): readonly string[] {
  const servers = machines.filter((machine) => placesOf(machine).includes(index));
  return servers.flatMap(({ vm }) => {
    const server = ifKnown(vm.exchange);
    return server?.version.state === "known" ? [server.version.value] : [];
  });
}

/** Indexes of the nodes that run a virtual machine or may run it. */
function placesOf({ declaredNode, isClustered, possibleNodes }: MachineLoad): readonly number[] {
  if (!isClustered) return declaredNode === undefined ? [] : [declaredNode];
  return declaredNode === undefined || possibleNodes.includes(declaredNode)
    ? possibleNodes
    : [declaredNode, ...possibleNodes];
}

/** What is not known is taken to be enough. */
function capacityOf(node: Host, index: number, machines: readonly MachineLoad[]): Capacity {
  const version = ifKnown(node.operatingSystem);
  const logical = ifKnown(logicalProcessors(node));
  // The higher ratio holds while only Windows 7 runs there: that another virtual machine could is not a finding.
  const isWindows7 = (vms: readonly VirtualMachine[]): boolean =>
    version !== undefined && onlyWindows7(version, vms) !== false;
  const windows7 =
    isWindows7(machines.filter(({ declaredNode }) => declaredNode === index).map(({ vm }) => vm)) &&
    machines.some(({ vm, possibleNodes }) => possibleNodes.includes(index) && isWindows7([vm]));
  const allowance =
    version === undefined || logical === undefined ? undefined : processorAllowance(version, logical, windows7);
  return {
    memoryMB: ifKnown(node.memoryMB) ?? Infinity,
    processors: allowance?.maximum ?? Infinity,
    undocumentedReserve: version === undefined ? undefined : limitOf(version, "parentReserve"),
  };
}
