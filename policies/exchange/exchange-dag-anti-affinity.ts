import type { Estate } from "../../lib/estate/estate";
import type { ExchangeServer, Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, notDeclared, undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { count, listing } from "../../lib/text/words";
import { crowds, type Crowd } from "./host-loss/matching";
import { membersOf } from "./shared/availability-groups";
import { describeServer, exchangeServers, statementFor } from "./shared/exchange-servers";
import { meetingOf, placeOf, type Meeting } from "./shared/server-placement";

/** Members of one database availability group run on different hosts, and cannot move onto one. */
export const exchangeDagAntiAffinity = defineRule<VirtualMachine>({
  name: "exchange-dag-anti-affinity",
  title: "DAG members on different hosts",
  subject: "exchange",
  level: "recommended",
  enforcement: "mandatory", // what the product promises to stop, though the document only recommends
  severity: "critical",
  reach: "estate",
  why: "When that host fails, the group loses several copies of its databases at once, and may lose its quorum.",
  fix: "Place the members on different hosts; in a cluster give them a common anti-affinity class name.",
  sources: ["exchange-2010-best-practices"],
  tags: ["availability", "placement"],
  applies: exchangeServers,
  check: (vm, estate) =>
    given(vm, { exchange: vm.exchange }, ({ exchange }) =>
      given(vm, { group: exchange.databaseAvailabilityGroup }, ({ group }) => {
        const members = membersOf(group, estate);
        return [
          ...pairs(vm, exchange, group, members.slice(0, members.indexOf(vm)), estate),
          ...(vm === members[0] ? wholeGroup(group, members, estate) : []),
        ];
      }),
    ),
});

function evidenceFor({ version }: ExchangeServer): ViolationDetails {
  const evidence = statementFor(version, "dagAntiAffinity");
  return evidence === undefined ? {} : { evidence };
}

/** A member and those before it: each pair that is, or may come to be, on one host. */
function pairs(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  group: string,
  earlier: readonly VirtualMachine[],
  estate: Estate,
): readonly Verdict[] {
  const meetings = earlier.map((other) => ({ other, meeting: meetingOf([other, vm], estate) }));
  const full = crowdsOf(membersOf(group, estate), estate);
  // Where there are too few hosts for them all, nothing keeps apart those that may move: that is said of the whole.
  const isCrowded = (other: VirtualMachine): boolean =>
    full.some(({ items }) => items.includes(vm) && items.includes(other));
  const together = meetings.flatMap(({ other, meeting }) => {
    const place = placeOf(meeting);
    return place === undefined || (meeting.kind === "may" && isCrowded(other))
      ? []
      : [{ other, place, ...howToPart(vm, other, meeting, estate) }];
  });
  const places = [...new Set(together.map(({ place }) => place))];
  return [
    ...places.flatMap((place) => {
      const here = together.filter((one) => one.place === place);
      const names = listing(here.map(({ other }) => other.name));
      const problem =
        `${describeServer(vm, exchange)} ${place} as ${names}: ${here.length === 1 ? "both" : "all"} are members ` +
        `of the database availability group ${group}.`;
      return here.slice(0, 1).map(({ path, fix }) => violation(vm, path, problem, { fix, ...evidenceFor(exchange) }));
    }),
    ...meetings.flatMap(({ meeting }) => (meeting.kind === "unknown" ? undecided(vm, meeting.value) : [])),
  ];
}

/** The property that parts a pair, and what to write there. */
function howToPart(
  vm: VirtualMachine,
  other: VirtualMachine,
  meeting: Meeting,
  estate: Estate,
): { readonly path: string; readonly fix: string } {
  if (meeting.kind === "on") {
    return { path: "host", fix: `Move ${vm.name} to another host than ${meeting.host.name}.` };
  }
  if (meeting.kind === "only") {
    const moving = estate.clusterOf(vm).state === "absent" ? other : vm;
    return {
      path: moving === vm ? "possibleOwners" : "host",
      fix:
        `Let ${moving.name} run on another host than ${meeting.host.name}: name one more among its possible owners ` +
        "(possibleOwners), or add a node to its cluster.",
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

/** What no two of the members tell, but all of them together: reported once a group. */
function wholeGroup(group: string, members: readonly VirtualMachine[], estate: Estate): readonly Verdict[] {
  if (members.length < 2) return [];
  const unplaced = members.find((vm) => estate.hostsOf(vm).state === "absent");
  return [
    ...crowdsOf(members, estate).flatMap(({ items, places }) =>
      tooMany(
        group,
        items,
        estate.hosts.filter((host) => places.includes(host)),
      ),
    ),
    ...members.flatMap((vm) => undecidedHosts(vm, estate)),
    ...(unplaced === undefined ? [] : [notDeclared(unplaced, unplaced.host.origin)]),
  ];
}

/** Members that have too few hosts between them. */
function crowdsOf(members: readonly VirtualMachine[], estate: Estate): readonly Crowd<VirtualMachine, Host>[] {
  return crowds(distinctPlaces(members, estate), (vm) => ifKnown(estate.hostsOf(vm)) ?? []);
}

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
function tooMany(group: string, crowded: readonly VirtualMachine[], hosts: readonly Host[]): readonly Verdict[] {
  const last = crowded.at(-1);
  const exchange = last === undefined ? undefined : ifKnown(last.exchange);
  if (last === undefined || exchange === undefined) return [];
  const names = listing(hosts.map(({ name }) => name));
  const problem =
    `${describeServer(last, exchange)} is one of ${count(crowded.length, "member")} of the database availability group ` +
    `${group} (${listing(crowded.map(({ name }) => name))}) that may run only on ${count(hosts.length, "host")} (${names}): ` +
    `whatever keeps them apart, two come to run on one, or one stays off.`;
  const fix = "Add nodes to the cluster or to the possible owners (possibleOwners), or take a member elsewhere.";
  return [violation(last, "", problem, { fix, ...evidenceFor(exchange) })];
}

/** How many hosts there are for the members must be known, whatever keeps them apart. */
function undecidedHosts(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
  const hosts = estate.hostsOf(vm);
  if (hosts.state === "known" && hosts.value.length === 0) return [notDeclared(vm, hosts.origin)];
  return undecided(vm, hosts);
}
