import type { Backup } from "../../lib/estate/backups";
import type { Estate } from "../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { exactly, oneOf, type LimitFigure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import {
  given,
  isViolation,
  undecided,
  violation,
  type Judged,
  type Verdict,
  type ViolationDetails,
} from "../../lib/rules/verdict";
import { backupHostSupport, backupProduct, type BackupProduct } from "../../lib/tables/backup-products";
import { hostVersionName } from "../../lib/tables/host-versions";
import { hasAgentOf } from "./shared/backup-agents";

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
  check: (entity, estate) => ("installedOn" in entity ? judgeJob(entity, estate) : judgeAgents(entity, estate)),
});

function judgeJob(job: Backup, estate: Estate): readonly Verdict[] {
  return given(job, { product: job.product, machine: job.installedOn }, ({ product, machine }) => {
    const { path } = job.installedOn.origin;
    const judgeOn = (one: Host | VirtualMachine): readonly Verdict[] =>
      // Where the product is declared as an agent of the machine too, the finding is about that.
      hasAgentOf(one, product) ? [] : judge(job, product, one, path, estate);
    if (machine.kind !== "cluster") return judgeOn(machine);
    const nodes = estate.nodesOf(machine);
    return given(job, { nodes }, (the) => firstFinding(the.nodes.map(judgeOn)));
  });
}

/** One finding for one job, on the first node on which anything is wrong. */
function firstFinding(verdicts: readonly (readonly Verdict[])[]): readonly Verdict[] {
  return verdicts.find((some) => some.some(isViolation)) ?? verdicts.flat();
}

/** A product that is declared twice on a machine is one problem. */
function judgeAgents(machine: Host | VirtualMachine, estate: Estate): readonly Verdict[] {
  return given(machine, { agents: machine.agents }, ({ agents }) => {
    const judged = new Set<string>();
    return agents.flatMap((agent) =>
      given(machine, { product: agent.product }, ({ product }) => {
        const id = backupProduct(product)?.id ?? "";
        if (judged.has(id)) return [];
        judged.add(id);
        return judge(machine, product, machine, agent.product.origin.path, estate);
      }),
    );
  });
}

/** Products that are in no table are not judged. */
function judge(
  on: Judged,
  product: string,
  machine: Host | VirtualMachine,
  path: string,
  estate: Estate,
): readonly Verdict[] {
  const row = backupProduct(product);
  if (row === undefined) return [];
  return machine.kind === "host" ? judgeHost(on, row, machine, path) : judgeGuest(on, row, machine, path, estate);
}

function judgeGuest(
  on: Judged,
  row: BackupProduct,
  guest: VirtualMachine,
  path: string,
  estate: Estate,
): readonly Verdict[] {
  if (row.installation === "guest") return [];
  const isAgent = on.urn === guest.urn;
  const problem = isAgent
    ? `${guest.name} has ${row.name} installed, which belongs on its host.`
    : `${on.name} runs ${row.name} in the virtual machine ${guest.name}. It belongs on the host.`;
  const figures = isAgent ? AGENT_IN_GUEST : { found: { value: guest.name }, limit: notIn(guest) };
  return [violation(on, path, problem, { ...figures, ...moveToHost(row, guest, isAgent, estate), evidence: row })];
}

const AGENT_IN_GUEST = { found: { value: "virtual machine" }, limit: exactly("Hyper-V host") };

function notIn({ name }: VirtualMachine): LimitFigure {
  return { bound: "not", value: name };
}

/** What to install where, and for a job the host where that is known and supported. */
function moveToHost(
  row: BackupProduct,
  guest: VirtualMachine,
  isAgent: boolean,
  estate: Estate,
): Pick<ViolationDetails, "fix" | "change"> {
  const host = hostFor(row, guest, estate);
  const on = host === undefined ? "the Hyper-V host" : `the Hyper-V host ${host.name}`;
  if (!isAgent) {
    const fix = `Install ${row.name} on ${on}, and name the host in installedOn.`;
    return host === undefined ? { fix } : { fix, change: { path: "installedOn", value: host.name } };
  }
  const jobs = estate.backups.filter(
    ({ product, installedOn }) =>
      ifKnown(installedOn) === guest && backupProduct(ifKnown(product) ?? "")?.id === row.id,
  );
  const names = jobs.map(({ name }) => ` of ${name}`).join(" and");
  const also = jobs.length === 0 ? "" : `. Name the host in installedOn${names}`;
  return { fix: `Remove ${row.name} from the agents of ${guest.name}, and install it on ${on}${also}.` };
}

/** The host of a virtual machine, where it has one that the product supports. */
function hostFor(row: BackupProduct, guest: VirtualMachine, estate: Estate): Host | undefined {
  const [host, ...others] = ifKnown(estate.hostsOf(guest)) ?? [];
  const version = host === undefined ? undefined : ifKnown(host.operatingSystem);
  if (version === undefined || others.length > 0) return undefined;
  return backupHostSupport(version, row)?.supported === false ? undefined : host;
}

function judgeHost(on: Judged, row: BackupProduct, host: Host, path: string): readonly Verdict[] {
  const version = host.operatingSystem;
  if (version.state !== "known") return undecided(on, version);
  const support = backupHostSupport(version.value, row);
  if (support === undefined || support.supported) return [];
  const system = hostVersionName(version.value);
  const place =
    on.urn === host.urn ? `${host.name} has ${row.name} installed` : `${on.name} runs ${row.name} on ${host.name}`;
  const supported = row.hosts.flatMap((one) => (one.supported ? one.versions.map((id) => hostVersionName(id)) : []));
  return [
    violation(on, path, `${place}, but ${row.name} is not known to support ${system}.`, {
      found: { value: system },
      limit: oneOf(supported),
      fix: "Use a release of the product that supports the host, or another product.",
      evidence: support,
    }),
  ];
}
