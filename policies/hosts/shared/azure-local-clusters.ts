import type { Estate } from "../../../lib/estate/estate";
import type { Cluster } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";

const AZURE_LOCAL: readonly string[] = ["azure-local", "azure-stack-hci"];

/** Whether a host version is Azure Local, or what it was called before. */
export function isAzureLocalVersion(version: string | undefined): boolean {
  return version !== undefined && AZURE_LOCAL.includes(version);
}

/** Whether all nodes of a cluster are known to run Azure Local; false for a cluster without nodes. */
export function isAzureLocal(cluster: Cluster, estate: Estate): boolean {
  const nodes = estate.knownNodesOf(cluster);
  return nodes.length > 0 && nodes.every(({ operatingSystem }) => isAzureLocalVersion(ifKnown(operatingSystem)));
}

/** Whether all may run it: of some it is not known. */
export function mayBeAzureLocal(cluster: Cluster, estate: Estate): boolean {
  return estate
    .knownNodesOf(cluster)
    .every(
      ({ operatingSystem }) => operatingSystem.state === "unknown" || isAzureLocalVersion(ifKnown(operatingSystem)),
    );
}
