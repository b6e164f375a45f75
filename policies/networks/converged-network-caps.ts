import type { Estate } from "../../lib/estate/estate";
import type { Host, HostAdapter, Purpose } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hostVersionName } from "../../lib/tables/host-versions";
import { bandwidthWeight, hasNetworkCapability } from "../../lib/tables/network-support";
import { append } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { listing } from "../../lib/text/words";
import { describeDifference, USUAL_SPEED, type Difference } from "./model/layouts";
import { describeSpeed, purposeName } from "./model/links";
import {
  adapterKey,
  adapterName,
  differencesOf,
  hostsWithAdapters,
  layoutOf,
  said,
  type HostLayout,
} from "./shared/host-layout";

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
        ? onSwitches(host, version, adapters)
        : [...reserved(host, version, adapters), ...uncapped(host, estate)],
    ),
});

/** Caps that a layout asks for, where they are all that the host lacks: else the layout is the problem. */
function uncapped(host: Host, estate: Estate): readonly Verdict[] {
  return given(host, { layout: layoutOf(host, estate) }, ({ layout }) => {
    const { differences, openSpeeds } = layout.comparison;
    const caps = differencesOf(layout, "caps").filter((difference) => difference.kind === "cap");
    if (caps.length === 0 || differences.length > caps.length) return [];
    // Which layout it is, and so which caps it asks for, is not certain.
    if (openSpeeds.length > 0) return openSpeeds.flatMap((speed) => missing(host, speed));
    return judgeCaps(host, layout, caps);
  });
}

type CapDifference = Extract<Difference, { kind: "cap" }>;

function judgeCaps(host: Host, layout: HostLayout, caps: readonly CapDifference[]): readonly Verdict[] {
  const open = caps.flatMap(({ found }) => undecided(host, found));
  const certain = caps.filter(({ found }) => found.state !== "unknown");
  const [first] = certain;
  if (first === undefined) return open;
  const { title, verdict } = layout.comparison.layout;
  const lacking = listing(certain.map(describeDifference));
  const problem = `${host.name} follows the network layout ${title} (${verdict}) without ${lacking}.${assumed(certain)}`;
  const settings = certain.map(({ purpose, wanted }) => `${String(wanted)} for ${purposeName(purpose)}`);
  const fix = `Set maximumBandwidthPercent to ${listing(settings)}, or give that traffic an adapter of its own.`;
  const details = { ...said(layout.version, "caps"), fix, advisory: true };
  return [violation(host, first.found.origin.path, problem, details), ...open];
}

/** What the finding takes for granted: a cap depends on the speed of its link. */
function assumed(caps: readonly CapDifference[]): string {
  const links = caps.map(({ link }) => link).filter(({ speedMbps }) => speedMbps.state === "absent");
  const names = [...new Set(links.map(({ name }) => name))];
  return names.length === 0
    ? ""
    : ` The speed of ${listing(names)} is not declared, and taken for ${describeSpeed(USUAL_SPEED)}.`;
}

/** What the version cannot do: a declared reserve would never be there. */
function reserved(host: Host, version: string, adapters: readonly HostAdapter[]): readonly Verdict[] {
  const open = adapters.flatMap((adapter) => reservesOf(adapter).flatMap((reserve) => undecided(host, reserve)));
  const reserving = adapters.flatMap((adapter) => {
    const reserve = reservesOf(adapter).find((value) => (ifKnown(value) ?? 0) > 0);
    return reserve === undefined ? [] : [{ adapter, reserve }];
  });
  const [first] = reserving;
  if (first === undefined) return open;
  const on = names(reserving.map(({ adapter }) => adapter));
  const problem = `${host.name} relies on a bandwidth reserve on ${on}, which ${hostVersionName(version)} does not have.`;
  const fix = "Cap the other traffic instead (maximumBandwidthPercent), or install a newer version of Windows Server.";
  return [violation(host, first.reserve.origin.path, problem, { ...said(version, "capsOnly"), fix }), ...open];
}

function reservesOf({ minimumBandwidthWeight, minimumBandwidthMbps }: HostAdapter): readonly Value<number>[] {
  return [minimumBandwidthWeight, minimumBandwidthMbps];
}

/** The virtual adapters of the management operating system on one virtual switch. */
interface SwitchMembers {
  readonly name: string;
  readonly members: readonly HostAdapter[];
}

