import type { NetworkRole, Purpose } from "../../../lib/estate/model";
import type { MetricScheme } from "../../../lib/tables/metric-schemes";
import { compare } from "../../../lib/text/collections";
import { fold } from "../../../lib/text/names";

/** A network of a cluster, as far as it decides what the network is used for. */
export interface NetworkFacts {
  readonly name: string;
  /** What it is declared for; undefined while that is not known. */
  readonly purpose: Purpose | undefined;
  readonly role: NetworkRole;
  readonly defaultGateway: boolean;
  /** A number, `automatic` where the cluster chooses it, `unknown` where nothing declares it. */
  readonly metric: number | "automatic" | "unknown";
}

/** A network and the metrics that it may have: one, unless the cluster chooses it. */
export interface Ranked<T extends NetworkFacts> {
  readonly network: T;
  readonly from: number;
  readonly to: number;
}

/**
 * Networks in the order in which they are used. In a group of several it is not known which of them comes first: their
 * metrics are the same, or the cluster chooses them in an order that no declaration decides.
 */
export type Order<T extends NetworkFacts> = readonly (readonly Ranked<T>[])[];

/** What each network of a cluster is used for. */
export interface Prediction<T extends NetworkFacts> {
  /** Every network that the cluster may use, by its metric. */
  readonly preference: Order<T>;
  /** The network that carries cluster and CSV traffic, or those of which one does; none when the cluster may use none. */
  readonly clusterTraffic: readonly Ranked<T>[];
  /** The networks that take over cluster and CSV traffic when that one fails. */
  readonly clusterBackups: Order<T>;
  /** The networks that live migration tries, one after the other: the later ones are the backups of the first. */
  readonly liveMigration: Order<T>;
  /** Where the order of live migration comes from. */
  readonly liveMigrationBy: "declaration" | "metric" | "topology" | "unknown";
  /** The network of public traffic, or those of which one is; where no metric decides that, every one with clients. */
  readonly publicTraffic: readonly Ranked<T>[];
  /** Networks on which cluster communication is not allowed. */
  readonly unused: readonly T[];
}

/**
 * Predicts which network carries what. The order in which networks are declared plays no part.
 * @param liveMigrationNetworks names in their declared order, `unknown` while that is not known; left out where none is
 * declared
 */
export function predict<T extends NetworkFacts>(
  networks: readonly T[],
  scheme: MetricScheme,
  liveMigrationNetworks?: readonly string[] | "unknown",
): Prediction<T> {
  const preference = inGroups(
    networks.filter(isUsed).map((network) => ({ network, ...metricsOf(network, networks, scheme) })),
  );
  const [clusterTraffic = [], ...others] = preference;
  const publicFrom = scheme.automatic?.publicFrom;
  return {
    preference,
    clusterTraffic,
    clusterBackups: filterGroups(others, ({ from }) => publicFrom === undefined || from < publicFrom),
    ...liveMigrationOrder(preference, scheme, liveMigrationNetworks),
    publicTraffic: publicTraffic(preference, publicFrom),
    unused: [...networks].filter((network) => !isUsed(network)).sort(byName),
  };
}

function isUsed({ role }: NetworkFacts): boolean {
  return role !== "none";
}

/**
 * Of an automatic metric only the range is known: the cluster counts up from one network to the next as it comes to see
 * them. A network whose metric was set by hand may have had one of those before.
 */
function metricsOf(
  { metric, defaultGateway }: NetworkFacts,
  networks: readonly NetworkFacts[],
  { automatic }: MetricScheme,
): { readonly from: number; readonly to: number } {
  if (typeof metric === "number") return { from: metric, to: metric };
  if (metric === "unknown" || automatic === undefined) return { from: 1, to: Infinity };
  const alike = networks.filter((other) => other.defaultGateway === defaultGateway).length;
  const from = defaultGateway ? automatic.publicFrom : automatic.privateFrom;
  return { from, to: from + automatic.step * (alike - 1) };
}

/** Sorts networks by their metrics, those together whose possible metrics overlap. */
function inGroups<T extends NetworkFacts>(ranked: readonly Ranked<T>[]): Order<T> {
  const sorted = [...ranked].sort((one, other) => one.from - other.from || byName(one.network, other.network));
  const groups: Ranked<T>[][] = [];
  let highest = 0;
  for (const item of sorted) {
    const last = groups.at(-1);
    if (last === undefined || item.from > highest) groups.push([item]);
    else last.push(item);
    highest = Math.max(highest, item.to);
  }
  return groups;
}

function liveMigrationOrder<T extends NetworkFacts>(
  preference: Order<T>,
  { liveMigrationByMetric }: MetricScheme,
  declared: readonly string[] | "unknown" | undefined,
): Pick<Prediction<T>, "liveMigration" | "liveMigrationBy"> {
  const all = preference.flat();
  const anyOrder = all.length === 0 ? [] : [all];
  if (declared === "unknown") return { liveMigration: anyOrder, liveMigrationBy: "unknown" };
  if (declared !== undefined) {
    const named = declared.flatMap((name) => all.filter(({ network }) => isNamed(network, name)));
    return { liveMigration: named.map((item) => [item]), liveMigrationBy: "declaration" };
  }
  if (!liveMigrationByMetric) return { liveMigration: anyOrder, liveMigrationBy: "topology" };
  // The network of cluster and CSV traffic comes last. Where several may be that one, any of the others is first.
  const [first = [], ...others] = preference;
  const liveMigration = first.length === 1 && others.length > 0 ? [...others, first] : preference;
  return { liveMigration, liveMigrationBy: "metric" };
}

/** The lowest metric from where public traffic begins, among the networks that clients may use. */
function publicTraffic<T extends NetworkFacts>(
  preference: Order<T>,
  publicFrom: number | undefined,
): readonly Ranked<T>[] {
  const withClients = filterGroups(
    preference,
    ({ network, to }) => network.role === "clusterAndClient" && (publicFrom === undefined || to >= publicFrom),
  );
  const [first = []] = withClients;
  const isCertain = publicFrom !== undefined && first.every(({ from }) => from >= publicFrom);
  return isCertain ? first : withClients.flat();
}

function filterGroups<T extends NetworkFacts>(order: Order<T>, keep: (item: Ranked<T>) => boolean): Order<T> {
  return order.map((group) => group.filter(keep)).filter((group) => group.length > 0);
}

function byName(one: NetworkFacts, other: NetworkFacts): number {
  return compare(one.name, other.name);
}

/** Names of cluster networks do not depend on case. */
export function isNamed({ name }: { readonly name: string }, other: string): boolean {
  return fold(name) === fold(other);
}
