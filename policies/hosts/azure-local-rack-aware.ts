import type { Estate } from "../../lib/estate/estate";
import type { Cluster } from "../../lib/estate/model";
import type { NetworkIntent, Zone } from "../../lib/estate/network-facts";
import { ifKnown } from "../../lib/estate/value";
import { atMost, exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, clusterRequirement } from "../../lib/tables/cluster-requirements";
import { fold } from "../../lib/text/names";
import { count, listing } from "../../lib/text/words";

/** A rack aware cluster has two zones of the same size, storage switches and one intent for storage alone. */
export const azureLocalRackAware = defineRule<Cluster>({
  name: "azure-local-rack-aware",
  title: "Zones of rack aware clusters",
  subject: "hosts",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "Each zone holds a full copy of the data and runs everything when the other is lost; a cluster cannot be made rack aware later.",
  fix: "Declare two zones with one to four machines each, as many in one as in the other.",
  sources: ["azure-local-rack-aware", "azure-local-rack-aware-intent", "azure-local-rack-aware-storage"],
  tags: ["azure-local", "cluster", "availability"],
  applies: ({ clusters }) => clusters.filter(({ zones }) => zones.state !== "absent"),
  check: (cluster, estate) =>
    given(cluster, { zones: cluster.zones }, ({ zones }) =>
      zones.length === 0
        ? []
        : [
            ...wrongZones(cluster, zones),
            ...inNoZone(cluster, zones, estate),
            ...switchless(cluster),
            ...storageIntents(cluster),
          ],
    ),
});

interface KnownZone {
  readonly zone: Zone;
  readonly name: string;
  readonly nodes: readonly string[];
}

function wrongZones(cluster: Cluster, zones: readonly Zone[]): readonly Verdict[] {
  const { path } = cluster.zones.origin;
  const { maximum = Infinity, minimum = 0 } = clusterRequirement("zoneCount");
  if (zones.length > maximum || zones.length < minimum) {
    const problem = `${cluster.name} has ${count(zones.length, "zone")}; a rack aware cluster has ${String(minimum)}.`;
    const figures = { found: { value: zones.length, unit: "zones" }, limit: exactly(minimum, "zones") } as const;
    return [violation(cluster, path, problem, { ...figures, ...askedBy("zoneCount") })];
  }
  const known = zones.flatMap((zone, index): readonly KnownZone[] => {
    const nodes = ifKnown(zone.nodes)?.map((node) => ifKnown(node));
    if (nodes === undefined || nodes.includes(undefined)) return [];
    const name = ifKnown(zone.name) ?? `zone ${String(index + 1)}`;
    return [{ zone, name, nodes: nodes.flatMap((node) => node ?? []) }];
  });
  const open = zones.flatMap(({ nodes }) =>
    [nodes, ...(ifKnown(nodes) ?? [])].flatMap((value) => undecided(cluster, value)),
  );
  return [...tooLarge(cluster, known), ...unequal(cluster, known), ...inBoth(cluster, known), ...open];
}

function tooLarge(cluster: Cluster, zones: readonly KnownZone[]): readonly Verdict[] {
  const { maximum = Infinity } = clusterRequirement("zoneMachines");
  return zones
    .filter(({ nodes }) => nodes.length > maximum)
    .map(({ zone, name, nodes }) =>
      violation(
        cluster,
        zone.nodes.origin.path,
        `${cluster.name}: ${name} has ${count(nodes.length, "machine")}; a zone has at most ${String(maximum)}.`,
        { found: { value: nodes.length, unit: "nodes" }, limit: atMost(maximum, "nodes"), ...askedBy("zoneMachines") },
      ),
    );
}

function unequal(cluster: Cluster, [first, second]: readonly KnownZone[]): readonly Verdict[] {
  if (first === undefined || second === undefined || first.nodes.length === second.nodes.length) return [];
  const sizes = [first, second].map(({ name, nodes }) => `${name} has ${count(nodes.length, "machine")}`);
  return [
    violation(
      cluster,
      second.zone.nodes.origin.path,
      `${cluster.name}: ${listing(sizes)}; both zones have the same number.`,
      {
        found: { value: second.nodes.length, unit: "nodes" },
        limit: exactly(first.nodes.length, "nodes"),
        fix: "Declare as many machines in one zone as in the other.",
        ...askedBy("equalZones"),
      },
    ),
  ];
}

