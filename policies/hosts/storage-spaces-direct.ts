import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host, StorageSpacesDirect, VolumeResiliency } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { atLeast, atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, clusterRequirement, type ClusterRequirementTopic } from "../../lib/tables/cluster-requirements";
import { count } from "../../lib/text/words";
import { memoryDemandMB, mostMemoryMB } from "./shared/memory-demand";
import { isAzureLocal } from "./shared/azure-local-clusters";
import { isDiskWitness } from "./shared/quorum-types";
import { unknownClusters } from "./shared/unknown-clusters";

/** The servers, drives, memory and volumes of Storage Spaces Direct fit each other. */
export const storageSpacesDirect = defineRule<Cluster>({
  name: "storage-spaces-direct",
  title: "Drives and volumes of Storage Spaces Direct",
  subject: "hosts",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "The pool spreads data over servers and drives: with fewer of them than its layout needs it loses data with the first failure.",
  fix: "Give each server the same drives: four for capacity or more, and none or two or more as the cache.",
  sources: ["spaces-direct-hardware", "spaces-direct-resiliency", "cluster-quorum"],
  tags: ["cluster", "storage"],
  applies: ({ clusters }) => clusters.filter((cluster) => cluster.storageSpacesDirect.state !== "absent"),
  check: (cluster, estate) =>
    given(cluster, { storage: cluster.storageSpacesDirect, nodes: estate.nodesOf(cluster) }, ({ storage, nodes }) => {
      const known = { cluster, storage, nodes };
      return [
        ...wrongServers(known, estate),
        ...tooFewDrives(known, estate),
        ...unevenCache(known),
        ...tooLarge(known),
        ...tooLittleMemory(known, estate),
        ...resiliencies(known),
        ...diskWitness(known, estate),
      ];
    }),
});

interface KnownPool {
  readonly cluster: Cluster;
  readonly storage: StorageSpacesDirect;
  readonly nodes: readonly Host[];
}

/** One machine of Azure Local is a deployment too. */
function wrongServers({ cluster, nodes }: KnownPool, estate: Estate): readonly Verdict[] {
  const { minimum = 0, maximum = Infinity } = clusterRequirement("spacesDirectNodes");
  if (nodes.length === 0 || isAzureLocal(cluster, estate) || (nodes.length >= minimum && nodes.length <= maximum))
    return [];
  const problem = `${cluster.name} has Storage Spaces Direct on ${count(nodes.length, "server")}; it needs ${String(minimum)} to ${String(maximum)}.`;
  if (nodes.some(({ operatingSystem }) => operatingSystem.state === "unknown")) {
    return nodes.flatMap(({ operatingSystem }) => undecided(cluster, operatingSystem));
  }
  return [
    violation(cluster, "nodes", problem, {
      found: { value: nodes.length, unit: "nodes" },
      limit: nodes.length < minimum ? atLeast(minimum, "nodes") : atMost(maximum, "nodes"),
      fix:
        nodes.length < minimum
          ? "Add a server."
          : `Split the cluster into clusters of ${String(maximum)} servers or fewer.`,
      ...askedBy("spacesDirectNodes"),
    }),
  ];
}

function tooFewDrives({ cluster, storage, nodes }: KnownPool, estate: Estate): readonly Verdict[] {
  const { capacityDrivesPerNode, cacheDrivesPerNode } = storage;
  const isLocal = isAzureLocal(cluster, estate) && ifKnown(cacheDrivesPerNode) === 0;
  const topic = isLocal ? "capacityDrivesOfAzureLocal" : "capacityDrives";
  const few = atLeastDrives(cluster, capacityDrivesPerNode, {
    topic,
    what: "drive for capacity",
    many: "drives for capacity",
  });
  const cache =
    ifKnown(cacheDrivesPerNode) === 0
      ? []
      : atLeastDrives(cluster, cacheDrivesPerNode, { topic: "cacheDrives", what: "cache drive", many: "cache drives" });
  // While it is not known whether this is Azure Local, or has a cache, fewer drives may do.
  const least = clusterRequirement("capacityDrivesOfAzureLocal").minimum ?? 0;
  const open = [...nodes.map(({ operatingSystem }) => operatingSystem), cacheDrivesPerNode].flatMap((value) =>
    undecided(cluster, value),
  );
  const mayDo = few.length > 0 && open.length > 0 && (ifKnown(capacityDrivesPerNode) ?? 0) >= least;
  return [...(mayDo ? open : few), ...cache];
}

interface DriveKind {
  readonly topic: ClusterRequirementTopic;
  readonly what: string;
  readonly many: string;
}

function atLeastDrives(cluster: Cluster, drives: Value<number>, { topic, what, many }: DriveKind): readonly Verdict[] {
  const { minimum = 0 } = clusterRequirement(topic);
  return given(cluster, { drives }, (values) => {
    if (values.drives >= minimum) return [];
    const problem = `${cluster.name} has ${count(values.drives, what, many)} in each server; Storage Spaces Direct needs ${String(minimum)} or more.`;
    return [
      violation(cluster, drives.origin.path, problem, {
        found: { value: values.drives },
        limit: { bound: "atLeast", value: minimum },
        fix: `Add ${count(minimum - values.drives, "drive")} to each server.`,
        ...askedBy(topic),
      }),
    ];
  });
}

