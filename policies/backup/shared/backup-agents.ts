import type { Backup } from "../../../lib/estate/backups";
import type { Agent, Host, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown, type Unknown, type Value } from "../../../lib/estate/value";
import { backupProduct, type BackupProductsTable } from "../../../lib/tables/backup-products";

/** Agents of the kind that backs up, whatever the product is. */
export function isBackupAgent({ kind }: Agent): boolean {
  return ifKnown(kind)?.toLowerCase() === "backup";
}

/** Whether a product of the table is declared as an agent of a machine. */
export function hasAgentOf({ agents }: Host | VirtualMachine, product: string): boolean {
  const row = backupProduct(product);
  if (row === undefined) return false;
  return (ifKnown(agents) ?? []).some((agent) => backupProduct(ifKnown(agent.product) ?? "")?.id === row.id);
}

/** What jobs protect, and what is in the way of knowing all of it. */
export interface JobCoverage {
  readonly machines: readonly VirtualMachine[];
  /** Machines that are protected or not, depending on an unknown value. */
  readonly doubts: readonly { readonly vm: VirtualMachine; readonly value: Unknown }[];
  /** What may protect any machine. */
  readonly unknown: readonly Unknown[];
}

/**
 * What a job protects of what it names. In a guest a product for hosts reaches nothing, and a product for guests nothing but
 * that guest. Of other products it is not known how they work: one may well reach the hosts from a virtual machine.
 */
export function coveredBy({ product, installedOn, protects }: Backup, table?: BackupProductsTable): JobCoverage {
  const items = ifKnown(protects) ?? [];
  const machines = items.flatMap((item) => ifKnown(item) ?? []);
  // A name that cannot be read, or that nothing has, means no virtual machine.
  const unknown = [
    ...unknownIn(protects),
    ...items.flatMap(unknownIn).filter(({ because }) => because === "deployment"),
  ];
  const name = ifKnown(product);
  const row = name === undefined ? undefined : backupProduct(name, table);
  const place = ifKnown(installedOn);
  const doubted = (value: Unknown): JobCoverage => ({
    machines: [],
    doubts: machines.map((vm) => ({ vm, value })),
    unknown,
  });
  if (row !== undefined && installedOn.state === "unknown") return doubted(installedOn);
  if (place?.kind !== "virtualMachine") return { machines, doubts: [], unknown };
  if (product.state === "unknown") return doubted(product);
  if (row?.installation === "host") return { machines: [], doubts: [], unknown: [] };
  return { machines: row === undefined ? machines : machines.filter((vm) => vm === place), doubts: [], unknown };
}

function unknownIn(value: Value<unknown>): readonly Unknown[] {
  return value.state === "unknown" ? [value] : [];
}
