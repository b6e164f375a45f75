import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Cluster, ExchangeServer, Host, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown, type Value } from "../../../lib/estate/value";
import type { Evidence, ViolationDetails } from "../../../lib/rules/verdict";
import {
  exchangeFigures,
  exchangeRoleName,
  exchangeStatement,
  exchangeVersionName,
  type ExchangeTopic,
  type Figure,
  type FigureItem,
} from "../../../lib/tables/exchange";
import { CONFIDENCES } from "../../../lib/tables/sources";
import { append } from "../../../lib/text/collections";

export const UNIFIED_MESSAGING = "unifiedMessaging";
export const MAILBOX = "mailbox";

/** The virtual machines that run Exchange, and those of which it is not known until deployment. */
export function exchangeServers({ virtualMachines }: Estate): readonly VirtualMachine[] {
  return virtualMachines.filter(({ exchange }) => exchange.state !== "absent");
}

/** The Exchange servers that are declared on a host. */
export function serversOn(host: Host, estate: Estate): readonly ExchangeServer[] {
  const servers = estate.virtualMachinesOn(host).map(({ exchange }) => ifKnown(exchange));
  return servers.filter((server) => server !== undefined);
}

/** The hosts that Exchange servers are declared on. */
export function hostsOfExchange(estate: Estate): readonly Host[] {
  return estate.hosts.filter((host) => serversOn(host, estate).length > 0);
}

/** The clusters of declared nodes with servers on no known host, so that any node may run them. */
export function clustersOfExchange(estate: Estate): readonly Cluster[] {
  return estate.clusters.filter(
    (cluster) =>
      runningExchange(estate.virtualMachinesFloatingOn(cluster)).length > 0 &&
      ifKnown(estate.nodesOf(cluster))?.length !== 0,
  );
}

/** The clusters that may run Exchange servers, for which nothing more is known than that there are such machines. */
export function possibleClustersOfExchange(estate: Estate): readonly Cluster[] {
  const known = clustersOfExchange(estate);
  const isAnywhere = unknownClustersOfExchange(estate).length > 0;
  return estate.clusters.filter(
    (cluster) =>
      !known.includes(cluster) &&
      (isAnywhere || estate.virtualMachinesFloatingOn(cluster).some(({ exchange }) => exchange.state === "unknown")),
  );
}

/** The clusters of Exchange servers, as far as it is not known which ones they are. */
export function unknownClustersOfExchange(estate: Estate): readonly Value<unknown>[] {
  return exchangeServers(estate)
    .map((vm) => estate.clusterOf(vm))
    .filter(({ state }) => state === "unknown");
}

/** Those of some machines that are known to run Exchange. */
export function runningExchange(vms: readonly VirtualMachine[]): readonly VirtualMachine[] {
  return vms.filter(({ exchange }) => exchange.state === "known");
}

/** The servers that a host runs, or may come to run since it is a node of their cluster, by host. */
export const serversByHost = perEstate((estate) => {
  const servers = new Map<Host, ExchangeServer[]>();
  for (const vm of estate.virtualMachines) {
    const server = ifKnown(vm.exchange);
    if (server === undefined) continue;
    const own = ifKnown(estate.hostOf(vm));
    const hosts = [...(own === undefined ? [] : [own]), ...(ifKnown(estate.hostsOf(vm)) ?? [])];
    for (const host of new Set(hosts)) append(servers, host, server);
  }
  return servers;
});

/**
 * What may make a host one that runs Exchange: virtual machines on it of which it is not known until deployment
 * what they are, and servers of which it is not known on which host.
 */
export function possibleServers(host: Host, estate: Estate): readonly PossibleServer[] {
  return unsettled(estate).flatMap((vm) => {
    const hosts = estate.hostsOf(vm);
    const isHere = estate.knownHostsOf(vm).includes(host);
    if (!isHere && (hosts.state !== "unknown" || isElsewhere(host, vm, estate))) return [];
    if (vm.exchange.state === "unknown") return [{ vm, missing: vm.exchange }];
    return isHere ? [] : [{ vm, missing: hosts }];
  });
}

