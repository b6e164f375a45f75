import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Purpose } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import {
  given,
  isViolation,
  notDeclared,
  undecided,
  violation,
  type Evidence,
  type Verdict,
} from "../../lib/rules/verdict";
import { listing } from "../../lib/text/words";
import { clusterUse, clusterVersion, declaredOrder, type ClusterUse, type DeclaredNetwork } from "./model/cluster-use";
import { describeGroup, describePrediction } from "./model/describe";
import type { Ranked } from "./model/prediction";
import { declaringClusters } from "./shared/cluster-networks";
import { suggestMetrics } from "./shared/suggested-metrics";

type Networks = readonly Ranked<DeclaredNetwork>[];

/** The metrics give each kind of traffic the network that is declared for it. */
export const clusterNetworkMetrics = defineRule<Cluster>({
  name: "cluster-network-metrics",
  title: "Networks used as they are declared",
  subject: "networks",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  why: "The cluster does not know what a network is meant for: it goes by the metrics, and sends the traffic of one network over another without a word.",
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
    if (version.state === "absent") return [notDeclared(cluster, version.origin)];
    return given(cluster, { use: clusterUse(cluster, estate) }, ({ use }) => {
      const verdicts = judge(cluster, use, estate);
      if (!flag("showUse")) return verdicts;
      return verdicts.some(isViolation) ? verdicts.map(withLines) : [shown(cluster, use, verdicts), ...verdicts];
    });
  },
});

/** One kind of traffic: the networks that carry it, and those that are declared for it. */
interface Expectation {
  readonly traffic: string;
  readonly carriers: Networks;
  readonly wanted: Networks;
  /** The metrics decide who carries it. */
  readonly byMetric: boolean;
  /** What decides who carries it, while that is not certain. */
  readonly open: () => readonly Verdict[];
  /** What to change, where that can be told. */
  readonly fix: () => string | undefined;
}

function judge(cluster: Cluster, use: ClusterUse, estate: Estate): readonly Verdict[] {
  const expectations = expectationsOf(cluster, use, estate).filter(({ wanted }) => wanted.length > 0);
  // A network for iSCSI among them is a finding of cluster-network-use, and displaces the others.
  if (expectations.some(({ byMetric, carriers }) => byMetric && withPurpose(carriers, "iscsi").length > 0)) return [];
  const wrong = expectations.filter((expected) => outcome(expected) === "wrong");
  const open = expectations.filter((expected) => outcome(expected) === "open");
  const ties = open.filter(({ byMetric, carriers }) => byMetric && carriers.length > 1 && carriers.every(hasMetric));
  const undecidedYet = questions(open.filter((expected) => !ties.includes(expected)));
  if (wrong.length + ties.length === 0) return undecidedYet;
  return [finding(cluster, use, wrong, ties), ...undecidedYet];
}

/** What to ask for: an order of live migration comes before the metrics, for who declares neither. */
function questions(open: readonly Expectation[]): readonly Verdict[] {
  const ordered = open.filter(({ byMetric }) => !byMetric);
  return (ordered.length > 0 ? ordered : open).flatMap((expected) => expected.open());
}

function hasMetric({ network }: Ranked<DeclaredNetwork>): boolean {
  return typeof network.metric === "number";
}

/** `open`: only some of the networks that may carry it are declared for it, or may be. */
function outcome({ carriers, wanted }: Expectation): "right" | "wrong" | "open" {
  if (carriers.length > 0 && carriers.every((item) => wanted.includes(item))) return "right";
  return carriers.some((item) => wanted.includes(item) || item.network.purpose === undefined) ? "open" : "wrong";
}

function expectationsOf(cluster: Cluster, use: ClusterUse, estate: Estate): readonly Expectation[] {
  const { prediction, scheme } = use;
  const all = prediction.preference.flat();
  const [firstForMigration = []] = prediction.liveMigration;
  const clusterTraffic = {
    traffic: "cluster and CSV traffic",
    carriers: prediction.clusterTraffic,
    wanted: wantedForCluster(use),
    byMetric: true,
    open: () => openMetrics(cluster, prediction.clusterTraffic),
    fix: () => metricsFix(use),
  };
  const liveMigration = {
    traffic: "live migration",
    carriers: firstForMigration,
    // A declared order is judged by live-migration-order.
    wanted: prediction.liveMigrationBy === "declaration" ? [] : withPurpose(all, "liveMigration"),
    byMetric: prediction.liveMigrationBy === "metric",
    open: () => openOrder(cluster, prediction.liveMigrationBy, firstForMigration, estate),
    fix: () => liveMigrationFix(use),
  };
  const publicTraffic = {
    traffic: "public traffic",
    carriers: prediction.publicTraffic,
    wanted: scheme.automatic === undefined ? [] : wantedForClients(all),
    byMetric: true,
    open: () => openMetrics(cluster, prediction.publicTraffic),
    fix: () => publicFix(use),
  };
  return [clusterTraffic, liveMigration, publicTraffic];
}

