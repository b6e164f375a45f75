import type { Backup } from "../../../lib/estate/backups";
import type { Agent, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown, type Unknown, type Value } from "../../../lib/estate/value";
import { backupProduct, type BackupProductsTable } from "../../../lib/tables/backup-products";

/** Agents of the kind that backs up, whatever the product is. */
export function isBackupAgent({ kind }: Agent): boolean {
  return ifKnown(kind)?.toLowerCase() === "backup";
}

/** What jobs protect, and what is in the way of knowing all of it. */
export interface Covered {
  readonly machines: readonly VirtualMachine[];
  /** Machines that are protected or not, as something turns out. */
  readonly doubts: readonly { readonly vm: VirtualMachine; readonly value: Unknown }[];
  /** What may protect any machine. */
  readonly open: readonly Unknown[];
}

/**
 * What a job protects of what it names. In a guest a product for hosts reaches nothing, and a product for guests nothing but
 * that guest. Of other products it is not known how they work: one may well reach the hosts from a virtual machine.
 */
export function coveredBy({ product, installedOn, protects }: Backup, table?: BackupProductsTable): Covered {
  const items = ifKnown(protects) ?? [];
  const machines = items.flatMap((item) => ifKnown(item) ?? []);
  // A name that cannot be read, or that nothing has, stands for no virtual machine.
  const open = [...openIn(protects), ...items.flatMap(openIn).filter(({ because }) => because === "deployment")];
  const name = ifKnown(product);
  const row = name === undefined ? undefined : backupProduct(name, table);
  const place = ifKnown(installedOn);
  const doubted = (value: Unknown): Covered => ({ machines: [], doubts: machines.map((vm) => ({ vm, value })), open });
  if (row !== undefined && installedOn.state === "unknown") return doubted(installedOn);
  if (place?.kind !== "virtualMachine") return { machines, doubts: [], open };
  if (product.state === "unknown") return doubted(product);
  if (row?.installation === "host") return { machines: [], doubts: [], open: [] };
  return { machines: row === undefined ? machines : machines.filter((vm) => vm === place), doubts: [], open };
}

function openIn(value: Value<unknown>): readonly Unknown[] {
  return value.state === "unknown" ? [value] : [];
}
