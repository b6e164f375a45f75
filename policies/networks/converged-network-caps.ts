import type { Estate } from "../../lib/estate/estate";
import type { Host, HostAdapter, Purpose } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { describeDifference, type Difference } from "../../lib/networks/layouts";
import { purposeName } from "../../lib/networks/links";
import { listing } from "../../lib/rules/message";
import { defineRule, given, undecided, violation, type Verdict } from "../../lib/rules/rule";
import { hostVersionName } from "../../lib/tables/host-versions";
import { bandwidthWeight, hasNetworkCapability } from "../../lib/tables/network-support";
import { adapterName, differencesOf, hostsWithAdapters, layoutOf, said, type HostLayout } from "./host-layout";

/** Where kinds of traffic share adapters, their bandwidth is divided as the host's version can do it. */
export const convergedNetworkCaps = defineRule<Host>({
  name: "converged-network-caps",
  title: "Bandwidth of shared adapters",
  subject: "networks",
  level: "required",
  severity: "medium",
  reach: "estate",
  why: "Without a limit the greediest kind of traffic takes the whole link: a live migration then starves the heartbeat of its own cluster.",
  fix: "Cap the traffic as the documented layout does.",
  sources: ["network-design-2011", "live-migration-guide-2008-r2", "network-recommendations-2025"],
  tags: ["cluster", "quality-of-service", "adapters"],
  applies: hostsWithAdapters,
  check: (host, estate) =>
    given(host, { version: host.operatingSystem, adapters: host.networkAdapters }, ({ version, adapters }) =>
      hasNetworkCapability(version, "minimumBandwidth")
        ? [...mixedModes(host, version, adapters), ...withoutWeight(host, version, adapters)]
        : [...reserved(host, version, adapters), ...uncapped(host, estate)],
    ),
});

/** Caps that a layout asks for, where they are all that the host lacks: else the layout is the problem. */
function uncapped(host: Host, estate: Estate): readonly Verdict[] {
  return given(host, { layout: layoutOf(host, estate) }, ({ layout }) => {
    const { differences } = layout.comparison;
    const caps = differencesOf(layout, "caps").filter((difference) => difference.kind === "cap");
    return differences.length > caps.length ? [] : judgeCaps(host, layout, caps);
  });
}

type CapDifference = Extract<Difference, { kind: "cap" }>;

function judgeCaps(host: Host, layout: HostLayout, caps: readonly CapDifference[]): readonly Verdict[] {
  const certain = caps.filter(({ found }) => found.state !== "unknown");
  const [first] = certain;
  if (first === undefined) return caps.flatMap(({ found }) => undecided(host, found));
  const { title, verdict } = layout.comparison.layout;
  const missing = listing(certain.map(describeDifference));
  const problem = `${host.name} follows the network layout ${title} (${verdict}) without ${missing}.`;
  const settings = certain.map(({ purpose, wanted }) => `${String(wanted)} for ${purposeName(purpose)}`);
  const fix = `Set maximumBandwidthPercent to ${listing(settings)}, or give that traffic an adapter of its own.`;
  const details = { ...said(layout.version, "caps"), fix, advisory: true };
  return [violation(host, first.found.origin.path, problem, details)];
}

/** What the version cannot do: a declared reserve would never be there. */
function reserved(host: Host, version: string, adapters: readonly HostAdapter[]): readonly Verdict[] {
  const reserving = adapters.flatMap((adapter) => {
    const [reserve] = reservesOf(adapter);
    return reserve === undefined ? [] : [{ adapter, reserve }];
  });
  const [first] = reserving;
  if (first === undefined) return [];
  const names = listing([...new Set(reserving.map(({ adapter }) => adapterName(adapter)))]);
  const problem = `${host.name} relies on a bandwidth reserve on ${names}, which ${hostVersionName(version)} does not have.`;
  const fix = "Cap the other traffic instead (maximumBandwidthPercent), or install a newer version of Windows Server.";
  return [violation(host, first.reserve.origin.path, problem, { ...said(version, "capsOnly"), fix })];
}

function reservesOf({ minimumBandwidthWeight, minimumBandwidthMbps }: HostAdapter): readonly Value<number>[] {
  return [minimumBandwidthWeight, minimumBandwidthMbps].filter((value) => (ifKnown(value) ?? 0) > 0);
}

/** Virtual adapters of the management operating system, by the switch that they are on. */
function bySwitch(adapters: readonly HostAdapter[]): ReadonlyMap<string, readonly HostAdapter[]> {
  const groups = new Map<string, HostAdapter[]>();
  for (const adapter of adapters) {
    const name = ifKnown(adapter.virtualSwitch);
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), adapter]);
  }
  return groups;
}

function mixedModes(host: Host, version: string, adapters: readonly HostAdapter[]): readonly Verdict[] {
  return [...bySwitch(adapters)].flatMap(([name, members]) => {
    const weighted = members.filter(({ minimumBandwidthWeight }) => (ifKnown(minimumBandwidthWeight) ?? 0) > 0);
    const absolute = members.filter(({ minimumBandwidthMbps }) => ifKnown(minimumBandwidthMbps) !== undefined);
    const [first] = absolute;
    if (first === undefined || weighted.length === 0) return [];
    const problem =
      `${host.name} reserves bandwidth on the virtual switch "${name}" by weight for ${listing(weighted.map(adapterName))} ` +
      `and in Mbps for ${listing(absolute.map(adapterName))}.`;
    const fix = `Use weights (minimumBandwidthWeight) for all of them.`;
    const details = { ...said(version, "minimumBandwidthMode"), fix };
    return [violation(host, first.minimumBandwidthMbps.origin.path, problem, details)];
  });
}

function withoutWeight(host: Host, version: string, adapters: readonly HostAdapter[]): readonly Verdict[] {
  return [...bySwitch(adapters)].flatMap(([name, members]) => {
    const isWeighted = members.some(({ minimumBandwidthWeight }) => (ifKnown(minimumBandwidthWeight) ?? 0) > 0);
    const bare = members.filter(
      ({ minimumBandwidthWeight, minimumBandwidthMbps }) =>
        minimumBandwidthWeight.state === "absent" && minimumBandwidthMbps.state === "absent",
    );
    const [first] = bare;
    if (!isWeighted || first === undefined) return [];
    const names = listing(bare.map(adapterName));
    const problem = `${host.name} reserves bandwidth by weight on the virtual switch "${name}", and none for ${names}.`;
    const suggested = bare.flatMap(({ purpose }) => suggestedWeight(version, ifKnown(purpose)));
    const fix = `Give each a weight${suggested.length > 0 ? `; Microsoft suggests ${listing([...new Set(suggested)])}` : ""}.`;
    const details = { ...said(version, "minimumBandwidth"), fix, advisory: true };
    return [violation(host, first.minimumBandwidthWeight.origin.path, problem, details)];
  });
}

function suggestedWeight(version: string, purpose: Purpose | undefined): readonly string[] {
  const row = purpose && bandwidthWeight(version, purpose);
  return row === undefined ? [] : [`${String(row.weight)} for ${purposeName(row.purpose)}`];
}
