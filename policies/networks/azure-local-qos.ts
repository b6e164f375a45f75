import type { Cluster } from "../../lib/estate/model";
import type { NetworkIntent } from "../../lib/estate/network-facts";
import type { Value } from "../../lib/estate/value";
import { oneOf } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, clusterRequirement, type ClusterRequirementTopic } from "../../lib/tables/cluster-requirements";
import { alternatives } from "../../lib/text/words";
import { describeIntent, isFor } from "./shared/network-intents";

/** The overrides of the quality of service of an intent are what Microsoft recommends. */
export const azureLocalQos = defineRule<Cluster>({
  name: "azure-local-qos",
  title: "Priorities and bandwidth of storage traffic",
  subject: "networks",
  level: "recommended",
  severity: "medium",
  reach: "resource",
  why: "Hosts and physical switches must treat a priority alike: other values lose storage packets and heartbeats under load.",
  fix: "Leave the override out: Network ATC then takes the recommended values.",
  sources: ["azure-local-network-requirements", "network-atc"],
  tags: ["azure-local", "storage", "bandwidth"],
  applies: ({ clusters }) => clusters.filter(({ intents }) => intents.state !== "absent"),
  check: (cluster) =>
    given(cluster, { intents: cluster.intents }, ({ intents }) => intents.flatMap((intent) => judge(cluster, intent))),
});

interface Override {
  readonly topic: ClusterRequirementTopic;
  readonly value: Value<number>;
  readonly what: string;
}

/** What is not for storage has no RDMA traffic, whose overrides Network ATC then does not use. */
function judge(cluster: Cluster, intent: NetworkIntent): readonly Verdict[] {
  const { smbPriority, clusterPriority, smbBandwidthPercent } = intent;
  const overrides: readonly Override[] = [
    { topic: "smbPriority", value: smbPriority, what: "priority of SMB traffic" },
    { topic: "clusterPriority", value: clusterPriority, what: "priority of cluster traffic" },
    { topic: "smbBandwidth", value: smbBandwidthPercent, what: "percentage of bandwidth for SMB traffic" },
  ];
  if (overrides.every(({ value }) => value.state === "absent")) return [];
  if (!isFor(intent, "storage")) return undecided(cluster, intent.traffic);
  return overrides.flatMap(({ topic, value, what }): readonly Verdict[] => {
    const { values = [] } = clusterRequirement(topic);
    if (value.state !== "known") return undecided(cluster, value);
    if (values.includes(value.value)) return [];
    const recommended = alternatives(values.map(String));
    const problem = `${cluster.name}: ${describeIntent(intent)} sets the ${what} to ${String(value.value)}; ${recommended} is recommended.`;
    return [
      violation(cluster, value.origin.path, problem, {
        found: { value: value.value },
        limit: oneOf(values),
        fix: `Set it to ${recommended}, or leave it out, unless the manufacturer of the machines asks for another value.`,
        ...askedBy(topic),
      }),
    ];
  });
}
