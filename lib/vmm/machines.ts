import { contains, isEverything, isPublic, isRange, isWholeInternet, resolveAddress } from "../estate/addresses";
import type { VmmServer } from "../estate/model";
import { absent, ifKnown, known, type Value } from "../estate/value";
import { ask, type Answer, type Open } from "./answer";

/** A computer of a topology. */
export interface Machine {
  /** What messages call it. */
  readonly name: string;
  /** Everything that it is called by, folded. */
  readonly names: ReadonlySet<string>;
  /** A further name that is not known: it may be any. */
  readonly openName: Open | undefined;
  readonly address: Value<string>;
  /** Names of the network security groups that it is behind. */
  readonly securityGroups: Value<readonly Value<string>[]>;
  readonly applicationGroups: Value<readonly Value<string>[]>;
}

/** The computers of the internet as a whole: in a range only where that is wide enough for all of them. */
export const INTERNET: Machine = {
  name: "the internet",
  names: new Set(),
  openName: undefined,
  address: known("192.0.2.1", { urn: "", path: "" }),
  securityGroups: known([], { urn: "", path: "" }),
  applicationGroups: known([], { urn: "", path: "" }),
};

/** Finds the computers of a topology by what they are called: a name, or an address. There is one for each computer. */
export class Machines {
  private readonly byName = new Map<string, Machine>();

  constructor(private readonly vmm: VmmServer) {
    const host = ifKnown(vmm.host);
    const own = this.describe(vmm.name, host === undefined ? [] : [host], vmm.address);
    this.add({ ...own, openName: vmm.host.state === "known" ? undefined : vmm.host });
    for (const { name } of ifKnown(vmm.machines) ?? []) if (name.state === "known") this.find(name.value);
  }

  find(name: string): Machine {
    const found = this.byName.get(fold(name));
    if (found !== undefined) return found;
    const machine = this.describe(name, [], absent({ urn: this.vmm.urn, path: "machines" }));
    this.add(machine);
    return machine;
  }

  private add(machine: Machine): void {
    const address = ifKnown(machine.address);
    for (const name of [...machine.names, ...(address === undefined ? [] : [address])]) {
      if (!this.byName.has(fold(name))) this.byName.set(fold(name), machine);
    }
  }

  /** A computer with what `machines` says of it. */
  private describe(name: string, others: readonly string[], declared: Value<string>): Machine {
    const names = new Set([name, ...others].map(fold));
    const entries = ifKnown(this.vmm.machines) ?? [];
    const entry = entries.find((one) => one.name.state === "known" && names.has(fold(one.name.value)));
    // Where the list, or a name in it, is not known, neither is what it says of this computer.
    const open = [this.vmm.machines, ...entries.map((one) => one.name)].find(({ state }) => state === "unknown");
    const unsaid = open?.state === "unknown" ? open : absent({ urn: this.vmm.urn, path: "machines" });
    const own = open?.state === "unknown" ? open : absent({ urn: this.vmm.urn, path: `machines[${name}].address` });
    const address = declared.state === "absent" ? (entry?.address ?? own) : declared;
    return {
      name,
      names,
      openName: undefined,
      address: resolveAddress(name).resolved ? known(name, address.origin) : address,
      securityGroups: entry?.networkSecurityGroups ?? unsaid,
      applicationGroups: entry?.applicationSecurityGroups ?? unsaid,
    };
  }
}

/** Whether a computer is in a range of addresses. */
export function isWithin(range: string, machine: Machine): Answer {
  return machine === INTERNET ? isWholeInternet(range) : ask(machine.address, (address) => contains(range, address));
}

/** Whether a computer is meant by an end of a firewall: `*`, `internet`, `intranet`, a name or a range of addresses. */
export function isMeant(end: string, machine: Machine): Answer {
  const word = fold(end);
  if (word === "*" || word === "any" || isEverything(end) || machine.names.has(word)) return true;
  // A computer without a declared address is one of ours, and not of the internet.
  if (word === "internet") return machine.address.state === "absent" ? false : ask(machine.address, isPublic);
  if (word === "intranet") return machine.address.state === "absent" || ask(machine.address, (one) => !isPublic(one));
  if (isRange(end)) return isWithin(end, machine);
  return machine.openName === undefined ? false : [machine.openName];
}

/** Names of computers do not depend on case. */
export function fold(name: string): string {
  return name.trim().toLowerCase();
}
