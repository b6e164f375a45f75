import type { Provenance } from "../../tables/sources";

/** The column of sentences, always the last one. */
export const REMARKS = "Remarks";

/** A table as people read it, whatever it is printed as. */
export interface Sheet {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The ids of the documents that its rows quote. */
  readonly sources: readonly string[];
}

/** A sheet of rows that each come from a document, which the last columns name. */
export function sheet<T extends Provenance>(
  title: string,
  columns: readonly string[],
  list: readonly T[],
  cells: (row: T) => readonly string[],
): Sheet {
  const rows = list.map((row) => [...cells(row), row.source, row.confidence, remarks(row)]);
  return {
    title,
    columns: [...columns, "Document", "Confidence", REMARKS],
    rows: rows.filter((row, index) => rows.findIndex((other) => other.join("\n") === row.join("\n")) === index),
    sources: list.flatMap(({ source, conflicts = [] }) => [source, ...conflicts.map((conflict) => conflict.source)]),
  };
}

/** A note, and what other documents state. */
export function remarks({ note, conflicts = [] }: Provenance): string {
  const others = conflicts.map(({ source, value, why }) => `Not used: ${source} states ${value}. ${why}`);
  return [...(note === undefined ? [] : [note]), ...others].join(" ");
}