export interface PossibleServer {
  readonly vm: VirtualMachine;
  readonly missing: Value<unknown>;
}

const unsettled = perEstate((estate) =>
  exchangeServers(estate).filter((vm) => vm.exchange.state === "unknown" || estate.hostsOf(vm).state === "unknown"),
);

/** Whether a host is no node of the machine's cluster, as far as both are known. */
function isElsewhere(host: Host, vm: VirtualMachine, estate: Estate): boolean {
  const own = ifKnown(estate.clusterOf(vm));
  const cluster = estate.clusterOfHost(host);
  return own !== undefined && cluster.state !== "unknown" && ifKnown(cluster) !== own;
}

/** Of what Microsoft says to several servers at once, the surest. */
export function surest<T extends Evidence>(evidence: readonly T[]): T | undefined {
  const order = evidence.map((one) => CONFIDENCES.indexOf(one.confidence));
  return evidence[order.indexOf(Math.min(...order))];
}

/** `ex-mbx1 (Exchange 2010 SP1 Mailbox, Hub Transport)`, as far as it is known. */
export function describeServer(vm: VirtualMachine, exchange: ExchangeServer): string {
  const known = ifKnown(exchange.version);
  const server = known === undefined ? "Exchange" : exchangeVersionName(known);
  const names = knownRoles(exchange).map((role) => exchangeRoleName(role));
  return `${vm.name} (${[server, ...names].join(", ")})`;
}

/** A sentence that says what a finding rests on beside what is declared; nothing where it says all. */
export function assumptionOf({ isTakenAsRtm }: ExchangeServer): string {
  return isTakenAsRtm ? " No service pack is declared, so Exchange 2010 is taken as RTM." : "";
}

/** The roles of a server as far as they are known. */
export function knownRoles({ roles }: ExchangeServer): readonly string[] {
  return (ifKnown(roles) ?? []).map(ifKnown).filter((role) => role !== undefined);
}

/** What is in the way of knowing all roles of a server. */
export function unknownRoles({ roles }: ExchangeServer): readonly Value<unknown>[] {
  return roles.state === "known" ? roles.value.filter(({ state }) => state === "unknown") : [roles];
}

/** What Microsoft says on a topic for the server's version; undefined when that is not known or nothing is said. */
export function statementFor(version: Value<string>, topic: ExchangeTopic): Evidence | undefined {
  const id = ifKnown(version);
  return id === undefined ? undefined : exchangeStatement(id, topic);
}

/** Unified Messaging servers on a host whose version lets no virtual processors share its cores. */
export function unifiedMessagingOn(host: Host, estate: Estate): readonly VirtualMachine[] {
  return estate.virtualMachinesOn(host).filter(({ exchange }) => {
    const server = ifKnown(exchange);
    if (server === undefined || !knownRoles(server).includes(UNIFIED_MESSAGING)) return false;
    return statementFor(server.version, "unifiedMessagingCores") !== undefined;
  });
}

/** Of what Microsoft says on a topic for several servers, the surest. */
export function surestStatement(servers: readonly ExchangeServer[], topic: ExchangeTopic): Evidence | undefined {
  const statements = servers.map(({ version }) => statementFor(version, topic));
  return surest(statements.filter((statement) => statement !== undefined));
}

/** Of the figures for several servers, the surest. */
export function surestFigure(servers: readonly ExchangeServer[], item: FigureItem): Figure | undefined {
  const versions = new Set(servers.flatMap(({ version }) => ifKnown(version) ?? []));
  return surest([...versions].flatMap((version) => exchangeFigures(version, item)));
}

/** The document of a finding; none while it is not known for which version it should speak. */
export function restingOn(evidence: Evidence | undefined): ViolationDetails {
  return evidence === undefined ? { withoutSource: true } : { evidence };
}
