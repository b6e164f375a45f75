import type { Backup } from "../../lib/estate/backups";
import type { Estate } from "../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { given, isViolation, undecided, violation, type Judged, type Verdict } from "../../lib/rules/verdict";
import { backupHostSupport, backupProduct, type BackupProduct } from "../../lib/tables/backup-products";
import { hostVersionName } from "../../lib/tables/host-versions";

/** A backup product is installed where it belongs, and on a host that it supports. */
export const backupAgentPlacement = defineRule<Backup | Host | VirtualMachine>({
  name: "backup-agent-placement",
  title: "Backup products where they belong",
  subject: "backup",
  level: "unsupported",
  severity: "medium",
  reach: "resource",
  why: "A product for Hyper-V hosts finds no virtual machines within a guest, so that nothing is backed up.",
  fix: "Install the product on the Hyper-V host.",
  sources: ["altaro-hyper-v-backup"],
  tags: ["backup-software"],
  applies: ({ backups, hosts, virtualMachines }) => [
    ...backups,
    ...[...hosts, ...virtualMachines].filter(({ agents }) => agents.state !== "absent"),
  ],
  check: (entity, estate) => ("installedOn" in entity ? judgeJob(entity, estate) : judgeAgents(entity)),
});

function judgeJob(job: Backup, estate: Estate): readonly Verdict[] {
  return given(job, { product: job.product, machine: job.installedOn }, ({ product, machine }) => {
    const { path } = job.installedOn.origin;
    if (machine.kind !== "cluster") return judge(job, product, machine, path);
    const nodes = estate.nodesOf(machine);
    return given(job, { nodes }, (the) => firstFinding(the.nodes.map((node) => judge(job, product, node, path))));
  });
}

/** One finding for one job, on the first node on which anything is wrong. */
function firstFinding(verdicts: readonly (readonly Verdict[])[]): readonly Verdict[] {
  return verdicts.find((some) => some.some(isViolation)) ?? verdicts.flat();
}

function judgeAgents(machine: Host | VirtualMachine): readonly Verdict[] {
  return given(machine, { agents: machine.agents }, ({ agents }) =>
    agents.flatMap((agent) =>
      given(machine, { product: agent.product }, ({ product }) =>
        judge(machine, product, machine, agent.product.origin.path),
      ),
    ),
  );
}

/** Products that are in no table are not judged. */
function judge(on: Judged, product: string, machine: Host | VirtualMachine, path: string): readonly Verdict[] {
  const row = backupProduct(product);
  if (row === undefined) return [];
  return machine.kind === "host" ? judgeHost(on, row, machine, path) : judgeGuest(on, row, machine, path);
}

function judgeGuest(on: Judged, row: BackupProduct, guest: VirtualMachine, path: string): readonly Verdict[] {
  if (row.installation === "guest") return [];
  const problem =
    on.urn === guest.urn
      ? `${guest.name} has ${row.name} installed, which belongs on its host.`
      : `${on.name} runs ${row.name} in the virtual machine ${guest.name}; it belongs on the host.`;
  return [violation(on, path, problem, { evidence: row })];
}

function judgeHost(on: Judged, row: BackupProduct, host: Host, path: string): readonly Verdict[] {
  const version = host.operatingSystem;
  if (version.state !== "known") return undecided(on, version);
  const support = backupHostSupport(version.value, row);
  if (support === undefined || support.supported) return [];
  const problem =
    on.urn === host.urn
      ? `${host.name} has ${row.name} installed on ${hostVersionName(version.value)}.`
      : `${on.name} runs ${row.name} on ${host.name} with ${hostVersionName(version.value)}.`;
  const fix = "Use a release of the product that supports the host, or another product.";
  return [violation(on, path, problem, { fix, evidence: support })];
}
