import type { Estate } from "../../lib/estate/estate";
import type { Cluster, ClusterNetwork, Host, HostAdapter, Purpose } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, violation, type Verdict } from "../../lib/rules/verdict";
import { networkLayoutsOf } from "../../lib/tables/network-layouts";
import { networkLimit } from "../../lib/tables/network-support";
import { listing } from "../../lib/text/words";
import { clusterVersion, networkName } from "./model/cluster-use";
import { describeDifference } from "./model/layouts";
import { declaredAdapters, describeSpeed, hostLinks, purposeName, type Link } from "./model/links";
import { adapterName, describeNearest, differencesOf, isListed, layoutOf, said } from "./shared/host-layout";

/** Live migration has a network of its own that is fast enough. */
export const liveMigrationNetwork = defineRule<Host | Cluster>({
  name: "live-migration-network",
  title: "A fast network for live migration",
  subject: "networks",
  level: "required",
  severity: "medium",
  reach: "estate",
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
  return given(host, { adapters: host.networkAdapters, version: host.operatingSystem }, ({ adapters, version }) => [
    ...adapters
      .filter(({ purpose }) => ifKnown(purpose) === "liveMigration")
      .flatMap((adapter) => tooSlow(host, version, adapter.speedMbps, describeAdapter(host, adapter))),
    ...(networkLayoutsOf(version).length > 0 ? outsideOfLayouts(host, estate) : undivided(host, version)),
  ]);
}

function describeAdapter({ name }: Host, adapter: HostAdapter): string {
  return `${name} has ${adapterName(adapter)} for live migration`;
}

/** A documented layout may share the adapter: what counts is the nearest one. */
function outsideOfLayouts(host: Host, estate: Estate): readonly Verdict[] {
  return given(host, { layout: layoutOf(host, estate) }, ({ layout }) =>
    differencesOf(layout, "liveMigration").flatMap((difference) => {
      if (difference.kind !== "shared" || isListed(layout)) return [];
      const problem =
        `${host.name} uses ${difference.link.name} for live migration and for ${names(difference.others)}. ` +
        `${describeNearest(layout)}.`;
      const missing = layout.comparison.differences.map(describeDifference).join("; ");
      const fix = `To match that layout, give ${host.name} ${missing}.`;
      const details = { ...said(layout.version, "liveMigrationDedicated"), fix, advisory: true };
      return [violation(host, "networkAdapters", problem, details)];
    }),
  );
}

/** From Windows Server 2012 on a virtual adapter in a VLAN is as good as an adapter. */
function undivided(host: Host, version: string): readonly Verdict[] {
  return given(host, { links: hostLinks(host) }, ({ links }) =>
    links.flatMap((link) => {
      const others = sharedWith(link);
      if (others.length === 0) return [];
      const problem = `${host.name} uses one adapter of ${link.name} for live migration and for ${names(others)}.`;
      const fix = "Give live migration an adapter of its own, physical or virtual, in a VLAN of its own.";
      const details = { ...said(version, "liveMigrationDedicated"), fix, advisory: true };
      return [violation(host, "networkAdapters", problem, details)];
    }),
  );
}

/** What is declared for the very adapter that carries live migration. */
function sharedWith({ traffic }: Link): readonly Purpose[] {
  const own = traffic.filter(({ purpose }) => purpose === "liveMigration").map(({ adapter }) => adapter);
  const others = traffic.filter(({ purpose, adapter }) => purpose !== "liveMigration" && own.includes(adapter));
  return [...new Set(others.map(({ purpose }) => purpose))];
}

function judgeCluster(cluster: Cluster, estate: Estate): readonly Verdict[] {
  return given(cluster, { networks: cluster.networks, version: clusterVersion(cluster, estate) }, (the) =>
    the.networks
      .filter(({ purpose }) => ifKnown(purpose) === "liveMigration")
      .flatMap((network) => tooSlow(cluster, the.version, network.speedMbps, describeNetwork(cluster, network))),
  );
}

function describeNetwork({ name }: Cluster, network: ClusterNetwork): string {
  return `${name} has the network "${networkName(network)}" for live migration`;
}

function tooSlow(entity: Host | Cluster, version: string, speed: Value<number>, subject: string): readonly Verdict[] {
  return given(entity, { speed }, (the) => {
    const limit = networkLimit(version, "liveMigrationSpeed");
    if (limit === undefined || the.speed >= limit.value) return [];
    const problem = `${subject}, with ${describeSpeed(the.speed)}. It takes ${describeSpeed(limit.value)} or more.`;
    const fix = `Use a link of ${describeSpeed(limit.value)} or more.`;
    return [violation(entity, speed.origin.path, problem, { ...said(version, "liveMigrationSpeed"), fix })];
  });
}

function names(purposes: readonly Purpose[]): string {
  return listing(purposes.map(purposeName));
}
