import type { Estate } from "../../lib/estate/estate";
import type { Cluster, ClusterNetwork, Purpose, VirtualMachine } from "../../lib/estate/model";
import { gatherAll, ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { networkStatement } from "../../lib/tables/network-support";
import { listing } from "../../lib/text/words";
import { clusterVersion, declaredOrder, networkName, ordersOf, type LiveMigrationOrder } from "./model/cluster-use";
import { isNamed } from "./model/prediction";
import { said } from "./shared/host-layout";

/** Live migration tries its networks in a sound order, which is one for the whole cluster. */
export const liveMigrationOrder = defineRule<Cluster>({
  name: "live-migration-order",
  title: "Order of live migration networks",
  subject: "networks",
  level: "required",
  severity: "medium",
  reach: "estate",
  why: "Live migration takes the first network that connects, whatever else runs on it.",
  fix: "List the network for live migration first, then others without a default gateway, and those of cluster and CSV traffic last.",
  sources: ["network-design-2011", "network-prioritization-2011", "live-migration-networks-2009"],
  tags: ["cluster", "live-migration"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) => [
    ...contradictions(cluster, estate),
    ...given(cluster, { order: declaredOrder(cluster, estate) }, ({ order }) => judgeOrder(cluster, order, estate)),
  ],
});

/** An order of live migration of which every name is known. */
interface KnownOrder {
  readonly by: Cluster | VirtualMachine;
  readonly names: readonly string[];
}

/** Orders other than the first one that is known: only one of them can be the cluster's. */
function contradictions(cluster: Cluster, estate: Estate): readonly Verdict[] {
  const declaring = ordersOf(cluster, estate);
  const orders = declaring.flatMap((by): readonly KnownOrder[] => {
    const names = ifKnown(namesOf(by));
    return names === undefined || strayNames(names, cluster).length > 0 ? [] : [{ by, names }];
  });
  const version = ifKnown(clusterVersion(cluster, estate));
  const [first, ...others] = orders;
  return [
    ...(first === undefined
      ? []
      : others.flatMap((other) =>
          fold(other.names) === fold(first.names) ? [] : [contradiction(other, first, version)],
        )),
    // The first one is judged as the cluster's, and says itself that it is not known.
    ...declaring.slice(1).flatMap((by) => undecided(by, namesOf(by))),
  ];
}

/** Names that no declared network has: they are reported where they stand, and nothing follows from them. */
function strayNames(names: readonly string[], { networks }: Cluster): readonly string[] {
  const declared = ifKnown(networks);
  return declared === undefined
    ? []
    : names.filter((name) => !declared.some((one) => isNamed({ name: networkName(one) }, name)));
}

function namesOf({ liveMigrationNetworks }: Cluster | VirtualMachine): Value<readonly string[]> {
  const { origin } = liveMigrationNetworks;
  return liveMigrationNetworks.state === "known"
    ? gatherAll(liveMigrationNetworks.value, origin)
    : liveMigrationNetworks;
}

function contradiction({ by: machine, names }: KnownOrder, first: KnownOrder, version: string | undefined): Verdict {
  const problem =
    `${machine.name} declares live migration over ${inOrder(names)}, and ${first.by.name} over ${inOrder(first.names)}: ` +
    "the order is one setting of the whole cluster.";
  const fix = "Declare the order once, as liveMigrationNetworks of the cluster.";
  const { path } = machine.liveMigrationNetworks.origin;
  return violation(machine, path, problem, { ...said(version, "liveMigrationSetting"), fix });
}

function judgeOrder(cluster: Cluster, order: LiveMigrationOrder, estate: Estate): readonly Verdict[] {
  if (cluster.networks.state === "absent") return [notDeclared(cluster, cluster.networks.origin)];
  const facts = { networks: cluster.networks, names: namesOf(order.declaredBy) };
  return given(order.declaredBy, facts, ({ networks, names }) => {
    const listed = names.flatMap((name) => networks.filter((network) => isNamed({ name: networkName(network) }, name)));
    const version = ifKnown(clusterVersion(cluster, estate));
    // A network whose name is not known may be the one that is meant.
    if (strayNames(names, cluster).length > 0) {
      return [...forbidden(order, listed, version), ...networks.flatMap(({ name }) => undecided(cluster, name))];
    }
    return [
      ...forbidden(order, listed, version),
      ...leftOut(order, listed, networks, version),
      ...judgePlaces(cluster, order, listed, estate),
    ];
  });
}

/** Networks that live migration will pass over. */
function forbidden(
  { declaredBy }: LiveMigrationOrder,
  listed: readonly ClusterNetwork[],
  version: string | undefined,
): readonly Verdict[] {
  return listed
    .filter(({ role }) => ifKnown(role) === "none")
    .map((network) => {
      const name = networkName(network);
      const problem = `${declaredBy.name} lists "${name}" for live migration, a network on which cluster communication is not allowed.`;
      const fix = `Take "${name}" out of liveMigrationNetworks, or set its role to cluster.`;
      const { path } = declaredBy.liveMigrationNetworks.origin;
      return violation(declaredBy, path, problem, { ...said(version, "roleNone"), fix, advisory: true });
    });
}

/** A network that is declared for live migration, and that live migration never uses. */
function leftOut(
  { declaredBy }: LiveMigrationOrder,
  listed: readonly ClusterNetwork[],
  networks: readonly ClusterNetwork[],
  version: string | undefined,
): readonly Verdict[] {
  const own = networks.filter(({ purpose, role }) => ifKnown(purpose) === "liveMigration" && ifKnown(role) !== "none");
  if (own.length === 0 || own.some((network) => listed.includes(network))) return [];
  const names = listing(own.map((network) => `"${networkName(network)}"`));
  const problem = `${declaredBy.name} tries live migration over ${inOrder(listed.map(networkName))}, and not over ${names}, which is declared for it.`;
  const fix = `List ${names} first in liveMigrationNetworks.`;
  const { path } = declaredBy.liveMigrationNetworks.origin;
  return [violation(declaredBy, path, problem, { ...said(version, "liveMigrationDedicated"), fix, advisory: true })];
}

/** Where a network belongs in the order, and why. */
interface Place {
  readonly rank: number;
  readonly why: string;
}

function judgePlaces(
  cluster: Cluster,
  order: LiveMigrationOrder,
  listed: readonly ClusterNetwork[],
  estate: Estate,
): readonly Verdict[] {
  const usable = listed.filter(({ role }) => ifKnown(role) !== "none");
  const facts = {
    version: clusterVersion(cluster, estate),
    purposes: gatherAll(
      usable.map(({ purpose }) => purpose),
      cluster.networks.origin,
    ),
    gateways: gatherAll(
      usable.map(({ defaultGateway }) => defaultGateway),
      cluster.networks.origin,
    ),
  };
  return given(cluster, facts, ({ version, purposes, gateways }) => {
    const isOrdered = networkStatement(version, "liveMigrationOrder") !== undefined;
    const places = purposes.map((purpose, index) => placeOf(purpose, gateways[index] === true, isOrdered));
    const wrong = places.findIndex(({ rank }, index) => places.slice(index + 1).some((later) => later.rank < rank));
    const [network, place] = [usable[wrong], places[wrong]];
    if (network === undefined || place === undefined) return [];
    const better = usable
      .map((item, index) => ({ item, rank: places[index]?.rank ?? 0 }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ item }) => networkName(item));
    const { declaredBy } = order;
    const problem = `${declaredBy.name} tries live migration over ${inOrder(usable.map(networkName))}: "${networkName(network)}" ${place.why}.`;
    const fix = `Use this order: ${listing(better.map((name) => `"${name}"`))}.`;
    const { path } = declaredBy.liveMigrationNetworks.origin;
    return [violation(declaredBy, path, problem, { ...said(version, "liveMigrationOrder"), fix, advisory: true })];
  });
}

/**
 * The documented order holds for Windows Server 2008 R2. Of newer versions no document has one; there the network that
 * is declared for live migration comes first, and the others in any order.
 */
function placeOf(purpose: Purpose, hasGateway: boolean, isOrdered: boolean): Place {
  if (purpose === "liveMigration" && !(isOrdered && hasGateway)) return { rank: 0, why: "" };
  const other = { rank: 1, why: "comes before the network that is declared for live migration" };
  if (!isOrdered) return other;
  if (purpose === "cluster" || purpose === "clusterSharedVolumes") {
    return { rank: 3, why: "carries cluster and CSV traffic, and belongs last" };
  }
  if (hasGateway) return { rank: 2, why: "has a default gateway, and belongs behind the networks without" };
  return other;
}

function inOrder(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", then ");
}

function fold(names: readonly string[]): string {
  return names.join("\n").toLowerCase();
}
