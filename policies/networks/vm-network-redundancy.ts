import type { Estate } from "../../lib/estate/estate";
import type { Host, HostAdapter, VirtualSwitch } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hostVersionName } from "../../lib/tables/host-versions";
import { hasNetworkCapability, networkLimit } from "../../lib/tables/network-support";
import { count, listing } from "../../lib/text/words";
import { carries, describeSpeed, hostLinks, type Link } from "./model/links";
import {
  adapterKey,
  hostsWithAdapters,
  isListed,
  layoutOf,
  membersOf,
  ownerOf,
  said,
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
  why: "When the only adapter or its link fails, every virtual machine of the host is cut off from the network.",
  fix: "Team two adapters for virtual machines, or use one for dynamic and one for reserved addresses (dynamicAddresses).",
  sources: ["network-design-2011", "network-recommendations-2025", "removed-2022", "set-2016"],
  tags: ["high-availability", "adapters", "teaming"],
  applies: hostsWithAdapters,
  check: (host, estate) => [
    ...given(host, { version: host.operatingSystem, links: hostLinks(host) }, ({ version, links }) =>
      oneWay(host, version, links, estate),
    ),
    ...given(
      host,
      { version: host.operatingSystem, switches: host.virtualSwitches, adapters: host.networkAdapters },
      ({ version, switches, adapters }) =>
        switches.flatMap((one) => judgeTeam(host, version, one, membersOf(one, adapters))),
    ),
    ...given(host, { version: host.operatingSystem, adapters: host.networkAdapters }, ({ version, adapters }) =>
      aside(host, adapters).flatMap((adapter) => teamedRdma(host, version, adapter)),
    ),
  ],
});

function oneWay(host: Host, version: string, links: readonly Link[], estate: Estate): readonly Verdict[] {
  const ways = links.filter((link) => carries(link, "virtualMachines"));
  // Whether adapters that are joined are a team is judged at the virtual switch that joins them.
  const isJoined = ways.some(({ ports }) => ports.length > 1);
  if (ways.length === 0 || isJoined || isSettled(host, estate)) return [];
  const split = splitByAddress(host);
  if (split === "open") return adaptersFor(host).flatMap(({ dynamicAddresses }) => undecided(host, dynamicAddresses));
  if (split) return [];
  const names = listing(ways.map(({ name }) => name));
  const problem =
    ways.length === 1
      ? `${host.name} connects its virtual machines over ${names} alone.`
      : `${host.name} connects its virtual machines over ${names}, which are neither teamed nor split for dynamic and reserved addresses.`;
  return [violation(host, "networkAdapters", problem, { ...said(version, "virtualMachineTeam"), advisory: true })];
}

/** A documented layout that makes do with fewer adapters has one for virtual machines; host-network-roles says it all. */
function isSettled(host: Host, estate: Estate): boolean {
  const layout = ifKnown(layoutOf(host, estate));
  if (layout === undefined) return false;
  const { differences, layout: nearest } = layout.comparison;
  const followsConverged = nearest.converged && differences.every(({ kind }) => kind === "cap");
  const isTold = isListed(layout) && differences.some((one) => ownerOf(one, layout.version) === "virtualMachines");
  return followsConverged || isTold;
}

/** Whether one adapter carries dynamic and another one reserved addresses. */
function splitByAddress(host: Host): boolean | "open" {
  const values = adaptersFor(host).map(({ dynamicAddresses }) => dynamicAddresses);
  const known = values.map(ifKnown);
  if (known.includes(true) && known.includes(false)) return true;
  return values.length > 1 && values.some(({ state }) => state === "unknown") ? "open" : false;
}

function adaptersFor(host: Host): readonly HostAdapter[] {
  return (ifKnown(host.networkAdapters) ?? []).filter(({ purpose }) => ifKnown(purpose) === "virtualMachines");
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
  if (forbidden && named !== undefined) return [teamUnderSwitch(host, version, above, named)];
  if (embeddedTeaming.state === "unknown") return undecided(host, embeddedTeaming);
  if (ifKnown(embeddedTeaming) === true) return judgeEmbedded(host, version, above, members);
  const team = members.find(({ team: name }) => name.state === "known");
  if (team?.team.state !== "known") return unteamed(host, version, above, members);
  if (forbidden) {
    if (embeddedTeaming.state === "absent") return [notDeclared(host, embeddedTeaming.origin)];
    return [teamUnderSwitch(host, version, above, team.team.value)];
  }
  return members.flatMap((member) => teamedRdma(host, version, member));
}

/** The adapters below no virtual switch. */
function aside({ virtualSwitches }: Host, adapters: readonly HostAdapter[]): readonly HostAdapter[] {
  const below = (ifKnown(virtualSwitches) ?? []).flatMap((one) => membersOf(one, adapters)).map(adapterKey);
  return adapters.filter((adapter) => !below.includes(adapterKey(adapter)));
}

