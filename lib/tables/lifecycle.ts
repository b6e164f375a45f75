import type { GuestOs } from "../estate/model";
import { covers, type Coverage } from "./coverage";
import data from "./lifecycle.json";
import schema from "./lifecycle.schema.json";
import { loadTable, once } from "./load";
import type { Provenance } from "./sources";

/** The last day of the vendor's support, extended support included and paid extensions not. */
export interface EndOfSupport extends Coverage, Provenance {
  readonly product: string;
  /** As in 2010-07-13. */
  readonly date: string;
}

export interface LifecycleTable {
  readonly rows: readonly EndOfSupport[];
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
  return table.rows.filter((row) => row.product === guest.product && covers(row, guest));
}

/**
 * When support of a guest ends; undefined where there is no row. Where that depends on what the declaration does not specify
 * (Windows XP with Service Pack 2: x86 or x64), the latest day: after it support has ended in any case.
 */
export function endOfSupport(guest: GuestOs, table = shipped()): EndOfSupport | undefined {
  return endsOfSupport(guest, table).reduce<EndOfSupport | undefined>(
    (last, row) => (last === undefined || row.date > last.date ? row : last),
    undefined,
  );
}
