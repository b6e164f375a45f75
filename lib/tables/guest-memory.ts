import type { Architecture, GuestOs } from "../estate/model";
import { covers, type Coverage } from "./coverage";
import data from "./guest-memory.json";
import schema from "./guest-memory.schema.json";
import { featuresOn, integrationServicesFor, type LinuxGuestsTable } from "./linux-guests";
import { loadTable, once } from "./load";
import { familyOf } from "./operating-systems";
import type { Provenance } from "./sources";

/** The least values of dynamic memory, in MB as Windows counts them (1024-based). */
export interface DynamicMemorySizes {
  readonly minimumMB: number;
  readonly startupMB: number;
  readonly maximumMB: number;
}

/** The least memory of a guest by Best Practices Analyzer, in MB as Windows counts them (1024-based). */
export interface GuestMemory extends Pick<Coverage, "editions">, Provenance {
  readonly product: string;
  /** Less than the minimum is an error, less than the recommendation a warning. */
  readonly static: { readonly minimumMB: number; readonly recommendedMB: number };
  readonly dynamic?: { readonly required: DynamicMemorySizes; readonly recommended: DynamicMemorySizes };
}

/** A guest that may have dynamic memory on the listed host versions. */
export interface DynamicMemorySupport extends Coverage, Provenance {
  readonly hosts: readonly string[];
  /** Every size must be a multiple of it. */
  readonly multipleMB?: number;
}

/** A Windows guest that may have dynamic memory. */
export interface WindowsDynamicMemory extends DynamicMemorySupport {
  readonly product: string;
}

export interface GuestMemoryTable {
  readonly memory: readonly GuestMemory[];
  readonly dynamicMemory: readonly WindowsDynamicMemory[];
  /** What holds for every Linux guest; which releases have dynamic memory is in linux-guests.json. */
  readonly linuxDynamicMemory: Provenance & {
    readonly architectures: readonly Architecture[];
    readonly multipleMB: number;
  };
}

const shipped = once(() => readGuestMemory(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readGuestMemory(source: unknown): GuestMemoryTable {
  return loadTable<GuestMemoryTable>("guest-memory.json", source, schema);
}

export function guestMemories(table = shipped()): readonly GuestMemory[] {
  return table.memory;
}

export function windowsDynamicMemory(table = shipped()): readonly WindowsDynamicMemory[] {
  return table.dynamicMemory;
}

export function guestMemory(guest: GuestOs, table = shipped()): GuestMemory | undefined {
  return table.memory.find((row) => row.product === guest.product && covers(row, guest));
}

/** The rows by which a guest may have dynamic memory on a host version; none: no document allows it. */
export function dynamicMemorySupport(
  host: string,
  guest: GuestOs,
  table = shipped(),
  linux?: LinuxGuestsTable,
): readonly DynamicMemorySupport[] {
  const windows = table.dynamicMemory.filter(
    (row) => row.product === guest.product && row.hosts.includes(host) && covers(row, guest),
  );
  const { architectures, multipleMB } = table.linuxDynamicMemory;
  const documented = integrationServicesFor(host, guest, linux);
  if (documented.length === 0 && familyOf(guest.product) === "linux") return [undocumentedLinux(host, table)];
  const columns = documented
    .filter((column) => featuresOn(host, column).includes("dynamicMemoryBallooning"))
    .map(({ source, confidence }) => ({ hosts: [host], architectures, multipleMB, source, confidence }))
    .filter((row) => covers(row, guest));
  return [...windows, ...columns];
}

/** No document tells whether such a guest may have dynamic memory; what every Linux guest needs then is only advice. */
function undocumentedLinux(host: string, { linuxDynamicMemory }: GuestMemoryTable): DynamicMemorySupport {
  const { multipleMB, source } = linuxDynamicMemory;
  return { hosts: [host], multipleMB, source, confidence: "unverified" };
}

/**
 * The source for a guest *not* being in the list of a host version. Where part of the list was not found in any document,
 * that is unverified: a guest that is missing may be in the missing part.
 */
export function dynamicMemoryListProvenance(host: string, table = shipped()): Provenance | undefined {
  const rows = table.dynamicMemory.filter(({ hosts }) => hosts.includes(host));
  return rows.find(({ confidence }) => confidence === "unverified") ?? rows[0];
}
