import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host, Purpose, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, known, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Evidence, type Verdict } from "../../lib/rules/verdict";
import { hostVersionName, hostVersions } from "../../lib/tables/host-versions";
import { hasNetworkCapability, networkCapability } from "../../lib/tables/network-support";
import { replicaSupport } from "../../lib/tables/replica";
import { alternatives, listing } from "../../lib/text/words";
import { clusterVersion, networkName, ordersOf } from "./model/cluster-use";
import { purposeName } from "./model/links";
import { adapterName, hostsWithAdapters, trafficFigure } from "./shared/host-layout";

/** Adapters and cluster networks are for kinds of traffic that the version of the hosts has. */
export const networkPurposeSupported = defineRule<Host | Cluster>({
  name: "network-purpose-supported",
  title: "Kinds of traffic that the host version has",
  subject: "networks",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "A network for something that the hosts cannot do carries nothing, and what it was planned for will not work.",
  fix: "Install a version of Windows Server that has it, or declare what the network really is for.",
  sources: ["live-migration-guide-2008-r2", "csv-network-2008-r2", "replica-2012-r2"],
  tags: ["cluster", "live-migration", "shared-volumes", "disaster-recovery"],
  applies: (estate) => [...hostsWithAdapters(estate), ...estate.clusters],
  check: (entity, estate) => (entity.kind === "host" ? judgeHost(entity, estate) : judgeCluster(entity, estate)),
});

/** Something that is declared for a kind of traffic. */
interface Use {
  readonly purpose: Value<Purpose>;
  /** What messages call it. */
  readonly name: string;
}

/** What its cluster declares is reported there, and not again for each of the nodes. */
function judgeHost(host: Host, estate: Estate): readonly Verdict[] {
  const cluster = ifKnown(estate.clusterOfHost(host));
  const ofCluster = cluster === undefined ? [] : clusterUses(cluster).flatMap(({ purpose }) => ifKnown(purpose) ?? []);
  return given(host, { version: host.operatingSystem, adapters: host.networkAdapters }, ({ version, adapters }) => {
    const uses = adapters.map((adapter) => ({ purpose: adapter.purpose, name: adapterName(adapter) }));
    const own = uses.filter(({ purpose }) => !ofCluster.some((one) => one === ifKnown(purpose)));
    return judge(host, version, own, host.name);
  });
}

function judgeCluster(cluster: Cluster, estate: Estate): readonly Verdict[] {
  return given(cluster, { version: clusterVersion(cluster, estate) }, ({ version }) => {
    const verdicts = judge(cluster, version, clusterUses(cluster), "its nodes");
    if (verdicts.length > 0) return verdicts;
    return ordersOf(cluster, estate).flatMap((by) => judge(by, version, [orderOf(by)], `the nodes of ${cluster.name}`));
  });
}

function clusterUses(cluster: Cluster): readonly Use[] {
  const networks = (ifKnown(cluster.networks) ?? []).map((network): Use => ({
    purpose: network.purpose,
    name: `"${networkName(network)}"`,
  }));
  const order = ifKnown(cluster.liveMigrationNetworks) ?? [];
  return order.length === 0 ? networks : [...networks, orderOf(cluster)];
}

/** An order of networks is for live migration, whatever they are for. */
function orderOf({ liveMigrationNetworks: { origin } }: Cluster | VirtualMachine): Use {
  return { purpose: known("liveMigration", origin), name: "liveMigrationNetworks" };
}

function judge(
  on: Host | Cluster | VirtualMachine,
  version: string,
  uses: readonly Use[],
  computers: string,
): readonly Verdict[] {
  const wrong = uses.flatMap(({ purpose, name }) => {
    const value = ifKnown(purpose);
    const evidence = value === undefined ? undefined : evidenceAgainst(value, version);
    return value === undefined || evidence === undefined ? [] : [{ name, value, evidence, path: purpose.origin.path }];
  });
  const [first] = wrong;
  // A purpose that is not known may be one that the version does not have.
  if (first === undefined) return hasAll(version) ? [] : uses.flatMap(({ purpose }) => undecided(on, purpose));
  const purposes = [...new Set(wrong.map(({ value }) => value))];
  const kinds = purposes.map(purposeName);
  const names = listing([...new Set(wrong.map(({ name }) => name))]);
  const problem = `${on.name} declares ${names} for ${listing(kinds)}, which ${hostVersionName(version)} does not have.`;
  return [
    violation(on, first.path, problem, {
      found: trafficFigure(purposes),
      limit: { bound: "noneOf", ...trafficFigure(purposes) },
      evidence: first.evidence,
      fix: `Install ${firstWith(purposes)} or later on ${computers}, or declare no network for ${alternatives(kinds)}.`,
    }),
  ];
}

/** The row that says that a version does not have a kind of traffic; undefined where it has. */
function evidenceAgainst(purpose: Purpose, version: string): Evidence | undefined {
  if (purpose === "replica") {
    const row = replicaSupport(version);
    return row?.supported === false ? row : undefined;
  }
  const item = OF_VERSIONS.find((one) => one === purpose);
  return item === undefined || hasNetworkCapability(version, item) ? undefined : networkCapability(item);
}

/** Kinds of traffic that came with a version, as the tables call them. */
const OF_VERSIONS = ["liveMigration", "clusterSharedVolumes"] as const;

function hasAll(version: string): boolean {
  return [...OF_VERSIONS, "replica" as const].every((purpose) => evidenceAgainst(purpose, version) === undefined);
}

/** The name of the first version that has all of them. */
function firstWith(purposes: readonly Purpose[]): string {
  const first = hostVersions().find(({ id }) =>
    purposes.every((purpose) => evidenceAgainst(purpose, id) === undefined),
  );
  return first?.name ?? "a version that has them";
}
