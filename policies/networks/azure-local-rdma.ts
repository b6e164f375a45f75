import type { Cluster } from "../../lib/estate/model";
import type { NetworkIntent } from "../../lib/estate/network-facts";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy } from "../../lib/tables/cluster-requirements";
import { listing } from "../../lib/text/words";
import { describeIntent, isFor } from "./shared/network-intents";

/** The storage intents of a cluster speak one protocol of RDMA, with packets of one size. */
export const azureLocalRdma = defineRule<Cluster>({
  name: "azure-local-rdma",
  title: "One RDMA protocol in a cluster",
  subject: "networks",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "RDMA works only between adapters of one protocol, and packets that are larger than the other end takes are lost.",
  fix: "Use one protocol and one size of packets in all storage intents.",
  sources: ["azure-local-network-requirements"],
  tags: ["azure-local", "storage", "adapters"],
  applies: ({ clusters }) => clusters.filter(({ intents }) => intents.state !== "absent"),
  check: (cluster) =>
    given(cluster, { intents: cluster.intents }, ({ intents }) => [
      ...differentProtocols(cluster, intents),
      ...differentPackets(cluster, intents),
    ]),
});

/** What an intent declares of something that all of them must declare alike. */
interface DeclaredBy<T> {
  readonly intent: NetworkIntent;
  readonly value: Value<T>;
}

/** RoCE and RoCEv2 are one family to Network ATC, and not to the network. */
function differentProtocols(cluster: Cluster, intents: readonly NetworkIntent[]): readonly Verdict[] {
  const storage = intents.filter((intent) => isFor(intent, "storage") && ifKnown(intent.rdma) !== false);
  const declared = storage.map((intent): DeclaredBy<string> => ({ intent, value: intent.rdmaTechnology }));
  const [first, other] = firstDifferent(declared);
  if (first === undefined || other === undefined) return openOf(cluster, intents, declared);
  // While it is not known whether an intent uses RDMA at all, its protocol may not matter.
  const unknown = [first, other].flatMap(({ intent }) => undecided(cluster, intent.rdma));
  if (unknown.length > 0) return unknown;
  return [
    violation(
      cluster,
      other.value.origin.path,
      `${cluster.name}: ${described([first, other])} use different protocols of RDMA.`,
      {
        found: { value: ifKnown(other.value) ?? "" },
        fix: `Use ${ifKnown(first.value) ?? ""} in both, or the protocol that the adapters of all nodes have.`,
        ...askedBy("rdmaTechnology"),
      },
    ),
  ];
}

function differentPackets(cluster: Cluster, intents: readonly NetworkIntent[]): readonly Verdict[] {
  const storage = intents.filter((intent) => isFor(intent, "storage"));
  const declared = storage.map((intent): DeclaredBy<number> => ({ intent, value: intent.jumboPacketBytes }));
  const [first, other] = firstDifferent(declared);
  if (first === undefined || other === undefined) return openOf(cluster, intents, declared);
  return [
    violation(
      cluster,
      other.value.origin.path,
      `${cluster.name}: ${described([first, other])} have jumbo packets of different sizes, in bytes.`,
      {
        found: { value: ifKnown(other.value) ?? 0 },
        fix: `Set the size of both to ${String(ifKnown(first.value) ?? "")}, or to the one that the physical switches have.`,
        ...askedBy("jumboPackets"),
      },
    ),
  ];
}

/** The first of those that are known, and the first other one that is different. */
function firstDifferent<T>(declared: readonly DeclaredBy<T>[]): readonly DeclaredBy<T>[] {
  const known = declared.filter(({ value }) => value.state === "known");
  const [first] = known;
  if (first === undefined) return [];
  const other = known.find(({ value }) => ifKnown(value) !== ifKnown(first.value));
  return other === undefined ? [] : [first, other];
}

/** One storage intent alone is always like itself. */
function openOf<T>(
  cluster: Cluster,
  intents: readonly NetworkIntent[],
  declared: readonly DeclaredBy<T>[],
): readonly Verdict[] {
  if (intents.length < 2) return [];
  return [
    ...declared.map(({ value }) => value),
    ...intents.flatMap(({ traffic }) => [traffic, ...(ifKnown(traffic) ?? [])]),
  ].flatMap((value) => undecided(cluster, value));
}

function described<T extends string | number>(declared: readonly DeclaredBy<T>[]): string {
  return listing(declared.map(({ intent, value }) => `${describeIntent(intent)} (${String(ifKnown(value) ?? "")})`));
}
