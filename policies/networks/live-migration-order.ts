import type { Estate } from "../../lib/estate/estate";
import type { Cluster, ClusterNetwork, Purpose, VirtualMachine } from "../../lib/estate/model";
import { combine, gatherAll, ifKnown, type Value } from "../../lib/estate/value";
import type { Figure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, notDeclared, undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { hasNetworkCapability, networkStatement } from "../../lib/tables/network-support";
import { fold } from "../../lib/text/names";
import { listing } from "../../lib/text/words";
import { clusterVersion, declaredOrder, networkName, ordersOf, type LiveMigrationOrder } from "./model/cluster-use";
import { isNamed } from "./model/prediction";
import { OF_THE_CLUSTER } from "./shared/cluster-networks";
import { evidenceFor } from "./shared/host-layout";

/** Live migration tries its networks in a sound order, which is one for the whole cluster. */
export const liveMigrationOrder = defineRule<Cluster>({
  name: "live-migration-order",
  title: "Order of live migration networks",
  subject: "networks",
  level: "required",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "Live migration takes the first network that connects, whatever else runs on it.",
  fix: "List the network for live migration first, then others without a default gateway, and those of cluster and CSV traffic last.",
  sources: ["network-design-2011", "network-prioritization-2011", "live-migration-networks-2009"],
  tags: ["cluster", "live-migration"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) => {
    const version = ifKnown(clusterVersion(cluster, estate));
    // Where there is no live migration, network-purpose-supported reports the order.
    if (version !== undefined && !hasNetworkCapability(version, "liveMigration")) return [];
    return [
      ...contradictions(cluster, estate),
      ...given(cluster, { order: declaredOrder(cluster, estate) }, ({ order }) => judgeOrder(cluster, order, estate)),
    ];
  },
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
          orderKey(other.names) === orderKey(first.names) ? [] : [contradiction(other, first, version)],
        )),
    // The first one is judged as the cluster's, and is then reported where it is not known.
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
  const { path } = machine.liveMigrationNetworks.origin;
  return violation(machine, path, problem, {
    ...evidenceFor(version, "liveMigrationSetting"),
    found: networksFigure(names),
    limit: { bound: "exactly", ...networksFigure(first.names) },
    change: { path, value: first.names },
    fix:
      first.by.kind === "cluster"
        ? `Remove liveMigrationNetworks from ${machine.name}: ${first.by.name} declares the order.`
        : "Declare the order once, as liveMigrationNetworks of the cluster, and remove it from the virtual machines.",
  });
}

/** An order whose names are all networks of the cluster. */
interface JudgedOrder {
  readonly declaredBy: Cluster | VirtualMachine;
  readonly listed: readonly ClusterNetwork[];
  /** The version of the cluster, where it is known. */
  readonly version: string | undefined;
  /** What to change, one thing for all that is wrong with the order. */
  readonly fix: Pick<ViolationDetails, "fix" | "change">;
}

function judgeOrder(cluster: Cluster, order: LiveMigrationOrder, estate: Estate): readonly Verdict[] {
  if (cluster.networks.state === "absent") return [notDeclared(cluster, cluster.networks)];
  const { declaredBy } = order;
  const facts = { networks: cluster.networks, names: namesOf(declaredBy) };
  return given(declaredBy, facts, ({ networks, names }) => {
    const listed = names.flatMap((name) => networks.filter((network) => isNamed({ name: networkName(network) }, name)));
    const version = ifKnown(clusterVersion(cluster, estate));
    // A network whose name is not known may be the one that is meant.
    if (strayNames(names, cluster).length > 0) {
      const unknown = networks.flatMap(({ name }) => undecided(cluster, name));
      return [...forbidden({ declaredBy, listed, version, fix: {} }), ...unknown];
    }
    const judged = { declaredBy, listed, version, fix: fixOf(cluster, declaredBy, listed, networks, estate) };
    return [...forbidden(judged), ...leftOut(judged, networks), ...judgePlaces(cluster, judged, estate)];
  });
}

/**
 * Networks that live migration will pass over. That a network of the cluster's own traffic is closed to it is what
 * cluster-network-use reports.
 */
function forbidden({ declaredBy, listed, version, fix }: JudgedOrder): readonly Verdict[] {
  return listed
    .filter(({ role, purpose }) => ifKnown(role) === "none" && !isClusterTraffic(ifKnown(purpose)))
    .map((network) => {
      const name = networkName(network);
      const problem = `${declaredBy.name} lists "${name}" for live migration, a network on which cluster communication is not allowed.`;
      return violation(declaredBy, declaredBy.liveMigrationNetworks.origin.path, problem, {
        ...evidenceFor(version, "roleNone"),
        found: networksFigure([name]),
        limit: { bound: "noneOf", ...networksFigure([name]) },
        fix: `Remove "${name}" from liveMigrationNetworks.`,
        ...fix,
        advisory: true,
      });
    });
}

/** A network that is declared for live migration, and that live migration never uses. */
function leftOut(
  { declaredBy, listed, version, fix }: JudgedOrder,
  networks: readonly ClusterNetwork[],
): readonly Verdict[] {
  const own = ownNetworks(networks);
  if (own.length === 0 || own.some((network) => listed.includes(network))) return [];
  const names = listing(own.map((network) => `"${networkName(network)}"`));
  const problem = `${declaredBy.name} tries live migration over ${inOrder(listed.map(networkName))}, and not over ${names}, which is declared for it.`;
  return [
    violation(declaredBy, declaredBy.liveMigrationNetworks.origin.path, problem, {
      ...evidenceFor(version, "liveMigrationDedicated"),
      found: networksFigure(listed.map(networkName)),
      limit: { bound: "oneOf", ...networksFigure(own.map(networkName)) },
      fix: `List ${names} first in liveMigrationNetworks.`,
      ...fix,
      advisory: true,
    }),
  ];
}

