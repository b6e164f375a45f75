import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { listing } from "../../lib/text/words";
import { mostMemoryMB, RESERVE_PARAMETER } from "../hosts/shared/memory-demand";
import { processorsOf } from "../hosts/shared/running-processors";
import { endedRoom } from "./host-loss/capacity";
import { clustersWithExchange } from "./host-loss/cluster-load";
import type { Break } from "./host-loss/location";
import { dependsOnWitness, endedQuorums, shortName, witnessNameOf } from "./host-loss/quorum";
import { endedServices } from "./host-loss/services";
import { availabilityGroups, membersOf } from "./shared/availability-groups";
import { exchangeServers, restingOn, surest } from "./shared/exchange-servers";

/** Exchange goes on when any one host is lost: each is taken away in turn, and what is left is looked at. */
export const exchangeSurvivesHostLoss = defineRule<Host | VirtualMachine>({
  name: "exchange-survives-host-loss",
  title: "Exchange that survives a host's loss",
  subject: "exchange",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  why: "A host fails sooner or later: whatever Exchange needs must be there once more on the hosts that are left.",
  fix: "Spread what Exchange needs over more hosts.",
  sources: [],
  tags: ["availability", "capacity", "simulation"],
  parameters: {
    hostsLost: {
      type: "integer",
      description: "How many hosts may be lost at the same time: 1, or 2 to look at each pair as well. Default: 1.",
      default: 1,
      minimum: 1,
      maximum: 2,
    },
    ...RESERVE_PARAMETER,
  },
  applies: (estate) => {
    const servers = exchangeServers(estate);
    if (servers.length === 0 || estate.hosts.length === 0) return [];
    return [...estate.hosts, ...new Set([...servers, ...neighbours(estate)])];
  },
  check: (entity, estate, { number }) => {
    if (entity.kind === "virtualMachine") return openGuest(entity, estate);
    const reserveMB = number("reserveMB");
    return [
      ...lossOf(entity, estate, reserveMB),
      ...((number("hostsLost") ?? 1) > 1 ? lossWith(entity, estate, reserveMB) : []),
      ...openHost(entity, estate, reserveMB),
    ];
  },
});

function lossOf(host: Host, estate: Estate, reserveMB: number | undefined): readonly Verdict[] {
  const breaks = breaksOf(host, estate, reserveMB);
  return breaks.length === 0 ? [] : [finding(host, `${host.name} cannot be lost`, breaks, "")];
}

/** What the loss of a host with another one breaks that neither breaks alone: one finding for all the others. */
function lossWith(host: Host, estate: Estate, reserveMB: number | undefined): readonly Verdict[] {
  const own = breaksOf(host, estate, reserveMB);
  const later = estate.hosts.slice(estate.hosts.indexOf(host) + 1);
  const pairs = later.flatMap((other) => {
    const told = new Set([...own, ...breaksOf(other, estate, reserveMB)].map(({ key }) => key));
    const breaks = breaksAfter([host, other], estate, reserveMB, told).filter(({ key }) => !told.has(key));
    return breaks.length === 0 ? [] : [{ other, breaks }];
  });
  const [first, ...others] = pairs;
  if (first === undefined) return [];
  const also =
    others.length === 0 ? "" : ` Nor can it be lost together with ${listing(others.map(({ other }) => other.name))}.`;
  return [finding(host, `${host.name} cannot be lost together with ${first.other.name}`, first.breaks, also)];
}

function finding(host: Host, subject: string, breaks: readonly Break[], more: string): Verdict {
  const fix = [...new Set(breaks.map((one) => one.fix))].join(" ");
  const written = breaks.filter(({ evidence }) => evidence?.confidence !== "unverified");
  const evidence = surest((written.length === 0 ? breaks : written).flatMap((one) => one.evidence ?? []));
  const problem = `${subject}: ${breaks.map(({ text }) => text).join("; ")}.${more}`;
  return violation(host, "", problem, { fix, ...restingOn(evidence) });
}

const simulations = perEstate(() => new Map<number | undefined, Map<Host, readonly Break[]>>());

/** What the loss of one host breaks: it is asked for with each other host. */
function breaksOf(host: Host, estate: Estate, reserveMB: number | undefined): readonly Break[] {
  const known = simulations(estate);
  const done = known.get(reserveMB) ?? new Map<Host, readonly Break[]>();
  const breaks = done.get(host) ?? breaksAfter([host], estate, reserveMB);
  known.set(reserveMB, done.set(host, breaks));
  return breaks;
}

