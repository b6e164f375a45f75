import type { Host, HostAdapter } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hasNetworkCapability } from "../../lib/tables/network-support";
import { listing } from "../../lib/text/words";
import { carries, hostLinks, purposeName, purposesOf, type Link } from "./model/links";
import { adapterName, hostsWithAdapters, said } from "./shared/host-layout";

/** iSCSI has adapters of its own: two or more paths with MPIO, and no team. */
export const iscsiMultipath = defineRule<Host>({
  name: "iscsi-multipath",
  title: "Two dedicated paths for iSCSI",
  subject: "networks",
  level: "required",
  severity: "high",
  reach: "estate",
  why: "The disks of all virtual machines hang on these adapters: MPIO survives the loss of a path and uses all of them, and a team does not know what an iSCSI session is.",
  fix: "Give iSCSI two adapters of its own without a team, and let MPIO use both.",
  sources: ["network-design-2011", "cluster-networking-2008", "cluster-requirements-2008-r2"],
  tags: ["storage", "high-availability", "adapters"],
  applies: hostsWithAdapters,
  check: (host) =>
    given(host, { adapters: host.networkAdapters }, ({ adapters }) => {
      const paths = adapters.filter(({ purpose }) => ifKnown(purpose) === "iscsi");
      return [
        ...paths.flatMap((path) => teamed(host, path)),
        ...(paths.length === 0
          ? adapters.flatMap(({ purpose }) => undecided(host, purpose))
          : given(host, { links: hostLinks(host) }, ({ links }) => [
              ...tooFewPaths(host, links),
              ...shared(host, links),
            ])),
        ...paths.flatMap((path) => withoutMultipath(host, path)),
        ...unsaidMultipath(host, paths),
      ];
    }),
});

/** Where Windows has teams of its own no document forbids them for iSCSI: there it is advice. */
function teamed(host: Host, path: HostAdapter): readonly Verdict[] {
  return given(host, { team: path.team }, ({ team }) => {
    const version = ifKnown(host.operatingSystem);
    const advisory = version === undefined || hasNetworkCapability(version, "nicTeaming");
    const problem = `${host.name} has ${adapterName(path)} for iSCSI in the team "${team}".`;
    const fix = "Take the adapter out of the team, and let MPIO use it as a path of its own.";
    return [violation(host, path.team.origin.path, problem, { ...said(version, "iscsiTeaming"), fix, advisory })];
  });
}

function tooFewPaths(host: Host, links: readonly Link[]): readonly Verdict[] {
  const paths = links.filter((link) => carries(link, "iscsi"));
  const ports = [...new Set(paths.flatMap((link) => link.ports))];
  // Virtual adapters and teams have their own redundancy below; what counts is that the sessions have two ways.
  if (ports.length !== 1) return [];
  const problem = `${host.name} reaches its iSCSI storage over one port, "${ports.join("")}".`;
  const fix = "Declare a second adapter for iSCSI on a port of its own.";
  const details = { ...said(ifKnown(host.operatingSystem), "iscsiPaths"), fix, advisory: true };
  return [violation(host, "networkAdapters", problem, details)];
}

/** From Windows Server 2012 on virtual adapters may share a switch: what they carry is separate all the same. */
function shared(host: Host, links: readonly Link[]): readonly Verdict[] {
  const version = ifKnown(host.operatingSystem);
  return links.flatMap((link) => {
    const others = purposesOf(link).filter((purpose) => purpose !== "iscsi");
    if (!carries(link, "iscsi") || others.length === 0) return [];
    if (version !== undefined && hasNetworkCapability(version, "minimumBandwidth") && isSeparated(link)) return [];
    const problem = `${host.name} uses ${link.name} for iSCSI and for ${listing(others.map(purposeName))}.`;
    const fix = "Give iSCSI adapters of its own.";
    const details = { ...said(version, "iscsiDedicated"), fix, advisory: true };
    return [violation(host, "networkAdapters", problem, details)];
  });
}

function isSeparated({ traffic }: Link): boolean {
  const own = traffic.filter(({ purpose }) => purpose === "iscsi").map(({ adapter }) => adapter);
  return traffic.every(({ purpose, adapter }) => purpose === "iscsi" || !own.includes(adapter));
}

/** Asked for once, and not where one path tells already that MPIO is missing. */
function unsaidMultipath(host: Host, paths: readonly HostAdapter[]): readonly Verdict[] {
  if (paths.length < 2 || paths.some(({ multipath }) => ifKnown(multipath) === false)) return [];
  const unsaid = paths.find(({ multipath, team }) => multipath.state === "absent" && team.state === "absent");
  return unsaid === undefined ? [] : [notDeclared(host, unsaid.multipath.origin)];
}

function withoutMultipath(host: Host, path: HostAdapter): readonly Verdict[] {
  return given(host, { multipath: path.multipath }, ({ multipath }) => {
    if (multipath) return [];
    const problem = `${host.name} has ${adapterName(path)} for iSCSI without MPIO.`;
    const fix = "Install the Multipath I/O feature and let it use the adapter.";
    const details = { ...said(ifKnown(host.operatingSystem), "iscsiPaths"), fix, advisory: true };
    return [violation(host, path.multipath.origin.path, problem, details)];
  });
}
