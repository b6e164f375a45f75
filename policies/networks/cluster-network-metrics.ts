import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Purpose } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import type { Figure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import {
  given,
  isViolation,
  notDeclared,
  undecided,
  violation,
  type Evidence,
  type Verdict,
  type ViolationDetails,
} from "../../lib/rules/verdict";
import { listing } from "../../lib/text/words";
import { clusterUse, clusterVersion, declaredOrder, type ClusterUse, type DeclaredNetwork } from "./model/cluster-use";
import { describeGroup, describePrediction } from "./model/describe";
import type { Ranked } from "./model/prediction";
import { declaringClusters } from "./shared/cluster-networks";
import { changeOfFact } from "./shared/fact-change";
import { suggestMetrics, type MetricsFix } from "./shared/suggested-metrics";

type Networks = readonly Ranked<DeclaredNetwork>[];

/** The metrics give each kind of traffic the network that is declared for it. */
export const clusterNetworkMetrics = defineRule<Cluster>({
  name: "cluster-network-metrics",
  title: "Networks used as they are declared",
  subject: "networks",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "The cluster does not know what a network is meant for: it goes by the metrics, and sends the traffic of one network over another without a warning.",
  fix: "Give the network of cluster and CSV traffic the lowest metric, and that of live migration the second lowest.",
  sources: [
    "network-design-2011",
    "csv-network-2008-r2",
    "network-prioritization-2011",
    "live-migration-networks-2009",
  ],
  tags: ["cluster", "live-migration", "shared-volumes", "metrics"],
  applies: declaringClusters,
  parameters: {
    showUse: {
      type: "boolean",
      description:
        "Whether to report, once for each cluster, what each of its networks will be used for, also where nothing is wrong. Default: false.",
      default: false,
    },
  },
  check: (cluster, estate, { flag }) => {
    const version = clusterVersion(cluster, estate);
    if (version.state === "absent") return [notDeclared(cluster, version)];
    return given(cluster, { use: clusterUse(cluster, estate) }, ({ use }) => {
      // Nothing follows from metrics that no cluster chooses.
      const contradictions = use.networks.flatMap((network) => notAutomatic(cluster, use, network));
      if (contradictions.length > 0) return contradictions;
      const purposes = use.networks.flatMap(({ declared }) => undecided(cluster, declared.purpose));
      if (purposes.length > 0) return purposes;
      const verdicts = [
        ...judge(cluster, use, estate),
        ...use.networks.flatMap((one) => mayBeAutomatic(cluster, use, one)),
      ];
      if (!flag("showUse")) return verdicts;
      return verdicts.some(isViolation) ? verdicts.map(withLines) : [shown(cluster, use, verdicts), ...verdicts];
    });
  },
});

/** A metric that is declared as chosen by the cluster, and that no cluster chooses. */
function notAutomatic(cluster: Cluster, use: ClusterUse, network: DeclaredNetwork): readonly Verdict[] {
  const { defaultGateway, declared, name } = network;
  const expected = notGiven(use, network);
  if (expected === undefined || ifKnown(declared.autoMetric) !== true) return [];
  const { metric, from, below } = expected;
  const kind = `networks ${defaultGateway ? "with" : "without"} a default gateway`;
  const range = `${String(from)} or higher${Number.isFinite(below) ? `, and below ${String(below)}` : ""}`;
  const problem =
    `${cluster.name} declares the metric ${String(metric)} of "${name}" as chosen by the cluster (autoMetric true), ` +
    `but the metrics that a cluster gives to ${kind} are ${range}.`;
  const { path } = declared.autoMetric.origin;
  return [
    violation(cluster, path, problem, {
      evidence: evidenceOf(use),
      found: { value: metric },
      limit: metric < from ? { bound: "atLeast", value: from } : { bound: "atMost", value: below - 1 },
      fix: `Set autoMetric of "${name}" to false if ${String(metric)} is its metric; or declare the metric that Get-ClusterNetwork shows.`,
    }),
  ];
}

/** A declared metric, and the range that it is not in. */
interface MetricRange {
  readonly metric: number;
  readonly from: number;
  readonly below: number;
}

/** The range of automatic metrics of such a network, where the declared one is outside of it. */
function notGiven(use: ClusterUse, { metric, defaultGateway }: DeclaredNetwork): MetricRange | undefined {
  const { automatic } = use.scheme;
  if (automatic === undefined || typeof metric !== "number") return undefined;
  const { privateFrom, publicFrom } = automatic;
  const [from, below] = defaultGateway ? [publicFrom, Infinity] : [privateFrom, publicFrom];
  return metric >= from && metric < below ? undefined : { metric, from, below };
}

function mayBeAutomatic(cluster: Cluster, use: ClusterUse, network: DeclaredNetwork): readonly Verdict[] {
  return notGiven(use, network) === undefined ? [] : undecided(cluster, network.declared.autoMetric);
}

/** One kind of traffic: the networks that carry it, and those that are declared for it. */
interface Expectation {
  readonly traffic: string;
  readonly carriers: Networks;
  readonly meant: Networks;
  /** Whether the metrics decide which network carries it. */
  readonly byMetric: boolean;
  /** What decides that, while it is not known. */
  readonly unknown: () => readonly Verdict[];
  /** What to change, where the declarations decide it. */
  readonly fix: () => MetricsFix | undefined;
}

function judge(cluster: Cluster, use: ClusterUse, estate: Estate): readonly Verdict[] {
  const expectations = expectationsOf(cluster, use, estate).filter(({ meant }) => meant.length > 0);
  // A network for iSCSI among them is a finding of cluster-network-use, and displaces the others. So is a network for
  // cluster traffic that is closed to it: what takes its place is missing elsewhere.
  if (expectations.some(({ byMetric, carriers }) => byMetric && withPurpose(carriers, "iscsi").length > 0)) return [];
  if (closedForCluster(use).length > 0) return [];
  const wrong = expectations.filter((expected) => outcome(expected) === "wrong");
  const unknown = expectations.filter((expected) => outcome(expected) === "unknown");
  const ties = unknown.filter(({ byMetric, carriers }) => byMetric && carriers.length > 1 && carriers.every(hasMetric));
  const undecidedYet = questions(unknown.filter((expected) => !ties.includes(expected)));
  if (wrong.length + ties.length === 0) return undecidedYet;
  return [finding(cluster, use, wrong, ties), ...undecidedYet];
}

/** What to ask for: an order of live migration comes before the metrics, for who declares neither. */
function questions(unknown: readonly Expectation[]): readonly Verdict[] {
  const ordered = unknown.filter(({ byMetric }) => !byMetric);
  return (ordered.length > 0 ? ordered : unknown).flatMap((expected) => expected.unknown());
}

function hasMetric({ network }: Ranked<DeclaredNetwork>): boolean {
  return typeof network.metric === "number";
}

/** `unknown`: only some of the networks that may carry it are declared for it, or may be. */
function outcome({ carriers, meant }: Expectation): "right" | "wrong" | "unknown" {
  if (carriers.length > 0 && carriers.every((item) => meant.includes(item))) return "right";
  return carriers.some((item) => meant.includes(item) || item.network.purpose === undefined) ? "unknown" : "wrong";
}

function expectationsOf(cluster: Cluster, use: ClusterUse, estate: Estate): readonly Expectation[] {
  const { prediction, scheme } = use;
  const all = prediction.preference.flat();
  const [firstForMigration = []] = prediction.liveMigration;
  const clusterTraffic = {
    traffic: "cluster and CSV traffic",
    carriers: prediction.clusterTraffic,
    meant: meantForCluster(use),
    byMetric: true,
    unknown: () => unknownMetrics(cluster, prediction.clusterTraffic),
    fix: () => metricsFix(use),
  };
  const liveMigration = {
    traffic: "live migration",
    carriers: firstForMigration,
    // A declared order is judged by live-migration-order.
    meant: prediction.liveMigrationBy === "declaration" ? [] : withPurpose(all, "liveMigration"),
    byMetric: prediction.liveMigrationBy === "metric",
    unknown: () => unknownOrder(cluster, prediction.liveMigrationBy, firstForMigration, estate),
    fix: () => liveMigrationFix(use),
  };
  const publicTraffic = {
    traffic: "public traffic",
    carriers: prediction.publicTraffic,
    meant: scheme.automatic === undefined ? [] : meantForClients(all),
    byMetric: true,
    unknown: () => unknownMetrics(cluster, prediction.publicTraffic),
    fix: () => publicFix(use),
  };
  return [clusterTraffic, liveMigration, publicTraffic];
}

/** Where a network is for Cluster Shared Volumes, cluster traffic goes with them: the metrics know only one for both. */
function clusterPurpose({ networks }: ClusterUse): Purpose {
  return networks.some(({ purpose }) => purpose === "clusterSharedVolumes") ? "clusterSharedVolumes" : "cluster";
}

function meantForCluster(use: ClusterUse): Networks {
  return withPurpose(use.prediction.preference.flat(), clusterPurpose(use));
}

/** The networks for public traffic; where none is declared so, any that is for neither the cluster nor storage. */
function meantForClients(all: Networks): Networks {
  const declared = withPurpose(all, "public");
  const internal: readonly (Purpose | undefined)[] = ["iscsi", "cluster", "clusterSharedVolumes", "liveMigration"];
  const others = all.filter(
    ({ network }) => network.role === "clusterAndClient" && !internal.includes(network.purpose),
  );
  return declared.length > 0 ? declared : others;
}

function withPurpose(all: Networks, purpose: Purpose): Networks {
  return all.filter(({ network }) => network.purpose === purpose);
}

/** What would have to be known of the networks to decide which of them comes first. */
function unknownMetrics(cluster: Cluster, carriers: Networks): readonly Verdict[] {
  return carriers.flatMap(({ network: { declared, metric } }) => [
    ...undecided(cluster, declared.purpose),
    ...undecided(cluster, declared.metric),
    ...undecided(cluster, declared.autoMetric),
    ...(typeof metric !== "number" && declared.metric.state === "absent" && declared.autoMetric.state === "known"
      ? [notDeclared(cluster, declared.metric)]
      : []),
  ]);
}

function unknownOrder(cluster: Cluster, by: string, carriers: Networks, estate: Estate): readonly Verdict[] {
  if (by === "metric") return unknownMetrics(cluster, carriers);
  if (by === "topology") return [notDeclared(cluster, cluster.liveMigrationNetworks)];
  const order = declaredOrder(cluster, estate);
  return order.state === "known"
    ? order.value.names.flatMap((name) => undecided(order.value.declaredBy, name))
    : undecided(cluster, order);
}

function finding(
  cluster: Cluster,
  use: ClusterUse,
  wrong: readonly Expectation[],
  ties: readonly Expectation[],
): Verdict {
  const { scheme } = use;
  const describe = (items: Networks): string => describeGroup(items, scheme);
  const faults = [
    ...wrong.map(
      ({ traffic, carriers, meant }) =>
        `${traffic} goes over ${carriers.length === 0 ? "no network" : describe(carriers)} instead of ${describe(meant)}`,
    ),
    ...ties.map(({ traffic, carriers }) => `${traffic} goes over ${describe(carriers)} with the same metric`),
  ];
  const problem = `${cluster.name} does not use its networks as they are declared: ${listing(faults)}.`;
  const faulty = [...wrong, ...ties];
  const [first] = faulty;
  const path = first?.meant[0]?.network.declared.metric.origin.path ?? cluster.networks.origin.path;
  return violation(cluster, path, problem, {
    evidence: evidenceOf(use),
    more: linesOf(use),
    found: networksFigure(first?.carriers ?? []),
    limit: { bound: "oneOf", ...networksFigure(first?.meant ?? []) },
    ...fixOf(cluster, faulty),
  });
}

/** All fixes in a sentence each; as data where all are one change. */
function fixOf(cluster: Cluster, faulty: readonly Expectation[]): Pick<ViolationDetails, "fix" | "change"> {
  const fixes = faulty.flatMap(({ fix }) => fix() ?? []);
  const texts = [...new Set(fixes.map(({ text }) => text))];
  if (texts.length === 0) return {};
  const only = texts.length === 1 && fixes.length === faulty.length ? fixes[0]?.only : undefined;
  return { fix: texts.join(" "), ...(only === undefined ? {} : changeOfFact(cluster, only.fact, only.metric)) };
}

function networksFigure(items: Networks): Figure {
  return { value: items.map(({ network }) => network.name), unit: "networks" };
}

/** What each network is used for. */
function linesOf({ prediction, scheme, version }: ClusterUse): readonly string[] {
  return describePrediction(prediction, version, scheme);
}

function evidenceOf({ scheme }: ClusterUse): Evidence {
  return { source: scheme.source, confidence: scheme.confidence, statement: scheme.remark };
}

/** What `showUse` asks for, where there is a finding: its lines in every view. */
function withLines(verdict: Verdict): Verdict {
  if (!isViolation(verdict)) return verdict;
  const { more = [], problem, ...rest } = verdict;
  return { ...rest, problem: [problem, ...more].join("\n") };
}

/** The same where there is none. */
function shown(cluster: Cluster, use: ClusterUse, unknown: readonly Verdict[]): Verdict {
  const { path } = cluster.networks.origin;
  const [problem, fix] = howUsed(use, unknown);
  const lines = [`${cluster.name} ${problem}`, ...linesOf(use)];
  const found = networksFigure(use.prediction.preference.flat());
  return violation(cluster, path, lines.join("\n"), { evidence: evidenceOf(use), found, fix, advisory: true });
}

/** How far a cluster without a finding uses its networks as they are declared, and what to change. */
function howUsed(use: ClusterUse, unknown: readonly Verdict[]): readonly [problem: string, fix: string] {
  const closed = closedForCluster(use).map(({ name }) => `"${name}"`);
  if (closed.length > 0) {
    return [`does not allow its traffic on ${listing(closed)}.`, `Set the role of ${listing(closed)} to cluster.`];
  }
  const { prediction } = use;
  const storage = withPurpose(prediction.preference.flat(), "iscsi").map(({ network }) => `"${network.name}"`);
  if (storage.length > 0) {
    return [`may use ${listing(storage)}, which is for iSCSI.`, `Set the role of ${listing(storage)} to none.`];
  }
  return unknown.length > 0
    ? ["does not declare enough of its networks to predict for all of them what they are used for.", DECLARE]
    : ["uses its networks as they are declared.", "Nothing has to change."];
}

const DECLARE =
  "Declare what the undecided finding lists: the metrics that Get-ClusterNetwork shows, or liveMigrationNetworks.";

/** Metrics by which the networks of cluster traffic and, where they decide it, of live migration come first. */
function metricsFix(use: ClusterUse): MetricsFix | undefined {
  const { preference, liveMigrationBy } = use.prediction;
  const [cluster] = meantForCluster(use);
  const [liveMigration] = liveMigrationBy === "metric" ? withPurpose(preference.flat(), "liveMigration") : [];
  return suggestMetrics(preference, { cluster, liveMigration });
}

/** Without a network for cluster traffic below it, no metric makes a network the second lowest. */
function liveMigrationFix(use: ClusterUse): MetricsFix {
  const { preference, liveMigrationBy } = use.prediction;
  const byMetric = liveMigrationBy === "metric" && meantForCluster(use).length > 0 ? metricsFix(use) : undefined;
  const names = withPurpose(preference.flat(), "liveMigration").map(({ network }) => `"${network.name}"`);
  return byMetric ?? { text: `Declare liveMigrationNetworks of the cluster, with ${listing(names)} first.` };
}

/** The networks for cluster traffic, where all of them are closed to it. */
function closedForCluster(use: ClusterUse): readonly DeclaredNetwork[] {
  const purpose = clusterPurpose(use);
  const meant = use.networks.filter((network) => network.purpose === purpose);
  return meant.some(({ role }) => role !== "none") ? [] : meant;
}

/** The network of public traffic has the lowest metric from where public traffic begins. */
function publicFix({ prediction, scheme }: ClusterUse): MetricsFix | undefined {
  const [meant] = meantForClients(prediction.preference.flat());
  if (meant === undefined || scheme.automatic === undefined) return undefined;
  const others = prediction.publicTraffic.filter((item) => item !== meant).map(({ network }) => `"${network.name}"`);
  const higher = others.length === 0 ? "" : `, and a higher one for ${listing(others)}`;
  return { text: `Set a metric from ${String(scheme.automatic.publicFrom)} on for "${meant.network.name}"${higher}.` };
}
