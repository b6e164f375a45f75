import type { Estate } from "../../../lib/estate/estate";
import type { Cluster, Purpose } from "../../../lib/estate/model";
import { declaredNetworks } from "../model/cluster-use";

/** Clusters that declare networks: who declares none is not judged by the rules of cluster networks. */
export function declaringClusters({ clusters }: Estate): readonly Cluster[] {
  return clusters.filter((cluster) => declaredNetworks(cluster).state !== "absent");
}

/** What only works over networks on which cluster communication is allowed. */
export const OF_THE_CLUSTER: readonly Purpose[] = ["cluster", "clusterSharedVolumes", "liveMigration"];
