import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Host, HostAdapter, Purpose, VirtualSwitch } from "../../../lib/estate/model";
import { absent, combine, ifKnown, type Value } from "../../../lib/estate/value";
import type { Evidence } from "../../../lib/rules/verdict";
import { networkLayoutsOf } from "../../../lib/tables/network-layouts";
import { networkLimit, networkStatement, type NetworkTopic } from "../../../lib/tables/network-support";
import { perObject } from "../../../lib/text/collections";
import { fold } from "../../../lib/text/names";
import { layoutToAvoid, nearestLayout, type Comparison, type Difference } from "../model/layouts";
import { carries, declaredAdapters, hostLinks, type Link } from "../model/links";

/** Hosts that declare network adapters: who declares none is not judged by their rules. */
export function hostsWithAdapters({ hosts }: Estate): readonly Host[] {
  return hosts.filter((host) => declaredAdapters(host).state !== "absent");
}

/** `"NIC 1"`, as messages call an adapter. */
export function adapterName({ name }: HostAdapter): string {
  const text = ifKnown(name);
  return text === undefined ? "an adapter" : `"${text}"`;
}

/** Tells adapters apart: their name without regard to case, and where it stands while it is not known. */
export function adapterKey({ name }: HostAdapter): string {
  return fold(ifKnown(name) ?? name.origin.path);
}

/** The declared adapters below a switch, whether it names them or their team. */
export function membersOf(
  { networkAdapters }: VirtualSwitch,
  adapters: readonly HostAdapter[],
): readonly HostAdapter[] {
  const names = (ifKnown(networkAdapters) ?? []).map((name) => ifKnown(name)?.toLowerCase());
  const isNamed = (name: string | undefined): boolean => name !== undefined && names.includes(name.toLowerCase());
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

/** Which layout comes nearest, and whether the present one is among those to avoid. */
export function describeNearest({ version, links, comparison }: HostLayout): string {
  const { title, verdict } = comparison.layout;
  const avoided = layoutToAvoid(links, networkLayoutsOf(version));
  return avoided === undefined
    ? `The nearest documented network layout is ${title} (${verdict})`
    : `That is ${avoided.title}, which Microsoft does not recommend; the nearest network layout that it does is ${title} (${verdict})`;
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
        difference.wanted === networkLimit(version, "liveMigrationSpeed")?.value
        ? "liveMigration"
        : "layout";
    case "adapters":
      return ownerOfPurposes(difference.purposes, ["iscsi", "virtualMachines"]);
    case "shared":
      return ownerOfPurposes(difference.purposes, ["iscsi", "liveMigration"]);
  }
}

/** The rule of one kind of traffic, where there is one that reports this; several kinds are a matter of the layout. */
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
export function isListed(layout: HostLayout): boolean {
  return differencesOf(layout, "layout").length > 0;
}

/** What a document says on a topic for a host version, as the evidence of a finding. */
export function said(
  version: string | undefined,
  topic: NetworkTopic,
): { readonly evidence?: Evidence; readonly advisory?: true } {
  const evidence = version === undefined ? undefined : networkStatement(version, topic);
  if (evidence === undefined) return {};
  return evidence.advisory === undefined ? { evidence } : { evidence, advisory: true };
}
