import { perEstate, type Estate } from "../../lib/estate/estate";
import { describeRange, isWithin, subnetOfPrefix, type AddressRange } from "../../lib/estate/ipv4";
import type { LogicalNetwork } from "../../lib/estate/model";
import type { Subnet } from "../../lib/estate/network-facts";
import { ifKnown, type Origin } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, type ClusterRequirementTopic } from "../../lib/tables/cluster-requirements";
import { append, byUrn } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { filledRanges, firstOverlap, knownPools } from "./shared/address-pools";

/** Logical networks of Azure Local with addresses of their own, and a gateway and DNS servers where they are static. */
export const logicalNetworkPools = defineRule<LogicalNetwork>({
  name: "logical-network-pools",
  title: "Address pools of logical networks",
  subject: "networks",
  level: "required",
  severity: "high",
  reach: "estate",
  why: "Azure Local refuses overlapping pools, and most of a logical network cannot be changed once it is created.",
  fix: "Give each logical network a pool of its own in its address prefix, and a static one a default route and DNS servers.",
  sources: ["azure-local-logical-networks"],
  tags: ["azure-local", "addresses"],
  applies: ({ logicalNetworks }) => logicalNetworks,
  check: (network, estate) =>
    given(network, { subnets: network.subnets }, ({ subnets }) => [
      ...subnets.flatMap((subnet) => [...staticWithout(network, subnet), ...outsideOfPrefix(network, subnet)]),
      ...overlapping(network, estate),
    ]),
});

const DEFAULT_ROUTE = "0.0.0.0/0";

/** What a static subnet needs besides its addresses. */
function staticWithout(network: LogicalNetwork, subnet: Subnet): readonly Verdict[] {
  if (subnet.allocation.state !== "known") return undecided(network, subnet.allocation);
  if (subnet.allocation.value !== "static") return [];
  return [...withoutGateway(network, subnet), ...withoutServers(network, subnet)];
}

function withoutGateway(network: LogicalNetwork, { routes, allocation }: Subnet): readonly Verdict[] {
  if (routes.state === "unknown") return undecided(network, routes);
  const targets = (ifKnown(routes) ?? []).map(({ addressPrefix }) => addressPrefix);
  if (targets.some((target) => ifKnown(target) === DEFAULT_ROUTE)) return [];
  const open = targets.flatMap((target) => undecided(network, target));
  if (open.length > 0) return open;
  const { path } = routes.state === "absent" ? allocation.origin : routes.origin;
  return [
    lacking(
      network,
      path,
      "no default gateway",
      `Add a route with the prefix ${DEFAULT_ROUTE} to its gateway.`,
      "staticGateway",
    ),
  ];
}

function withoutServers(network: LogicalNetwork, { allocation }: Subnet): readonly Verdict[] {
  const { dnsServers } = network;
  if (dnsServers.state === "unknown") return undecided(network, dnsServers);
  if ((ifKnown(dnsServers) ?? []).length > 0) return [];
  const { path } = dnsServers.state === "absent" ? allocation.origin : dnsServers.origin;
  return [lacking(network, path, "no DNS server", "Declare its DNS servers.", "staticDns")];
}

function lacking(
  network: LogicalNetwork,
  path: string,
  what: string,
  fix: string,
  topic: ClusterRequirementTopic,
): Verdict {
  return violation(network, path, `${network.name} is static, and has ${what}.`, {
    found: { value: "none" },
    fix,
    ...askedBy(topic),
  });
}

function outsideOfPrefix(network: LogicalNetwork, { addressPrefix, pools }: Subnet): readonly Verdict[] {
  return given(network, { addressPrefix, pools }, (values) => {
    const prefix = subnetOfPrefix(values.addressPrefix);
    if (prefix === undefined) return [];
    const known = knownPools(values.pools);
    const outside = filledRanges(known).filter(({ value }) => !isWithin(value, prefix));
    const found = outside.map(({ value, origin }) => {
      const problem = `${network.name}: the pool ${describeRange(value)} is not in the address prefix ${values.addressPrefix}.`;
      return violation(network, origin.path, problem, {
        found: { value: describeRange(value) },
        fix: `Declare a pool of addresses of ${values.addressPrefix}, or correct the prefix.`,
        ...askedBy("poolInPrefix"),
      });
    });
    return [...found, ...known.open.flatMap((value) => undecided(network, value))];
  });
}

/** A pool of a subnet of a logical network. */
interface PoolOf {
  readonly network: LogicalNetwork;
  readonly subnet: Subnet;
  readonly value: AddressRange;
  readonly origin: Origin;
}

function overlapping(network: LogicalNetwork, estate: Estate): readonly Verdict[] {
  const { byPlace, ofNetwork } = poolsOf(estate);
  const own = ofNetwork.get(network) ?? [];
  const open = own.flatMap(({ subnet }) =>
    [subnet.vlan, network.switch, network.customLocation].flatMap((value) => undecided(network, value)),
  );
  const places = new Set(own.flatMap((pool) => placeOf(pool) ?? []));
  const found = [...places].flatMap((place) => {
    const [one, other] = firstOverlap(byPlace.get(place) ?? []) ?? [];
    if (one === undefined || other === undefined) return [];
    const [first, last] = inOrder(estate, one, other);
    return last.network === network ? [overlap(first, last)] : [];
  });
  return [...found, ...open];
}

/** The one that is declared last is the one to change. */
function inOrder({ logicalNetworks }: Estate, one: PoolOf, other: PoolOf): readonly [PoolOf, PoolOf] {
  return logicalNetworks.indexOf(one.network) > logicalNetworks.indexOf(other.network) ? [other, one] : [one, other];
}

function overlap(first: PoolOf, last: PoolOf): Verdict {
  const { network, value, origin } = last;
  const whose =
    first.network === network
      ? "another pool of it"
      : `the pool ${describeRange(first.value)} of ${first.network.name}`;
  const where = describeVlan(last.subnet);
  const problem = `${network.name}: the pool ${describeRange(value)} has addresses in common with ${whose} on ${where}.`;
  return violation(network, origin.path, problem, {
    found: { value: describeRange(value) },
    fix: "Declare pools without common addresses, or put one of the networks on another VLAN.",
    ...askedBy("logicalPools"),
  });
}

const poolsOf = perEstate(({ logicalNetworks }) => {
  const byPlace = new Map<string, PoolOf[]>();
  const ofNetwork = new Map<LogicalNetwork, PoolOf[]>();
  for (const network of byUrn(logicalNetworks)) {
    for (const subnet of ifKnown(network.subnets) ?? []) {
      for (const { value, origin } of filledRanges(knownPools(ifKnown(subnet.pools) ?? []))) {
        const pool = { network, subnet, value, origin };
        append(ofNetwork, network, pool);
        const place = placeOf(pool);
        if (place !== undefined) append(byPlace, place, pool);
      }
    }
  }
  return { byPlace, ofNetwork };
});

/** Pools meet on one VLAN of one switch; a subnet without a VLAN is on 0. Undefined while that is not known. */
function placeOf({ network, subnet }: PoolOf): string | undefined {
  const { customLocation, switch: on } = network;
  if ([customLocation, on, subnet.vlan].some(({ state }) => state === "unknown")) return undefined;
  const names = [customLocation, on].map((name) => fold(ifKnown(name) ?? ""));
  return JSON.stringify([...names, ifKnown(subnet.vlan) ?? 0]);
}

function describeVlan({ vlan }: Subnet): string {
  return `VLAN ${String(ifKnown(vlan) ?? 0)}`;
}
