import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation } from "../../lib/rules/verdict";
import { backupProduct } from "../../lib/tables/backup-products";
import { coveredBy, isBackupAgent, type Covered } from "./shared/backup-agents";

/** Every virtual machine is backed up, once a program declares how virtual machines are backed up. */
export const backupCoverage = defineRule<VirtualMachine>({
  name: "backup-coverage",
  title: "A backup of every virtual machine",
  subject: "backup",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  why: "What is not backed up is lost with its disks. The Best Practices Analyzer asks for a backup at least once a week.",
  fix: "Add the virtual machine to a job.",
  sources: ["bpa-2012", "bpa-2016"],
  tags: ["data-protection"],
  applies: (estate) => (isDeclared(estate) ? estate.virtualMachines : []),
  check: (vm, estate) => {
    if (coveredMachines(estate).has(vm) || isBackedUpFromWithin(vm) || isBackedUpByHosts(vm, estate)) return [];
    const { doubts, open } = covered(estate);
    const own = doubts.flatMap((doubt) => (doubt.vm === vm ? [doubt.value] : []));
    const unknowns = [...own, ...open, vm.agents, estate.hostsOf(vm)].filter(({ state }) => state === "unknown");
    if (unknowns.length > 0) return unknowns.flatMap((value) => undecided(vm, value));
    return [violation(vm, "", `${vm.name} is protected by no backup job that is declared.`)];
  },
});

/** Backup is an area that a program declares or leaves to others: nothing is said before the first job or host agent. */
function isDeclared({ backups, hosts }: Estate): boolean {
  return backups.length > 0 || hosts.some(hasBackupAgent);
}

const covered = perEstate(({ backups }): Covered => {
  const all = backups.map((job) => coveredBy(job));
  return {
    machines: all.flatMap(({ machines }) => machines),
    doubts: all.flatMap(({ doubts }) => doubts),
    open: all.flatMap(({ open }) => open),
  };
});

const coveredMachines = perEstate((estate) => new Set(covered(estate).machines));

function hasBackupAgent({ agents }: Host | VirtualMachine): boolean {
  return (ifKnown(agents) ?? []).some(isBackupAgent);
}

/** A product that belongs on the host finds nothing within a guest. */
function isBackedUpFromWithin({ agents }: VirtualMachine): boolean {
  return (ifKnown(agents) ?? []).some((agent) => isBackupAgent(agent) && !belongsOnHost(agent.product));
}

function belongsOnHost(product: Value<string>): boolean {
  const name = ifKnown(product);
  return name !== undefined && backupProduct(name)?.installation === "host";
}

/** A product on every host that may run the virtual machine backs it up by its own list. */
function isBackedUpByHosts(vm: VirtualMachine, estate: Estate): boolean {
  const hosts = ifKnown(estate.hostsOf(vm)) ?? [];
  return hosts.length > 0 && hosts.every(hasBackupAgent);
}
