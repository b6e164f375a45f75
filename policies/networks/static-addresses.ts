import { perEstate, type Estate } from "../../lib/estate/estate";
import { ipv4Number, isWithin, rangeOfOne, sizeOf, subnetOfPrefix } from "../../lib/estate/ipv4";
import type { GuestAdapter, LogicalNetwork, VirtualMachine } from "../../lib/estate/model";
import type { Subnet } from "../../lib/estate/network-facts";
import { gatherAll, ifKnown, type Known } from "../../lib/estate/value";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy } from "../../lib/tables/cluster-requirements";
import { append } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { alternatives, count } from "../../lib/text/words";
import { filledRanges, knownPools } from "./shared/address-pools";

/** The addresses that adapters have in a logical network are of its prefix, and each is that of one adapter. */
export const staticAddresses = defineRule<LogicalNetwork>({
  name: "static-addresses",
  title: "Static addresses in logical networks",
  subject: "networks",
  level: "recommended",
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "An adapter with a static address cannot be changed afterwards: a mistake means a new virtual machine.",
  fix: "Give each adapter an address of its subnet that no other one and no gateway has, and pools enough addresses for all.",
  sources: ["azure-local-logical-networks"],
  tags: ["azure-local", "addresses"],
  applies: ({ logicalNetworks }) => logicalNetworks,
  check: (network, estate) =>
    given(network, { subnets: network.subnets }, ({ subnets }) => {
      const adapters = adaptersIn(network, estate);
      const uses = adapters.flatMap(usesOf);
      return [
        ...usedTwice(uses),
        ...uses.flatMap((use) => [...outsideOfPrefixes(use, network, subnets), ...ofGateway(use, network, subnets)]),
        ...tooFew({ network, subnets, adapters, uses }),
        ...adapters.flatMap(openAddresses),
      ];
    }),
});

interface AdapterOf {
  readonly vm: VirtualMachine;
  readonly adapter: GuestAdapter;
}

/** An address of an adapter. */
interface AddressUse extends AdapterOf {
  readonly address: Known<string>;
}

function adaptersIn({ name }: LogicalNetwork, estate: Estate): readonly AdapterOf[] {
  const { adapters, networks } = index(estate);
  // Two networks of one name: it is not known which of them an adapter means.
  return networks.get(fold(name)) === 1 ? (adapters.get(fold(name)) ?? []) : [];
}

const index = perEstate(({ virtualMachines, logicalNetworks }) => {
  const adapters = new Map<string, AdapterOf[]>();
  for (const vm of virtualMachines) {
    for (const adapter of ifKnown(vm.networkAdapters) ?? []) {
      const name = ifKnown(adapter.logicalNetwork);
      if (name !== undefined) append(adapters, fold(name), { vm, adapter });
    }
  }
  const networks = new Map<string, number>();
  for (const { name } of logicalNetworks) networks.set(fold(name), (networks.get(fold(name)) ?? 0) + 1);
  return { adapters, networks };
});

function usesOf({ vm, adapter }: AdapterOf): readonly AddressUse[] {
  return (ifKnown(adapter.addresses) ?? []).flatMap((address) =>
    address.state === "known" ? [{ vm, adapter, address }] : [],
  );
}

function openAddresses({ vm, adapter: { addresses } }: AdapterOf): readonly Verdict[] {
  return [addresses, ...(ifKnown(addresses) ?? [])].flatMap((value) => undecided(vm, value));
}

function usedTwice(uses: readonly AddressUse[]): readonly Verdict[] {
  const byAddress = new Map<string, AddressUse[]>();
  for (const use of uses) append(byAddress, use.address.value, use);
  return [...byAddress.values()].flatMap((some) => {
    const [first, ...others] = some;
    const last = others.at(-1);
    if (first === undefined || last === undefined) return [];
    const whose = some.length === 2 ? first.vm.name : count(some.length - 1, "other adapter");
    const problem = `${last.vm.name} has the address ${last.address.value}, as ${whose}.`;
    return [finding(last, problem, "Give each adapter an address of its own.")];
  });
}

function outsideOfPrefixes(use: AddressUse, network: LogicalNetwork, subnets: readonly Subnet[]): readonly Verdict[] {
  const prefixes = gatherAll(
    subnets.map(({ addressPrefix }) => addressPrefix),
    network.subnets.origin,
  );
  return given(network, { prefixes }, (values) => {
    const address = ipv4Number(use.address.value);
    const ranges = values.prefixes.flatMap((prefix) => subnetOfPrefix(prefix) ?? []);
    if (address === undefined || ranges.length === 0 || ranges.length < values.prefixes.length) return [];
    if (ranges.some((range) => isWithin(rangeOfOne(address), range))) return [];
    const where = `${alternatives(values.prefixes)} of ${network.name}`;
    const problem = `${use.vm.name} has the address ${use.address.value}, which is not in ${where}.`;
    return [finding(use, problem, `Give it a free address of ${alternatives(values.prefixes)}.`)];
  });
}

function ofGateway(use: AddressUse, network: LogicalNetwork, subnets: readonly Subnet[]): readonly Verdict[] {
  const hops = subnets.flatMap(({ routes }) =>
    (ifKnown(routes) ?? []).flatMap(({ nextHop }) => ifKnown(nextHop) ?? []),
  );
  if (!hops.includes(use.address.value)) return [];
  const problem = `${use.vm.name} has the address ${use.address.value}, which is that of a gateway of ${network.name}.`;
  return [finding(use, problem, "Give it another address.")];
}

function finding({ vm, address }: AddressUse, problem: string, fix: string): Verdict {
  return violation(vm, address.origin.path, problem, {
    found: { value: address.value },
    fix,
    ...askedBy("staticAddress"),
  });
}

interface Pooled {
  readonly network: LogicalNetwork;
  readonly subnets: readonly Subnet[];
  readonly adapters: readonly AdapterOf[];
  readonly uses: readonly AddressUse[];
}

/** Adapters without an address take one of the pools; those with one of a pool have it already. */
function tooFew({ network, subnets, adapters, uses }: Pooled): readonly Verdict[] {
  const [subnet, another] = subnets;
  if (subnet === undefined || another !== undefined || ifKnown(subnet.allocation) !== "static") return [];
  return given(network, { pools: subnet.pools }, ({ pools }) => {
    const known = knownPools(pools);
    const open = known.open.flatMap((value) => undecided(network, value));
    if (open.length > 0 || pools.length === 0) return open;
    const ranges = filledRanges(known);
    const size = ranges.reduce((sum, { value }) => sum + sizeOf(value), 0);
    const inPools = new Set(uses.flatMap(({ address: { value } }) => (isInside(value) ? [value] : [])));
    const needed = inPools.size + adapters.filter(({ adapter }) => adapter.addresses.state === "absent").length;
    if (needed <= size) return [];
    const problem = `${network.name} has pools of ${count(size, "address", "addresses")}, and ${count(needed, "adapter")} that take one.`;
    return [
      violation(network, subnet.pools.origin.path, problem, {
        found: { value: needed, unit: "addresses" },
        limit: atMost(size, "addresses"),
        fix: `Add ${count(needed - size, "address", "addresses")} or more to its pools.`,
        ...askedBy("staticAddress"),
      }),
    ];
    function isInside(text: string): boolean {
      const address = ipv4Number(text);
      return address !== undefined && ranges.some(({ value }) => isWithin(rangeOfOne(address), value));
    }
  });
}
