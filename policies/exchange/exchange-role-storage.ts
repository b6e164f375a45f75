import type { DiskPurpose, ExchangeServer, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { atLeast } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { roleStorageOf, type RoleStorage } from "../../lib/tables/exchange";
import { listing } from "../../lib/text/words";
import { describePurpose, holds, unknownContents } from "./shared/exchange-disks";
import { describeServer, exchangeServers, knownRoles, unknownRoles } from "./shared/exchange-servers";

/** A server has disks for what its roles write. */
export const exchangeRoleStorage = defineRule<VirtualMachine>({
  name: "exchange-role-storage",
  title: "Disks for what the server roles write",
  subject: "exchange",
  level: "recommended",
  severity: "medium",
  reach: "resource",
  why: "Data without a disk of its own grows on the disk of the operating system until that disk is full.",
  fix: "Declare a disk for it, on other storage than the operating system, or name it in alsoHolds of the data disk that holds it.",
  sources: ["exchange-2010-best-practices", "exchange-2013-virtualization", "exchange-virtualization"],
  tags: ["storage"],
  applies: exchangeServers,
  check: (vm) =>
    given(vm, { exchange: vm.exchange }, ({ exchange }) =>
      given(vm, { version: exchange.version }, ({ version }) => {
        const roles = knownRoles(exchange);
        const rows = roleStorageOf(version);
        const own = rows.filter(({ role }) => roles.includes(role));
        if (vm.disks.state === "absent") return own.length === 0 ? [] : [notDeclared(vm, vm.disks)];
        return given(vm, { disks: vm.disks }, ({ disks }) => [
          ...own.flatMap((row) => judge(vm, exchange, disks, row)),
          ...(rows.every((row) => own.includes(row) || missing(disks, row).length === 0)
            ? []
            : unknownRoles(exchange).flatMap((value) => undecided(vm, value))),
        ]);
      }),
    ),
});

function judge(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  disks: readonly VirtualDisk[],
  row: RoleStorage,
): readonly Verdict[] {
  const without = missing(disks, row);
  if (without.length === 0) return [];
  const unknowns = disks.flatMap((disk) => unknownContents(disk));
  if (unknowns.length > 0) return unknowns.flatMap((value) => undecided(vm, value));
  // A disk that only says "data", or not what it holds, may be the one.
  if (hasDisk(disks, "data") || disks.some(({ purpose }) => purpose.state === "absent")) {
    return without.map((purpose) => notDeclared(vm, { origin: { urn: vm.urn, path: `a disk of purpose ${purpose}` } }));
  }
  const problem = `${describeServer(vm, exchange)} has no disk for ${listing(without.map(describePurpose))}.`;
  const figures = { found: { value: 0, unit: "disks" }, limit: atLeast(1, "disks") } as const;
  const which = without.length === 1 ? "a disk of purpose" : "disks of the purposes";
  const fix =
    `Declare ${which} ${listing(without)} on other storage than the operating system, or add ` +
    `${without.length === 1 ? "it" : "them"} to alsoHolds of the data disks that hold ${without.length === 1 ? "it" : "them"}.`;
  return [violation(vm, vm.disks.origin.path, problem, { ...figures, fix, evidence: row })];
}

function missing(disks: readonly VirtualDisk[], { purposes }: RoleStorage): readonly DiskPurpose[] {
  return purposes.filter((purpose) => ![purpose, ...beside(purpose)].some((one) => hasDisk(disks, one)));
}

/** Exchange keeps the content index of a database beside the database, unless that is moved. */
function beside(purpose: DiskPurpose): readonly DiskPurpose[] {
  return purpose === "contentIndex" ? ["databases"] : [];
}

function hasDisk(disks: readonly VirtualDisk[], purpose: DiskPurpose): boolean {
  return disks.some((disk) => holds(disk, purpose) === true);
}
