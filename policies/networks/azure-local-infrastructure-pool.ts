import {
  describeRange,
  describeSubnet,
  ipv4Number,
  isWithin,
  rangeOfOne,
  sizeOf,
  subnetOfMask,
} from "../../lib/estate/ipv4";
import type { Cluster } from "../../lib/estate/model";
import type { AddressPool, InfrastructureNetwork } from "../../lib/estate/network-facts";
import { ifKnown, unknown } from "../../lib/estate/value";
import { atLeast, atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, clusterRequirement } from "../../lib/tables/cluster-requirements";
import { count } from "../../lib/text/words";
import { filledRanges, firstOverlap, knownPools, type KnownPools } from "./shared/address-pools";

/** The pools of addresses that the services of Azure Local take are what the deployment asks for. */
export const azureLocalInfrastructurePool = defineRule<Cluster>({
  name: "azure-local-infrastructure-pool",
  title: "Infrastructure address pools of Azure Local",
  subject: "networks",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "The validation of the deployment fails on pools of another shape, after the machines have been prepared for hours.",
  fix: "Declare one pool of 6 to 255 free addresses of the management subnet.",
  sources: ["azure-local-infrastructure-pool"],
  tags: ["azure-local", "addresses"],
  applies: ({ clusters }) => clusters.filter(({ infrastructureNetworks }) => infrastructureNetworks.state !== "absent"),
  check: (cluster) =>
    given(cluster, { networks: cluster.infrastructureNetworks }, ({ networks }) =>
      networks.flatMap((network) =>
        given(cluster, { pools: network.pools }, ({ pools }) =>
          judge({ cluster, network, pools, known: knownPools(pools) }),
        ),
      ),
    ),
});

interface KnownNetwork {
  readonly cluster: Cluster;
  readonly network: InfrastructureNetwork;
  readonly pools: readonly AddressPool[];
  readonly known: KnownPools;
}

function judge(all: KnownNetwork): readonly Verdict[] {
  const { cluster, known } = all;
  return [
    ...wrongCount(all),
    ...withoutAddress(all),
    ...wrongSize(all),
    ...overlapping(all),
    ...outsideOfSubnet(all),
    ...withGateway(all),
    ...known.open.flatMap((value) => undecided(cluster, value)),
  ];
}

/** At most two; of two the first is that of the cluster. */
function wrongCount({ cluster, network, pools, known }: KnownNetwork): readonly Verdict[] {
  const { path } = network.pools.origin;
  const most = clusterRequirement("poolCount").maximum ?? Infinity;
  if (pools.length > most) {
    const problem = `${cluster.name} has ${count(pools.length, "pool")} of infrastructure addresses; Azure Local takes at most ${String(most)}.`;
    return [
      violation(cluster, path, problem, {
        found: { value: pools.length, unit: "pools" },
        limit: atMost(most, "pools"),
        fix: "Declare one pool, or a pool of one address for the cluster and a second one for everything else.",
        ...askedBy("poolCount"),
      }),
    ];
  }
  const [first, second] = known.ranges;
  const only = clusterRequirement("firstPool").maximum ?? Infinity;
  const [declared] = pools;
  if (first === undefined || second === undefined || declared === undefined || sizeOf(first.value) <= only) return [];
  const problem =
    `${cluster.name}: the first of two pools of infrastructure addresses has ${count(sizeOf(first.value), "address", "addresses")} ` +
    `(${describeRange(first.value)}); it is for the address of the cluster alone.`;
  return [
    violation(cluster, declared.to.origin.path, problem, {
      found: { value: sizeOf(first.value), unit: "addresses" },
      limit: atMost(only, "addresses"),
      fix: `End the first pool with the address that it starts with, or declare one pool instead of two.`,
      ...askedBy("firstPool"),
    }),
  ];
}

