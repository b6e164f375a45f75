import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { VirtualMachine } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import { strictestFigure, type Figure } from "../../../lib/tables/exchange";
import { append } from "../../../lib/text/collections";
import { exchangeServers, surestFigure } from "./exchange-servers";

/** A database availability group as its members declare it. */
export interface AvailabilityGroup {
  /** As the first member writes it. */
  readonly name: string;
  /** In the order of URNs. */
  readonly members: readonly VirtualMachine[];
  /** How many members there can be, where there are more: no such group exists, so nothing else is judged of it. */
  readonly exceeds: Figure | undefined;
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
  return new Map(
    [...members].map(([key, list]) => [
      key,
      { name: names.get(key) ?? key, members: list, exceeds: exceededMembers(list) },
    ]),
  );
});

export function availabilityGroups(estate: Estate): readonly AvailabilityGroup[] {
  return [...groupsByName(estate).values()];
}

/** Those that are not too large to exist. */
export const possibleGroups = perEstate((estate): readonly AvailabilityGroup[] =>
  availabilityGroups(estate).filter(({ exceeds }) => exceeds === undefined),
);

/** The group that a server declares. */
export function groupOf({ exchange }: VirtualMachine, estate: Estate): AvailabilityGroup | undefined {
  const name = ifKnown(exchange)?.databaseAvailabilityGroup;
  return name?.state === "known" ? groupsByName(estate).get(name.value.toLowerCase()) : undefined;
}

/** The same, unless it is too large to exist. */
export function possibleGroupOf(vm: VirtualMachine, estate: Estate): AvailabilityGroup | undefined {
  const group = groupOf(vm, estate);
  return group?.exceeds === undefined ? group : undefined;
}

/** How many members a group has at most, where it has more. */
function exceededMembers(members: readonly VirtualMachine[]): Figure | undefined {
  const servers = members.flatMap(({ exchange }) => ifKnown(exchange) ?? []);
  const figure = surestFigure(servers, MEMBERS) ?? strictestFigure(MEMBERS);
  return figure !== undefined && members.length > figure.value ? figure : undefined;
}

const MEMBERS = "availabilityGroupMembers";
