import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host } from "../../lib/estate/model";
import type { NetworkIntent, TrafficType } from "../../lib/estate/network-facts";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, clusterRequirement, type ClusterRequirementTopic } from "../../lib/tables/cluster-requirements";
import { append } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { count, listing } from "../../lib/text/words";
import { isAzureLocal, mayBeAzureLocal } from "../hosts/shared/azure-local-clusters";
import { describeIntent, isFor } from "./shared/network-intents";

/** The intents of Azure Local are for all of its traffic, and no adapter is in two of them. */
export const azureLocalIntents = defineRule<Cluster>({
  name: "azure-local-intents",
  title: "Network intents of Azure Local",
  subject: "networks",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Network ATC configures only what an intent is for: without a storage intent the nodes cannot replicate their data.",
  fix: "Declare intents for management, compute and, from two nodes on, storage, each adapter in one of them.",
  sources: ["azure-local-storage-intent", "azure-local-management-intent", "network-atc"],
  tags: ["azure-local", "adapters"],
  applies: ({ clusters }) => clusters.filter(({ intents }) => intents.state !== "absent"),
  check: (cluster, estate) =>
    given(cluster, { intents: cluster.intents, nodes: estate.nodesOf(cluster) }, ({ intents, nodes }) => [
      ...missingTraffic({ cluster, intents, nodes }, estate),
      ...inSeveral(cluster, intents),
    ]),
});

interface KnownIntents {
  readonly cluster: Cluster;
  readonly intents: readonly NetworkIntent[];
  readonly nodes: readonly Host[];
}

const NEEDED: readonly { readonly type: TrafficType; readonly topic: ClusterRequirementTopic }[] = [
  { type: "management", topic: "managementIntent" },
  { type: "compute", topic: "computeIntent" },
  { type: "storage", topic: "storageIntent" },
];

function missingTraffic({ cluster, intents, nodes }: KnownIntents, estate: Estate): readonly Verdict[] {
  const lacking = NEEDED.filter(
    ({ type, topic }) =>
      !intents.some((intent) => isFor(intent, type)) && nodes.length >= (clusterRequirement(topic).minimum ?? 1),
  );
  if (lacking.length === 0 || !mayBeAzureLocal(cluster, estate)) return [];
  const open = intents.flatMap(({ traffic }) =>
    [traffic, ...(ifKnown(traffic) ?? [])].flatMap((value) => undecided(cluster, value)),
  );
  if (open.length > 0) return open;
  if (!isAzureLocal(cluster, estate))
    return nodes.flatMap(({ operatingSystem }) => undecided(cluster, operatingSystem));
  return lacking.flatMap((need) => withoutIntent(cluster, need, nodes.length));
}

/** A deployment with storage of its own has no storage intent. */
function withoutIntent(cluster: Cluster, { type, topic }: (typeof NEEDED)[number], nodes: number): readonly Verdict[] {
  if (type === "storage") {
    if (cluster.deployment.state === "unknown") return undecided(cluster, cluster.deployment);
    if (ifKnown(cluster.deployment) === "disaggregated") return [];
  }
  const problem = `${cluster.name} has ${count(nodes, "node")} and no intent for ${type}.`;
  return [
    violation(cluster, cluster.intents.origin.path, problem, {
      found: { value: "none" },
      fix: `Add an intent for ${type}, or ${type} to the traffic types of another intent.`,
      ...askedBy(topic),
    }),
  ];
}

function inSeveral(cluster: Cluster, intents: readonly NetworkIntent[]): readonly Verdict[] {
  const byAdapter = new Map<string, { readonly name: string; readonly intent: NetworkIntent }[]>();
  for (const intent of intents) {
    const names = (ifKnown(intent.networkAdapters) ?? []).flatMap((adapter) => ifKnown(adapter) ?? []);
    for (const [key, name] of new Map(names.map((one) => [fold(one), one]))) append(byAdapter, key, { name, intent });
  }
  const found = [...byAdapter.values()].flatMap((uses) => {
    const last = uses.at(-1);
    if (last === undefined || uses.length < 2) return [];
    const problem = `${cluster.name}: the adapter ${last.name} is in ${listing(uses.map(({ intent }) => describeIntent(intent)))}.`;
    return [
      violation(cluster, last.intent.networkAdapters.origin.path, problem, {
        found: { value: last.name },
        fix: `Take ${last.name} out of all but one of them, or make one intent of them for all of this traffic.`,
        ...askedBy("adapterInOneIntent"),
      }),
    ];
  });
  return [
    ...found,
    ...intents.flatMap(({ networkAdapters }) =>
      [networkAdapters, ...(ifKnown(networkAdapters) ?? [])].flatMap((value) => undecided(cluster, value)),
    ),
  ];
}