function withoutAddress({ cluster, known }: KnownNetwork): readonly Verdict[] {
  return known.ranges.flatMap(({ value, origin }) =>
    sizeOf(value) > 0
      ? []
      : [
          violation(cluster, origin.path, `${cluster.name}: the pool ${describeRange(value)} ends before it starts.`, {
            found: { value: describeRange(value) },
            fix: `Declare the pool from ${describeRange({ first: value.last, last: value.first })}.`,
            ...askedBy("poolAddresses"),
          }),
        ],
  );
}

function wrongSize({ cluster, network, known }: KnownNetwork): readonly Verdict[] {
  const { path } = network.pools.origin;
  const filled = filledRanges(known);
  const total = filled.reduce((sum, { value }) => sum + sizeOf(value), 0);
  const { minimum = 0, maximum = Infinity } = clusterRequirement("poolAddresses");
  const isWhole = known.open.length === 0 && filled.length === known.ranges.length && filled.length > 0;
  const tooFew = isWhole && total < minimum;
  if (!tooFew && total <= maximum) return [];
  const pools =
    filled.length === 1 ? "the pool of infrastructure addresses has" : "the pools of infrastructure addresses have";
  const problem = `${cluster.name}: ${pools} ${count(total, "address", "addresses")}; Azure Local needs ${String(minimum)} to ${String(maximum)}.`;
  return [
    violation(cluster, path, problem, {
      found: { value: total, unit: "addresses" },
      limit: tooFew ? atLeast(minimum, "addresses") : atMost(maximum, "addresses"),
      fix: tooFew
        ? `Make the last pool ${count(minimum - total, "address", "addresses")} larger, or more.`
        : `Make the last pool ${count(total - maximum, "address", "addresses")} smaller, or more.`,
      ...askedBy("poolAddresses"),
    }),
  ];
}

function overlapping({ cluster, known }: KnownNetwork): readonly Verdict[] {
  const [one, other] = firstOverlap(filledRanges(known)) ?? [];
  if (one === undefined || other === undefined) return [];
  const problem = `${cluster.name}: the pools ${describeRange(one.value)} and ${describeRange(other.value)} have addresses in common.`;
  return [
    violation(cluster, other.origin.path, problem, {
      found: { value: describeRange(other.value) },
      fix: "Declare each address in one pool only.",
      ...askedBy("poolOverlap"),
    }),
  ];
}

function outsideOfSubnet({ cluster, network, known }: KnownNetwork): readonly Verdict[] {
  return given(cluster, { gateway: network.gateway, mask: network.subnetMask }, ({ gateway, mask }) => {
    const subnet = subnetOfMask(gateway, mask);
    if (subnet === undefined)
      return undecided(cluster, { ...unknown(network.gateway.origin), what: "the IPv4 subnet of the gateway" });
    const outside = filledRanges(known).filter(({ value }) => !isWithin(value, subnet));
    return outside.map(({ value, origin }) => {
      const problem =
        `${cluster.name}: the pool ${describeRange(value)} is not in the management subnet ${describeSubnet(subnet)} ` +
        `(gateway ${gateway}, mask ${mask}).`;
      return violation(cluster, origin.path, problem, {
        found: { value: describeRange(value) },
        fix: `Declare a pool of free addresses of ${describeSubnet(subnet)}, or correct the gateway and the mask.`,
        ...askedBy("poolSubnet"),
      });
    });
  });
}

function withGateway({ cluster, network, known }: KnownNetwork): readonly Verdict[] {
  const gateway = ifKnown(network.gateway);
  const address = gateway === undefined ? undefined : ipv4Number(gateway);
  if (gateway === undefined || address === undefined) return [];
  const holding = filledRanges(known).find(({ value }) => isWithin(rangeOfOne(address), value));
  if (holding === undefined) return [];
  const problem = `${cluster.name}: the pool ${describeRange(holding.value)} holds the gateway ${gateway}, which is in use.`;
  return [
    violation(cluster, holding.origin.path, problem, {
      found: { value: describeRange(holding.value) },
      fix: `Declare a pool without ${gateway}.`,
      ...askedBy("poolFree"),
    }),
  ];
}
