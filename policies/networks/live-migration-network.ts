import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host, HostAdapter, Purpose } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { atLeast, exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { networkLayoutsOf } from "../../lib/tables/network-layouts";
import { hasNetworkCapability, networkLimit } from "../../lib/tables/network-support";
import { listing } from "../../lib/text/words";
import { clusterVersion, networkName } from "./model/cluster-use";
import { describeDifference } from "./model/layouts";
import {
  declaredAdapters,
  describeSpeed,
  describeTraffic,
  hostLinks,
  purposeName,
  purposesOf,
  sharedWith,
} from "./model/links";
import {
  adapterName,
  avoidedLayout,
  describeNearest,
  differencesOf,
  evidenceFor,
  isLayoutReported,
  layoutOf,
  trafficFigure,
} from "./shared/host-layout";

/** Live migration has a network of its own that is fast enough. */
export const liveMigrationNetwork = defineRule<Host | Cluster>({
  name: "live-migration-network",
  title: "A fast network for live migration",
  subject: "networks",
  level: "required",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "A live migration fills the link that it runs on: heartbeats, storage and virtual machines on the same link suffer, and on a slow link it does not end.",
  fix: "Give live migration an adapter and a network of its own, of 1 Gbps or faster.",
  sources: ["live-migration-guide-2008-r2", "network-recommendations-2025", "bpa-2016"],
  tags: ["cluster", "live-migration", "adapters"],
  applies: ({ hosts, clusters }) => [
    ...hosts.filter((host) => declaredAdapters(host).state !== "absent"),
    ...clusters.filter(({ networks }) => networks.state !== "absent"),
  ],
  check: (entity, estate) => (entity.kind === "host" ? judgeHost(entity, estate) : judgeCluster(entity, estate)),
});

function judgeHost(host: Host, estate: Estate): readonly Verdict[] {
  return given(host, { adapters: host.networkAdapters, version: host.operatingSystem }, ({ adapters, version }) =>
    // Where there is none, network-purpose-supported reports the adapter for it.
    hasNetworkCapability(version, "liveMigration")
      ? [
          ...adapters
            .filter(({ purpose }) => ifKnown(purpose) === "liveMigration")
            .flatMap((adapter) => tooSlow(host, version, adapter.speedMbps, adapterName(adapter))),
          ...(networkLayoutsOf(version).length > 0
            ? outsideOfLayouts(host, estate)
            : undivided(host, version, adapters)),
        ]
      : [],
  );
}

/** A documented layout may share the adapter: what counts is the nearest one. */
function outsideOfLayouts(host: Host, estate: Estate): readonly Verdict[] {
  return given(host, { layout: layoutOf(host, estate) }, ({ layout }) =>
    differencesOf(layout, "liveMigration").flatMap((difference) => {
      if (difference.kind !== "shared" || isLayoutReported(layout)) return [];
      const problem =
        `${host.name} uses ${difference.link.name} for live migration and for ${describeTraffic(difference.link, difference.others)}. ` +
        `${describeNearest(layout)}.`;
      const topic = avoidedLayout(layout) === undefined ? "liveMigrationDedicated" : "layoutNotRecommended";
      return [
        sharing(host, problem, purposesOf(difference.link), {
          ...evidenceFor(layout.version, topic),
          fix: `To match that layout, give ${host.name} ${layout.comparison.differences.map(describeDifference).join("; ")}.`,
        }),
      ];
    }),
  );
}

/** From Windows Server 2012 on a virtual adapter in a VLAN is as good as an adapter. */
function undivided(host: Host, version: string, all: readonly HostAdapter[]): readonly Verdict[] {
  return given(host, { links: hostLinks(host) }, ({ links }) =>
    links.flatMap((link) => {
      const { adapters, others } = sharedWith(link, "liveMigration");
      if (others.length === 0) return [];
      const own = listing(adapters.map((name) => `"${name}"`));
      const where = link.name === own ? own : `${own} of ${link.name}`;
      const problem = `${host.name} uses ${where} for live migration and for ${describeTraffic(link, others)}.`;
      return [
        sharing(host, problem, ["liveMigration", ...others], {
          ...evidenceFor(version, "liveMigrationDedicated"),
          fix: `Give live migration an adapter of its own, physical or virtual, in a VLAN of its own${weighted(all)}.`,
        }),
      ];
    }),
  );
}

/** A virtual adapter without a weight beside others that have one would be the next finding. */
function weighted(adapters: readonly HostAdapter[]): string {
  const hasWeights = adapters.some(({ minimumBandwidthWeight }) => minimumBandwidthWeight.state !== "absent");
  return hasWeights ? "; a virtual one needs a minimumBandwidthWeight, as the others on its virtual switch have" : "";
}

function sharing(host: Host, problem: string, purposes: readonly Purpose[], details: ViolationDetails): Verdict {
  return violation(host, "networkAdapters", problem, {
    found: trafficFigure(purposes),
    limit: exactly(purposeName("liveMigration")),
    advisory: true,
    ...details,
  });
}

function judgeCluster(cluster: Cluster, estate: Estate): readonly Verdict[] {
  return given(cluster, { networks: cluster.networks, version: clusterVersion(cluster, estate) }, (the) =>
    // Slow adapters of the nodes are what must change: the network is as slow as they are.
    estate.knownNodesOf(cluster).some((node) => hasSlowAdapter(node, the.version))
      ? []
      : the.networks.flatMap((network) => {
          const purpose = ifKnown(network.purpose);
          if (purpose !== undefined && purpose !== "liveMigration") return [];
          const slow = tooSlow(cluster, the.version, network.speedMbps, `the network "${networkName(network)}"`);
          return purpose !== undefined || slow.length === 0 ? slow : undecided(cluster, network.purpose);
        }),
  );
}

function hasSlowAdapter({ networkAdapters }: Host, version: string): boolean {
  const limit = networkLimit(version, "liveMigrationSpeed");
  return (ifKnown(networkAdapters) ?? []).some(
    ({ purpose, speedMbps }) =>
      ifKnown(purpose) === "liveMigration" && limit !== undefined && (ifKnown(speedMbps) ?? Infinity) < limit.value,
  );
}

function tooSlow(entity: Host | Cluster, version: string, speed: Value<number>, link: string): readonly Verdict[] {
  return given(entity, { speed }, (the) => {
    const limit = networkLimit(version, "liveMigrationSpeed");
    if (limit === undefined || the.speed >= limit.value) return [];
    const least = describeSpeed(limit.value);
    const problem = `${entity.name} has ${link} with ${describeSpeed(the.speed)} for live migration, which needs ${least} or more.`;
    return [
      violation(entity, speed.origin.path, problem, {
        ...evidenceFor(version, "liveMigrationSpeed"),
        found: { value: the.speed, unit: "Mbps" },
        limit: atLeast(limit.value, "Mbps"),
        fix: `Use a link of ${least} or more for live migration: adapters and switch ports.`,
      }),
    ];
  });
}
