import type { Estate } from "../../lib/estate/estate";
import { PURPOSES, type Host, type VirtualSwitch } from "../../lib/estate/model";
import { ifKnown, orDefault } from "../../lib/estate/value";
import { atLeast, exactly, oneOf } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hostVersionName } from "../../lib/tables/host-versions";
import { networkLayoutsOf } from "../../lib/tables/network-layouts";
import { hasNetworkCapability, networkLimit } from "../../lib/tables/network-support";
import { fold } from "../../lib/text/names";
import { count, listing } from "../../lib/text/words";
import { isAzureLocalVersion } from "../hosts/shared/azure-local-clusters";
import { describeDifference } from "./model/layouts";
import { carries, declaredAdapters, hostLinks, physicalPorts, purposeName, purposesOf, type Link } from "./model/links";
import {
  describeNearest,
  evidenceFor,
  isLayoutReported,
  layoutEvidence,
  layoutOf,
  trafficFigure,
  type HostLayout,
} from "./shared/host-layout";

/** The adapters of a cluster node follow a documented layout; from Windows Server 2012 on a host has more than one. */
export const hostNetworkRoles = defineRule<Host>({
  name: "host-network-roles",
  title: "Adapters for each kind of traffic",
  subject: "networks",
  level: "recommended",
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "Kinds of traffic that compete for one adapter delay each other: a node that misses its heartbeats is taken for dead, and its virtual machines stop.",
  fix: "Add what is missing, or follow another documented layout.",
  sources: ["network-design-2011", "live-migration-guide-2008-r2", "bpa-2016"],
  tags: ["cluster", "high-availability", "adapters"],
  parameters: {
    purposes: {
      type: "array",
      items: { type: "string", enum: [...PURPOSES] },
      description:
        "Purposes for which every host has a network adapter, beside what the documented layouts ask for. Default: none.",
    },
  },
  applies: ({ hosts }) => hosts,
  check: (host, estate, { texts }) =>
    declaredAdapters(host).state === "absent"
      ? withoutAdapters(host, estate, texts("purposes"))
      : [
          ...given(host, { layout: layoutOf(host, estate) }, ({ layout }) => judge(host, layout)),
          ...oneAdapter(host),
          ...withoutPurpose(host, texts("purposes")),
          ...management(host, estate, texts("purposes")),
        ],
});

/** The purposes that the user requires. */
function withoutPurpose(host: Host, required: readonly string[]): readonly Verdict[] {
  return given(host, { links: hostLinks(host) }, ({ links }) => {
    const lacking = PURPOSES.filter(
      (purpose) => required.includes(purpose) && !links.some((link) => carries(link, purpose)),
    );
    if (lacking.length === 0) return [];
    const purposes = listing(lacking.map(purposeName));
    const problem = `${host.name} has no network adapter for ${purposes}, which the parameter purposes of this rule asks for.`;
    return [
      violation(host, "networkAdapters", problem, {
        found: trafficFigure(links.flatMap(purposesOf)),
        withoutSource: true,
        fix: `Add an adapter for ${purposes}, or declare that purpose for the adapter that carries it.`,
      }),
    ];
  });
}

/** A host that declares no adapters while another node of its cluster does, or while the user requires some. */
function withoutAdapters(host: Host, estate: Estate, required: readonly string[]): readonly Verdict[] {
  const version = ifKnown(host.operatingSystem);
  if (version !== undefined && required.length > 0) return [notDeclared(host, host.networkAdapters)];
  const cluster = ifKnown(estate.clusterOfHost(host));
  if (version === undefined || cluster === undefined || networkLayoutsOf(version).length === 0) return [];
  const nodes = ifKnown(estate.nodesOf(cluster)) ?? [];
  const isUsed = nodes.some((node) => declaredAdapters(node).state !== "absent");
  return isUsed ? [notDeclared(host, host.networkAdapters)] : [];
}

function judge(host: Host, layout: HostLayout): readonly Verdict[] {
  const { version, comparison, links } = layout;
  if (!isLayoutReported(layout)) return comparison.missingSpeeds.flatMap((speed) => missing(host, speed));
  const lacking = comparison.differences.map(describeDifference).join("; ");
  const problem =
    `${host.name} follows none of the network layouts that are documented for ${hostVersionName(version)}. ` +
    `${describeNearest(layout)}; to match it, ${host.name} lacks ${lacking}.`;
  const accepted = networkLayoutsOf(version).filter(({ verdict }) => verdict !== "notRecommended");
  return [
    violation(host, "networkAdapters", problem, {
      ...layoutEvidence(layout, "layout"),
      found: { value: links.map(describeLink) },
      limit: oneOf(accepted.map(({ title }) => title)),
      fix: `Give ${host.name} ${lacking}; or follow another documented layout.`,
    }),
  ];
}

