import type { Estate } from "../../lib/estate/estate";
import type { Host, HostAdapter } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { atMost, exactly, type Change } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hostVersionName } from "../../lib/tables/host-versions";
import { bandwidthWeight, hasNetworkCapability, type BandwidthWeight } from "../../lib/tables/network-support";
import { append } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { listing } from "../../lib/text/words";
import { describeDifference, USUAL_SPEED, type Difference } from "./model/layouts";
import { describeSpeed, purposeName } from "./model/links";
import {
  adapterKey,
  adapterName,
  adapterNames,
  describeLayout,
  differencesOf,
  evidenceFor,
  hostsWithAdapters,
  layoutEvidence,
  layoutOf,
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

/** Caps that a layout needs, where they are all that the host lacks: else the layout is the problem. */
function uncapped(host: Host, estate: Estate): readonly Verdict[] {
  return given(host, { layout: layoutOf(host, estate) }, ({ layout }) => {
    const { differences, missingSpeeds } = layout.comparison;
    const caps = differencesOf(layout, "caps").filter((difference) => difference.kind === "cap");
    if (caps.length === 0 || differences.length > caps.length) return [];
    // Which layout it is, and so which caps it needs, is not certain.
    if (missingSpeeds.length > 0) return missingSpeeds.flatMap((speed) => missing(host, speed));
    return judgeCaps(host, layout, caps);
  });
}

type CapDifference = Extract<Difference, { kind: "cap" }>;

function judgeCaps(host: Host, layout: HostLayout, caps: readonly CapDifference[]): readonly Verdict[] {
  const unknown = caps.flatMap(({ found }) => undecided(host, found));
  const certain = caps.filter(({ found }) => found.state !== "unknown");
  const [first] = certain;
  if (first === undefined) return unknown;
  const problem =
    `${host.name} lacks ${listing(certain.map(describeDifference))}. ` +
    `The network layout that shares adapters in this way needs ${describeLayout(layout.comparison.layout)} with ` +
    `${certain.length === 1 ? "that cap" : "those caps"}.${assumed(certain)}`;
  const percent = ifKnown(first.found);
  const change = certain.length === 1 ? capChange(first) : undefined;
  const finding = violation(host, first.found.origin.path, problem, {
    ...layoutEvidence(layout, "caps"),
    found: percent === undefined ? { value: "no cap" } : { value: percent, unit: "percent" },
    limit: atMost(first.needed, "percent"),
    ...(change === undefined ? {} : { change }),
    fix: capsFix(certain),
    advisory: true,
  });
  return [finding, ...unknown];
}

/** Management that a virtual switch implies has no entry of its own yet that could have a cap. */
function capsFix(caps: readonly CapDifference[]): string {
  const declared = caps.filter(hasEntry);
  const implied = caps.filter((cap) => !hasEntry(cap));
  const settings = declared.map(
    ({ purpose, needed, link }) => `${String(needed)} for ${purposeName(purpose)} on ${link.name}`,
  );
  return [
    ...(settings.length === 0 ? [] : [`Set maximumBandwidthPercent to ${listing(settings)}.`]),
    ...implied.map(
      ({ purpose, needed, link }) =>
        `Declare ${purposeName(purpose)} as a purpose of ${link.name}, with maximumBandwidthPercent ${String(needed)}.`,
    ),
  ].join(" ");
}

function hasEntry({ found }: CapDifference): boolean {
  return found.origin.path.endsWith(".maximumBandwidthPercent");
}

/** One value fixes it where one entry declares that traffic. */
function capChange(cap: CapDifference): Change | undefined {
  const { link, purpose, needed, found } = cap;
  const entries = link.traffic.filter((item) => item.purpose === purpose);
  return entries.length === 1 && hasEntry(cap) ? { path: found.origin.path, value: needed } : undefined;
}

/** What the finding assumes: a cap depends on the speed of its link. */
function assumed(caps: readonly CapDifference[]): string {
  const links = caps.map(({ link }) => link).filter(({ speedMbps }) => speedMbps.state === "absent");
  const names = [...new Set(links.map(({ name }) => name))];
  return names.length === 0
    ? ""
    : ` The speed of ${listing(names)} is not declared; ${describeSpeed(USUAL_SPEED)} is assumed.`;
}

/** What the version cannot do: a declared reserve would never be there. */
function reserved(host: Host, version: string, adapters: readonly HostAdapter[]): readonly Verdict[] {
  const unknown = adapters.flatMap((adapter) => reservesOf(adapter).flatMap((reserve) => undecided(host, reserve)));
  const reserving = adapters.filter((adapter) => reservesOf(adapter).some(isReserve));
  const reserves = reserving.flatMap(reservesOf).filter(isReserve);
  const [first] = reserves;
  if (first === undefined) return unknown;
  const { path } = first.origin;
  const on = listing([...new Set(reserving.map(describeReserve))]);
  const problem = `${host.name} reserves bandwidth for ${on}, which ${hostVersionName(version)} cannot do.`;
  const isOneWeight = reserves.length === 1 && path.endsWith(".minimumBandwidthWeight");
  const finding = violation(host, path, problem, {
    ...evidenceFor(version, "capsOnly"),
    found: { value: adapterNames(reserving).length, unit: "adapters" },
    limit: atMost(0, "adapters"),
    ...(isOneWeight ? { change: { path, value: 0 } } : {}),
    fix:
      "Remove minimumBandwidthWeight and minimumBandwidthMbps, and cap the other traffic instead " +
      "(maximumBandwidthPercent), or install a newer version of Windows Server.",
  });
  return [finding, ...unknown];
}

function reservesOf({ minimumBandwidthWeight, minimumBandwidthMbps }: HostAdapter): readonly Value<number>[] {
  return [minimumBandwidthWeight, minimumBandwidthMbps];
}

function isReserve(value: Value<number>): boolean {
  return (ifKnown(value) ?? 0) > 0;
}

/** `"NIC 1" (weight 10)` */
function describeReserve(adapter: HostAdapter): string {
  const { minimumBandwidthWeight, minimumBandwidthMbps } = adapter;
  const texts = [
    ...(isReserve(minimumBandwidthWeight) ? [`weight ${String(ifKnown(minimumBandwidthWeight))}`] : []),
    ...(isReserve(minimumBandwidthMbps) ? [`${String(ifKnown(minimumBandwidthMbps))} Mbps`] : []),
  ];
  return `${adapterName(adapter)} (${listing(texts)})`;
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
  if (first === undefined || weighted.length === 0) return unknownModes(host, members);
  const problem =
    `${host.name} reserves bandwidth on the virtual switch "${name}" by weight for ${namesIn(weighted)} ` +
    `and in Mbps for ${namesIn(absolute)}, but a virtual switch has one of the two modes.`;
  return [
    violation(host, first.minimumBandwidthMbps.origin.path, problem, {
      ...evidenceFor(version, "minimumBandwidthMode"),
      found: { value: ["minimumBandwidthWeight", "minimumBandwidthMbps"] },
      limit: exactly("minimumBandwidthWeight"),
      fix: `Set minimumBandwidthWeight of ${namesIn(absolute)} instead of minimumBandwidthMbps${suggestion(version, absolute)}.`,
    }),
  ];
}

/** Reserves that are not known yet, where both modes may come together. */
function unknownModes(host: Host, members: readonly HostAdapter[]): readonly Verdict[] {
  const weights = members.map(({ minimumBandwidthWeight }) => minimumBandwidthWeight).filter(mayReserve);
  const absolutes = members.map(({ minimumBandwidthMbps }) => minimumBandwidthMbps).filter(mayReserve);
  if (weights.length === 0 || absolutes.length === 0) return [];
  return [...weights, ...absolutes].flatMap((value) => undecided(host, value));
}

function mayReserve(value: Value<number>): boolean {
  return value.state === "unknown" || isReserve(value);
}

function withoutWeight(host: Host, version: string, { name, members }: SwitchMembers): readonly Verdict[] {
  const reserving = members.filter((one) => reservesOf(one).some(({ state }) => state !== "absent")).map(adapterKey);
  // An adapter that carries several kinds of traffic has one weight for all of them.
  const bare = members.filter((one) => !reserving.includes(adapterKey(one)));
  const [first] = bare;
  if (first === undefined) return [];
  if (!members.some(hasWeight)) return members.flatMap((one) => undecided(host, one.minimumBandwidthWeight));
  const { path } = first.minimumBandwidthWeight.origin;
  const [weight] = weightsFor(version, [first]);
  const hasChange = weight !== undefined && new Set(bare.map(adapterKey)).size === 1;
  const problem =
    `${host.name} reserves bandwidth by weight on the virtual switch "${name}", but ${namesIn(bare)} ` +
    `${adapterNames(bare).length === 1 ? "has" : "have"} no weight.`;
  return [
    violation(host, path, problem, {
      ...evidenceFor(version, "minimumBandwidth"),
      found: { value: adapterNames(bare).length, unit: "adapters" },
      limit: atMost(0, "adapters"),
      ...(hasChange ? { change: { path, value: weight.weight } } : {}),
      fix: `Set minimumBandwidthWeight of ${namesIn(bare)}${suggestion(version, bare)}.`,
      advisory: true,
    }),
  ];
}

function hasWeight({ minimumBandwidthWeight }: HostAdapter): boolean {
  return isReserve(minimumBandwidthWeight);
}

function namesIn(adapters: readonly HostAdapter[]): string {
  return listing(adapterNames(adapters));
}

/** `; Microsoft suggests 40 for live migration` */
function suggestion(version: string, adapters: readonly HostAdapter[]): string {
  const texts = weightsFor(version, adapters).map(
    ({ weight, purpose }) => `${String(weight)} for ${purposeName(purpose)}`,
  );
  return texts.length === 0 ? "" : `; Microsoft suggests ${listing([...new Set(texts)])}`;
}

function weightsFor(version: string, adapters: readonly HostAdapter[]): readonly BandwidthWeight[] {
  return adapters.flatMap(({ purpose }) => {
    const known = ifKnown(purpose);
    return (known && bandwidthWeight(version, known)) ?? [];
  });
}
