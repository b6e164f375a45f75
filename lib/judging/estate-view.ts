import { mostMemoryMB } from "../../policies/hosts/shared/memory-demand";
import { logicalProcessors, onlyWindows7 } from "../../policies/hosts/shared/running-processors";
import type { Estate } from "../estate/estate";
import type { Cluster, Host, VirtualMachine } from "../estate/model";
import { ifKnown } from "../estate/value";
import { exchangeRoleName } from "../tables/exchange";
import { hostVersionName, processorAllowance } from "../tables/host-versions";
import { describeGuestOs } from "../tables/operating-systems";
import { isHidden, numberOf, optional, textOf, type TextMask } from "./masked-facts";
import { networkViews, type NetworkView } from "./network-views";

/**
 * Who runs where, as data for a report. A fact that is missing is not declared, not known before the deployment, or
 * secret. Entities refer to each other by their positions in these lists.
 */
export interface EstateView {
  readonly clusters: readonly ClusterView[];
  readonly hosts: readonly HostView[];
  readonly machines: readonly MachineView[];
}

export interface ClusterView {
  readonly name: string;
  readonly urn: string;
  /** Whether more nodes may turn out to be in it. */
  readonly mayHaveMoreNodes?: true;
  readonly networks: readonly NetworkView[];
}

export interface HostView {
  readonly name: string;
  readonly urn: string;
  readonly cluster?: number;
  readonly operatingSystem?: string;
  readonly site?: string;
  readonly memoryMB?: number;
  readonly logicalProcessors?: number;
  /** How many virtual processors may run on it; absent also where its version has no limit. */
  readonly mostVirtualProcessors?: number;
}

export interface MachineView {
  readonly name: string;
  readonly urn: string;
  /** The host that it is declared on. */
  readonly host?: number;
  /** The cluster that restarts it on another node. */
  readonly cluster?: number;
  /** The hosts that may run it, where those are not all nodes of its cluster. */
  readonly possibleHosts?: readonly number[];
  /** Whether something of where it runs is known only after the deployment. */
  readonly isPlaceUnknown?: true;
  readonly guestOs?: string;
  /** What it may use at most. */
  readonly memoryMB?: number;
  readonly processors?: number;
  /** Names of the Exchange roles in it. */
  readonly roles?: readonly string[];
  /** Name of its database availability group. */
  readonly group?: string;
}

/** @param mask takes secrets out: a number that is one is left out */
export function estateView(estate: Estate, mask: TextMask): EstateView {
  const positions: Positions = {
    hosts: new Map(estate.hosts.map((host, index) => [host, index])),
    clusters: new Map(estate.clusters.map((cluster, index) => [cluster, index])),
  };
  const scope = { estate, positions, mask };
  return {
    clusters: estate.clusters.map((cluster) => clusterView(cluster, scope)),
    hosts: estate.hosts.map((host) => hostView(host, scope)),
    machines: estate.virtualMachines.map((machine) => machineView(machine, scope)),
  };
}

interface Positions {
  readonly hosts: ReadonlyMap<Host, number>;
  readonly clusters: ReadonlyMap<Cluster, number>;
}

interface ViewScope {
  readonly estate: Estate;
  readonly positions: Positions;
  readonly mask: TextMask;
}

function clusterView(cluster: Cluster, { estate, mask }: ViewScope): ClusterView {
  return {
    name: mask(cluster.name),
    urn: cluster.urn,
    ...(estate.nodesOf(cluster).state === "unknown" ? { mayHaveMoreNodes: true } : {}),
    networks: networkViews(cluster, estate, mask),
  };
}

function hostView(host: Host, { estate, positions, mask }: ViewScope): HostView {
  const cluster = ifKnown(estate.clusterOfHost(host));
  const logical = numberOf(logicalProcessors(host), mask);
  const version = ifKnown(host.operatingSystem);
  const system = version === undefined ? undefined : hostVersionName(version);
  return {
    name: mask(host.name),
    urn: host.urn,
    ...optional("cluster", cluster === undefined ? undefined : positions.clusters.get(cluster)),
    ...optional("operatingSystem", system === undefined ? undefined : mask(system)),
    ...optional("site", textOf(host.site, mask)),
    ...optional("memoryMB", numberOf(host.memoryMB, mask)),
    ...optional("logicalProcessors", logical),
    ...optional("mostVirtualProcessors", mostProcessors(host, estate.virtualMachinesOn(host), logical, mask)),
  };
}

/** Nothing where it would tell of a secret version or guest. */
function mostProcessors(
  { operatingSystem }: Host,
  guests: readonly VirtualMachine[],
  logical: number | undefined,
  mask: TextMask,
): number | undefined {
  const version = ifKnown(operatingSystem);
  if (version === undefined || logical === undefined || isHidden(hostVersionName(version), mask)) return undefined;
  if (guests.some((guest) => isHidden(systemOf(guest) ?? "", mask))) return undefined;
  const isWindows7 = guests.length > 0 && onlyWindows7(version, guests) !== false;
  return processorAllowance(version, logical, isWindows7)?.maximum;
}

function machineView(machine: VirtualMachine, { estate, positions, mask }: ViewScope): MachineView {
  const host = ifKnown(estate.hostOf(machine));
  const cluster = ifKnown(estate.clusterOf(machine));
  const places = [estate.hostOf(machine), estate.clusterOf(machine), machine.possibleOwners];
  const owners = machine.possibleOwners.state === "known" ? ifKnown(estate.hostsOf(machine)) : undefined;
  const system = systemOf(machine);
  const exchange = ifKnown(machine.exchange);
  const roles = exchange === undefined ? [] : (ifKnown(exchange.roles) ?? []).flatMap((role) => ifKnown(role) ?? []);
  return {
    name: mask(machine.name),
    urn: machine.urn,
    ...optional("host", host === undefined ? undefined : positions.hosts.get(host)),
    ...optional("cluster", cluster === undefined ? undefined : positions.clusters.get(cluster)),
    ...optional(
      "possibleHosts",
      owners?.flatMap((owner) => positions.hosts.get(owner) ?? []),
    ),
    ...(places.some(({ state }) => state === "unknown") ? { isPlaceUnknown: true } : {}),
    ...optional("guestOs", system === undefined ? undefined : mask(system)),
    ...optional("memoryMB", numberOf(mostMemoryMB(machine), mask)),
    ...optional("processors", numberOf(machine.processorCount, mask)),
    ...(roles.length === 0 ? {} : { roles: roles.map((role) => mask(exchangeRoleName(role))) }),
    ...optional("group", exchange === undefined ? undefined : textOf(exchange.databaseAvailabilityGroup, mask)),
  };
}

function systemOf({ guestOs }: VirtualMachine): string | undefined {
  const system = ifKnown(guestOs);
  return system === undefined ? undefined : describeGuestOs(system);
}
