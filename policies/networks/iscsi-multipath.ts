import type { Host, HostAdapter } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { atLeast, exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hasNetworkCapability } from "../../lib/tables/network-support";
import { append } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { listing } from "../../lib/text/words";
import { carries, describeTraffic, hostLinks, purposeName, purposesOf, sharedWith, type Link } from "./model/links";
import {
  adapterKey,
  adapterName,
  adapterNames,
  adaptersFigure,
  evidenceFor,
  hostsWithAdapters,
  trafficFigure,
} from "./shared/host-layout";

/** iSCSI has adapters of its own: two or more paths with MPIO, and no team. */
export const iscsiMultipath = defineRule<Host>({
  name: "iscsi-multipath",
  title: "Two dedicated paths for iSCSI",
  subject: "networks",
  level: "required",
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "The disks of all virtual machines depend on these adapters: MPIO survives the loss of a path and uses all of them, and a team knows nothing of iSCSI sessions.",
  fix: "Give iSCSI two adapters of its own without a team, and let MPIO use both.",
  sources: ["network-design-2011", "cluster-networking-2008", "cluster-requirements-2008-r2"],
  tags: ["storage", "high-availability", "adapters"],
  applies: hostsWithAdapters,
  check: (host) =>
    given(host, { adapters: host.networkAdapters }, ({ adapters }) => {
      const paths = adapters.filter(({ purpose }) => ifKnown(purpose) === "iscsi");
      // What is in a team is one finding: it says all that a path needs.
      const single = paths.filter(({ team }) => team.state !== "known");
      const isTeamed = single.length < paths.length;
      const findings = given(host, { links: hostLinks(host) }, ({ links }) => [
        ...(isTeamed ? [] : tooFewPorts(host, links, paths)),
        ...shared(host, links, single),
      ]);
      const isOnePort = portsOf(paths).length < LEAST_PORTS;
      return [
        ...teamed(host, paths, adapters),
        ...(paths.length === 0 ? adapters.flatMap(({ purpose }) => undecided(host, purpose)) : findings),
        ...withoutMultipath(host, isOnePort ? [] : single),
        ...undeclaredMultipath(host, paths),
      ];
    }),
});

/** Multipath I/O is about several paths, and several begin with two. */
const LEAST_PORTS = 2;

/** One finding for a team. Where Windows has teams of its own no document forbids them for iSCSI: there it is advice. */
function teamed(host: Host, paths: readonly HostAdapter[], adapters: readonly HostAdapter[]): readonly Verdict[] {
  const teams = new Map<string, HostAdapter[]>();
  for (const path of paths) {
    const team = ifKnown(path.team);
    if (team !== undefined) append(teams, fold(team), path);
  }
  return [
    ...[...teams.values()].flatMap((members) => teamFinding(host, members, paths, adapters)),
    ...paths.flatMap(({ team }) => undecided(host, team)),
  ];
}

function teamFinding(
  host: Host,
  members: readonly HostAdapter[],
  paths: readonly HostAdapter[],
  adapters: readonly HostAdapter[],
): readonly Verdict[] {
  const [first] = members;
  if (first === undefined) return [];
  const version = ifKnown(host.operatingSystem);
  const names = listing(adapterNames(members));
  const problem = `${host.name} has ${names} for iSCSI in the team "${ifKnown(first.team) ?? ""}".`;
  const each = adapterNames(members).length === 1 ? "it" : "each of them";
  const second = portsOf(paths).length < LEAST_PORTS ? ` ${secondAdapter()}` : "";
  const keys = members.map(adapterKey);
  const isShared = adapters.some((one) => ifKnown(one.purpose) !== "iscsi" && keys.includes(adapterKey(one)));
  const alone = isShared ? `, use ${keys.length === 1 ? "it" : "them"} for iSCSI alone` : "";
  return [
    violation(host, first.team.origin.path, problem, {
      ...evidenceFor(version, "iscsiTeaming"),
      found: adaptersFigure(members),
      fix: `Take ${names} out of the team${alone}, and let MPIO use ${each} as a path of its own (multipath: true).${second}`,
      advisory: version === undefined || hasNetworkCapability(version, "nicTeaming"),
    }),
  ];
}

/** @param isWithout whether the first adapter needs MPIO too */
function secondAdapter(isWithout = false): string {
  const multipath = isWithout ? ", and let MPIO use both" : " and with MPIO";
  return `Add a second adapter for iSCSI on a port of its own, without a team${multipath} (multipath: true).`;
}

