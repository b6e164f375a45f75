import { listing } from "../../../lib/text/words";
import type { NetworkFacts, Order, Ranked } from "../model/prediction";

/** How far apart suggested metrics are, as clusters count. */
const STEP = 100;

/** The networks that are to have the lowest and, where the metrics decide it, the second lowest metric. */
export interface Wanted {
  readonly cluster: Ranked<NetworkFacts> | undefined;
  readonly liveMigration: Ranked<NetworkFacts> | undefined;
}

/** What to change, in a sentence: as few metrics as possible. Undefined where there is no room below the others. */
export function suggestMetrics(
  preference: Order<NetworkFacts>,
  { cluster, liveMigration }: Wanted,
): string | undefined {
  const others = preference.flat().filter((item) => item !== cluster && item !== liveMigration);
  const ceiling = Math.min(Infinity, ...others.map(({ from }) => from));
  const changes: string[] = [];
  let limit = ceiling;
  if (liveMigration !== undefined) {
    const metric = lowered(liveMigration, limit, cluster === undefined ? 1 : STEP + 1);
    if (metric === undefined) return undefined;
    if (!isAt(liveMigration, metric)) changes.push(setting(liveMigration, limit, metric, "live migration"));
    limit = metric;
  }
  if (cluster !== undefined) {
    const metric = lowered(cluster, limit, 1);
    if (metric === undefined) return undefined;
    if (!isAt(cluster, metric)) changes.push(setting(cluster, limit, metric, "cluster and CSV traffic"));
  }
  return changes.length === 0 ? undefined : `Set ${listing(changes)}.`;
}

/** The metric that a network may keep below a limit, or else one a step below. */
function lowered({ from, to }: Ranked<NetworkFacts>, limit: number, least: number): number | undefined {
  if (from === to && to < limit && from >= least) return from;
  const metric = Number.isFinite(limit) ? limit - STEP : STEP * 10;
  return metric >= least ? metric : undefined;
}

function isAt({ from, to }: Ranked<NetworkFacts>, metric: number): boolean {
  return from === to && from === metric;
}

function setting({ network }: Ranked<NetworkFacts>, limit: number, metric: number, traffic: string): string {
  const below = Number.isFinite(limit) ? ` below ${String(limit)}` : "";
  return `a metric${below} for "${network.name}", for example ${String(metric)}, so that it carries ${traffic}`;
}
