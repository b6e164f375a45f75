import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sourceOf } from "../../lib/tables/sources";
import { isRecord } from "../../lib/text/collections";
import { count } from "../../lib/text/words";

/** A row of a table that someone should look at again. */
export interface StaleRow {
  /** `guest-support.json`. */
  readonly table: string;
  /** Where it is: `rows[3]`. */
  readonly path: string;
  /** What it is about, in the words of the table. */
  readonly about: string;
  readonly source: string;
  readonly why: "document" | "date";
  /** The day that is old or has passed, as the document or the row gives it. */
  readonly date: string;
}

/** Fields of rows that give a day of the future when they are written. */
const DAYS = ["date", "until"];

/** Fields that tell what a row is about. */
const SUBJECTS = ["product", "products", "item", "topic", "version", "versions", "id", "hosts", "releases"];

/** The shipped tables by the names of their files. */
export function tablesIn(folder: string): ReadonlyMap<string, unknown> {
  const files = readdirSync(folder).filter((name) => /(?<!\.schema)\.json$/.test(name) && name !== "sources.json");
  return new Map(files.map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8")) as unknown]));
}

/**
 * The rows whose document is older than a year, and those with a day that has passed.
 * @param today as in 2026-12-01
 */
export function staleRows(tables: ReadonlyMap<string, unknown>, today: string): readonly StaleRow[] {
  const yearAgo = `${String(Number(today.slice(0, 4)) - 1)}${today.slice(4)}`;
  return [...tables].flatMap(([table, data]) =>
    rowsOf(data).flatMap(({ path, row, source }): readonly StaleRow[] => {
      const one = { table, path, about: aboutOf(row), source };
      const { date } = sourceOf(source);
      return [
        ...(date !== undefined && isBefore(date, yearAgo) ? [{ ...one, why: "document" as const, date }] : []),
        ...DAYS.map((name) => row[name])
          .filter((day) => typeof day === "string")
          .filter((day) => day < today)
          .map((day) => ({ ...one, why: "date" as const, date: day })),
      ];
    }),
  );
}

/** A date of a year or a month is over with its last day. */
function isBefore(date: string, day: string): boolean {
  return date < day.slice(0, date.length);
}

interface SourcedRow {
  readonly path: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly source: string;
}

/** Every object of a table that names its document, but for the other documents that a row disagrees with. */
function rowsOf(data: unknown, path = ""): readonly SourcedRow[] {
  if (Array.isArray(data)) return data.flatMap((item, index) => rowsOf(item, `${path}[${String(index)}]`));
  if (!isRecord(data)) return [];
  const { source } = data;
  const own = typeof source === "string" ? [{ path, row: data, source }] : [];
  const inner = Object.entries(data).filter(([name]) => name !== "conflicts");
  return [...own, ...inner.flatMap(([name, value]) => rowsOf(value, path === "" ? name : `${path}.${name}`))];
}

function aboutOf(row: Readonly<Record<string, unknown>>): string {
  return SUBJECTS.flatMap((name) => textOf(row[name])).join(" ");
}

function textOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return [value.filter((item) => typeof item === "string").join(", ")];
  return isRecord(value) ? [Object.values(value).join(" to ")] : [];
}

/** For people to read: the documents with their rows, then the days that have passed. */
export function printStaleRows(rows: readonly StaleRow[], today: string): string {
  const old = rows.filter(({ why }) => why === "document");
  const passed = rows.filter(({ why }) => why === "date");
  const documents = [...new Set(old.map(({ source }) => source))].sort();
  return [
    `Documents older than a year on ${today}`,
    ...documents.flatMap((id) => {
      const own = old.filter(({ source }) => source === id);
      return [`\n  ${id} (${sourceOf(id).date ?? ""}): ${sourceOf(id).title}`, ...own.map(line)];
    }),
    `\nDays that have passed on ${today}\n`,
    ...passed.map((row) => `${line(row)}: ${row.date}`),
    `\n${count(old.length, "row")} of ${count(documents.length, "old document")}, ${count(passed.length, "day")} passed`,
  ].join("\n");
}

function line({ table, path, about }: StaleRow): string {
  return `    ${table} ${path} ${about}`.trimEnd();
}
