import { perEstate, type Estate } from "../../lib/estate/estate";
import type { GuestAdapter, Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { append, perObject } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { firstOnes } from "../../lib/text/words";

/** The static MAC addresses of adapters are those of single adapters, each of one. */
export const macAddresses = defineRule<VirtualMachine>({
  name: "mac-addresses",
  title: "MAC addresses of one adapter each",
  subject: "networks",
  level: "required",
  severity: "high",
  reach: "estate",
  why: "Switches send the traffic of a MAC address to where they saw it last, so two adapters that have it lose their traffic in turns.",
  fix: "Give each adapter a MAC address of its own, or let Hyper-V choose it.",
  sources: ["bpa-mac-addresses"],
  tags: ["addresses", "adapters"],
  applies: ({ virtualMachines }) =>
    virtualMachines.filter((vm) => addressedAdapters(vm).length > 0 || unknownAddressesOf(vm).length > 0),
  check: (vm, estate) => [
    ...unknownAddressesOf(vm).flatMap((value) => undecided(vm, value)),
    ...addressedAdapters(vm).flatMap((use) => [...ofGroup(use), ...usedTwice(use, estate)]),
  ],
});

/** An adapter with a static MAC address that is known. */
interface AddressUse {
  readonly vm: VirtualMachine;
  readonly adapter: GuestAdapter;
  readonly address: string;
}

const addressedAdapters = perObject((vm: VirtualMachine): readonly AddressUse[] =>
  (ifKnown(vm.networkAdapters) ?? []).flatMap((adapter) => {
    const address = ifKnown(adapter.macAddress);
    return address === undefined ? [] : [{ vm, adapter, address }];
  }),
);

function unknownAddressesOf({ networkAdapters: adapters }: VirtualMachine): readonly Value<unknown>[] {
  const addresses = (ifKnown(adapters) ?? []).map(({ macAddress }) => macAddress);
  return [adapters, ...addresses].filter(({ state }) => state === "unknown");
}

/** The lowest bit of the first octet is set in addresses of groups, and in that of all. */
function ofGroup({ vm, adapter, address }: AddressUse): readonly Verdict[] {
  if (Number.parseInt(address.slice(0, 2), 16) % 2 === 0) return [];
  const problem = `${describeAdapter(vm, adapter)} has the MAC address ${address}, which is that of a group of adapters.`;
  return [
    violation(vm, adapter.macAddress.origin.path, problem, {
      found: { value: address },
      fix: "Use a MAC address whose first octet is even, such as 02 or that of a range of your own.",
      ...requiredBy("macAddressOfGroup"),
    }),
  ];
}

function usedTwice(use: AddressUse, estate: Estate): readonly Verdict[] {
  const { byAddress, byNetwork } = addressesOf(estate);
  const { vm, adapter, address } = use;
  if ((byAddress.get(address) ?? []).length < 2) return [];
  const open = unknownPlacesOf(use, estate).flatMap((value) => undecided(vm, value));
  if (open.length > 0) return open;
  const same = byNetwork.get(networkKey(use, estate)) ?? [];
  const together = same.filter((one) => placeOf(one.vm, estate) === placeOf(vm, estate));
  const [site] = unknownSitesOf(use, estate);
  if (site !== undefined && together.length < 2) return undecided(vm, site);
  // One finding for an address: on the last of the adapters that have it.
  if (same.length < 2 || same.at(-1) !== use) return [];
  const others = same.filter((one) => one !== use).map((one) => describeAdapter(one.vm, one.adapter));
  const required = requiredBy("macAddressTwice");
  // Hosts that nothing joins may be in networks that nothing joins.
  const isJoined = new Set(same.map((one) => placeOf(one.vm, estate))).size < same.length;
  return [
    violation(
      vm,
      adapter.macAddress.origin.path,
      `${describeAdapter(vm, adapter)} has the MAC address ${address}, as ${firstOnes(others)}.`,
      {
        found: { value: address },
        limit: { bound: "not", value: address },
        ...required,
        ...(isJoined ? {} : { advisory: true }),
      },
    ),
  ];
}

/** What is not known of where an adapter is: its VLAN, its switch, or its host. */
function unknownPlacesOf({ vm, adapter }: AddressUse, estate: Estate): readonly Value<unknown>[] {
  const [host] = estate.knownHostsOf(vm);
  const places = host === undefined ? [estate.hostOf(vm), estate.clusterOf(vm)] : [host.virtualSwitches];
  return [adapter.vlan, adapter.switch, ...places].filter(({ state }) => state === "unknown");
}

function unknownSitesOf({ vm }: AddressUse, estate: Estate): readonly Value<unknown>[] {
  const [host] = estate.knownHostsOf(vm);
  return host?.site.state === "unknown" ? [host.site] : [];
}

function describeAdapter(vm: VirtualMachine, { name }: GuestAdapter): string {
  const known = ifKnown(name);
  return known === undefined ? vm.name : `${vm.name} (${known})`;
}

const addressesOf = perEstate((estate) => {
  const byAddress = new Map<string, AddressUse[]>();
  const byNetwork = new Map<string, AddressUse[]>();
  for (const use of estate.virtualMachines.flatMap(addressedAdapters)) {
    append(byAddress, use.address, use);
    append(byNetwork, networkKey(use, estate), use);
  }
  return { byAddress, byNetwork };
});

/** Adapters of different keys do not meet: in different sites, VLANs, or switches that no cable leads to. */
function networkKey({ vm, adapter, address }: AddressUse, estate: Estate): string {
  const [host] = estate.knownHostsOf(vm);
  const site = host === undefined ? undefined : ifKnown(host.site);
  const inside = isInsideHost(vm, adapter, estate) ? [host?.urn, fold(ifKnown(adapter.switch) ?? "")] : null;
  return JSON.stringify([address, ifKnown(adapter.vlan) ?? 0, site === undefined ? null : fold(site), inside]);
}

function isInsideHost(vm: VirtualMachine, adapter: GuestAdapter, estate: Estate): boolean {
  const name = ifKnown(adapter.switch);
  const [host] = estate.knownHostsOf(vm);
  if (name === undefined || host === undefined) return false;
  const type = switchTypes(host).get(fold(name));
  return type === "internal" || type === "private";
}

const switchTypes = perObject((host: Host) => {
  const switches = ifKnown(host.virtualSwitches) ?? [];
  return new Map(switches.map(({ name, type }) => [fold(ifKnown(name) ?? ""), ifKnown(type)]));
});

function placeOf(vm: VirtualMachine, estate: Estate): string {
  const cluster = ifKnown(estate.clusterAround(vm));
  return (cluster ?? ifKnown(estate.hostOf(vm)))?.urn ?? vm.urn;
}
