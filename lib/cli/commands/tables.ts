import { shown } from "../../settings/faults";
import { exchangeTable, resolveExchangeVersion } from "../../tables/exchange";
import { hostVersions, resolveHostVersion } from "../../tables/host-versions";
import { resolveOperatingSystem } from "../../tables/operating-systems";
import { resolveVmmVersion, vmmVersions } from "../../tables/vmm-ports";
import { nearest } from "../../text/nearest";
import { alternatives } from "../../text/words";
import type { ValuesOf } from "../options";
import type { CommandOutput } from "../output";
import { printExchange } from "../support-tables/exchange-tables";
import { printTables, printVmmPorts } from "../support-tables/tables-text";
import { UserError } from "../user-error";

/**
 * Prints the support tables of a version of a host, Exchange or VMM; without one, the versions that there are.
 * @throws UserError for a name that the tables do not have
 */
export function tables({ version, guest }: ValuesOf<"tables">, { out }: Pick<CommandOutput, "out">): Promise<number> {
  return new Promise((resolve) => {
    out(version === undefined ? versions() : textOf(version, guest));
    resolve(0);
  });
}

function textOf(version: string, guest: string | undefined): string {
  if (guest !== undefined && /vmm|virtual machine manager|exchange/i.test(version)) {
    throw new UserError(`tables: a guest goes with a version of a host, and ${shown(version)} is none`);
  }
  // A year alone is that of a host.
  if (/vmm|virtual machine manager/i.test(version)) {
    return printVmmPorts(found(version, resolveVmmVersion(version)));
  }
  if (/exchange/i.test(version)) {
    return printExchange(found(version, resolveExchangeVersion(version)));
  }
  const resolution = resolveHostVersion(version);
  if (!resolution.resolved) {
    const likely = alternatives(nearest(version, names()));
    throw new UserError(
      `${shown(version)} is not in the tables: did you mean ${likely}? hyperv-guard tables lists all`,
    );
  }
  const host = resolution.value;
  return printTables(host, guest === undefined ? undefined : found(guest, resolveOperatingSystem(guest)));
}

function names(): readonly string[] {
  return [...hostVersions(), ...exchangeTable().versions, ...vmmVersions()].map(({ name }) => name);
}

function versions(): string {
  return ["Name one of these, and a guest if you like: hyperv-guard tables VERSION [GUEST]", ...names()].join("\n  ");
}

type Resolution<T> =
  | { readonly resolved: true; readonly value: T }
  | { readonly resolved: false; readonly problem: string; readonly allowed: string };

function found<T>(text: string, resolution: Resolution<T>): T {
  if (resolution.resolved) return resolution.value;
  throw new UserError(`${shown(text)}: ${resolution.problem}. Use ${resolution.allowed}.`);
}
