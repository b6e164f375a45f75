import { tableFaults } from "./table-faults";

const SHOWN_FAULTS = 5;

/** A table that does not fit its schema. The message names the file, the row and the field. */
export class TableError extends Error {
  /** @param path the file from the root of this repository */
  constructor(path: string, details: readonly string[]) {
    const shown = details.slice(0, SHOWN_FAULTS);
    const rest = details.length - shown.length;
    const more = rest === 0 ? "" : `; and ${String(rest)} more`;
    super(`${path} is not a valid table: ${shown.join("; ")}${more}`);
    this.name = "TableError";
  }
}

/**
 * Checks a table of this folder against its JSON schema.
 * @throws TableError naming file, row and field of each fault.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the schema is what makes the data a T
export function loadTable<T>(file: string, data: unknown, schema: object): T {
  return checkedTable<T>(`lib/tables/${file}`, data, schema);
}

/** The same of a table that stands elsewhere. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as above
export function checkedTable<T>(path: string, data: unknown, schema: object): T {
  const faults = tableFaults(data, schema);
  if (!fits<T>(data, faults)) throw new TableError(path, faults);
  return data;
}

/** A function whose result is computed at the first call: a stack without Hyper-V pays for no table. */
export function once<T extends object>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as above
function fits<T>(data: unknown, faults: readonly string[]): data is T {
  return faults.length === 0;
}
