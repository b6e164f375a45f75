import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { exactly, type LimitFigure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { listing } from "../../lib/text/words";
import { mostMemoryMB, RESERVE_PARAMETER } from "../hosts/shared/memory-demand";
import { processorsOf } from "../hosts/shared/running-processors";
import { capacityOutages } from "./host-loss/capacity";
import { clustersWithExchange } from "./host-loss/cluster-load";
import type { Outage } from "./host-loss/location";
import { dependsOnWitness, quorumOutages, shortName, witnessNameOf } from "./host-loss/quorum";
import { serviceOutages } from "./host-loss/services";
import { groupStartingWith, membersOf } from "./shared/availability-groups";
import { exchangeServers, restingOn, surest } from "./shared/exchange-servers";

/** Exchange keeps running when any one host fails: the loss of each host is simulated in turn. */
export const exchangeSurvivesHostLoss = defineRule<Host | VirtualMachine>({
  name: "exchange-survives-host-loss",
  title: "Exchange that survives a host's loss",
  subject: "exchange",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "A host fails sooner or later, and the hosts that remain must then provide whatever Exchange needs.",
  fix: "Spread what Exchange needs over more hosts.",
  sources: [],
  tags: ["availability", "capacity", "simulation"],
  parameters: {
    hostsLost: {
      type: "integer",
      description: "How many hosts may fail at the same time: 1, or 2 to simulate each pair as well. Default: 1.",
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
    if (entity.kind === "virtualMachine") return unknownInVirtualMachine(entity, estate);
    const reserveMB = number("reserveMB");
    return [
      ...lossOf(entity, estate, reserveMB),
      ...((number("hostsLost") ?? 1) > 1 ? lossWith(entity, estate, reserveMB) : []),
      ...unknownInHost(entity, estate, reserveMB),
    ];
  },
});

function lossOf(host: Host, estate: Estate, reserveMB: number | undefined): readonly Verdict[] {
  const outages = outagesOf(host, estate, reserveMB);
  return outages.length === 0 ? [] : [finding(host, `${host.name} is a single point of failure`, outages, "")];
}

/** What the loss of a host together with another one ends, and the loss of neither alone: one finding for all the others. */
function lossWith(host: Host, estate: Estate, reserveMB: number | undefined): readonly Verdict[] {
  const own = outagesOf(host, estate, reserveMB);
  const later = estate.hosts.slice(estate.hosts.indexOf(host) + 1);
  const pairs = later.flatMap((other) => {
    const known = new Set([...own, ...outagesOf(other, estate, reserveMB)].map(({ key }) => key));
    const outages = outagesAfter([host, other], estate, reserveMB, known).filter(({ key }) => !known.has(key));
    return outages.length === 0 ? [] : [{ other, outages }];
  });
  const [first, ...others] = pairs;
  if (first === undefined) return [];
  const also =
    others.length === 0 ? "" : ` It is one together with ${listing(others.map(({ other }) => other.name))} too.`;
  return [finding(host, `${host.name} is a point of failure together with ${first.other.name}`, first.outages, also)];
}

function finding(host: Host, subject: string, outages: readonly Outage[], more: string): Verdict {
  const fix = [...new Set(outages.map((one) => one.fix))].join(" ");
  const written = outages.filter(({ evidence }) => evidence?.confidence !== "unverified");
  const evidence = surest((written.length === 0 ? outages : written).flatMap((one) => one.evidence ?? []));
  const problem = `${subject}: ${outages.map(({ text }) => text).join("; ")}.${more}`;
  const [first] = outages;
  const figures =
    first === undefined
      ? {}
      : {
          found: first.found,
          ...(first.limit === undefined ? {} : { limit: first.limit }),
        };
  return violation(host, "", problem, { ...figures, fix, ...restingOn(evidence) });
}

const simulations = perEstate(() => new Map<number | undefined, Map<Host, readonly Outage[]>>());

/** What the loss of one host ends: computed once, since each pair needs it. */
function outagesOf(host: Host, estate: Estate, reserveMB: number | undefined): readonly Outage[] {
  const simulated = simulations(estate);
  const done = simulated.get(reserveMB) ?? new Map<Host, readonly Outage[]>();
  const outages = done.get(host) ?? outagesAfter([host], estate, reserveMB);
  simulated.set(reserveMB, done.set(host, outages));
  return outages;
}

/** @param known keys of outages that are reported already, and need not be computed */
function outagesAfter(
  hosts: readonly Host[],
  estate: Estate,
  reserveMB: number | undefined,
  known?: ReadonlySet<string>,
): readonly Outage[] {
  const lost = new Set(hosts);
  return [
    ...quorumOutages(lost, estate),
    ...serviceOutages(lost, estate),
    ...capacityOutages(lost, estate, reserveMB, known),
  ];
}

/** Every machine on the clusters that run Exchange: they share its nodes. */
function neighbours(estate: Estate): readonly VirtualMachine[] {
  return [...clustersWithExchange(estate)].flatMap((cluster) => estate.virtualMachinesIn(cluster));
}

/** Values that the simulation takes to be sufficient while they are unknown, and contradictions in declarations. */
function unknownInVirtualMachine(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
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
    ...undeclaredWitness(vm, estate),
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
    `${first.name} names ${named}: a group has one witness server.`;
  const path = "exchange.witnessServer";
  const isMember = membersOf(group.value, estate).some((member) => shortName(member.name) === shortName(named));
  return [
    violation(vm, path, problem, {
      found: { value: name },
      limit: exactly(named),
      fix: "Declare the same witness server for each member.",
      ...(isMember ? {} : { change: { path, value: named } }),
    }),
  ];
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
  const limit: LimitFigure = { bound: "noneOf", value: membersOf(group.value, estate).map((member) => member.name) };
  const fix = "Declare the same witness server outside of the group for each member.";
  return [violation(vm, "exchange.witnessServer", problem, { found: { value: name }, limit, fix })];
}

/** Reported at the first member of a group: the witness is needed, and not declared. */
function undeclaredWitness(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
  const group = groupStartingWith(vm, estate);
  const witnesses = (group?.members ?? []).map((member) => ifKnown(member.exchange)?.witnessServer);
  if (group === undefined || witnesses.some((witness) => witness !== undefined && witness.state !== "absent"))
    return [];
  const [witness] = witnesses;
  return witness !== undefined && dependsOnWitness(group, estate) ? [notDeclared(vm, witness.origin)] : [];
}

function unknownInHost(host: Host, estate: Estate, reserveMB: number | undefined): readonly Verdict[] {
  const cluster = estate.clusterOfHost(host);
  if (cluster.state !== "known") return undecided(host, cluster);
  if (!clustersWithExchange(estate).has(cluster.value)) return [];
  const version = reserveMB === undefined ? [host.operatingSystem] : [];
  const facts = [...version, ...Object.values<Value<number>>({ ...processorsOf(host) }), host.memoryMB];
  return facts.flatMap((value) => undecided(host, value));
}