function unevenCache({
  cluster,
  storage: { capacityDrivesPerNode, cacheDrivesPerNode },
}: KnownPool): readonly Verdict[] {
  return given(cluster, { capacity: capacityDrivesPerNode, cache: cacheDrivesPerNode }, ({ capacity, cache }) => {
    if (cache === 0 || capacity % cache === 0) return [];
    const problem = `${cluster.name} has ${count(capacity, "drive")} for capacity and ${count(cache, "cache drive")} in each server: not all cache drives serve as many.`;
    return [
      violation(cluster, capacityDrivesPerNode.origin.path, problem, {
        found: { value: capacity },
        fix: `Use a whole multiple of ${String(cache)} drives for capacity.`,
        ...askedBy("cacheMultiple"),
      }),
    ];
  });
}

function tooLarge({ cluster, storage: { capacityTBPerNode }, nodes }: KnownPool): readonly Verdict[] {
  return given(cluster, { perNode: capacityTBPerNode }, ({ perNode }) => {
    const isOld = nodes.some(({ operatingSystem }) => ifKnown(operatingSystem) === "windows-server-2016");
    const limits = [
      { topic: isOld ? "rawCapacityOf2016" : "rawCapacity", total: perNode, whose: "a server" },
      { topic: isOld ? "poolCapacityOf2016" : "poolCapacity", total: perNode * nodes.length, whose: "the pool" },
    ] as const;
    return limits.flatMap(({ topic, total, whose }) => {
      const { maximum = Infinity } = clusterRequirement(topic);
      if (total <= maximum) return [];
      const problem = `${cluster.name} has ${String(total)} TB of raw capacity in ${whose}; ${String(maximum)} TB are supported.`;
      return [
        violation(cluster, capacityTBPerNode.origin.path, problem, {
          found: { value: total },
          limit: { bound: "atMost", value: maximum },
          fix: "Use smaller or fewer drives.",
          ...askedBy(topic),
        }),
      ];
    });
  });
}

const MB_PER_GB = 1024;

/** Beside the machines that the nodes run, when they share them evenly, as much as the cache needs. */
function tooLittleMemory(
  { cluster, storage: { cacheTBPerNode }, nodes }: KnownPool,
  estate: Estate,
): readonly Verdict[] {
  return given(cluster, { cache: cacheTBPerNode }, ({ cache }) => {
    const needed = Math.ceil(cache * (clusterRequirement("cacheMemory").minimum ?? 0)) * MB_PER_GB;
    const memory = nodes.map(({ memoryMB }) => memoryMB);
    const guests = estate.virtualMachinesIn(cluster);
    const open = [...memory, ...guests.map(mostMemoryMB), ...unknownClusters(estate)].flatMap((value) =>
      undecided(cluster, value),
    );
    const all = memory.reduce((sum, value) => sum + (ifKnown(value) ?? 0), 0);
    const demand = memoryDemandMB(guests);
    const isKnown = memory.length > 0 && memory.every(({ state }) => state === "known");
    // Where the machines alone are too much, cluster-capacity says so.
    if (!isKnown || demand > all || demand + needed * nodes.length <= all) return open;
    const problem =
      `${cluster.name} needs ${String(needed)} MB of memory on each node for ${String(cache)} TB of cache; with the ${String(demand)} MB ` +
      `of its virtual machines that is more than the ${String(all)} MB of all nodes.`;
    return [
      violation(cluster, cacheTBPerNode.origin.path, problem, {
        found: { value: demand + needed * nodes.length, unit: "MB" },
        limit: atMost(all, "MB"),
        fix: "Add memory to the nodes, or move virtual machines out of the cluster.",
        ...askedBy("cacheMemory"),
      }),
    ];
  });
}

/** That of Azure Local is judged by azure-local-witness. */
function diskWitness({ cluster }: KnownPool, estate: Estate): readonly Verdict[] {
  const type = ifKnown(cluster.quorum)?.type;
  if (isAzureLocal(cluster, estate)) return [];
  if (type?.state !== "known") return undecided(cluster, type ?? cluster.quorum);
  if (!isDiskWitness(type.value)) return [];
  const problem = `${cluster.name} has Storage Spaces Direct and a disk as its witness (${type.value}).`;
  return [
    violation(cluster, type.origin.path, problem, {
      found: { value: type.value },
      limit: { bound: "not", value: type.value },
      fix: "Configure a cloud witness or a file share witness.",
      ...askedBy("diskWitness"),
    }),
  ];
}

/** What each resiliency needs of servers. */
const SERVERS: Partial<Readonly<Record<VolumeResiliency, ClusterRequirementTopic>>> = {
  threeWayMirror: "threeWayMirror",
  singleParity: "singleParity",
  dualParity: "dualParity",
  mirrorAcceleratedParity: "dualParity",
};

function resiliencies({ cluster, storage, nodes }: KnownPool): readonly Verdict[] {
  return given(cluster, { volumes: storage.volumes }, ({ volumes }) =>
    volumes.flatMap(({ name, resiliency }): readonly Verdict[] => {
      const topic = resiliency.state === "known" ? SERVERS[resiliency.value] : undefined;
      if (topic === undefined) return undecided(cluster, resiliency);
      const { minimum = 0 } = clusterRequirement(topic);
      if (nodes.length >= minimum) return [];
      const problem = `${cluster.name}: volume ${ifKnown(name) ?? "without a name"} is a ${ifKnown(resiliency) ?? ""} on ${count(nodes.length, "server")}; that needs ${String(minimum)} or more.`;
      return [
        violation(cluster, resiliency.origin.path, problem, {
          found: { value: ifKnown(resiliency) ?? "" },
          fix: nodes.length < 3 ? "Use a two-way mirror or nested resiliency." : "Use a three-way mirror.",
          ...askedBy(topic),
        }),
      ];
    }),
  );
}
