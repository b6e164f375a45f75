import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Host, HostAdapter, Purpose, VirtualSwitch } from "../../../lib/estate/model";
import { absent, combine, ifKnown, type Value } from "../../../lib/estate/value";
import type { Figure } from "../../../lib/rules/figures";
import type { Evidence } from "../../../lib/rules/verdict";
import { networkLayoutsOf, type NetworkLayout } from "../../../lib/tables/network-layouts";
import { networkLimit, networkStatement, type NetworkTopic } from "../../../lib/tables/network-support";
import { perObject } from "../../../lib/text/collections";
import { fold } from "../../../lib/text/names";
import { layoutToAvoid, nearestLayout, type Comparison, type Difference } from "../model/layouts";
import { carries, declaredAdapters, hostLinks, purposeName, type Link } from "../model/links";

/** Hosts that declare network adapters: who declares none is not judged by their rules. */
export function hostsWithAdapters({ hosts }: Estate): readonly Host[] {
  return hosts.filter((host) => declaredAdapters(host).state !== "absent");
}

/** `"NIC 1"`, as messages call an adapter. */
export function adapterName({ name }: HostAdapter): string {
  const text = ifKnown(name);
  return text === undefined ? "an adapter" : `"${text}"`;
}

/** Identifies an adapter: by its name without regard to case, and by where it stands while that is not known. */
export function adapterKey({ name }: HostAdapter): string {
  return fold(ifKnown(name) ?? name.origin.path);
}

/** The names of adapters, each once: one that carries several kinds of traffic has several entries. */
export function adapterNames(adapters: readonly HostAdapter[]): readonly string[] {
  return [...new Map(adapters.map((adapter) => [adapterKey(adapter), adapterName(adapter)])).values()];
}

/** Adapters as the figure of a finding. */
export function adaptersFigure(adapters: readonly HostAdapter[]): Figure {
  const named = new Map(adapters.map((adapter) => [adapterKey(adapter), ifKnown(adapter.name) ?? adapterKey(adapter)]));
  return { value: [...named.values()], unit: "adapters" };
}

/** The declared adapters below a switch, whether it names them or their team. */
export function membersOf(
  { networkAdapters }: VirtualSwitch,
  adapters: readonly HostAdapter[],
): readonly HostAdapter[] {
  const names = (ifKnown(networkAdapters) ?? []).flatMap((name) => ifKnown(name) ?? []).map(fold);
  const isNamed = (name: string | undefined): boolean => name !== undefined && names.includes(fold(name));
  const members = adapters.filter(({ name, team }) => isNamed(ifKnown(name)) || isNamed(ifKnown(team)));
  return [...new Map(members.map((adapter) => [adapterKey(adapter), adapter])).values()];
}

/** `the virtual switch "LAN"`, as messages call it. */
export function switchName({ name }: VirtualSwitch): string {
  return `the virtual switch "${ifKnown(name) ?? ""}"`;
}

/** The links of a host and the documented layout that they come nearest to. */
export interface HostLayout {
  /** Id of a host version. */
  readonly version: string;
  readonly links: readonly Link[];
  readonly comparison: Comparison;
}

/** Absent for a host outside of a cluster, without adapters, or of a version without documented layouts. */
export function layoutOf(host: Host, estate: Estate): Value<HostLayout> {
  return layoutsOf(estate)(host);
}

const layoutsOf = perEstate((estate) => perObject((host: Host) => readLayout(host, estate)));

function readLayout(host: Host, estate: Estate): Value<HostLayout> {
  const facts = { version: host.operatingSystem, cluster: estate.clusterOfHost(host), links: hostLinks(host) };
  const layout = combine(facts, host.networkAdapters.origin, ({ version, links }): HostLayout | undefined => {
    const comparison = nearestLayout(links, networkLayoutsOf(version));
    return comparison && { version, links, comparison };
  });
  if (layout.state !== "known") return layout;
  return layout.value === undefined ? absent(layout.origin) : { ...layout, value: layout.value };
}

/**
 * Which layout comes nearest, and whether the present one is among those to avoid. A layout is never called the
 * host's: the host may have more adapters than its title says.
 */
export function describeNearest(layout: HostLayout): string {
  const avoided = avoidedLayout(layout);
  const nearest = describeLayout(layout.comparison.layout);
  return avoided === undefined
    ? `The nearest documented network layout needs ${nearest}`
    : `The network layout "${avoided.title}" has that, but Microsoft does not recommend it; the nearest other layout needs ${nearest}`;
}

/** `four adapters of 1 Gbps (recommended)` */
export function describeLayout({ title, verdict }: NetworkLayout): string {
  return `${title} (${verdict})`;
}

/** The layout that the host follows and that Microsoft does not recommend. */
export function avoidedLayout({ version, links }: HostLayout): NetworkLayout | undefined {
  return layoutToAvoid(links, networkLayoutsOf(version));
}

/** The document that lists the nearest layout, with what it says on a topic where it is the one that says it. */
export function layoutEvidence(
  { version, comparison }: HostLayout,
  topic: NetworkTopic,
): { readonly evidence: Evidence } {
  const { source, confidence } = comparison.layout;
  const statement = networkStatement(version, topic);
  return { evidence: statement?.source === source ? statement : { source, confidence } };
}

/** What adapters carry, as the figure of a finding. */
export function trafficFigure(purposes: readonly Purpose[]): Figure {
  return { value: [...new Set(purposes)].map(purposeName), unit: "kinds of traffic" };
}

/** Which rule reports a difference: one finding for one problem. */
export type DifferenceOwner = "layout" | "liveMigration" | "iscsi" | "virtualMachines" | "caps";

export function ownerOf(difference: Difference, version: string): DifferenceOwner {
  switch (difference.kind) {
    case "cap":
      return "caps";
    case "missing":
      return "layout";
    case "speed":
      return carries(difference.link, "liveMigration") &&
        difference.needed === networkLimit(version, "liveMigrationSpeed")?.value
        ? "liveMigration"
        : "layout";
    case "adapters":
      return ownerOfPurposes(difference.purposes, ["iscsi", "virtualMachines"]);
    case "shared":
      return ownerOfPurposes(difference.purposes, ["iscsi", "liveMigration"]);
  }
}

/** The rule of one kind of traffic, where there is one that reports this; several kinds belong to the layout. */
function ownerOfPurposes(
  [purpose, ...others]: readonly Purpose[],
  owners: readonly (DifferenceOwner & Purpose)[],
): DifferenceOwner {
  return (others.length === 0 ? owners.find((owner) => owner === purpose) : undefined) ?? "layout";
}

/** The differences to the nearest layout that one rule reports. */
export function differencesOf({ comparison, version }: HostLayout, owner: DifferenceOwner): readonly Difference[] {
  return comparison.differences.filter((difference) => ownerOf(difference, version) === owner);
}

/** Whether host-network-roles reports this host: it lists every difference, those of other rules as well. */
export function isLayoutReported(layout: HostLayout): boolean {
  return differencesOf(layout, "layout").length > 0;
}

/** What a document says on a topic for a host version, as the evidence of a finding. */
export function evidenceFor(
  version: string | undefined,
  topic: NetworkTopic,
): { readonly evidence?: Evidence; readonly advisory?: true } {
  const evidence = version === undefined ? undefined : networkStatement(version, topic);
  if (evidence === undefined) return {};
  return evidence.advisory === undefined ? { evidence } : { evidence, advisory: true };
}
