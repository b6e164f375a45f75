import type { Purpose } from "../../../lib/estate/model";
import { ifKnown, type Value } from "../../../lib/estate/value";
import type { LayoutLink, NetworkLayout } from "../../../lib/tables/network-layouts";
import { count, listing } from "../../../lib/text/words";
import { carries, describeSpeed, describeTraffic, purposeName, purposesOf, type Link } from "./links";

/** What keeps a host from following a layout. */
export type Difference =
  | { readonly kind: "missing"; readonly purposes: readonly Purpose[] }
  | {
      readonly kind: "adapters";
      readonly purposes: readonly Purpose[];
      readonly needed: number;
      readonly found: number;
    }
  | {
      readonly kind: "shared";
      readonly link: Link;
      readonly purposes: readonly Purpose[];
      readonly others: readonly Purpose[];
    }
  | { readonly kind: "speed"; readonly link: Link; readonly needed: number; readonly found: number }
  | {
      readonly kind: "cap";
      readonly link: Link;
      readonly purpose: Purpose;
      readonly needed: number;
      readonly found: Value<number>;
    };

/** A host beside one layout. */
export interface Comparison {
  readonly layout: NetworkLayout;
  readonly differences: readonly Difference[];
  /** Speeds on which it depends whether the host follows the layout, and which are not known or not declared. */
  readonly missingSpeeds: readonly Value<number>[];
}

/** What the layouts tell apart; other kinds of traffic may go where they like. */
const LAYOUT_PURPOSES: readonly Purpose[] = [
  "iscsi",
  "liveMigration",
  "management",
  "virtualMachines",
  "cluster",
  "clusterSharedVolumes",
];

/** An adapter whose speed nobody declares has at least that of a server of the time. */
export const USUAL_SPEED = 1000;

/** The layout that a host follows, or comes nearest to; the most separate one of several. */
export function nearestLayout(links: readonly Link[], layouts: readonly NetworkLayout[]): Comparison | undefined {
  const comparisons = layouts
    .filter(({ verdict }) => verdict !== "notRecommended")
    .map((layout) => compareWith(layout, links));
  return [...comparisons].sort((one, other) => distance(one) - distance(other))[0];
}

/** The layout of those that are not recommended which a host follows in all but its caps: the largest one of several. */
export function layoutToAvoid(links: readonly Link[], layouts: readonly NetworkLayout[]): NetworkLayout | undefined {
  if (links.some(({ speedMbps }) => speedMbps.state !== "known")) return undefined;
  const followed = layouts
    .filter(({ verdict }) => verdict === "notRecommended")
    .map((layout) => compareWith(layout, links))
    .filter(({ differences }) => differences.every(({ kind }) => kind === "cap"))
    .map(({ layout }) => layout);
  return followed.sort((one, other) => bandwidthOf(other) - bandwidthOf(one))[0];
}

function bandwidthOf({ links }: NetworkLayout): number {
  return links.reduce((sum, { adapters, speedMbps = 0 }) => sum + adapters * speedMbps, 0);
}

/** What a missing cap adds to the distance: a cap is a setting, so any number of them is nearer than one more adapter. */
const CAP_WEIGHT = 0.001;

/** What missing speeds add: more than all caps and less than an adapter, so that a layout that is certain goes first. */
const MISSING_SPEED_WEIGHT = 0.1;

function distance({ differences, missingSpeeds }: Comparison): number {
  const weights = differences.map((difference) => (difference.kind === "cap" ? CAP_WEIGHT : weightOf(difference)));
  return weights.reduce((sum, weight) => sum + weight, missingSpeeds.length > 0 ? MISSING_SPEED_WEIGHT : 0);
}

function weightOf(difference: Difference): number {
  return difference.kind === "adapters" ? difference.needed - difference.found : 1;
}

/** Compares a host with a layout. What the host separates further than the layout does not count as a difference. */
export function compareWith(layout: NetworkLayout, links: readonly Link[]): Comparison {
  const layoutLinks = layout.links.map((needed) => ({ needed, carriers: carriersOf(needed, links) }));
  return {
    layout,
    differences: [
      ...layoutLinks.flatMap(({ needed }) => missing(needed, links)),
      ...layoutLinks.flatMap(({ needed, carriers }) => tooFew(needed, carriers)),
      ...links.flatMap((link) => shared(link, layout)),
      ...layoutLinks.flatMap(({ needed, carriers }) => carriers.flatMap((link) => tooSlow(needed, link))),
      ...layoutLinks.flatMap(({ needed, carriers }) => carriers.flatMap((link) => uncapped(needed, link))),
    ],
    missingSpeeds: layoutLinks.flatMap(({ needed, carriers }) =>
      carriers.filter((link) => isSpeedMissing(needed, link)).map(({ speedMbps }) => speedMbps),
    ),
  };
}

