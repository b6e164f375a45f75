import { perEstate, type Estate } from "../../lib/estate/estate";
import type { ExchangeServer, Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { atLeast, atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, notDeclared, undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import type { Figure } from "../../lib/tables/exchange";
import { count, listing } from "../../lib/text/words";
import { shortages, type Shortage } from "./host-loss/matching";
import { groupOf, type AvailabilityGroup } from "./shared/availability-groups";
import { describeServer, exchangeServers, statementFor } from "./shared/exchange-servers";
import { keptApart, meetingOf, placeOf, type Meeting } from "../guests/shared/machine-meetings";

/** Members of one database availability group run on different hosts, and cannot move onto one. */
export const exchangeDagAntiAffinity = defineRule<VirtualMachine>({
  name: "exchange-dag-anti-affinity",
  title: "DAG members on different hosts",
  subject: "exchange",
  level: "recommended",
  enforcement: "mandatory", // what the product promises to stop, though the document only recommends
  severity: "critical",
  reach: "estate",
  needsWhole: true,
  why: "When that host fails, the group loses several copies of its databases at once, and may lose its quorum.",
  fix: "Place the members on different hosts; in a cluster, give them a common anti-affinity class name.",
  sources: ["exchange-2010-best-practices"],
  tags: ["availability", "placement"],
  applies: exchangeServers,
  check: (vm, estate) =>
    given(vm, { exchange: vm.exchange }, ({ exchange }) =>
      given(vm, { name: exchange.databaseAvailabilityGroup }, () => {
        const group = groupOf(vm, estate);
        if (group === undefined) return [];
        const isFirst = vm === group.members[0];
        if (group.exceeds !== undefined) return isFirst ? tooManyMembers(vm, exchange, group, group.exceeds) : [];
        return [...pairs(vm, exchange, group, estate), ...(isFirst ? wholeGroup(group, estate) : [])];
      }),
    ),
});

/** With more members than a group can have, no place for them would be right: it is reported once, at the first. */
function tooManyMembers(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  { name, members }: AvailabilityGroup,
  most: Figure,
): readonly Verdict[] {
  const problem =
    `${describeServer(vm, exchange)} is one of ${count(members.length, "member")} of the database availability group ` +
    `${name}. A group has at most ${String(most.value)} members.`;
  return [
    violation(vm, exchange.databaseAvailabilityGroup.origin.path, problem, {
      found: { value: members.length, unit: "members" },
      limit: atMost(most.value, "members"),
      fix:
        `Leave at most ${String(most.value)} members in ${name}, and set databaseAvailabilityGroup of the others to other ` +
        "groups.",
      evidence: most,
    }),
  ];
}

function evidenceFor({ version }: ExchangeServer): ViolationDetails {
  const evidence = statementFor(version, "dagAntiAffinity");
  return evidence === undefined ? {} : { evidence };
}

/** A member and those before it: each pair that is, or may come to be, on one host. */
function pairs(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  group: AvailabilityGroup,
  estate: Estate,
): readonly Verdict[] {
  const earlier = group.members.slice(0, group.members.indexOf(vm));
  const meetings = earlier.map((other) => ({ other, meeting: meetingOf([other, vm], estate) }));
  const full = shortagesOf(group, estate);
  // Where there are too few hosts for them all, nothing keeps apart those that may move: that is said of the whole.
  const areShortOfHosts = (other: VirtualMachine): boolean =>
    full.some(({ items }) => items.includes(vm) && items.includes(other));
  const together = meetings.flatMap(({ other, meeting }) => {
    const place = placeOf(meeting);
    return place === undefined || (meeting.kind === "may" && areShortOfHosts(other))
      ? []
      : [{ other, place, ...howToSeparate(vm, other, meeting, estate) }];
  });
  const places = [...new Set(together.map(({ place }) => place))];
  return [
    ...places.flatMap((place) => {
      const here = together.filter((one) => one.place === place);
      const names = listing(here.map(({ other }) => other.name));
      const problem =
        `${describeServer(vm, exchange)} ${place} as ${names}: ${here.length === 1 ? "both" : "all"} are members ` +
        `of the database availability group ${group.name}.`;
      const figures = { found: { value: here.length + 1, unit: "members" }, limit: atMost(1, "members") } as const;
      return here
        .slice(0, 1)
        .map(({ path, fix }) => violation(vm, path, problem, { ...figures, fix, ...evidenceFor(exchange) }));
    }),
    ...meetings.flatMap(({ meeting }) => (meeting.kind === "unknown" ? undecided(vm, meeting.value) : [])),
  ];
}

/** The property that separates a pair, and what to write there. */
function howToSeparate(
  vm: VirtualMachine,
  other: VirtualMachine,
  meeting: Meeting,
  estate: Estate,
): { readonly path: string; readonly fix: string } {
  if (meeting.kind === "on") {
    return { path: "host", fix: fixOnHost(vm, other, meeting.host, estate) };
  }
  if (meeting.kind === "only") {
    const moving = estate.clusterOf(vm).state === "absent" ? other : vm;
    return {
      path: moving === vm ? "possibleOwners" : "host",
      fix: fixOnOnlyHost(vm, other, moving, meeting.host, estate),
    };
  }
  const [outside] = [vm, other].filter((one) => estate.clusterOf(one).state === "absent");
  const [inside] = [vm, other].filter((one) => one !== outside);
  const home = outside === undefined ? undefined : ifKnown(estate.hostOf(outside));
  if (outside !== undefined && inside !== undefined && home !== undefined && meeting.kind === "may") {
    return {
      path: inside === vm ? "possibleOwners" : "cluster",
      fix:
        `Leave ${home.name} out of the possible owners of ${inside.name} (possibleOwners); or make ${outside.name} ` +
        `highly available on the cluster ${meeting.cluster.name} too (cluster) and give both a common anti-affinity ` +
        "class name: the cluster keeps only its own virtual machines apart.",
    };
  }
  return {
    path: "antiAffinityClassNames",
    fix:
      `Give ${vm.name} and ${other.name} a common anti-affinity class name (antiAffinityClassNames), or possible ` +
      "owners of which none is common (possibleOwners).",
  };
}

/** Another node helps only where anti-affinity keeps the members apart, or where the node they share is left out. */
function fixOnOnlyHost(
  vm: VirtualMachine,
  other: VirtualMachine,
  moving: VirtualMachine,
  { name }: Host,
  estate: Estate,
): string {
  const inOne = ifKnown(estate.clusterOf(vm)) === ifKnown(estate.clusterOf(other));
  if (!inOne) return `Replace ${name} in the possible owners (possibleOwners) of ${moving.name} with another node.`;
  const add = `Add a node other than ${name} to the possible owners (possibleOwners) of ${moving.name}, or to its cluster`;
  if (keptApart([vm, other], estate) === true || shareNames(vm, other)) return `${add}.`;
  return `${add}, and give ${vm.name} and ${other.name} a common anti-affinity class name (antiAffinityClassNames).`;
}

/** Whether two members have a class name in common, which keeps them apart as soon as there is a node to go to. */
function shareNames(one: VirtualMachine, other: VirtualMachine): boolean {
  const names = classNamesOf(other);
  return classNamesOf(one).some((name) => names.includes(name));
}

function classNamesOf({ antiAffinityClassNames }: VirtualMachine): readonly string[] {
  return (ifKnown(antiAffinityClassNames) ?? []).flatMap((name) => ifKnown(name)?.toLowerCase() ?? []);
}

/** A move alone does not last where the cluster may move the members together again. */
function fixOnHost(vm: VirtualMachine, other: VirtualMachine, { name }: Host, estate: Estate): string {
  const own = ifKnown(estate.clusterOf(vm));
  const others = ifKnown(estate.clusterOf(other));
  if (own === undefined) return `Move ${vm.name} from ${name} to a host that no other member runs on or can move to.`;
  const move = `Move ${vm.name} from ${name} to a node that no other member runs on`;
  if (others !== own) return `${move}, and leave ${name} out of its possible owners (possibleOwners).`;
  if (keptApart([vm, other], estate) === true) return `${move}.`;
  return `${move}, and give ${vm.name} and ${other.name} a common anti-affinity class name (antiAffinityClassNames).`;
}

/** What only all members together show: reported once a group. */
function wholeGroup(group: AvailabilityGroup, estate: Estate): readonly Verdict[] {
  const { name, members } = group;
  if (members.length < 2) return [];
  const unplaced = members.find((vm) => estate.hostsOf(vm).state === "absent");
  return [
    ...shortagesOf(group, estate).flatMap(({ items, places }) =>
      tooFewHosts(
        name,
        items,
        estate.hosts.filter((host) => places.includes(host)),
      ),
    ),
    ...members.flatMap((vm) => undecidedHosts(vm, estate)),
    ...(unplaced === undefined ? [] : [notDeclared(unplaced, unplaced.host)]),
  ];
}

/** Members that have too few hosts between them, computed once for all members of a group. */
function shortagesOf(group: AvailabilityGroup, estate: Estate): readonly Shortage<VirtualMachine, Host>[] {
  const computed = shortagesByGroup(estate);
  const known =
    computed.get(group) ?? shortages(distinctPlaces(group.members, estate), (vm) => ifKnown(estate.hostsOf(vm)) ?? []);
  computed.set(group, known);
  return known;
}

const shortagesByGroup = perEstate(() => new Map<AvailabilityGroup, readonly Shortage<VirtualMachine, Host>[]>());

/** Of members that can run only on one and the same host the first: the others are found pair by pair. */
function distinctPlaces(members: readonly VirtualMachine[], estate: Estate): readonly VirtualMachine[] {
  const taken = new Set<Host>();
  return members.filter((vm) => {
    const [only, another] = ifKnown(estate.hostsOf(vm)) ?? [];
    if (only === undefined || another !== undefined) return true;
    const first = !taken.has(only);
    taken.add(only);
    return first;
  });
}

/** Class names do not help where there are fewer hosts than members: the cluster then runs two on one all the same, or leaves one off. */
function tooFewHosts(group: string, members: readonly VirtualMachine[], hosts: readonly Host[]): readonly Verdict[] {
  const last = members.at(-1);
  const exchange = last === undefined ? undefined : ifKnown(last.exchange);
  if (last === undefined || exchange === undefined) return [];
  const names = listing(hosts.map(({ name }) => name));
  const problem =
    `${describeServer(last, exchange)} is one of ${count(members.length, "member")} of the database availability group ` +
    `${group} (${listing(members.map(({ name }) => name))}) that may run only on ${count(hosts.length, "host")} (${names}): ` +
    `even with anti-affinity two of them run on one host, or one stays off.`;
  const fix =
    "Add nodes to the cluster or to the possible owners (possibleOwners), or move a member to another cluster or host.";
  const figures = { found: { value: hosts.length, unit: "hosts" }, limit: atLeast(members.length, "hosts") } as const;
  return [violation(last, "", problem, { ...figures, fix, ...evidenceFor(exchange) })];
}

/** How many hosts there are for the members must be known, whatever keeps them apart. */
function undecidedHosts(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
  const hosts = estate.hostsOf(vm);
  if (hosts.state === "known" && hosts.value.length === 0) return [notDeclared(vm, hosts)];
  return undecided(vm, hosts);
}
