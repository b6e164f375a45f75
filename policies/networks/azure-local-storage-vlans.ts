import type { Estate } from "../../lib/estate/estate";
import type { Cluster } from "../../lib/estate/model";
import type { NetworkIntent, StorageNetwork } from "../../lib/estate/network-facts";
import { ifKnown, type Value } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, clusterRequirement } from "../../lib/tables/cluster-requirements";
import { fold } from "../../lib/text/names";
import { count } from "../../lib/text/words";
import { isFor } from "./shared/network-intents";

/** The storage adapters of Azure Local have the VLANs that their connection and their protocol need. */
export const azureLocalStorageVlans = defineRule<Cluster>({
  name: "azure-local-storage-vlans",
  title: "VLANs of Azure Local storage adapters",
  subject: "networks",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "RoCE marks its priority in the VLAN tag, and two nodes without a switch keep their links apart by VLAN.",
  fix: "Give each storage adapter a VLAN of its own from 1 to 4094, such as 711 and 712.",
  sources: ["azure-local-storage-vlans", "network-atc"],
  tags: ["azure-local", "storage"],
  applies: ({ clusters }) => clusters.filter(({ storageNetworks }) => storageNetworks.state !== "absent"),
  check: (cluster, estate) =>
    given(cluster, { networks: cluster.storageNetworks }, ({ networks }) => [
      ...withoutTag(cluster, networks),
      ...withoutSwitch(cluster, networks, estate),
    ]),
});

/** VLAN 0 has no tag. */
function withoutTag(cluster: Cluster, networks: readonly StorageNetwork[]): readonly Verdict[] {
  const { minimum = 0 } = clusterRequirement("roceVlan");
  return networks.flatMap((network): readonly Verdict[] => {
    if (network.vlan.state === "absent") return [];
    const vlan = ifKnown(network.vlan);
    if (vlan !== undefined && vlan >= minimum) return [];
    const intents = ifKnown(cluster.intents) ?? [];
    const own = intents.filter((intent) => hasAdapter(intent, network));
    if (!own.some(usesRoce))
      return [...openOf(cluster.intents, network), ...own.flatMap(openRdma)].flatMap((value) =>
        undecided(cluster, value),
      );
    if (vlan === undefined) return undecided(cluster, network.vlan);
    const problem = `${cluster.name}: ${describeNetwork(network)} has VLAN ${String(vlan)}, and RoCE needs a VLAN with a tag.`;
    return [
      violation(cluster, network.vlan.origin.path, problem, {
        found: { value: vlan },
        limit: { bound: "atLeast", value: minimum },
        ...askedBy("roceVlan"),
      }),
    ];
  });
}

/** What is not known of which intent the network is of. */
function openOf(intents: Cluster["intents"], { networkAdapter }: StorageNetwork): readonly Value<unknown>[] {
  const adapters = (ifKnown(intents) ?? []).flatMap(({ networkAdapters }) => [
    networkAdapters,
    ...(ifKnown(networkAdapters) ?? []),
  ]);
  return [intents, networkAdapter, ...adapters];
}

function openRdma({ rdma, rdmaTechnology }: NetworkIntent): readonly Value<unknown>[] {
  return [rdma, rdmaTechnology];
}

function usesRoce({ rdma, rdmaTechnology }: NetworkIntent): boolean {
  const technology = ifKnown(rdmaTechnology);
  return ifKnown(rdma) !== false && rdma.state !== "unknown" && (technology === "RoCE" || technology === "RoCEv2");
}

function hasAdapter({ networkAdapters }: NetworkIntent, { networkAdapter }: StorageNetwork): boolean {
  const name = ifKnown(networkAdapter);
  return name !== undefined && (ifKnown(networkAdapters) ?? []).some((one) => foldedIf(ifKnown(one)) === fold(name));
}

function foldedIf(name: string | undefined): string | undefined {
  return name === undefined ? undefined : fold(name);
}

/** Two nodes that are connected without a switch: one VLAN for each storage adapter. */
function withoutSwitch(cluster: Cluster, networks: readonly StorageNetwork[], estate: Estate): readonly Verdict[] {
  if (ifKnown(cluster.switchlessStorage) === false || cluster.switchlessStorage.state === "absent") return [];
  return given(
    cluster,
    { switchless: cluster.switchlessStorage, nodes: estate.nodesOf(cluster), intents: cluster.intents },
    ({ nodes, intents }) => {
      const [two] = clusterRequirement("switchlessVlans").values ?? [];
      if (nodes.length !== two) return [];
      const adapters = storageAdapters(intents);
      const open = [...networks.map(({ vlan }) => vlan), ...openParts(intents)].flatMap((value) =>
        undecided(cluster, value),
      );
      const vlans = new Set(networks.flatMap(({ vlan }) => ifKnown(vlan) ?? []));
      if (open.length > 0 || adapters === 0 || vlans.size === adapters) return open;
      const problem =
        `${cluster.name} has ${count(two, "node")} without a storage switch, ${count(adapters, "storage adapter")} on each, ` +
        `and ${count(vlans.size, "storage VLAN")}.`;
      return [
        violation(cluster, cluster.storageNetworks.origin.path, problem, {
          found: { value: vlans.size, unit: "VLANs" },
          limit: exactly(adapters, "VLANs"),
          fix: `Declare ${count(adapters, "storage network")}, each with its adapter and a VLAN of its own.`,
          ...askedBy("switchlessVlans"),
        }),
      ];
    },
  );
}

function storageAdapters(intents: readonly NetworkIntent[]): number {
  const names = intents
    .filter((intent) => isFor(intent, "storage"))
    .flatMap(({ networkAdapters }) =>
      (ifKnown(networkAdapters) ?? []).flatMap((name) => foldedIf(ifKnown(name)) ?? []),
    );
  return new Set(names).size;
}

function openParts(intents: readonly NetworkIntent[]): readonly Value<unknown>[] {
  return intents.flatMap(({ traffic, networkAdapters }) => [
    traffic,
    ...(ifKnown(traffic) ?? []),
    networkAdapters,
    ...(ifKnown(networkAdapters) ?? []),
  ]);
}

function describeNetwork({ name, networkAdapter }: StorageNetwork): string {
  const text = ifKnown(name) ?? ifKnown(networkAdapter);
  return text === undefined ? "a storage network" : `storage network ${text}`;
}