/** @param told keys of what is told already, and need not be looked at */
function breaksAfter(
  hosts: readonly Host[],
  estate: Estate,
  reserveMB: number | undefined,
  told?: ReadonlySet<string>,
): readonly Break[] {
  const lost = new Set(hosts);
  return [...endedQuorums(lost, estate), ...endedServices(lost, estate), ...endedRoom(lost, estate, reserveMB, told)];
}

/** Every machine on the clusters that run Exchange: they share its nodes. */
function neighbours(estate: Estate): readonly VirtualMachine[] {
  return [...clustersWithExchange(estate)].flatMap((cluster) => estate.virtualMachinesIn(cluster));
}

/** What the simulation takes to be well, because only the deployment will tell, and what declarations contradict. */
function openGuest(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
  const places: readonly Value<unknown>[] = [estate.hostOf(vm), estate.clusterOf(vm), estate.hostsOf(vm)];
  const exchange = ifKnown(vm.exchange);
  const facts: readonly Value<unknown>[] = [
    vm.memoryMB,
    vm.processorCount,
    vm.exchange,
    ...(vm.exchange.state === "absent" ? [mostMemoryMB(vm)] : []),
    ...(exchange === undefined
      ? []
      : [
          exchange.version,
          exchange.databaseAvailabilityGroup,
          exchange.witnessServer,
          exchange.roles,
          exchange.databases,
        ]),
    ...[exchange?.roles, exchange?.databases].flatMap((list) => (list?.state === "known" ? list.value : [])),
  ];
  const isUnplaced = exchange !== undefined && estate.hostsOf(vm).state === "absent";
  return [
    ...[...places, ...facts].flatMap((value) => undecided(vm, value)),
    ...(isUnplaced ? [notDeclared(vm, vm.host.origin)] : []),
    ...otherWitness(vm, estate),
    ...ownWitness(vm, estate),
    ...openWitness(vm, estate),
  ];
}

/** A group has one witness server: what another member names contradicts it. */
function otherWitness(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
  const group = ifKnown(vm.exchange)?.databaseAvailabilityGroup;
  const name = witnessNameOf(vm);
  if (group?.state !== "known" || name === undefined) return [];
  const first = membersOf(group.value, estate).find((member) => witnessNameOf(member) !== undefined);
  const named = first === undefined ? undefined : witnessNameOf(first);
  if (first === undefined || named === undefined || shortName(named) === shortName(name)) return [];
  const problem =
    `${vm.name} names ${name} as the witness server of the database availability group ${group.value}, and ` +
    `${first.name} names ${named}: a group has one.`;
  return [violation(vm, "exchange.witnessServer", problem, { fix: "Name the same witness server with each member." })];
}

/** A member cannot break the tie between the members. */
function ownWitness(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
  const group = ifKnown(vm.exchange)?.databaseAvailabilityGroup;
  const name = witnessNameOf(vm);
  if (group?.state !== "known" || name === undefined) return [];
  const witness = membersOf(group.value, estate).find((member) => shortName(member.name) === shortName(name));
  if (witness === undefined) return [];
  const problem =
    `${vm.name} names ${name} as the witness server of the database availability group ${group.value}, and ` +
    `${witness.name} is a member of it.`;
  return [violation(vm, "exchange.witnessServer", problem, { fix: "Name a witness server outside of the group." })];
}

/** Asked of the first member of a group: where the witness is. */
function openWitness(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
  const group = availabilityGroups(estate).find(({ members }) => members[0] === vm);
  const witnesses = (group?.members ?? []).map((member) => ifKnown(member.exchange)?.witnessServer);
  if (group === undefined || witnesses.some((witness) => witness !== undefined && witness.state !== "absent"))
    return [];
  const [witness] = witnesses;
  return witness !== undefined && dependsOnWitness(group, estate) ? [notDeclared(vm, witness.origin)] : [];
}

function openHost(host: Host, estate: Estate, reserveMB: number | undefined): readonly Verdict[] {
  const cluster = estate.clusterOfHost(host);
  if (cluster.state !== "known") return undecided(host, cluster);
  if (!clustersWithExchange(estate).has(cluster.value)) return [];
  const version = reserveMB === undefined ? [host.operatingSystem] : [];
  const facts = [...version, ...Object.values<Value<number>>({ ...processorsOf(host) }), host.memoryMB];
  return facts.flatMap((value) => undecided(host, value));
}
