import {
  contains,
  isEverything,
  isPublic,
  isRange,
  isWholeInternet,
  resolveAddress,
} from "../../../lib/estate/addresses";
import { ComputerNames } from "../../../lib/estate/computers";
import type { VmmMachine, VmmServer } from "../../../lib/estate/model";
import { absent, ifKnown, known, type Unknown, type Value } from "../../../lib/estate/value";
import { partnersOf } from "../../../lib/estate/vmm-ends";
import { EVERYBODY, INTERNET_WORD, INTRANET_WORD } from "../../../lib/estate/vmm-problems";
import { fold, label } from "../../../lib/text/names";
import { ask, type TriState, type Undetermined } from "./tri-state";

/** A computer of a topology. */
export interface TopologyComputer {
  /** What messages call it. */
  readonly name: string;
  /** Everything that it is called by. */
  readonly names: ComputerNames;
  /** A further name that is not known: it may be any. */
  readonly unknownName: Undetermined | undefined;
  readonly address: Value<string>;
  /** Names of the network security groups that it is behind. */
  readonly securityGroups: Value<readonly Value<string>[]>;
  readonly applicationGroups: Value<readonly Value<string>[]>;
}

/** The computers of the internet as a whole: in a range only where that is wide enough for all of them. */
export const INTERNET: TopologyComputer = {
  name: "the internet",
  names: new ComputerNames([]),
  unknownName: undefined,
  address: known("192.0.2.1", { urn: "", path: "" }),
  securityGroups: known([], { urn: "", path: "" }),
  applicationGroups: known([], { urn: "", path: "" }),
};

/** Finds the computers of a topology by what they are called: a name, or an address. There is one for each computer. */
export class TopologyComputers {
  private readonly byName = new Map<string, TopologyComputer>();
  private readonly fullNames: ReadonlyMap<string, string>;
  /** What `machines` has, by the name of the computer: the first entry of each, with its place in the list. */
  private readonly entries = new Map<string, { readonly entry: VmmMachine; readonly index: number }>();
  /** The list, or a name in it, that is not known: then neither are its facts about any computer. */
  private readonly unknownEntry: Unknown | undefined;

  constructor(private readonly vmm: VmmServer) {
    const entries = ifKnown(vmm.machines) ?? [];
    const places = (ifKnown(vmm.ports) ?? []).map(({ machine }) => machine);
    this.fullNames = fullNames(
      [...partnersOf(vmm), ...entries.map(({ name }) => name), ...places].flatMap((name) => ifKnown(name) ?? []),
    );
    for (const [index, entry] of entries.entries()) {
      const key = entry.name.state === "known" ? this.key(entry.name.value) : undefined;
      if (key !== undefined && !this.entries.has(key)) this.entries.set(key, { entry, index });
    }
    this.unknownEntry = [vmm.machines, ...entries.map(({ name }) => name)].find((value) => value.state === "unknown");
    const host = ifKnown(vmm.host);
    const own = this.describe(vmm.name, host === undefined ? [] : [host], vmm.address);
    this.add({ ...own, unknownName: vmm.host.state === "known" ? undefined : vmm.host }, [vmm.name, host ?? vmm.name]);
    for (const { name } of entries) if (name.state === "known") this.find(name.value);
  }

  find(name: string): TopologyComputer {
    const found = this.byName.get(this.key(name));
    if (found !== undefined) return found;
    const machine = this.describe(name, [], absent({ urn: this.vmm.urn, path: "machines" }));
    this.add(machine, [name]);
    return machine;
  }

  private add(machine: TopologyComputer, names: readonly string[]): void {
    const address = ifKnown(machine.address);
    for (const name of [...names, ...(address === undefined ? [] : [address])]) {
      if (!this.byName.has(this.key(name))) this.byName.set(this.key(name), machine);
    }
  }

  /** One for each computer, whether it is called by its short name or its full one. */
  private key(name: string): string {
    return this.fullNames.get(computerKey(name)) ?? computerKey(name);
  }

  private entryOf(keys: ReadonlySet<string>): VmmMachine | undefined {
    const found = [...keys].flatMap((key) => this.entries.get(key) ?? []);
    return found.sort((one, other) => one.index - other.index)[0]?.entry;
  }

  /** A computer with the facts that `machines` has about it. */
  private describe(name: string, others: readonly string[], declared: Value<string>): TopologyComputer {
    const keys = new Set([name, ...others].map((one) => this.key(one)));
    const entry = this.entryOf(keys);
    const undeclared = (path: string): Undetermined => this.unknownEntry ?? absent({ urn: this.vmm.urn, path });
    const address =
      declared.state === "absent" ? (entry?.address ?? undeclared(`machines[${name}].address`)) : declared;
    return {
      name,
      names: new ComputerNames([name, ...others, ...keys]),
      unknownName: undefined,
      address: resolveAddress(name).resolved ? known(name, address.origin) : address,
      securityGroups: entry?.networkSecurityGroups ?? undeclared("machines"),
      applicationGroups: entry?.applicationSecurityGroups ?? undeclared("machines"),
    };
  }
}

/** The full name that each short one is of; none where several have it. */
function fullNames(names: readonly string[]): ReadonlyMap<string, string> {
  const byLabel = new Map<string, Set<string>>();
  for (const name of names.map(computerKey)) {
    if (label(name) === name) continue;
    const full = byLabel.get(label(name));
    if (full === undefined) byLabel.set(label(name), new Set([name]));
    else full.add(name);
  }
  return new Map(
    [...byLabel].flatMap(([short, [first = "", ...others]]) => (others.length === 0 ? [[short, first] as const] : [])),
  );
}

/** Whether a computer is in a range of addresses. */
export function isWithin(range: string, machine: TopologyComputer): TriState {
  return machine === INTERNET ? isWholeInternet(range) : ask(machine.address, (address) => contains(range, address));
}

/** Whether a computer is meant by an end of a firewall: `*`, `internet`, `intranet`, a name or a range of addresses. */
export function isMeant(end: string, machine: TopologyComputer): TriState {
  const word = computerKey(end);
  if (EVERYBODY.includes(word) || isEverything(end) || machine.names.has(word)) return true;
  // A computer without a declared address is in the intranet.
  if (word === INTERNET_WORD) return machine.address.state === "absent" ? false : ask(machine.address, isPublic);
  if (word === INTRANET_WORD)
    return machine.address.state === "absent" || ask(machine.address, (one) => !isPublic(one));
  if (isRange(end)) return isWithin(end, machine);
  return machine.unknownName === undefined ? false : [machine.unknownName];
}

/** Names of computers do not depend on case. */
export function computerKey(name: string): string {
  return fold(name.trim());
}
