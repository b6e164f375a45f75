import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { VirtualMachine } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import { append } from "../../../lib/text/collections";
import { exchangeServers } from "./exchange-servers";

/** A database availability group as its members declare it. */
export interface AvailabilityGroup {
  /** As the first member writes it. */
  readonly name: string;
  /** In the order of URNs. */
  readonly members: readonly VirtualMachine[];
}

/** The groups by their name in lower case: whether it is written in capitals does not matter. */
const groupsByName = perEstate((estate): ReadonlyMap<string, AvailabilityGroup> => {
  const members = new Map<string, VirtualMachine[]>();
  const names = new Map<string, string>();
  for (const vm of exchangeServers(estate)) {
    const group = ifKnown(vm.exchange)?.databaseAvailabilityGroup;
    if (group?.state !== "known") continue;
    const key = group.value.toLowerCase();
    if (!names.has(key)) names.set(key, group.value);
    append(members, key, vm);
  }
  return new Map([...members].map(([key, list]) => [key, { name: names.get(key) ?? key, members: list }]));
});

export function availabilityGroups(estate: Estate): readonly AvailabilityGroup[] {
  return [...groupsByName(estate).values()];
}

/** The group of which a virtual machine is the first member. */
export function groupStartingWith(vm: VirtualMachine, estate: Estate): AvailabilityGroup | undefined {
  const group = ifKnown(vm.exchange)?.databaseAvailabilityGroup;
  const own = group?.state === "known" ? groupsByName(estate).get(group.value.toLowerCase()) : undefined;
  return own?.members[0] === vm ? own : undefined;
}

export function membersOf(group: string, estate: Estate): readonly VirtualMachine[] {
  return groupsByName(estate).get(group.toLowerCase())?.members ?? [];
}
