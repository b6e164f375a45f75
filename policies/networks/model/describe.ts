import { hostVersionName } from "../../../lib/tables/host-versions";
import type { MetricScheme } from "../../../lib/tables/metric-schemes";
import { listing, alternatives } from "../../../lib/text/words";
import { purposeName } from "./links";
import type { NetworkFacts, Order, Prediction, Ranked } from "./prediction";

/** What every network of a cluster will be used for, a line for each kind of traffic, for findings and reports. */
export function describePrediction(
  prediction: Prediction<NetworkFacts>,
  version: string,
  scheme: MetricScheme,
): readonly string[] {
  const { clusterTraffic, clusterBackups, liveMigration, liveMigrationBy, publicTraffic } = prediction;
  const group = (items: readonly Ranked<NetworkFacts>[]): string => describeGroup(items, scheme) + unknownAmong(items);
  const order = (groups: Order<NetworkFacts>): readonly string[] => groups.map(group);
  const others = [...(clusterTraffic.length > 1 ? ["another of them"] : []), ...order(clusterBackups)];
  const publicly = scheme.automatic === undefined ? listing(publicTraffic.map(name)) : group(publicTraffic);
  return [
    `What the networks are used for on ${hostVersionName(version)}:`,
    `- cluster and CSV traffic: ${orNone(group(clusterTraffic))}; when that fails: ${oneByOne(others)}`,
    `- live migration, ${LIVE_MIGRATION_BY[liveMigrationBy]}: ${oneByOne(order(liveMigration))}`,
    `- public traffic: ${orNone(publicly)}`,
    ...idle(prediction),
    `- nothing, because cluster communication is not allowed: ${orNone(listing(prediction.unused.map(nameWithPurpose)))}`,
  ];
}

/** Networks that the cluster may use, and that none of these uses. */
function idle(prediction: Prediction<NetworkFacts>): readonly string[] {
  const { preference, clusterTraffic, clusterBackups, liveMigration, publicTraffic } = prediction;
  const busy = new Set([clusterTraffic, publicTraffic, ...clusterBackups, ...liveMigration].flat().map(nameOf));
  const left = preference.flat().filter((item) => !busy.has(nameOf(item)));
  return left.length === 0 ? [] : [`- none of these: ${listing(left.map(name))}`];
}

/** Between networks of which one comes first no declaration decides. */
function unknownAmong(items: readonly unknown[]): string {
  return items.length > 1 ? ", not known which" : "";
}

function oneByOne(texts: readonly string[]): string {
  return orNone(texts.join(", then "));
}

/** `"iSCSI 1" (iSCSI)` */
function nameWithPurpose({ name: text, purpose }: NetworkFacts): string {
  return purpose === undefined ? `"${text}"` : `"${text}" (${purposeName(purpose)})`;
}

const LIVE_MIGRATION_BY: Readonly<Record<Prediction<NetworkFacts>["liveMigrationBy"], string>> = {
  declaration: "in the declared order",
  metric: "by default in this order",
  topology: "in an order that the cluster chooses",
  unknown: "in an order that is not known yet",
};

/** `"CSV" (metric 900)`, `one of "A" (automatic metric, from 1000) or "B" (automatic metric, from 1000)`. */
export function describeGroup(items: readonly Ranked<NetworkFacts>[], scheme: MetricScheme): string {
  const texts = items.map((item) => describeRanked(item, scheme));
  return texts.length > 1 ? `one of ${alternatives(texts)}` : texts.join("");
}

function describeRanked(item: Ranked<NetworkFacts>, { automatic }: MetricScheme): string {
  const { metric } = item.network;
  if (typeof metric === "number") return `${name(item)} (metric ${String(metric)})`;
  if (metric === "unknown") return `${name(item)} (metric not known)`;
  if (automatic === undefined) return `${name(item)} (automatic metric)`;
  const range = item.from === item.to ? ` ${String(item.from)}` : ` from ${String(item.from)} to ${String(item.to)}`;
  return `${name(item)} (automatic metric${range})`;
}

function name(item: Ranked<NetworkFacts>): string {
  return `"${nameOf(item)}"`;
}

function nameOf({ network }: Ranked<NetworkFacts>): string {
  return network.name;
}

function orNone(text: string): string {
  return text === "" ? "none" : text;
}