function inBoth(cluster: Cluster, [first, second]: readonly KnownZone[]): readonly Verdict[] {
  if (first === undefined || second === undefined) return [];
  const ofFirst = new Set(first.nodes.map(fold));
  const both = second.nodes.filter((node) => ofFirst.has(fold(node)));
  if (both.length === 0) return [];
  const problem = `${cluster.name}: ${listing(both)} ${both.length === 1 ? "is" : "are"} in ${listing([first.name, second.name])}.`;
  return [
    violation(cluster, second.zone.nodes.origin.path, problem, {
      found: { value: both },
      fix: "Declare each machine in one zone.",
      ...askedBy("equalZones"),
    }),
  ];
}

/** Nodes that are declared, and in neither zone. */
function inNoZone(cluster: Cluster, zones: readonly Zone[], estate: Estate): readonly Verdict[] {
  const all = zones.map(({ nodes }) => ifKnown(nodes)?.map((node) => ifKnown(node)));
  const names = all.flatMap((nodes) => nodes ?? [undefined]);
  // Those that are not known are said by the zones themselves.
  if (names.includes(undefined)) return [];
  const zoned = new Set(names.map((name) => fold(name ?? "")));
  const others = estate
    .knownNodesOf(cluster)
    .filter(({ name, nameIsUnknown }) => !nameIsUnknown && !zoned.has(fold(name)));
  if (others.length === 0) return undecided(cluster, estate.nodesOf(cluster));
  const are = others.length === 1 ? "is" : "are";
  const problem = `${cluster.name}: ${listing(others.map(({ name }) => name))} ${are} in no zone of the rack aware cluster.`;
  return [
    violation(cluster, cluster.zones.origin.path, problem, {
      found: { value: others.map(({ name }) => name) },
      fix: "Declare each node in one of the two zones.",
      ...askedBy("equalZones"),
    }),
  ];
}

function switchless(cluster: Cluster): readonly Verdict[] {
  const { switchlessStorage } = cluster;
  if (switchlessStorage.state !== "known") return undecided(cluster, switchlessStorage);
  if (!switchlessStorage.value) return [];
  const problem = `${cluster.name} is rack aware, and its storage is connected without a switch.`;
  return [
    violation(cluster, switchlessStorage.origin.path, problem, {
      found: { value: true },
      limit: exactly(false),
      change: { path: "switchlessStorage", value: false },
      fix: "Connect the storage adapters by switches.",
      ...askedBy("zoneSwitches"),
    }),
  ];
}

function storageIntents(cluster: Cluster): readonly Verdict[] {
  if (cluster.intents.state === "absent") return [];
  return given(cluster, { intents: cluster.intents }, ({ intents }) => {
    const open = intents.flatMap(({ traffic }) =>
      [traffic, ...(ifKnown(traffic) ?? [])].flatMap((value) => undecided(cluster, value)),
    );
    const own = intents.filter(isForStorageAlone);
    const { maximum } = clusterRequirement("zoneStorageIntent");
    if (open.length > 0 || own.length === maximum) return open;
    const problem = `${cluster.name} is rack aware, and has ${count(own.length, "intent")} for storage alone; it needs exactly one.`;
    return [
      violation(cluster, cluster.intents.origin.path, problem, {
        found: { value: own.length },
        limit: exactly(maximum ?? 1),
        fix: "Declare one intent for storage alone, and others for management and compute.",
        ...askedBy("zoneStorageIntent"),
      }),
    ];
  });
}

function isForStorageAlone({ traffic }: NetworkIntent): boolean {
  const types = (ifKnown(traffic) ?? []).map((type) => ifKnown(type));
  return types.length > 0 && types.every((type) => type === "storage");
}
