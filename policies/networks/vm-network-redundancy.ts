import type { Estate } from "../../lib/estate/estate";
import type { Host, HostAdapter, VirtualSwitch } from "../../lib/estate/model";
import { ifKnown, orDefault } from "../../lib/estate/value";
import { atLeast, atMost, exactly, type Change } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hostVersionName } from "../../lib/tables/host-versions";
import { hasNetworkCapability, networkLimit } from "../../lib/tables/network-support";
import { append } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { count, listing } from "../../lib/text/words";
import { carries, declaredAdapters, describeSpeed, hostLinks, physicalPorts, type Link } from "./model/links";
import { changeOfFact } from "./shared/fact-change";
import {
  adapterKey,
  adapterNames,
  adaptersFigure,
  evidenceFor,
  isLayoutReported,
  layoutOf,
  membersOf,
  ownerOf,
  switchName,
} from "./shared/host-layout";

/** The virtual machines of a host have two ways to the network, by a team that the host's version supports. */
export const vmNetworkRedundancy = defineRule<Host>({
  name: "vm-network-redundancy",
  title: "Two adapters for virtual machines",
  subject: "networks",
  level: "required",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "When the only adapter or its link fails, every virtual machine of the host is cut off from the network.",
  fix: "Team two adapters for virtual machines, or use one for dynamic and one for reserved addresses (dynamicAddresses).",
  sources: ["network-design-2011", "network-recommendations-2025", "removed-2022", "set-2016", "new-vmswitch"],
  tags: ["high-availability", "adapters", "teaming"],
  applies: hostsWithNetworks,
  check: (host, estate) => [
    ...given(host, { version: host.operatingSystem, links: hostLinks(host) }, ({ version, links }) =>
      oneWay(host, version, links, estate),
    ),
    // What a version cannot do is judged also where no adapters of the host are declared.
    ...given(
      host,
      {
        version: host.operatingSystem,
        switches: host.virtualSwitches,
        adapters: orDefault<readonly HostAdapter[]>(host.networkAdapters, []),
      },
      ({ version, switches, adapters }) => [
        ...switches.flatMap((one) => judgeTeam(host, version, one, membersOf(one, adapters))),
        ...switches.flatMap((one) => withoutAdapter(host, version, one)),
      ],
    ),
    ...given(host, { version: host.operatingSystem, adapters: host.networkAdapters }, ({ version, adapters }) =>
      teamedRdma(host, version, aside(host, adapters)),
    ),
  ],
});

function hostsWithNetworks({ hosts }: Estate): readonly Host[] {
  return hosts.filter((host) => declaredAdapters(host).state !== "absent" || host.virtualSwitches.state !== "absent");
}

/** What makes a second way: a team, or what some other setting does, begins with two. */
const LEAST_PORTS = 2;

function oneWay(host: Host, version: string, links: readonly Link[], estate: Estate): readonly Verdict[] {
  const ways = links.filter((link) => carries(link, "virtualMachines"));
  // Whether adapters that are joined are a team is judged at the virtual switch that joins them.
  const isJoined = ways.some(({ ports }) => ports.length > 1);
  if (ways.length === 0 || isJoined || isReportedElsewhere(host, version, links, estate)) return [];
  const split = splitByAddress(host);
  if (split === "unknown")
    return adaptersFor(host).flatMap(({ dynamicAddresses }) => undecided(host, dynamicAddresses));
  if (split) return [];
  const ports = physicalPorts(ways);
  return [
    violation(host, "networkAdapters", `${host.name} connects its virtual machines over ${describeWays(ways)}.`, {
      ...evidenceFor(version, "virtualMachineTeam"),
      ...(ports.length === 1
        ? { found: { value: ports.length, unit: "ports" }, limit: atLeast(LEAST_PORTS, "ports") }
        : { found: adaptersFigure(adaptersFor(host)) }),
      fix: secondWay(version, ways),
      advisory: true,
    }),
  ];
}

