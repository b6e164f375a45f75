import { isRange } from "./addresses";
import { ComputerNames } from "./computers";
import type { Problem } from "./declared";
import type { Firewall, VmmServer } from "./model";
import type { Placement } from "./placement";
import type { Suggestions } from "./suggestions";
import { ifKnown, type Value } from "./value";
import { partnersOf } from "./vmm-ends";

/** What an end of a firewall may be, besides a computer. */
export const EVERYBODY: readonly string[] = ["*", "any"];
export const INTERNET_WORD = "internet";
export const INTRANET_WORD = "intranet";

/** Names that servers of Virtual Machine Manager and firewalls use, and that no computer has. */
export function vmmProblems(
  vmmServers: readonly VmmServer[],
  firewalls: readonly Firewall[],
  placement: Placement,
): readonly Problem[] {
  const { suggestions, namesAreIncomplete } = placement;
  const entities = placement.names(["host", "cluster", "virtualMachine"]);
  const declared = new ComputerNames(entities);
  const isEntity = (name: string): boolean => namesAreIncomplete || declared.has(name);
  const named = vmmServers.flatMap((vmm) => [...partnersOf(vmm), ...machineNames(vmm)]);
  const someNameIsUnknown =
    namesAreIncomplete || vmmServers.some(({ nameIsUnknown }) => nameIsUnknown) || named.some(isUnknown);
  const names = [...new Set([...knownOf(named), ...entities])];
  return [
    ...vmmServers.flatMap((vmm) => problemsOfServer(vmm, isEntity, suggestions)),
    // Where no server is declared, nothing is judged by firewalls.
    ...(someNameIsUnknown || vmmServers.length === 0 ? [] : problemsOfFirewalls(firewalls, names, suggestions)),
  ];
}

/** `machines` adds to computers that are named elsewhere, and `ports` says where one of them listens. */
function problemsOfServer(
  vmm: VmmServer,
  isEntity: (name: string) => boolean,
  suggestions: Suggestions,
): readonly Problem[] {
  const machines = ifKnown(vmm.machines) ?? [];
  const named = partnersOf(vmm);
  const someNameIsUnknown = vmm.nameIsUnknown || [vmm.machines, ...named, ...machineNames(vmm)].some(isUnknown);
  if (someNameIsUnknown) return [];
  const partners = [...new Set(knownOf(named))];
  const index = new ComputerNames(partners);
  // An entry leads from the name of a computer to the address that it is named by, or back.
  const others = machines.filter((machine) => knownOf([machine.name, machine.address]).some((one) => index.has(one)));
  const meant = new ComputerNames([...partners, ...others.flatMap(({ name, address }) => knownOf([name, address]))]);
  const check = (name: Value<string>, isMeant: (name: string) => boolean): readonly Problem[] => {
    if (name.state !== "known" || isMeant(name.value)) return [];
    const problem = `is "${name.value}", but no other property of this server names that computer`;
    const fix = suggestions.suggest(
      name.value,
      partners,
      "add the computer to the property of its role, such as managedHosts",
    );
    return [{ ...name.origin, problem, fix }];
  };
  return [
    ...machines.flatMap(({ name }) => check(name, (one) => meant.has(one) || isEntity(one))),
    ...(ifKnown(vmm.ports) ?? []).flatMap(({ machine }) => check(machine, (one) => meant.has(one))),
  ];
}

/** A firewall may well be between others, so that a name which nothing has is not a mistake in itself. */
function problemsOfFirewalls(
  firewalls: readonly Firewall[],
  names: readonly string[],
  suggestions: Suggestions,
): readonly Problem[] {
  const index = new ComputerNames(names);
  return firewalls
    .flatMap(({ from, to }) => [from, to])
    .flatMap((end): readonly Problem[] => {
      if (end.state !== "known" || isNoName(end.value) || index.has(end.value)) return [];
      const problem = `is "${end.value}", but no computer of that name is declared: this firewall is not judged`;
      const fix = suggestions.suggest(end.value, names, "declare the computer");
      return [
        {
          ...end.origin,
          problem,
          fix: `${fix} Ignore this if the firewall has nothing to do with VMM.`,
          advisory: true,
        },
      ];
    });
}

function isNoName(end: string): boolean {
  const word = end.trim().toLowerCase();
  return [...EVERYBODY, INTERNET_WORD, INTRANET_WORD].includes(word) || isRange(end.trim());
}

function machineNames({ machines }: VmmServer): readonly Value<string>[] {
  return (ifKnown(machines) ?? []).flatMap(({ name, address }) => [name, address]);
}

function knownOf(values: readonly Value<string>[]): readonly string[] {
  return values.flatMap((value) => ifKnown(value) ?? []);
}

function isUnknown({ state }: Value<unknown>): boolean {
  return state === "unknown";
}
