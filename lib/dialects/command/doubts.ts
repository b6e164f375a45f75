import type { EntityLists } from "../../estate/kinds";
import type { LinkedCluster, LinkedVirtualMachine } from "../../estate/linked-facts";
import { isDefault, map, unknown, type Origin, type Value } from "../../estate/value";
import type { ChangedFact, Doubt } from "./machines";

/** Facts of a machine, by what a command changes. */
const FACTS: Readonly<Record<ChangedFact, keyof LinkedVirtualMachine | undefined>> = {
  processorCount: "processorCount",
  processorCompatibility: "processorCompatibility",
  nestedVirtualization: "nestedVirtualization",
  reservePercent: "resourceControl",
  limitPercent: "resourceControl",
  weight: "resourceControl",
  processorsPerNode: "numa",
  memoryPerNodeMB: "numa",
  nodesPerSocket: "numa",
  memoryMB: "memoryMB",
  generation: "generation",
  configurationVersion: "configurationVersion",
  secureBoot: "secureBoot",
  secureBootTemplate: "secureBootTemplate",
  tpm: "tpm",
  isDynamic: "dynamicMemory",
  // Sizes alone do not make memory dynamic.
  minimumMB: undefined,
  maximumMB: undefined,
  bufferPercent: undefined,
  checkpoints: "checkpoints",
  automaticCheckpoints: "automaticCheckpoints",
  automaticStopAction: "automaticStopAction",
  cluster: "cluster",
  antiAffinityClassNames: "antiAffinityClassNames",
  replication: "replication",
  heartbeat: "integrationServices",
  timeSynchronization: "integrationServices",
  shutdown: "integrationServices",
  vss: "integrationServices",
  keyValuePairExchange: "integrationServices",
  disks: "disks",
  adapters: "networkAdapters",
  dvdDrives: "dvdDrives",
  gpus: "gpus",
  storagePath: "storagePath",
  checkpointPath: "checkpointPath",
  smartPagingPath: "smartPagingPath",
};

type DoubtableEntities = Pick<EntityLists, "clusters" | "virtualMachines">;

/** Makes unknown what no resource declares and a script may have set: no rule may treat it as missing. */
export function withDoubts(
  { virtualMachines, clusters }: DoubtableEntities,
  doubts: readonly Doubt[],
): DoubtableEntities {
  const byFact = new Map<keyof LinkedVirtualMachine, Origin>();
  for (const { facts, origin } of doubts) {
    for (const fact of facts) {
      const name = FACTS[fact];
      if (name !== undefined && !byFact.has(name)) byFact.set(name, origin);
    }
  }
  const ofNetworks = doubts.find(({ hasNetworks }) => hasNetworks === true)?.origin;
  return {
    virtualMachines: virtualMachines.map((vm) => machineWith(vm, byFact)),
    clusters: clusters.map((cluster) => (ofNetworks === undefined ? cluster : clusterWith(cluster, ofNetworks))),
  };
}

function machineWith(
  vm: LinkedVirtualMachine,
  doubts: ReadonlyMap<keyof LinkedVirtualMachine, Origin>,
): LinkedVirtualMachine {
  const doubted = [...doubts].filter(([fact]) => isUndeclared(vm[fact]));
  return { ...vm, ...Object.fromEntries(doubted.map(([fact, origin]) => [fact, unknown(origin)])) };
}

function clusterWith(cluster: LinkedCluster, origin: Origin): LinkedCluster {
  const orUnknown = <T>(value: Value<T>): Value<T> => (isUndeclared(value) ? unknown(origin) : value);
  const networks = map(cluster.networks, (all) =>
    all.map((network) => ({
      ...network,
      metric: orUnknown(network.metric),
      autoMetric: orUnknown(network.autoMetric),
      role: orUnknown(network.role),
    })),
  );
  return { ...cluster, networks };
}

function isUndeclared(fact: unknown): boolean {
  return typeof fact === "object" && fact !== null && "state" in fact && isAbsentOrDefault(fact as Value<unknown>);
}

function isAbsentOrDefault(value: Value<unknown>): boolean {
  return value.state === "absent" || isDefault(value);
}