/** What each of the ways is, and what makes them one. */
function describeWays(ways: readonly Link[]): string {
  const names = listing(ways.map(({ name }) => name));
  const [port, ...otherPorts] = physicalPorts(ways);
  const adapters = partitionsOf(ways);
  if (otherPorts.length === 0 && adapters.length > 1) {
    return `${names} alone: ${listing(adapters.map(quoted))} are partitions of one port, ${quoted(port ?? "")}`;
  }
  return ways.length === 1
    ? `${names} alone`
    : `${names}, which are neither in a team nor split for dynamic and reserved addresses`;
}

/** Two partitions of one port fail together, so a team of them would be the next finding. */
function secondWay(version: string, ways: readonly Link[]): string {
  const isOnePort = physicalPorts(ways).length === 1 && partitionsOf(ways).length > 1;
  const two = isOnePort ? "an adapter on this port with one on another port" : "two adapters for virtual machines";
  const team = hasNetworkCapability(version, "switchEmbeddedTeaming")
    ? `Join ${two} by Switch Embedded Teaming (embeddedTeaming of the virtual switch)`
    : `Put ${isOnePort ? two.replace(" with ", " and ") : two} in one team (team)`;
  return `${team}, or use one for dynamic and one for reserved addresses (dynamicAddresses).`;
}

function partitionsOf(ways: readonly Link[]): readonly string[] {
  return [...new Set(ways.flatMap(({ adapters }) => adapters))];
}

function quoted(name: string): string {
  return `"${name}"`;
}

/**
 * A documented layout that manages with fewer adapters has one for virtual machines, and host-network-roles reports
 * both a layout with all that is missing from it and a host with a single adapter.
 */
function isReportedElsewhere(host: Host, version: string, links: readonly Link[], estate: Estate): boolean {
  const least = networkLimit(version, "physicalAdapters")?.value ?? 0;
  const ports = physicalPorts(links).length;
  if (ports > 0 && ports < least) return true;
  const layout = ifKnown(layoutOf(host, estate));
  if (layout === undefined) return false;
  const { differences, layout: nearest } = layout.comparison;
  const followsConverged = nearest.converged && differences.every(({ kind }) => kind === "cap");
  const isListed =
    isLayoutReported(layout) && differences.some((one) => ownerOf(one, layout.version) === "virtualMachines");
  return followsConverged || isListed;
}

/** Whether one adapter carries dynamic and another one reserved addresses. */
function splitByAddress(host: Host): boolean | "unknown" {
  const values = adaptersFor(host).map(({ dynamicAddresses }) => dynamicAddresses);
  const known = values.map(ifKnown);
  if (known.includes(true) && known.includes(false)) return true;
  return values.length > 1 && values.some(({ state }) => state === "unknown") ? "unknown" : false;
}

function adaptersFor(host: Host): readonly HostAdapter[] {
  return (ifKnown(host.networkAdapters) ?? []).filter(({ purpose }) => ifKnown(purpose) === "virtualMachines");
}

/** An external virtual switch is one by its adapter. */
function withoutAdapter(host: Host, version: string, above: VirtualSwitch): readonly Verdict[] {
  const { name, type, networkAdapters } = above;
  if (networkAdapters.state === "known" && networkAdapters.value.length > 0) return [];
  if (ifKnown(type) !== "external") return undecided(host, type);
  if (networkAdapters.state === "unknown") return undecided(host, networkAdapters);
  if (mayHaveAdapter(host, above)) return [notDeclared(host, networkAdapters)];
  const problem = `${host.name} has the external virtual switch "${ifKnown(name) ?? ""}" without a network adapter.`;
  return [
    violation(host, networkAdapters.origin.path, problem, {
      ...evidenceFor(version, "externalSwitchAdapter"),
      found: { value: 0, unit: "adapters" },
      limit: atLeast(1, "adapters"),
      fix:
        `Bind the virtual switch to two adapters for virtual machines (networkAdapters)${reserving(above)}, or set its type ` +
        "to internal or private if its virtual machines need no other network.",
    }),
  ];
}

