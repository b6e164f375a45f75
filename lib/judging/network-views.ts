import {
  clusterUse,
  networkName,
  type ClusterUse,
  type DeclaredNetwork,
} from "../../policies/networks/model/cluster-use";
import { purposeName } from "../../policies/networks/model/links";
import type { Order, Ranked } from "../../policies/networks/model/prediction";
import type { Estate } from "../estate/estate";
import type { Cluster, ClusterNetwork, NetworkRole } from "../estate/model";
import { ifKnown } from "../estate/value";
import { isHidden, numberOf, optional, type TextMask } from "./masked-facts";

export interface NetworkView {
  readonly name: string;
  /** In words. */
  readonly purpose?: string;
  readonly role?: NetworkRole;
  readonly metric?: number;
  readonly speedMbps?: number;
  /** What the cluster will send over it, each in a few words; absent where that is not known. */
  readonly carries?: readonly string[];
}

/** The networks of a cluster, with what each will carry. */
export function networkViews(cluster: Cluster, estate: Estate, mask: TextMask): readonly NetworkView[] {
  const networks = ifKnown(cluster.networks) ?? [];
  // Who carries what depends on all networks together: beside a secret it would tell of it.
  const use = networks.some((network) => isPartlyHidden(network, mask))
    ? undefined
    : ifKnown(clusterUse(cluster, estate));
  return networks.map((network) => ({
    name: mask(networkName(network)),
    ...optional("purpose", shown(purposeOf(network), mask)),
    ...optional("role", shown(ifKnown(network.role), mask)),
    ...optional("metric", numberOf(network.metric, mask)),
    ...optional("speedMbps", numberOf(network.speedMbps, mask)),
    ...optional("carries", use && trafficOf(network, use)),
  }));
}

function purposeOf({ purpose }: ClusterNetwork): string | undefined {
  const known = ifKnown(purpose);
  return known === undefined ? undefined : purposeName(known);
}

function isPartlyHidden({ role, metric, purpose }: ClusterNetwork, mask: TextMask): boolean {
  return [role, metric, purpose].some((fact) => fact.state === "known" && isHidden(String(fact.value), mask));
}

function shown<T extends string>(text: T | undefined, mask: TextMask): T | undefined {
  return text === undefined || isHidden(text, mask) ? undefined : text;
}

function trafficOf(declared: ClusterNetwork, { prediction }: ClusterUse): readonly string[] {
  const has = (group: readonly Ranked<DeclaredNetwork>[]): boolean =>
    group.some(({ network }) => network.declared === declared);
  const perhaps = (group: readonly Ranked<DeclaredNetwork>[]): string => (group.length > 1 ? " (perhaps)" : "");
  const { clusterTraffic, clusterBackups, publicTraffic, unused } = prediction;
  return [
    ...(has(clusterTraffic) ? [`cluster and CSV traffic${perhaps(clusterTraffic)}`] : []),
    ...(clusterBackups.some(has) ? ["cluster and CSV traffic when others fail"] : []),
    ...liveMigration(prediction.liveMigration, has),
    ...(has(publicTraffic) ? [`client traffic${perhaps(publicTraffic)}`] : []),
    ...(unused.some((network) => network.declared === declared) ? ["nothing of the cluster"] : []),
  ];
}

function liveMigration(
  order: Order<DeclaredNetwork>,
  has: (group: readonly Ranked<DeclaredNetwork>[]) => boolean,
): readonly string[] {
  const position = order.findIndex(has);
  if (position < 0) return [];
  const isSure = order[position]?.length === 1;
  if (position > 0) return ["live migration when others fail"];
  return [isSure ? "live migration" : "live migration (perhaps)"];
}
