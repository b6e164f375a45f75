import type { GuestOs } from "../estate/model";
import { perObject } from "../text/collections";
import { covers, type Coverage } from "./coverage";
import { hostVersions } from "./host-versions";
import data from "./lifecycle.json";
import schema from "./lifecycle.schema.json";
import { loadTable, once } from "./load";
import type { Provenance } from "./sources";

/** The last day of the vendor's support, extended support included and paid extensions not. */
export interface SupportEnd extends Provenance {
  /** As in 2010-07-13. */
  readonly date: string;
  /** The last day of the updates that the vendor sells after that. */
  readonly extendedUpdates?: Provenance & { readonly until: string };
}

/** When support of an operating system ends. */
export interface EndOfSupport extends Coverage, SupportEnd {
  readonly product: string;
  /** The row is not about a guest that declares no edition: whoever runs one of these says so. */
  readonly onlyDeclared?: true;
}

/** When support of a version of another product ends. */
export interface VersionEnd extends SupportEnd {
  /** Id of a version in exchange.json or vmm-ports.json. */
  readonly version: string;
}

export interface LifecycleTable {
  readonly rows: readonly EndOfSupport[];
  readonly exchange: readonly VersionEnd[];
  readonly vmm: readonly VersionEnd[];
}

const shipped = once(() => readLifecycle(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readLifecycle(source: unknown): LifecycleTable {
  return loadTable<LifecycleTable>("lifecycle.json", source, schema);
}

export function lifecycle(table = shipped()): readonly EndOfSupport[] {
  return table.rows;
}

/** When support of a guest may end: more than one row where that depends on what the declaration does not specify. */
export function endsOfSupport(guest: GuestOs, table = shipped()): readonly EndOfSupport[] {
  return endsIn(table)(guest);
}

/** Thousands of virtual machines have the same guest. */
const endsIn = perObject((table: LifecycleTable) => perObject((guest: GuestOs) => findEnds(guest, table)));

function findEnds(guest: GuestOs, table: LifecycleTable): readonly EndOfSupport[] {
  return table.rows.filter(
    (row) =>
      row.product === guest.product &&
      covers(row, guest) &&
      (row.onlyDeclared === undefined || guest.edition !== undefined),
  );
}

/**
 * When support of a guest ends; undefined where there is no row. Where that depends on what the declaration does not specify
 * (Windows XP with Service Pack 2: x86 or x64), the latest day: after it support has ended in any case.
 */
export function endOfSupport(guest: GuestOs, table = shipped()): EndOfSupport | undefined {
  return latest(endsOfSupport(guest, table));
}

/** When support of a host version ends: of its latest service pack and release, where it stands for several. */
export function endOfHostSupport(version: string, table = shipped()): EndOfSupport | undefined {
  const host = hostVersions().find(({ id }) => id === version);
  if (host === undefined) return undefined;
  const { product, servicePacks } = host;
  return latest(servicePacks.flatMap((servicePack) => endsOfSupport({ product, servicePack }, table)));
}

export function endOfExchangeSupport(version: string, table = shipped()): VersionEnd | undefined {
  return table.exchange.find((row) => row.version === version);
}

export function endOfVmmSupport(version: string, table = shipped()): VersionEnd | undefined {
  return table.vmm.find((row) => row.version === version);
}

function latest(rows: readonly EndOfSupport[]): EndOfSupport | undefined {
  return rows.reduce<EndOfSupport | undefined>(
    (last, row) => (last === undefined || row.date > last.date ? row : last),
    undefined,
  );
}
