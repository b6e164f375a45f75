import { isDefault, type Value } from "../../../lib/estate/value";
import { listing } from "../../../lib/text/words";
import type { DeclaredNetwork } from "../model/cluster-use";
import type { Order, Ranked } from "../model/prediction";

/** How far apart suggested metrics are: clusters number networks in steps of this size. */
const STEP = 100;

/** What is suggested where no other network bounds it: where clusters begin to number private networks. */
const FIRST = STEP * 10;

type RankedNetwork = Ranked<DeclaredNetwork>;

/** The networks that are to have the lowest and, where the metrics decide it, the second lowest metric. */
export interface PreferredNetworks {
  readonly cluster: RankedNetwork | undefined;
  readonly liveMigration: RankedNetwork | undefined;
}

/** What to change of the metrics. */
export interface MetricsFix {
  readonly text: string;
  /** Where one metric is all. */
  readonly only?: { readonly fact: Value<number>; readonly metric: number };
}

/** A network that is to have another metric. */
interface NewMetric {
  readonly item: RankedNetwork;
  readonly metric: number;
  /** What it must be below; infinite where no other network bounds it. */
  readonly below: number;
  readonly traffic: string;
}

/**
 * As few new metrics as possible, or what to reach where no metric is left below the others. Undefined where there is
 * nothing to change.
 */
export function suggestMetrics(
  preference: Order<DeclaredNetwork>,
  preferred: PreferredNetworks,
): MetricsFix | undefined {
  const { cluster, liveMigration } = preferred;
  const others = preference.flat().filter((item) => item !== cluster && item !== liveMigration);
  const metrics: NewMetric[] = [];
  let below = Math.min(Infinity, ...others.map(({ from }) => from));
  if (liveMigration !== undefined) {
    const metric = lowered(liveMigration, below, cluster === undefined ? 1 : STEP + 1);
    if (metric === undefined) return inWords(preferred);
    metrics.push({ item: liveMigration, metric, below, traffic: "live migration" });
    below = metric;
  }
  if (cluster !== undefined) {
    const metric = lowered(cluster, below, 1);
    if (metric === undefined) return inWords(preferred);
    metrics.push({ item: cluster, metric, below, traffic: "cluster and CSV traffic" });
  }
  return describe(metrics.filter(({ item, metric }) => item.from !== item.to || item.from !== metric));
}

/** Without a network for cluster traffic no metric is the right one for live migration. */
function inWords({ cluster, liveMigration }: PreferredNetworks): MetricsFix | undefined {
  if (cluster === undefined) return undefined;
  const second = liveMigration === undefined ? "" : ` and "${liveMigration.network.name}" the second lowest`;
  return { text: `Give "${cluster.network.name}" the lowest metric${second}.` };
}

function describe(metrics: readonly NewMetric[]): MetricsFix | undefined {
  const [first, ...others] = metrics;
  if (first === undefined) return undefined;
  const text = `Set ${listing(metrics.map(setting))}.`;
  const { metric } = first.item.network.declared;
  if (others.length > 0 || isAutomatic(first)) return { text };
  return { text, only: { fact: metric, metric: first.metric } };
}

/** Whether it is declared that the cluster chooses the metric, which contradicts a metric of one's own. */
function isAutomatic({ item }: NewMetric): boolean {
  const { autoMetric } = item.network.declared;
  return (
    autoMetric.state !== "absent" && !isDefault(autoMetric) && !(autoMetric.state === "known" && !autoMetric.value)
  );
}

/** The metric that a network may keep below a limit, or else one a step below. */
function lowered({ from, to }: RankedNetwork, below: number, least: number): number | undefined {
  if (from === to && to < below && from >= least) return from;
  const metric = Number.isFinite(below) ? below - STEP : FIRST;
  return metric >= least ? metric : undefined;
}

function setting(suggested: NewMetric): string {
  const { item, metric, below, traffic } = suggested;
  const limit = Number.isFinite(below) ? ` below ${String(below)}` : "";
  const manual = isAutomatic(suggested) ? " and autoMetric false" : "";
  return `a metric${limit}${manual} for "${item.network.name}", for example ${String(metric)}, so that it carries ${traffic}`;
}