/** What virtual-switch-reserved would find as soon as there is an adapter. */
function reserving({ allowManagementOs }: VirtualSwitch): string {
  return ifKnown(allowManagementOs) === false ? "" : " and keep them for these alone (allowManagementOs false)";
}

/** Whether a switch that names no adapters may have some: other commands can add them to an embedded team. */
function mayHaveAdapter(host: Host, { networkAdapters, embeddedTeaming }: VirtualSwitch): boolean {
  if (embeddedTeaming.state === "unknown" || ifKnown(embeddedTeaming) === true) return true;
  if (networkAdapters.state === "known") return false;
  const declared = declaredAdapters(host);
  if (declared.state !== "known") return true;
  return declared.value.some(({ purpose }) => [undefined, "virtualMachines"].includes(ifKnown(purpose)));
}

function judgeTeam(
  host: Host,
  version: string,
  above: VirtualSwitch,
  members: readonly HostAdapter[],
): readonly Verdict[] {
  const { embeddedTeaming } = above;
  const forbidden =
    hasNetworkCapability(version, "nicTeaming") && !hasNetworkCapability(version, "nicTeamingUnderSwitch");
  const named = namedTeam(above, members);
  if (forbidden && named !== undefined) return [teamUnderSwitch(host, version, above, members, named)];
  if (embeddedTeaming.state === "unknown") return undecided(host, embeddedTeaming);
  if (ifKnown(embeddedTeaming) === true) return judgeEmbedded(host, version, above, members);
  const team = members.find(({ team: name }) => name.state === "known");
  if (team?.team.state !== "known") return unteamed(host, version, above, members);
  if (forbidden) {
    if (embeddedTeaming.state === "absent") return [notDeclared(host, embeddedTeaming)];
    return [teamUnderSwitch(host, version, above, members, team.team.value)];
  }
  return teamedRdma(host, version, members);
}

/** The adapters below no virtual switch. */
function aside({ virtualSwitches }: Host, adapters: readonly HostAdapter[]): readonly HostAdapter[] {
  const below = (ifKnown(virtualSwitches) ?? []).flatMap((one) => membersOf(one, adapters)).map(adapterKey);
  return adapters.filter((adapter) => !below.includes(adapterKey(adapter)));
}

/** The team that a switch names itself, and not by its adapters. */
function namedTeam(above: VirtualSwitch, members: readonly HostAdapter[]): string | undefined {
  const own = ifKnown(above.team);
  if (own !== undefined) return own;
  const names = namesOf(above).map(fold);
  return members.map(({ team }) => ifKnown(team)).find((team) => team !== undefined && names.includes(fold(team)));
}

function teamUnderSwitch(
  host: Host,
  version: string,
  above: VirtualSwitch,
  members: readonly HostAdapter[],
  team: string,
): Verdict {
  const document = evidenceFor(version, "teamUnderSwitch");
  const on = hostVersionName(version);
  const state = document.advisory === undefined ? `which ${on} no longer supports` : `which is deprecated in ${on}`;
  const problem = `${host.name} binds ${switchName(above)} to the NIC team "${team}", ${state}.`;
  const adapters = adapterNames(members);
  // A switch that names its adapters rather than their team needs no other change.
  const change = namedTeam(above, members) === undefined ? embedding(host, version, above, members) : {};
  return violation(host, above.embeddedTeaming.origin.path, problem, {
    ...document,
    found: { value: "NIC team" },
    limit: exactly("Switch Embedded Teaming"),
    ...change,
    fix:
      adapters.length === 0
        ? "Bind the virtual switch to the adapters of the team (networkAdapters) in place of the team, which is removed, and set embeddedTeaming to true."
        : `Take ${listing(adapters)} out of the team, bind ${adapters.length === 1 ? "it" : "them"} to the virtual switch ` +
          `itself (networkAdapters), and set embeddedTeaming to true${alike(members)}.`,
  });
}

