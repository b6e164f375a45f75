import type { Purpose } from "../../../lib/estate/model";
import { ifKnown, type Value } from "../../../lib/estate/value";
import type { LayoutLink, NetworkLayout } from "../../../lib/tables/network-layouts";
import { count, listing } from "../../../lib/text/words";
import { carries, describeSpeed, purposeName, purposesOf, type Link } from "./links";

/** What keeps a host from following a layout. */
export type Difference =
  | { readonly kind: "missing"; readonly purposes: readonly Purpose[] }
  | {
      readonly kind: "adapters";
      readonly purposes: readonly Purpose[];
      readonly wanted: number;
      readonly found: number;
    }
  | {
      readonly kind: "shared";
      readonly link: Link;
      readonly purposes: readonly Purpose[];
      readonly others: readonly Purpose[];
    }
  | { readonly kind: "speed"; readonly link: Link; readonly wanted: number; readonly found: number }
  | {
      readonly kind: "cap";
      readonly link: Link;
      readonly purpose: Purpose;
      readonly wanted: number;
      readonly found: Value<number>;
    };

/** A host beside one layout. */
export interface Comparison {
  readonly layout: NetworkLayout;
  readonly differences: readonly Difference[];
  /** Speeds on which it depends whether the host follows the layout, and which are not known or not declared. */
  readonly openSpeeds: readonly Value<number>[];
}

/** What the layouts tell apart; other kinds of traffic may go where they like. */
const CORE: readonly Purpose[] = [
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

/** Caps are a setting, all else takes hardware; and what is certain goes before what is not. */
function distance({ differences, openSpeeds }: Comparison): number {
  const weights = differences.map((difference) => (difference.kind === "cap" ? 0.001 : weightOf(difference)));
  return weights.reduce((sum, weight) => sum + weight, openSpeeds.length > 0 ? 0.1 : 0);
}

function weightOf(difference: Difference): number {
  return difference.kind === "adapters" ? difference.wanted - difference.found : 1;
}

/** Compares a host with a layout. What the host separates further than the layout is no difference. */
export function compareWith(layout: NetworkLayout, links: readonly Link[]): Comparison {
  const parts = layout.links.map((part) => ({ part, carriers: carriersOf(part, links) }));
  return {
    layout,
    differences: [
      ...parts.flatMap(({ part }) => missing(part, links)),
      ...parts.flatMap(({ part, carriers }) => tooFew(part, carriers)),
      ...links.flatMap((link) => shared(link, layout)),
      ...parts.flatMap(({ part, carriers }) => carriers.flatMap((link) => tooSlow(part, link))),
      ...parts.flatMap(({ part, carriers }) => carriers.flatMap((link) => uncapped(part, link))),
    ],
    openSpeeds: parts.flatMap(({ part, carriers }) =>
      carriers.filter((link) => isSpeedOpen(part, link)).map(({ speedMbps }) => speedMbps),
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
function tooFew({ purposes, adapters: wanted }: LayoutLink, carriers: readonly Link[]): readonly Difference[] {
  const found = purposes.includes("iscsi")
    ? new Set(carriers.flatMap(({ adapters }) => adapters)).size
    : Math.max(0, ...carriers.map(({ adapters }) => adapters.length));
  return found === 0 || found >= wanted ? [] : [{ kind: "adapters", purposes, wanted, found }];
}

/** Kinds of traffic on one link that the layout has on several: each part of the layout with all that is not its own. */
function shared(link: Link, layout: NetworkLayout): readonly Difference[] {
  const partOf = (purpose: Purpose): LayoutLink | Purpose =>
    layout.links.find(({ purposes }) => purposes.includes(purpose)) ?? purpose;
  const found: Difference[] = [];
  let rest = CORE.filter((purpose) => purposesOf(link).includes(purpose));
  while (rest.length > 1) {
    const [first, ...others] = rest;
    if (first === undefined) break;
    const part = partOf(first);
    const apart = others.filter((purpose) => partOf(purpose) !== part);
    const together = others.filter((purpose) => partOf(purpose) === part);
    if (apart.length > 0) found.push({ kind: "shared", link, purposes: [first, ...together], others: apart });
    rest = apart;
  }
  return found;
}

function tooSlow({ speedMbps: wanted }: LayoutLink, link: Link): readonly Difference[] {
  const found = ifKnown(link.speedMbps);
  if (wanted === undefined || found === undefined || found >= wanted) return [];
  return [{ kind: "speed", link, wanted, found }];
}

function isSpeedOpen({ speedMbps: wanted }: LayoutLink, { speedMbps }: Link): boolean {
  if (wanted === undefined || speedMbps.state === "known") return false;
  return speedMbps.state === "unknown" || wanted > USUAL_SPEED;
}

/** The documented caps are examples: less is as good. */
function uncapped({ caps = [] }: LayoutLink, link: Link): readonly Difference[] {
  if (purposesOf(link).length < 2) return [];
  return caps.flatMap(({ purpose, percent }) =>
    link.traffic
      .filter((item) => item.purpose === purpose && (ifKnown(item.cap) ?? Infinity) > percent)
      .slice(0, 1)
      .map(({ cap }): Difference => ({ kind: "cap", link, purpose, wanted: percent, found: cap })),
  );
}

/** What a host would have to have, in words. */
export function describeDifference(difference: Difference): string {
  switch (difference.kind) {
    case "missing":
      return `an adapter for ${purposeNames(difference.purposes)}`;
    case "adapters":
      return (
        `${count(difference.wanted, "adapter")} for ${purposeNames(difference.purposes)} ` +
        `instead of ${String(difference.found)}`
      );
    case "shared":
      return (
        `an adapter of its own for ${purposeNames(difference.purposes)}, which now shares ${difference.link.name} ` +
        `with ${purposeNames(difference.others)}`
      );
    case "speed":
      return `${describeSpeed(difference.wanted)} on ${difference.link.name} instead of ${describeSpeed(difference.found)}`;
    case "cap":
      return describeCap(difference);
  }
}

function describeCap({ link, purpose, wanted, found }: Extract<Difference, { kind: "cap" }>): string {
  const now = found.state === "known" ? ` instead of ${String(found.value)} %` : "";
  return `a cap of ${String(wanted)} % for ${purposeName(purpose)} on ${link.name}${now}`;
}

function purposeNames(purposes: readonly Purpose[]): string {
  return listing(purposes.map(purposeName));
}
