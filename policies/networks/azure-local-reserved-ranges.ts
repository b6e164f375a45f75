import { describeRange, ipv4Number, isWithin, overlapOf, rangeOfOne, subnetOfPrefix } from "../../lib/estate/ipv4";
import type { Cluster } from "../../lib/estate/model";
import type { InfrastructureNetwork } from "../../lib/estate/network-facts";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, clusterRequirement } from "../../lib/tables/cluster-requirements";
import { listing } from "../../lib/text/words";
import { filledRanges, knownPools } from "./shared/address-pools";

/** The addresses of Azure Local are not those that Kubernetes keeps for itself in it. */
export const azureLocalReservedRanges = defineRule<Cluster>({
  name: "azure-local-reserved-ranges",
  title: "Addresses that Kubernetes keeps",
  subject: "networks",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "Azure Local runs Kubernetes, whose pods and services have these addresses: nothing outside of them can be reached there.",
  fix: "Use pools and DNS servers outside of the ranges that Kubernetes keeps for pods and services.",
  sources: ["azure-local-pod-addresses", "azure-local-service-addresses", "azure-local-dns-addresses"],
  tags: ["azure-local", "addresses"],
  applies: ({ clusters }) => clusters.filter(({ infrastructureNetworks }) => infrastructureNetworks.state !== "absent"),
  check: (cluster) =>
    given(cluster, { networks: cluster.infrastructureNetworks }, ({ networks }) =>
      networks.flatMap((network) => [...poolsIn(cluster, network), ...serversIn(cluster, network)]),
    ),
});

const RESERVED = [
  { topic: "podRange", use: "pods" },
  { topic: "serviceRange", use: "services" },
] as const;

function poolsIn(cluster: Cluster, { pools }: InfrastructureNetwork): readonly Verdict[] {
  return given(cluster, { pools }, (values) => {
    const known = knownPools(values.pools);
    const found = filledRanges(known).flatMap(({ value, origin }) =>
      RESERVED.flatMap(({ topic, use }) => {
        const { range = "" } = clusterRequirement(topic);
        const reserved = subnetOfPrefix(range);
        if (reserved === undefined || overlapOf(value, reserved) === undefined) return [];
        const problem = `${cluster.name}: the pool ${describeRange(value)} is in ${range}, which Kubernetes keeps for ${use}.`;
        const fix = `Declare a pool of other addresses, and a management subnet outside of ${range}.`;
        return [
          violation(cluster, origin.path, problem, { found: { value: describeRange(value) }, fix, ...askedBy(topic) }),
        ];
      }),
    );
    return [...found, ...known.open.flatMap((value) => undecided(cluster, value))];
  });
}

function serversIn(cluster: Cluster, { dnsServers }: InfrastructureNetwork): readonly Verdict[] {
  return given(cluster, { dnsServers }, ({ dnsServers: servers }) => {
    const ranges = RESERVED.map(({ topic }) => clusterRequirement(topic).range ?? "");
    const inside = servers.filter((server) => isReserved(ifKnown(server), ranges));
    const [first] = inside;
    const open = servers.flatMap((server) => undecided(cluster, server));
    if (first === undefined) return open;
    const names = inside.flatMap((server) => ifKnown(server) ?? []);
    const isOne = names.length === 1;
    const problem = `${cluster.name}: the DNS ${isOne ? "server" : "servers"} ${listing(names)} ${isOne ? "has an address" : "have addresses"} that Kubernetes keeps (${listing(ranges)}).`;
    const fix = "Use DNS servers with other addresses.";
    return [
      violation(cluster, first.origin.path, problem, { found: { value: names }, fix, ...askedBy("dnsRange") }),
      ...open,
    ];
  });
}

function isReserved(server: string | undefined, ranges: readonly string[]): boolean {
  const address = server === undefined ? undefined : ipv4Number(server);
  if (address === undefined) return false;
  return ranges.some((range) => {
    const reserved = subnetOfPrefix(range);
    return reserved !== undefined && isWithin(rangeOfOne(address), reserved);
  });
}