/** The change to Switch Embedded Teaming, where the embedded team has no finding of its own. */
function embedding(
  host: Host,
  version: string,
  above: VirtualSwitch,
  members: readonly HostAdapter[],
): { readonly change?: Change } {
  return judgeEmbedded(host, version, above, members).length === 0
    ? changeOfFact(host, above.embeddedTeaming, true)
    : {};
}

/** What an embedded team needs beside, where its adapters do not have it. */
function alike(members: readonly HostAdapter[]): string {
  return speedsOf(members).length > 1 ? ", with adapters of one model and one speed" : "";
}

/** A virtual switch takes one adapter or one team: several adapters are a team of some kind, or a mistake. */
function unteamed(
  host: Host,
  version: string,
  above: VirtualSwitch,
  members: readonly HostAdapter[],
): readonly Verdict[] {
  const { embeddedTeaming, networkAdapters } = above;
  const names = members.map(({ name }) => ifKnown(name)).filter((name) => name !== undefined);
  if (names.length < 2) return [];
  if (members.some(({ team }) => team.state === "unknown")) return members.flatMap(({ team }) => undecided(host, team));
  const embeds = hasNetworkCapability(version, "switchEmbeddedTeaming");
  if (embeds && embeddedTeaming.state === "absent") return [notDeclared(host, embeddedTeaming)];
  const problem = `${host.name} binds ${switchName(above)} to ${listing(names.map(quoted))}, which are not in a team.`;
  return [
    violation(host, networkAdapters.origin.path, problem, {
      ...evidenceFor(version, "virtualMachineTeam"),
      found: { value: names.length, unit: "adapters" },
      limit: atMost(1, "adapters"),
      ...(embeds ? embedding(host, version, above, members) : {}),
      fix: embeds
        ? `Use Switch Embedded Teaming: set embeddedTeaming of the virtual switch to true${alike(members)}.`
        : `Put ${listing(names.map(quoted))} in one team (team)${onPorts(members)}.`,
    }),
  ];
}

/** A team of partitions of one port is not a second way. */
function onPorts(members: readonly HostAdapter[]): string {
  const ports = members.map(({ name, physicalAdapter }) => fold(ifKnown(physicalAdapter) ?? ifKnown(name) ?? ""));
  return new Set(ports).size === 1 ? ", with one of them on another port" : "";
}

/** One finding for each team with RDMA. */
function teamedRdma(host: Host, version: string, adapters: readonly HostAdapter[]): readonly Verdict[] {
  if (!hasNetworkCapability(version, "nicTeaming")) return [];
  const teams = new Map<string, HostAdapter[]>();
  const unknown = adapters
    .filter(({ rdma }) => ifKnown(rdma) !== false)
    .flatMap((adapter) =>
      given(host, { team: adapter.team, rdma: adapter.rdma }, ({ team }) => {
        append(teams, fold(team), adapter);
        return [];
      }),
    );
  return [...[...teams.values()].flatMap((members) => rdmaFinding(host, version, members)), ...unknown];
}

function rdmaFinding(host: Host, version: string, members: readonly HostAdapter[]): readonly Verdict[] {
  const [first, ...others] = members;
  if (first === undefined) return [];
  const { path } = first.rdma.origin;
  const names = listing(adapterNames(members));
  const are = adapterNames(members).length === 1 ? "is" : "are";
  const problem = `${host.name} uses RDMA on ${names}, which ${are} in the NIC team "${ifKnown(first.team) ?? ""}": a NIC team disables RDMA.`;
  const instead = hasNetworkCapability(version, "switchEmbeddedTeaming")
    ? ", or join the adapters by Switch Embedded Teaming instead, which keeps RDMA"
    : "";
  return [
    violation(host, path, problem, {
      ...evidenceFor(version, "teamRdma"),
      found: { value: true },
      limit: exactly(false),
      ...(others.length === 0 ? { change: { path, value: false } } : {}),
      fix: `Set rdma of ${names} to false${instead}.`,
      advisory: true,
    }),
  ];
}