/** The team that a switch names itself, and not by its adapters. */
function namedTeam({ networkAdapters }: VirtualSwitch, members: readonly HostAdapter[]): string | undefined {
  const names = (ifKnown(networkAdapters) ?? []).map((name) => ifKnown(name)?.toLowerCase());
  return members
    .map(({ team }) => ifKnown(team))
    .find((team) => names.includes(team?.toLowerCase()) && team !== undefined);
}

function teamUnderSwitch(host: Host, version: string, above: VirtualSwitch, team: string): Verdict {
  const document = said(version, "teamUnderSwitch");
  const on = hostVersionName(version);
  const state = document.advisory === undefined ? `which ${on} no longer supports` : `which is deprecated in ${on}`;
  const problem = `${host.name} binds ${switchName(above)} to the NIC team "${team}", ${state}.`;
  const fix = "Bind the adapters to the virtual switch itself, with Switch Embedded Teaming (embeddedTeaming).";
  return violation(host, above.embeddedTeaming.origin.path, problem, { ...document, fix });
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
  const unknown = members.flatMap(({ team }) => undecided(host, team));
  if (members.some(({ team }) => team.state === "unknown")) return unknown;
  const embeds = hasNetworkCapability(version, "switchEmbeddedTeaming");
  if (embeds && embeddedTeaming.state === "absent") return [notDeclared(host, embeddedTeaming.origin)];
  const problem = `${host.name} binds ${switchName(above)} to ${listing(names.map((name) => `"${name}"`))}, which are not in a team.`;
  const fix = embeds
    ? "Use Switch Embedded Teaming (embeddedTeaming), or bind the virtual switch to one adapter."
    : "Team the adapters (team), or bind the virtual switch to one of them.";
  return [violation(host, networkAdapters.origin.path, problem, { ...said(version, "virtualMachineTeam"), fix })];
}

function teamedRdma(host: Host, version: string, { name, team, rdma }: HostAdapter): readonly Verdict[] {
  if (!hasNetworkCapability(version, "nicTeaming") || ifKnown(rdma) === false) return [];
  return given(host, { team, rdma }, (the) => {
    const problem = `${host.name} wants RDMA of "${ifKnown(name) ?? "an adapter"}", which is in the NIC team "${the.team}".`;
    const fix = "Take the adapter out of the team, or do without RDMA.";
    return [violation(host, rdma.origin.path, problem, { ...said(version, "teamRdma"), fix, advisory: true })];
  });
}

/** Switch Embedded Teaming: there at all, of no more adapters than it takes, all of one speed. */
function judgeEmbedded(
  host: Host,
  version: string,
  above: VirtualSwitch,
  members: readonly HostAdapter[],
): readonly Verdict[] {
  const details = said(version, "embeddedTeaming");
  const path = above.embeddedTeaming.origin.path;
  if (!hasNetworkCapability(version, "switchEmbeddedTeaming")) {
    const problem = `${host.name} has ${switchName(above)} with Switch Embedded Teaming, which ${hostVersionName(version)} does not have.`;
    return [violation(host, path, problem, { ...details, fix: "Team the adapters below the switch instead." })];
  }
  const number = Math.max(members.length, ifKnown(above.networkAdapters)?.length ?? 0);
  const limit = networkLimit(version, "switchEmbeddedTeamAdapters");
  const tooMany =
    limit === undefined || number <= limit.value
      ? []
      : [
          violation(
            host,
            above.networkAdapters.origin.path,
            `${host.name} has ${switchName(above)} with ${count(number, "adapter")} in its embedded team. It takes at most ${String(limit.value)}.`,
            { ...details, fix: "Split the adapters among two virtual switches." },
          ),
        ];
  const speeds = [
    ...new Set(members.map(({ speedMbps }) => ifKnown(speedMbps)).filter((speed) => speed !== undefined)),
  ];
  if (speeds.length < 2) return [...tooMany, ...openSpeeds(host, members)];
  const problem = `${host.name} has ${switchName(above)} with adapters of ${listing(speeds.map(describeSpeed))} in its embedded team.`;
  return [
    ...tooMany,
    violation(host, path, problem, { ...details, fix: "Use adapters of one model and one speed in the team." }),
  ];
}

/** Speeds that would have to be known to tell whether all are one; not asked of who declares none. */
function openSpeeds(host: Host, members: readonly HostAdapter[]): readonly Verdict[] {
  const isSaid = members.length > 1 && members.some(({ speedMbps }) => speedMbps.state !== "absent");
  return isSaid ? members.flatMap(({ speedMbps }) => missing(host, speedMbps)) : [];
}
