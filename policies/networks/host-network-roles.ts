import type { Estate } from "../../lib/estate/estate";
import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { describeDifference } from "../../lib/networks/layouts";
import { declaredAdapters, hostLinks, physicalPorts } from "../../lib/networks/links";
import { count } from "../../lib/rules/message";
import { defineRule, given, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/rule";
import { hostVersionName } from "../../lib/tables/host-versions";
import { networkLayoutsOf } from "../../lib/tables/network-layouts";
import { networkLimit } from "../../lib/tables/network-support";
import { describeNearest, isListed, layoutOf, said, type HostLayout } from "./host-layout";

/** The adapters of a cluster node follow a documented layout; from Windows Server 2012 on a host has more than one. */
export const hostNetworkRoles = defineRule<Host>({
  name: "host-network-roles",
  title: "Adapters for each kind of traffic",
  subject: "networks",
  level: "recommended",
  severity: "high",
  reach: "estate",
  why: "Kinds of traffic that compete for one adapter delay each other: a node that misses its heartbeats is taken for dead, and its virtual machines stop.",
  fix: "Add what is missing, or follow another documented layout.",
  sources: ["network-design-2011", "live-migration-guide-2008-r2", "bpa-2016"],
  tags: ["cluster", "high-availability", "adapters"],
  applies: ({ hosts }) => hosts,
  check: (host, estate) =>
    declaredAdapters(host).state === "absent"
      ? forgotten(host, estate)
      : [...given(host, { layout: layoutOf(host, estate) }, ({ layout }) => judge(host, layout)), ...oneAdapter(host)],
});

/** A host that declares no adapters while another node of its cluster does. */
function forgotten(host: Host, estate: Estate): readonly Verdict[] {
  const version = ifKnown(host.operatingSystem);
  const cluster = ifKnown(estate.clusterOfHost(host));
  if (version === undefined || cluster === undefined || networkLayoutsOf(version).length === 0) return [];
  const nodes = ifKnown(estate.nodesOf(cluster)) ?? [];
  const isUsed = nodes.some((node) => declaredAdapters(node).state !== "absent");
  return isUsed ? [notDeclared(host, host.networkAdapters.origin)] : [];
}

function judge(host: Host, layout: HostLayout): readonly Verdict[] {
  const { version, comparison } = layout;
  if (!isListed(layout)) {
    const open = comparison.openSpeeds;
    return open.flatMap((speed) =>
      speed.state === "absent" ? [notDeclared(host, speed.origin)] : undecided(host, speed),
    );
  }
  const missing = comparison.differences.map(describeDifference).join("; ");
  const problem =
    `${host.name} follows none of the network layouts that are documented for ${hostVersionName(version)}. ` +
    `${describeNearest(layout)}; to match it, there is missing: ${missing}.`;
  return [violation(host, "networkAdapters", problem, said(version, "layout"))];
}

function oneAdapter(host: Host): readonly Verdict[] {
  return given(host, { version: host.operatingSystem, links: hostLinks(host) }, ({ version, links }) => {
    const ports = physicalPorts(links);
    const limit = networkLimit(version, "physicalAdapters");
    if (limit === undefined || ports.length === 0 || ports.length >= limit.value) return [];
    const problem = `${host.name} has ${count(ports.length, "physical network adapter")} for all of its traffic, "${ports.join("")}".`;
    const fix = "Add another network adapter, and team the two or give them different purposes.";
    return [violation(host, "networkAdapters", problem, { ...said(version, "oneAdapter"), fix })];
  });
}
