import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { atLeast } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation } from "../../lib/rules/verdict";
import { backupProduct } from "../../lib/tables/backup-products";
import { coveredBy, isBackupAgent, type JobCoverage } from "./shared/backup-agents";

/** Every virtual machine is backed up, once a program declares how virtual machines are backed up. */
export const backupCoverage = defineRule<VirtualMachine>({
  name: "backup-coverage",
  title: "A backup of every virtual machine",
  subject: "backup",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "What is not backed up is lost with its disks. The Best Practices Analyzer asks for a backup at least once a week.",
  fix: "Add the virtual machine to a backup job.",
  sources: ["bpa-2012", "bpa-2016"],
  tags: ["data-protection"],
  applies: (estate) => (isDeclared(estate) ? estate.virtualMachines : []),
  check: (vm, estate) => {
    if (coveredMachines(estate).has(vm) || hasBackupAgent(vm) || isBackedUpByHosts(vm, estate)) return [];
    if (namedByMisplaced(estate).has(vm)) return [];
    const { doubts, unknown } = coverage(estate);
    const own = doubts.flatMap((doubt) => (doubt.vm === vm ? [doubt.value] : []));
    const hosts = ifKnown(estate.hostsOf(vm)) ?? [];
    const agents = [vm, ...(hosts.every(mayHaveBackupAgent) ? hosts : [])].flatMap(unknownAgents);
    const nodes = estate.clusters.map((cluster) => estate.nodesOf(cluster));
    const unknowns = [...own, ...unknown, ...unknownMisplaced(estate), ...agents, estate.hostsOf(vm), ...nodes].filter(
      ({ state }) => state === "unknown",
    );
    if (unknowns.length > 0) return unknowns.flatMap((value) => undecided(vm, value));
    const problem = `${vm.name} is not protected by any backup job that is declared.`;
    return [
      violation(vm, "", problem, {
        found: { value: 0, unit: "backup jobs" },
        limit: atLeast(1, "backup jobs"),
        fix: fixFor(estate),
      }),
    ];
  },
});

/** Backup is an area that a program declares or leaves to others: nothing is judged before the first job or host agent. */
function isDeclared({ backups, hosts }: Estate): boolean {
  return backups.length > 0 || hosts.some(mayHaveBackupAgent);
}

const coverage = perEstate(({ backups }): JobCoverage => {
  const all = backups.map((job) => coveredBy(job));
  return {
    machines: all.flatMap(({ machines }) => machines),
    doubts: all.flatMap(({ doubts }) => doubts),
    unknown: all.flatMap(({ unknown }) => unknown),
  };
});

const coveredMachines = perEstate((estate) => new Set(coverage(estate).machines));

/** What such jobs name, as far as it is not known. */
const unknownMisplaced = perEstate(({ backups }): readonly Value<unknown>[] =>
  misplacedJobs(backups).flatMap(({ protects }) => [protects, ...(ifKnown(protects) ?? [])]),
);

function misplacedJobs(backups: Estate["backups"]): Estate["backups"] {
  return backups.filter(
    ({ product, installedOn }) => ifKnown(installedOn)?.kind === "virtualMachine" && belongsOnHost(product),
  );
}

/** What jobs name whose product is in a guest and belongs on the host: that is the finding of backup-agent-placement. */
const namedByMisplaced = perEstate(({ backups }): ReadonlySet<VirtualMachine> => {
  return new Set(
    misplacedJobs(backups).flatMap(({ protects }) => (ifKnown(protects) ?? []).flatMap((item) => ifKnown(item) ?? [])),
  );
});

function fixFor({ backups }: Estate): string {
  return backups.length > 0
    ? "Add the virtual machine to a backup job."
    : "Declare a backup job that protects it, or install the backup product on every host that may run it.";
}

/** In a guest also by a product for hosts, which backup-agent-placement finds there. */
function hasBackupAgent({ agents }: Host | VirtualMachine): boolean {
  return (ifKnown(agents) ?? []).some(isBackupAgent);
}

/** What must be known to tell whether a machine has one. */
function unknownAgents({ agents }: Host | VirtualMachine): readonly Value<unknown>[] {
  return [agents, ...(ifKnown(agents) ?? []).map(({ kind }) => kind)].filter(({ state }) => state === "unknown");
}

function mayHaveBackupAgent(machine: Host | VirtualMachine): boolean {
  return hasBackupAgent(machine) || unknownAgents(machine).length > 0;
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