/** Which adapter is on which switch matters only where bandwidth is reserved. */
function onSwitches(host: Host, version: string, adapters: readonly HostAdapter[]): readonly Verdict[] {
  const reserves = adapters.flatMap(reservesOf).some(({ state }) => state !== "absent");
  if (!reserves) return [];
  return [
    ...bySwitch(adapters).flatMap((one) => [...mixedModes(host, version, one), ...withoutWeight(host, version, one)]),
    ...adapters.flatMap(({ virtualSwitch }) => undecided(host, virtualSwitch)),
  ];
}

function bySwitch(adapters: readonly HostAdapter[]): readonly SwitchMembers[] {
  const groups = new Map<string, HostAdapter[]>();
  const names = new Map<string, string>();
  for (const adapter of adapters) {
    const name = ifKnown(adapter.virtualSwitch);
    if (name === undefined) continue;
    append(groups, fold(name), adapter);
    names.set(fold(name), names.get(fold(name)) ?? name);
  }
  return [...groups].map(([key, members]) => ({ name: names.get(key) ?? key, members }));
}

function mixedModes(host: Host, version: string, { name, members }: SwitchMembers): readonly Verdict[] {
  const weighted = members.filter(hasWeight);
  const absolute = members.filter(({ minimumBandwidthMbps }) => ifKnown(minimumBandwidthMbps) !== undefined);
  const [first] = absolute;
  if (first === undefined || weighted.length === 0) return openModes(host, members);
  const problem =
    `${host.name} reserves bandwidth on the virtual switch "${name}" by weight for ${names(weighted)} ` +
    `and in Mbps for ${names(absolute)}.`;
  const fix = `Use weights (minimumBandwidthWeight) for all of them.`;
  const details = { ...said(version, "minimumBandwidthMode"), fix };
  return [violation(host, first.minimumBandwidthMbps.origin.path, problem, details)];
}

/** Reserves that are not known yet, where both modes may come together. */
function openModes(host: Host, members: readonly HostAdapter[]): readonly Verdict[] {
  const weights = members.map(({ minimumBandwidthWeight }) => minimumBandwidthWeight).filter(mayReserve);
  const absolutes = members.map(({ minimumBandwidthMbps }) => minimumBandwidthMbps).filter(mayReserve);
  if (weights.length === 0 || absolutes.length === 0) return [];
  return [...weights, ...absolutes].flatMap((value) => undecided(host, value));
}

function mayReserve(value: Value<number>): boolean {
  return value.state === "unknown" || (ifKnown(value) ?? 0) > 0;
}

function withoutWeight(host: Host, version: string, { name, members }: SwitchMembers): readonly Verdict[] {
  const reserving = members.filter((one) => reservesOf(one).some(({ state }) => state !== "absent")).map(adapterKey);
  // An adapter that carries several kinds of traffic has one weight for all of them.
  const bare = members.filter((one) => !reserving.includes(adapterKey(one)));
  const [first] = bare;
  if (first === undefined) return [];
  if (!members.some(hasWeight)) return members.flatMap((one) => undecided(host, one.minimumBandwidthWeight));
  const problem = `${host.name} reserves bandwidth by weight on the virtual switch "${name}", and none for ${names(bare)}.`;
  const suggested = bare.flatMap(({ purpose }) => suggestedWeight(version, ifKnown(purpose)));
  const fix = `Give each a weight${suggested.length > 0 ? `; Microsoft suggests ${listing([...new Set(suggested)])}` : ""}.`;
  const details = { ...said(version, "minimumBandwidth"), fix, advisory: true };
  return [violation(host, first.minimumBandwidthWeight.origin.path, problem, details)];
}

function hasWeight({ minimumBandwidthWeight }: HostAdapter): boolean {
  return (ifKnown(minimumBandwidthWeight) ?? 0) > 0;
}

function names(adapters: readonly HostAdapter[]): string {
  return listing([...new Set(adapters.map(adapterName))]);
}

function suggestedWeight(version: string, purpose: Purpose | undefined): readonly string[] {
  const row = purpose && bandwidthWeight(version, purpose);
  return row === undefined ? [] : [`${String(row.weight)} for ${purposeName(row.purpose)}`];
}
