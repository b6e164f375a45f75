import { perEstate } from "../../lib/estate/estate";
import { describeSubnet, subnetOfPrefix, type AddressRange } from "../../lib/estate/ipv4";
import type { LogicalNetwork } from "../../lib/estate/model";
import type { Subnet } from "../../lib/estate/network-facts";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { append, byUrn } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { firstOverlap } from "./shared/address-pools";

/** The addresses of one subnet are on one VLAN of a virtual switch. */
export const vlanConsistent = defineRule<LogicalNetwork>({
  name: "vlan-consistent",
  title: "One VLAN for the addresses of a subnet",
  subject: "networks",
  level: "recommended",
  severity: "low",
  reach: "estate",
  why: "Machines with addresses of one subnet on two VLANs take each other for neighbors, and do not reach each other.",
  fix: "Put logical networks with the same addresses on the same VLAN, or give them different address prefixes.",
  sources: [],
  tags: ["addresses"],
  applies: ({ logicalNetworks }) => logicalNetworks,
  check: (network, estate) =>
    given(network, { subnets: network.subnets }, () => {
      const { byPlace, ofNetwork } = prefixesOf(estate);
      const own = ofNetwork.get(network) ?? [];
      const open = own.flatMap(({ subnet }) =>
        [subnet.vlan, network.switch, network.customLocation].flatMap((value) => undecided(network, value)),
      );
      const places = new Set(own.flatMap((prefix) => placeOf(prefix) ?? []));
      const found = [...places].flatMap((place) => judge(network, byPlace.get(place) ?? []));
      return [...found, ...open];
    }),
});

/** The addresses of a subnet of a logical network. */
interface PrefixOf {
  readonly network: LogicalNetwork;
  readonly subnet: Subnet;
  readonly vlan: number;
  readonly value: AddressRange;
}

function judge(network: LogicalNetwork, prefixes: readonly PrefixOf[]): readonly Verdict[] {
  const vlans = new Map<number, PrefixOf[]>();
  for (const prefix of prefixes) append(vlans, prefix.vlan, prefix);
  // One of each VLAN and address range: what overlaps on one VLAN is what logical-network-pools judges.
  const [one, other] = firstOverlap([...vlans.values()].flatMap((some) => outermost(some))) ?? [];
  if (one === undefined || other === undefined) return [];
  const [first, last] = prefixes.indexOf(one) < prefixes.indexOf(other) ? [one, other] : [other, one];
  if (last.network !== network) return [];
  const problem =
    `${network.name} has ${describeSubnet(last.value)} on VLAN ${String(last.vlan)}, and ${first.network.name} has ` +
    `${describeSubnet(first.value)} on VLAN ${String(first.vlan)} of the same virtual switch.`;
  return [
    violation(network, last.subnet.vlan.state === "absent" ? "subnets" : last.subnet.vlan.origin.path, problem, {
      found: { value: last.vlan },
      limit: { bound: "exactly", value: first.vlan },
      withoutSource: true,
      advisory: true,
    }),
  ];
}

/** Without the prefixes that lie in another one of the same VLAN. */
function outermost(prefixes: readonly PrefixOf[]): readonly PrefixOf[] {
  const sorted = [...prefixes].sort(
    (one, other) => one.value.first - other.value.first || other.value.last - one.value.last,
  );
  const kept: PrefixOf[] = [];
  for (const prefix of sorted) {
    const last = kept.at(-1);
    if (last === undefined || prefix.value.first > last.value.last) kept.push(prefix);
  }
  return kept;
}

const prefixesOf = perEstate(({ logicalNetworks }) => {
  const byPlace = new Map<string, PrefixOf[]>();
  const ofNetwork = new Map<LogicalNetwork, PrefixOf[]>();
  for (const network of byUrn(logicalNetworks)) {
    for (const subnet of ifKnown(network.subnets) ?? []) {
      const value = subnetOfPrefix(ifKnown(subnet.addressPrefix) ?? "");
      if (value === undefined) continue;
      const prefix = { network, subnet, vlan: ifKnown(subnet.vlan) ?? 0, value };
      append(ofNetwork, network, prefix);
      const place = placeOf(prefix);
      if (place !== undefined) append(byPlace, place, prefix);
    }
  }
  return { byPlace, ofNetwork };
});

/** One virtual switch of one instance of Azure Local; undefined while that, or the VLAN, is not known. */
function placeOf({ network, subnet }: PrefixOf): string | undefined {
  const { customLocation, switch: on } = network;
  if ([customLocation, on, subnet.vlan].some(({ state }) => state === "unknown")) return undefined;
  return JSON.stringify([customLocation, on].map((name) => fold(ifKnown(name) ?? "")));
}