/** The networks that are declared for live migration and that it may use. */
function ownNetworks(networks: readonly ClusterNetwork[]): readonly ClusterNetwork[] {
  return networks.filter(({ purpose, role }) => ifKnown(purpose) === "liveMigration" && ifKnown(role) !== "none");
}

/** Where a network belongs in the order, and why. */
interface Precedence {
  readonly rank: number;
  readonly why: string;
}

/** A network with its place in the order. */
interface PlacedNetwork extends Precedence {
  readonly name: string;
}

function judgePlaces(cluster: Cluster, { declaredBy, listed, fix }: JudgedOrder, estate: Estate): readonly Verdict[] {
  // A storage network that is open to the cluster is reported by cluster-network-use, with its place in the order.
  const usable = listed.filter(({ role, purpose }) => ifKnown(role) !== "none" && ifKnown(purpose) !== "iscsi");
  const version = clusterVersion(cluster, estate);
  const { origin } = cluster.networks;
  const facts = {
    known: version,
    purposes: gatherAll(
      usable.map(({ purpose }) => purpose),
      origin,
    ),
    gateways: gatherAll(
      usable.map(({ defaultGateway }) => defaultGateway),
      origin,
    ),
  };
  return given(cluster, facts, ({ known }) => {
    const placed = ifKnown(placedNetworks(cluster, usable, version)) ?? [];
    const wrong = placed.find(({ rank }, index) => placed.slice(index + 1).some((later) => later.rank < rank));
    if (wrong === undefined) return [];
    const names = placed.map(({ name }) => name);
    const problem = `${declaredBy.name} tries live migration over ${inOrder(names)}: "${wrong.name}" ${wrong.why}.`;
    return [
      violation(declaredBy, declaredBy.liveMigrationNetworks.origin.path, problem, {
        ...evidenceFor(known, "liveMigrationOrder"),
        found: networksFigure(names),
        limit: { bound: "exactly", ...networksFigure(inBestOrder(placed)) },
        fix: `Use this order: ${inOrder(inBestOrder(placed))}.`,
        ...fix,
        advisory: true,
      }),
    ];
  });
}

function placedNetworks(
  cluster: Cluster,
  networks: readonly ClusterNetwork[],
  version: Value<string>,
): Value<readonly PlacedNetwork[]> {
  const { origin } = cluster.networks;
  const placed = networks.map(({ name, purpose, defaultGateway }) =>
    combine({ version, purpose, defaultGateway }, origin, (the) => ({
      name: networkName({ name }),
      ...precedenceOf(
        the.purpose,
        the.defaultGateway,
        networkStatement(the.version, "liveMigrationOrder") !== undefined,
      ),
    })),
  );
  return gatherAll(placed, origin);
}

function inBestOrder(placed: readonly PlacedNetwork[]): readonly string[] {
  return [...placed].sort((one, other) => one.rank - other.rank).map(({ name }) => name);
}

/**
 * The order that nothing is wrong with, the same for all that is: without networks that live migration passes over, with
 * those that are declared for it, each in its place. As data where nobody else declares the order, who would then
 * contradict.
 */
function fixOf(
  cluster: Cluster,
  declaredBy: Cluster | VirtualMachine,
  listed: readonly ClusterNetwork[],
  networks: readonly ClusterNetwork[],
  estate: Estate,
): JudgedOrder["fix"] {
  const own = networks.filter(({ purpose }) => ifKnown(purpose) === "liveMigration");
  const forgotten = own.some((network) => listed.includes(network)) ? [] : own;
  const included = [...forgotten, ...listed].filter(belongs);
  const placed = ifKnown(placedNetworks(cluster, included, clusterVersion(cluster, estate))) ?? [];
  if (placed.length === 0 || included.some(({ role }) => role.state !== "known")) return {};
  const { path } = declaredBy.liveMigrationNetworks.origin;
  const value = inBestOrder(placed);
  const declaring = ordersOf(cluster, estate).map(({ name }) => name);
  return {
    fix: `Set liveMigrationNetworks of ${listing(declaring)} to ${inOrder(value)}.`,
    ...(declaring.length === 1 ? { change: { path, value } } : {}),
  };
}

/** A network of the cluster's own traffic belongs in the order also while it is closed, which is to be fixed itself. */
function belongs({ role, purpose }: ClusterNetwork): boolean {
  if (ifKnown(purpose) === "iscsi") return false;
  return ifKnown(role) !== "none" || isClusterTraffic(ifKnown(purpose));
}

function isClusterTraffic(purpose: Purpose | undefined): boolean {
  return purpose !== undefined && OF_THE_CLUSTER.includes(purpose);
}

/**
 * The documented order holds for Windows Server 2008 R2. Of newer versions no document has one; there the network that
 * is declared for live migration comes first, and the others in any order.
 */
function precedenceOf(purpose: Purpose, hasGateway: boolean, isOrdered: boolean): Precedence {
  if (purpose === "liveMigration" && !(isOrdered && hasGateway)) return { rank: 0, why: "" };
  const other = { rank: 1, why: "comes before the network that is declared for live migration" };
  if (!isOrdered) return other;
  if (purpose === "cluster" || purpose === "clusterSharedVolumes") {
    return { rank: 3, why: "carries cluster and CSV traffic, and belongs last" };
  }
  if (hasGateway) return { rank: 2, why: "has a default gateway, and belongs behind the networks without" };
  return other;
}

function networksFigure(names: readonly string[]): Figure {
  return { value: names, unit: "networks" };
}

function inOrder(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", then ");
}

/** Orders that are the same have the same key. */
function orderKey(names: readonly string[]): string {
  return fold(names.join("\n"));
}