/** `"NIC 1": management and virtual machines` */
function describeLink(link: Link): string {
  return `${link.name}: ${listing(purposesOf(link).map(purposeName))}`;
}

function oneAdapter(host: Host): readonly Verdict[] {
  return given(host, { version: host.operatingSystem, links: hostLinks(host) }, ({ version, links }) => {
    const ports = physicalPorts(links);
    const limit = networkLimit(version, "physicalAdapters");
    if (limit === undefined || ports.length === 0 || ports.length >= limit.value) return [];
    const problem =
      `${host.name} has ${count(ports.length, "physical network adapter")} for all of its traffic, "${ports.join("")}", ` +
      `but Microsoft recommends ${String(limit.value)} or more.`;
    const team = hasNetworkCapability(version, "switchEmbeddedTeaming")
      ? "bind both to one virtual switch with Switch Embedded Teaming (embeddedTeaming)"
      : "put both in one team (team)";
    return [
      violation(host, "networkAdapters", problem, {
        ...evidenceFor(version, "oneAdapter"),
        found: { value: ports.length, unit: "adapters" },
        limit: atLeast(limit.value, "adapters"),
        fix: `Add another network adapter, and ${team}.`,
      }),
    ];
  });
}

/** Who manages the host: in a documented layout, and where a host has one adapter for all, that is judged there. */
function management(host: Host, estate: Estate, required: readonly string[]): readonly Verdict[] {
  const facts = {
    version: host.operatingSystem,
    links: hostLinks(host),
    switches: orDefault(host.virtualSwitches, []),
  };
  return given(host, facts, ({ version, links, switches }) => {
    const least = networkLimit(version, "physicalAdapters")?.value ?? 0;
    if (layoutOf(host, estate).state !== "absent" || physicalPorts(links).length < least) return [];
    const carriers = links.filter((link) => carries(link, "management"));
    if (carriers.length > 0) return carriers.flatMap((link) => sharedManagement(host, version, link, switches));
    if (required.includes("management")) return [];
    const sharing = switches.filter(({ type }) => ifKnown(type) === "external").map((one) => one.allowManagementOs);
    if (sharing.some((value) => ifKnown(value) === true)) return [];
    if (sharing.some(({ state }) => state === "unknown")) return sharing.flatMap((value) => undecided(host, value));
    // What the intents of a cluster of Azure Local are for is judged by azure-local-intents.
    const intents = ifKnown(estate.clusterOfHost(host))?.intents;
    if (isAzureLocalVersion(version) && intents !== undefined && intents.state !== "absent") return [];
    return [withoutManagement(host, version, links)];
  });
}

function withoutManagement(host: Host, version: string, links: readonly Link[]): Verdict {
  return violation(host, "networkAdapters", `${host.name} has no network adapter for management.`, {
    ...evidenceFor(version, "managementAdapter"),
    found: trafficFigure(links.flatMap(purposesOf)),
    limit: { bound: "oneOf", value: [purposeName("management")], unit: "kinds of traffic" },
    fix: "Add a network adapter for management, or declare the one that has it (purpose management).",
    advisory: true,
  });
}

/**
 * Management on the adapter or the team of the virtual machines. What a virtual switch shares is judged by
 * virtual-switch-reserved. Without a team, layouts for nodes of clusters share an adapter with a cap, and from Windows
 * Server 2012 on a switch that is not declared may divide it.
 */
function sharedManagement(
  host: Host,
  version: string,
  link: Link,
  switches: readonly VirtualSwitch[],
): readonly Verdict[] {
  const adapters = ifKnown(host.networkAdapters) ?? [];
  const members = adapters.filter(({ name }) => link.adapters.some((one) => fold(one) === fold(ifKnown(name) ?? "")));
  const isShared = switches.some(
    ({ type, allowManagementOs }) => ifKnown(type) === "external" && ifKnown(allowManagementOs) !== false,
  );
  const isTeam = members.some(({ team }) => team.state === "known");
  const isVirtual = adapters.some(
    ({ purpose, virtualSwitch }) => ifKnown(purpose) === "management" && virtualSwitch.state !== "absent",
  );
  if (!carries(link, "virtualMachines") || isShared || isVirtual) return [];
  const isCapped = link.traffic.some(({ purpose, cap }) => purpose === "management" && cap.state !== "absent");
  if (!isTeam && (isCapped || hasNetworkCapability(version, "minimumBandwidth"))) return [];
  const problem = `${host.name} uses ${link.name} for management and for virtual machines.`;
  return [
    violation(host, "networkAdapters", problem, {
      ...evidenceFor(version, "managementAdapter"),
      found: trafficFigure(purposesOf(link)),
      limit: exactly(purposeName("management")),
      fix: `Give management an adapter of its own${isTeam ? " outside of the team" : ""}, and use ${link.name} for virtual machines alone.`,
      advisory: true,
    }),
  ];
}