/** Switch Embedded Teaming: there at all, of no more adapters than it takes, all of one speed. */
function judgeEmbedded(
  host: Host,
  version: string,
  above: VirtualSwitch,
  members: readonly HostAdapter[],
): readonly Verdict[] {
  if (!hasNetworkCapability(version, "switchEmbeddedTeaming")) return [embeddedTooEarly(host, version, above, members)];
  const tooMany = tooManyEmbedded(host, version, above, members);
  const speeds = speedsOf(members);
  if (speeds.length < 2) return [...tooMany, ...missingSpeeds(host, members)];
  const problem = `${host.name} has ${switchName(above)} with adapters of ${listing(speeds.map(describeSpeed))} in its embedded team, which must be of one speed.`;
  return [
    ...tooMany,
    violation(host, above.embeddedTeaming.origin.path, problem, {
      ...evidenceFor(version, "embeddedTeaming"),
      found: { value: speeds, unit: "Mbps" },
      fix: "Use adapters of one model and one speed in the team.",
    }),
  ];
}

function embeddedTooEarly(host: Host, version: string, above: VirtualSwitch, members: readonly HostAdapter[]): Verdict {
  const { path } = above.embeddedTeaming.origin;
  const names = members.length > 0 ? adapterNames(members) : namesOf(above).map(quoted);
  const problem = `${host.name} has ${switchName(above)} with Switch Embedded Teaming, which ${hostVersionName(version)} does not support.`;
  return violation(host, path, problem, {
    ...evidenceFor(version, "embeddedTeaming"),
    found: { value: true },
    limit: exactly(false),
    ...(names.length < 2 && teamedRdma(host, version, members).length === 0
      ? changeOfFact(host, above.embeddedTeaming, false)
      : {}),
    fix:
      names.length < 2
        ? "Set embeddedTeaming to false."
        : `Set embeddedTeaming to false, and put ${listing(names)} in one team${teamFact(members)}.`,
  });
}

/** Where the adapters are declared, their team is; else the switch names it. */
function teamFact(members: readonly HostAdapter[]): string {
  return members.length > 0 ? ` (team)${onPorts(members)}` : ", which the virtual switch is bound to";
}

/** The adapters or teams that a switch names. */
function namesOf({ networkAdapters }: VirtualSwitch): readonly string[] {
  return (ifKnown(networkAdapters) ?? []).flatMap((name) => ifKnown(name) ?? []);
}

function tooManyEmbedded(
  host: Host,
  version: string,
  above: VirtualSwitch,
  members: readonly HostAdapter[],
): readonly Verdict[] {
  const number = Math.max(members.length, ifKnown(above.networkAdapters)?.length ?? 0);
  const limit = networkLimit(version, "switchEmbeddedTeamAdapters");
  if (limit === undefined || number <= limit.value) return [];
  const problem = `${host.name} has ${switchName(above)} with ${count(number, "adapter")} in its embedded team, which takes at most ${String(limit.value)}.`;
  return [
    violation(host, above.networkAdapters.origin.path, problem, {
      ...evidenceFor(version, "embeddedTeaming"),
      found: { value: number, unit: "adapters" },
      limit: atMost(limit.value, "adapters"),
      fix: `Divide the adapters between ${String(Math.ceil(number / limit.value))} virtual switches.`,
    }),
  ];
}

function speedsOf(members: readonly HostAdapter[]): readonly number[] {
  return [...new Set(members.map(({ speedMbps }) => ifKnown(speedMbps)).filter((speed) => speed !== undefined))];
}

/** Speeds without which nobody can say whether all are one; not needed where none is declared. */
function missingSpeeds(host: Host, members: readonly HostAdapter[]): readonly Verdict[] {
  const isAnyDeclared = members.length > 1 && members.some(({ speedMbps }) => speedMbps.state !== "absent");
  return isAnyDeclared ? members.flatMap(({ speedMbps }) => missing(host, speedMbps)) : [];
}
