import { listing } from "../rules/message";
import { alternatives } from "../tables/coverage";
import { hostVersionName } from "../tables/host-versions";
import type { MetricScheme } from "../tables/metric-schemes";
import type { NetworkFacts, Order, Prediction, Ranked } from "./prediction";

/** What every network of a cluster will be used for, a line each, for findings and reports. */
export function describePrediction(
  prediction: Prediction<NetworkFacts>,
  version: string,
  scheme: MetricScheme,
): readonly string[] {
  const { clusterTraffic, clusterBackups, liveMigration, liveMigrationBy, publicTraffic, unused } = prediction;
  const group = (items: readonly Ranked<NetworkFacts>[]): string => describeGroup(items, scheme);
  const order = (groups: Order<NetworkFacts>): string => orNone(groups.map(group).join(", then "));
  const publicly = scheme.automatic === undefined ? listing(publicTraffic.map(name)) : group(publicTraffic);
  return [
    `What the networks are used for on ${hostVersionName(version)}:`,
    `- cluster and CSV traffic: ${orNone(group(clusterTraffic))}; when that fails: ${order(clusterBackups)}`,
    `- live migration, ${LIVE_MIGRATION_BY[liveMigrationBy]}: ${order(liveMigration)}`,
    `- public traffic: ${orNone(publicly)}`,
    `- nothing of the cluster: ${orNone(listing(unused.map(({ name: text }) => `"${text}"`)))}`,
  ];
}

const LIVE_MIGRATION_BY: Readonly<Record<Prediction<NetworkFacts>["liveMigrationBy"], string>> = {
  declaration: "in the declared order",
  metric: "by default in this order",
  topology: "in an order that the cluster chooses",
  open: "in an order that is not known yet",
};

/** `"CSV" (metric 900)`, `one of "A" (automatic metric, from 1000) or "B" (automatic metric, from 1000)`. */
export function describeGroup(items: readonly Ranked<NetworkFacts>[], scheme: MetricScheme): string {
  const texts = items.map((item) => describeRanked(item, scheme));
  return texts.length > 1 ? `one of ${alternatives(texts)}` : texts.join("");
}

function describeRanked(item: Ranked<NetworkFacts>, { automatic }: MetricScheme): string {
  const { metric } = item.network;
  if (typeof metric === "number") return `${name(item)} (metric ${String(metric)})`;
  if (metric === "open") return `${name(item)} (metric not known)`;
  if (automatic === undefined) return `${name(item)} (automatic metric)`;
  const range = item.from === item.to ? ` ${String(item.from)}` : ` from ${String(item.from)} to ${String(item.to)}`;
  return `${name(item)} (automatic metric${range})`;
}

function name({ network }: Ranked<NetworkFacts>): string {
  return `"${network.name}"`;
}

function orNone(text: string): string {
  return text === "" ? "none" : text;
}
