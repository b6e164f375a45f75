import data from "./backup-products.json";
import schema from "./backup-products.schema.json";
import { loadTable, once } from "./load";
import type { Provenance } from "./sources";

/** Whether a product is supported on some host versions. */
export interface BackupHostSupport extends Provenance {
  readonly versions: readonly string[];
  readonly supported: boolean;
  readonly statement: string;
}

/** A backup product, and where it is installed. A new one needs a row in the table, and no code. */
export interface BackupProduct extends Provenance {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** `host`: on the Hyper-V host, and not within the guest. */
  readonly installation: "host" | "guest";
  readonly statement: string;
  readonly hosts: readonly BackupHostSupport[];
}

export interface BackupProductsTable {
  readonly products: readonly BackupProduct[];
}

const shipped = once(() => readBackupProducts(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readBackupProducts(source: unknown): BackupProductsTable {
  return loadTable<BackupProductsTable>("backup-products.json", source, schema);
}

export function backupProducts(table = shipped()): readonly BackupProduct[] {
  return table.products;
}

/** The product that a name means, with or without its release: `Altaro Hyper-V Backup 3.5`; undefined for others. */
export function backupProduct(text: string, table = shipped()): BackupProduct | undefined {
  const wanted = productKey(text);
  return table.products.find(({ name, aliases }) => [name, ...aliases].some((alias) => productKey(alias) === wanted));
}

/** Whether a product is supported on a host version; undefined where its vendor does not state it. */
export function backupHostSupport(host: string, { hosts }: BackupProduct): BackupHostSupport | undefined {
  return hosts.find(({ versions }) => versions.includes(host));
}

/** Leaves the letters of the name: case, hyphens and the release at the end do not matter. */
function productKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+(v|version\s*)?\d[\d.]*\s*$/, "")
    .replace(/[^a-z]/g, "");
}