function carriersOf({ purposes }: LayoutLink, links: readonly Link[]): readonly Link[] {
  return links.filter((link) => purposes.some((purpose) => carries(link, purpose)));
}

/** Cluster communication and Cluster Shared Volumes are one kind of traffic where a layout has them together. */
function missing({ purposes }: LayoutLink, links: readonly Link[]): readonly Difference[] {
  const together: readonly Purpose[] = ["cluster", "clusterSharedVolumes"];
  const needs = [
    purposes.filter((purpose) => together.includes(purpose)),
    ...purposes.filter((purpose) => !together.includes(purpose)).map((purpose) => [purpose]),
  ];
  return needs
    .filter((need) => need.length > 0 && !links.some((link) => need.some((purpose) => carries(link, purpose))))
    .map((need) => ({ kind: "missing", purposes: need }));
}

/** Adapters beside each other do for the paths of iSCSI; all else takes them as one link. */
function tooFew({ purposes, adapters: needed }: LayoutLink, carriers: readonly Link[]): readonly Difference[] {
  const found = purposes.includes("iscsi")
    ? new Set(carriers.flatMap(({ adapters }) => adapters)).size
    : Math.max(0, ...carriers.map(({ adapters }) => adapters.length));
  return found === 0 || found >= needed ? [] : [{ kind: "adapters", purposes, needed, found }];
}

/** Kinds of traffic on one link that the layout has on several: each link of the layout with all that is not its own. */
function shared(link: Link, layout: NetworkLayout): readonly Difference[] {
  const layoutLinkOf = (purpose: Purpose): LayoutLink | Purpose =>
    layout.links.find(({ purposes }) => purposes.includes(purpose)) ?? purpose;
  const found: Difference[] = [];
  let rest = LAYOUT_PURPOSES.filter((purpose) => purposesOf(link).includes(purpose));
  while (rest.length > 1) {
    const [first, ...others] = rest;
    if (first === undefined) break;
    const own = layoutLinkOf(first);
    const apart = others.filter((purpose) => layoutLinkOf(purpose) !== own);
    const together = others.filter((purpose) => layoutLinkOf(purpose) === own);
    if (apart.length > 0) found.push({ kind: "shared", link, purposes: [first, ...together], others: apart });
    rest = apart;
  }
  return found;
}

function tooSlow({ speedMbps: needed }: LayoutLink, link: Link): readonly Difference[] {
  const found = ifKnown(link.speedMbps);
  if (needed === undefined || found === undefined || found >= needed) return [];
  return [{ kind: "speed", link, needed, found }];
}

function isSpeedMissing({ speedMbps: needed }: LayoutLink, { speedMbps }: Link): boolean {
  if (needed === undefined || speedMbps.state === "known") return false;
  return speedMbps.state === "unknown" || needed > USUAL_SPEED;
}

/** The documented caps are examples: less is as good. */
function uncapped({ caps = [] }: LayoutLink, link: Link): readonly Difference[] {
  if (purposesOf(link).length < 2) return [];
  return caps.flatMap(({ purpose, percent }) =>
    link.traffic
      .filter((item) => item.purpose === purpose && (ifKnown(item.cap) ?? Infinity) > percent)
      .slice(0, 1)
      .map(({ cap }): Difference => ({ kind: "cap", link, purpose, needed: percent, found: cap })),
  );
}

/** What a host would have to have, in words. */
export function describeDifference(difference: Difference): string {
  switch (difference.kind) {
    case "missing":
      return `an adapter for ${purposeNames(difference.purposes)}`;
    case "adapters":
      return (
        `${count(difference.needed, "adapter")} for ${purposeNames(difference.purposes)} ` +
        `instead of ${String(difference.found)}`
      );
    case "shared":
      return (
        `an adapter of its own for ${describeTraffic(difference.link, difference.purposes)}, which now shares ` +
        `${difference.link.name} with ${describeTraffic(difference.link, difference.others)}`
      );
    case "speed":
      return `a speed of ${describeSpeed(difference.needed)} on ${difference.link.name} instead of ${describeSpeed(difference.found)}`;
    case "cap":
      return describeCap(difference);
  }
}

function describeCap({ link, purpose, needed, found }: Extract<Difference, { kind: "cap" }>): string {
  const now = found.state === "known" ? ` instead of ${String(found.value)} %` : "";
  return `a cap of ${String(needed)} %${now} for ${purposeName(purpose)} on ${link.name}`;
}

function purposeNames(purposes: readonly Purpose[]): string {
  return listing(purposes.map(purposeName));
}