function portsOf(paths: readonly HostAdapter[]): readonly string[] {
  return [...new Set(paths.map((path) => fold(ifKnown(path.physicalAdapter) ?? adapterName(path))))];
}

function tooFewPorts(host: Host, links: readonly Link[], declared: readonly HostAdapter[]): readonly Verdict[] {
  const paths = links.filter((link) => carries(link, "iscsi"));
  const ports = [...new Set(paths.flatMap((link) => link.ports))];
  // That the only path has no MPIO is not a second problem.
  const isWithout = declared.some(({ multipath }) => ifKnown(multipath) !== true);
  // Virtual adapters and teams have their own redundancy below; what counts is that the sessions have two ways.
  if (ports.length !== 1) return [];
  const partitions = [...new Set(paths.flatMap(({ adapters }) => adapters))];
  const problem = `${host.name} reaches its iSCSI storage over one port, "${ports.join("")}", but MPIO needs ${String(LEAST_PORTS)} or more.`;
  return [
    violation(host, "networkAdapters", problem, {
      ...evidenceFor(ifKnown(host.operatingSystem), "iscsiPaths"),
      found: { value: ports.length, unit: "ports" },
      limit: atLeast(LEAST_PORTS, "ports"),
      fix: partitions.length > 1 ? otherPort(partitions, isWithout) : secondAdapter(isWithout),
      advisory: true,
    }),
  ];
}

function otherPort(partitions: readonly string[], isWithout: boolean): string {
  const names = listing(partitions.map((name) => `"${name}"`));
  const multipath = isWithout ? ", and let MPIO use both (multipath: true)" : "";
  return `Use an adapter on another port in place of one of the partitions ${names}${multipath}.`;
}

/** From Windows Server 2012 on virtual adapters may share a switch: what they carry is separate all the same. */
function shared(host: Host, links: readonly Link[], paths: readonly HostAdapter[]): readonly Verdict[] {
  const version = ifKnown(host.operatingSystem);
  return links.flatMap((link) => {
    const purposes = purposesOf(link);
    const others = purposes.filter((purpose) => purpose !== "iscsi");
    const isOwn = link.traffic.some(
      ({ purpose, adapter }) =>
        purpose === "iscsi" && paths.some((path) => fold(ifKnown(path.name) ?? "") === fold(adapter)),
    );
    if (!isOwn || others.length === 0) return [];
    const isConverged = version !== undefined && hasNetworkCapability(version, "minimumBandwidth");
    if (isConverged && sharedWith(link, "iscsi").others.length === 0) return [];
    const problem = `${host.name} uses ${link.name} for iSCSI and for ${describeTraffic(link, others)}.`;
    return [
      violation(host, "networkAdapters", problem, {
        ...evidenceFor(version, "iscsiDedicated"),
        found: trafficFigure(purposes),
        limit: exactly(purposeName("iscsi")),
        fix: `Use ${link.name} for iSCSI alone, or give iSCSI two other adapters with MPIO (multipath: true).`,
        advisory: true,
      }),
    ];
  });
}

/** Asked for once, and not where the declaration of one path shows already that MPIO is missing. */
function undeclaredMultipath(host: Host, paths: readonly HostAdapter[]): readonly Verdict[] {
  if (paths.length < LEAST_PORTS || paths.some(({ multipath }) => ifKnown(multipath) === false)) return [];
  const undeclared = paths.find(({ multipath, team }) => multipath.state === "absent" && team.state === "absent");
  return undeclared === undefined ? [] : [notDeclared(host, undeclared.multipath)];
}

/** One finding for all paths: MPIO is one feature of the host. */
function withoutMultipath(host: Host, paths: readonly HostAdapter[]): readonly Verdict[] {
  const unknown = paths.flatMap(({ multipath }) => undecided(host, multipath));
  const without = paths.filter(({ multipath }) => ifKnown(multipath) === false);
  const [first, ...others] = without;
  if (first === undefined) return unknown;
  const { path } = first.multipath.origin;
  const names = listing(adapterNames(without));
  const finding = violation(host, path, `${host.name} has ${names} for iSCSI without MPIO.`, {
    ...evidenceFor(ifKnown(host.operatingSystem), "iscsiPaths"),
    found: { value: false },
    limit: exactly(true),
    ...(others.length === 0 ? { change: { path, value: true } } : {}),
    fix: `Install the Multipath I/O feature, let it use ${names}, and set multipath to true.`,
    advisory: true,
  });
  return [finding, ...unknown];
}