/** Where a network is for Cluster Shared Volumes, cluster traffic goes with them: the metrics know only one for both. */
function wantedForCluster({ networks, prediction }: ClusterUse): Networks {
  const all = prediction.preference.flat();
  const hasShared = networks.some(({ purpose }) => purpose === "clusterSharedVolumes");
  return withPurpose(all, hasShared ? "clusterSharedVolumes" : "cluster");
}

/** The networks for public traffic; where none is declared so, any that is for neither the cluster nor storage. */
function wantedForClients(all: Networks): Networks {
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

/** What would have to be known of networks of which one comes first. */
function openMetrics(cluster: Cluster, carriers: Networks): readonly Verdict[] {
  return carriers.flatMap(({ network: { declared, metric } }) => [
    ...undecided(cluster, declared.purpose),
    ...undecided(cluster, declared.metric),
    ...undecided(cluster, declared.autoMetric),
    ...(typeof metric !== "number" && declared.metric.state === "absent" && declared.autoMetric.state === "known"
      ? [notDeclared(cluster, declared.metric.origin)]
      : []),
  ]);
}

function openOrder(cluster: Cluster, by: string, carriers: Networks, estate: Estate): readonly Verdict[] {
  if (by === "metric") return openMetrics(cluster, carriers);
  if (by === "topology") return [notDeclared(cluster, cluster.liveMigrationNetworks.origin)];
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
      ({ traffic, carriers, wanted }) =>
        `${traffic} goes over ${carriers.length === 0 ? "no network" : describe(carriers)} instead of ${describe(wanted)}`,
    ),
    ...ties.map(({ traffic, carriers }) => `${traffic} goes over ${describe(carriers)}, whose metrics are the same`),
  ];
  const problem = `${cluster.name} does not use its networks as they are declared: ${listing(faults)}.`;
  const [first] = [...wrong, ...ties].flatMap(({ wanted }) => wanted);
  const path = first?.network.declared.metric.origin.path ?? cluster.networks.origin.path;
  const fixes = new Set([...wrong, ...ties].flatMap(({ fix }) => fix() ?? []));
  const fix = fixes.size === 0 ? {} : { fix: [...fixes].join(" ") };
  return violation(cluster, path, problem, { evidence: evidenceOf(use), more: linesOf(use), ...fix });
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
function shown(cluster: Cluster, use: ClusterUse, open: readonly Verdict[]): Verdict {
  const { path } = cluster.networks.origin;
  const [problem, fix] = howUsed(use, open);
  const lines = [`${cluster.name} ${problem}`, ...linesOf(use)];
  return violation(cluster, path, lines.join("\n"), { evidence: evidenceOf(use), fix, advisory: true });
}

/** How far a cluster without a finding uses its networks as they are declared, and what to change. */
function howUsed({ prediction }: ClusterUse, open: readonly Verdict[]): readonly [problem: string, fix: string] {
  const storage = withPurpose(prediction.preference.flat(), "iscsi").map(({ network }) => `"${network.name}"`);
  if (storage.length > 0) {
    return [`may use ${listing(storage)}, which is for iSCSI.`, `Set the role of ${listing(storage)} to none.`];
  }
  return open.length > 0
    ? ["does not tell enough of its networks to say for all of them what they are used for.", OPEN_FIX]
    : ["uses its networks as they are declared.", "Nothing has to change."];
}

const OPEN_FIX =
  "Declare what undecided asks for: the metrics that Get-ClusterNetwork shows, or liveMigrationNetworks.";

/** Metrics by which the networks of cluster traffic and, where they decide it, of live migration come first. */
function metricsFix(use: ClusterUse): string | undefined {
  const { prediction } = use;
  const [cluster] = wantedForCluster(use);
  if (prediction.liveMigrationBy === "metric") {
    const [liveMigration] = withPurpose(prediction.preference.flat(), "liveMigration");
    return suggestMetrics(prediction.preference, { cluster, liveMigration });
  }
  const lowest = cluster === undefined ? undefined : `Give "${cluster.network.name}" the lowest metric.`;
  return suggestMetrics(prediction.preference, { cluster, liveMigration: undefined }) ?? lowest;
}

/** Without a network for cluster traffic below it, no metric makes a network the second lowest. */
function liveMigrationFix(use: ClusterUse): string {
  const { preference, liveMigrationBy } = use.prediction;
  const byMetric = liveMigrationBy === "metric" && wantedForCluster(use).length > 0 ? metricsFix(use) : undefined;
  const names = withPurpose(preference.flat(), "liveMigration").map(({ network }) => `"${network.name}"`);
  return byMetric ?? `Declare liveMigrationNetworks of the cluster, with ${listing(names)} first.`;
}

/** The network of public traffic has the lowest metric from where public traffic begins. */
function publicFix({ prediction, scheme }: ClusterUse): string | undefined {
  const [wanted] = wantedForClients(prediction.preference.flat());
  if (wanted === undefined || scheme.automatic === undefined) return undefined;
  const others = prediction.publicTraffic.filter((item) => item !== wanted).map(({ network }) => `"${network.name}"`);
  const higher = others.length === 0 ? "" : `, and a higher one for ${listing(others)}`;
  return `Set a metric from ${String(scheme.automatic.publicFrom)} on for "${wanted.network.name}"${higher}.`;
}
