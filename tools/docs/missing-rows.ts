import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hostVersions } from "../../lib/tables/host-versions";
import { append, isRecord } from "../../lib/text/collections";
import { count } from "../../lib/text/words";

/** The content of each table by the name of its file. */
export type TableFiles = Readonly<Record<string, unknown>>;

/** Something that a table states about one host version, and does not about another one. */
export interface MissingRow {
  /** The file and the list in it: `host-versions.json limits`. */
  readonly list: string;
  /** What the row is about: `guestProcessors, generation 2`. */
  readonly about: string;
}

/** Two host versions: the new one, and the one whose rows it is compared with. */
export interface HostComparison {
  readonly id: string;
  readonly like: string;
}

/** The fields that name host versions, each for a role of its own. */
const HOST_FIELDS = ["hosts", "versions", "from", "to", "primaries", "replicas"];

/** The fields that name a product, which runs as a guest. */
const GUEST_FIELDS = ["product", "products"];

/** The fields that identify what a row is about; the others are what it states about that. */
const ABOUT_FIELDS = [
  ...["item", "topic", "purpose", "product", "products", "names", "versions"],
  ...["generation", "generations", "editions", "architectures"],
];

const PRODUCTS = "operating-systems.json products";
const VERSIONS = "host-versions.json versions";

type Row = Readonly<Record<string, unknown>>;

interface Placed {
  /** The file, and the path of the row's list in it. */
  readonly list: string;
  readonly row: Row;
  /** What the row is about, including the fields of the rows around it. */
  readonly about: Readonly<Record<string, readonly string[]>>;
}

/** Every table of `lib/tables`. */
export function shippedTables(root: string): TableFiles {
  const folder = join(root, "lib", "tables");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json"));
  return Object.fromEntries(
    files.map((name): [string, unknown] => [name, JSON.parse(readFileSync(join(folder, name), "utf8"))]),
  );
}

/** The id of a host version that is not in the tables yet, from its name: `windows-server-2028`. */
export function newHostId(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
}

/** The version before a host version in the table, or the last one of its family where it is not there yet. */
export function versionBefore(id: string, ids = hostVersions().map((version) => version.id)): string | undefined {
  const at = ids.indexOf(id);
  const earlier = at < 0 ? ids : ids.slice(0, at);
  const family = (one: string): string => one.replace(/\d.*$/, "");
  return earlier.filter((one) => family(one) === family(id)).at(-1) ?? earlier.at(-1);
}

/** The rows of one host version that no row of another one corresponds to, table by table, each once. */
export function missingRows({ id, like }: HostComparison, tables: TableFiles): readonly MissingRow[] {
  const placed = Object.entries(tables).flatMap(([file, table]) => rowsIn(table, file, {}));
  const productOf = (host: string): string => {
    const version = placed.find(({ list, row }) => list === VERSIONS && row["id"] === host);
    return texts(version?.row["product"])[0] ?? host;
  };
  const rows = [
    ...missingIds(placed, { id, product: productOf(id) }),
    ...HOST_FIELDS.flatMap((field) => missingIn(placed, field, { id, like })),
    ...GUEST_FIELDS.flatMap((field) => missingIn(placed, field, { id: productOf(id), like: productOf(like) })),
  ];
  const unique = new Map(rows.map((row) => [`${row.list}: ${row.about}`, row]));
  return [...unique.values()].filter((row) => !rows.some((outer) => isWithin(row, outer)));
}

/** What is missing, list by list. */
export function printMissing({ id, like }: HostComparison, rows: readonly MissingRow[]): string {
  if (rows.length === 0) return `${id} has a row wherever ${like} has one.`;
  const lists = new Map<string, string[]>();
  for (const { list, about } of rows) append(lists, list, about);
  const lines = [...lists].flatMap(([list, abouts]) => [list, ...abouts.map((about) => `  ${about}`)]);
  return [`${count(rows.length, "row")} missing for ${id}, where ${like} has one:`, ...lines].join("\n");
}

/** Whether a row would be inside another one that is missing too. */
function isWithin(row: MissingRow, outer: MissingRow): boolean {
  return row.list.startsWith(`${outer.list} `) && row.about.startsWith(outer.about);
}

/** The rows that give a host version and its product their ids. */
function missingIds(placed: readonly Placed[], { id, product }: { id: string; product: string }) {
  const ids: readonly (readonly [string, string])[] = [
    [PRODUCTS, product],
    [VERSIONS, id],
  ];
  return ids
    .filter(([list, one]) => !placed.some((each) => each.list === list && each.row["id"] === one))
    .map(([list, one]): MissingRow => ({ list, about: `id ${one}` }));
}

function missingIn(placed: readonly Placed[], field: string, { id, like }: HostComparison): readonly MissingRow[] {
  const naming = (one: string): readonly Placed[] =>
    placed.filter(({ list, row }) => list !== VERSIONS && texts(row[field]).includes(one));
  const present = naming(id);
  return naming(like).flatMap(({ list, about }) =>
    subjectsOf(about, field)
      .filter((subject) => !present.some((other) => other.list === list && covers(other, subject)))
      .map((subject) => ({ list, about: describeSubject(field, subject) })),
  );
}

/** One thing that a row is about: a row for two products in generations 1 and 2 is about four. */
type RowSubject = readonly (readonly [field: string, value: string])[];

function subjectsOf(about: Placed["about"], field: string): readonly RowSubject[] {
  return Object.entries(about)
    .filter(([name]) => name !== field)
    .reduce<readonly RowSubject[]>(
      (subjects, [name, values]) =>
        subjects.flatMap((subject) => values.map((value): RowSubject => [...subject, [name, value]])),
      [[]],
    );
}

/** Whether a row can be about a subject: what it leaves out, it does not restrict. */
function covers({ about }: Placed, subject: RowSubject): boolean {
  return subject.every(([name, value]) => about[name]?.includes(value) ?? true);
}

/** `guestProcessors, generation 2`, and in which role the version is named where that is not the host's. */
function describeSubject(field: string, subject: RowSubject): string {
  const words = subject.map(([name, value]) => (name.startsWith("generation") ? `generation ${value}` : value));
  return [...words, ...roleOf(field, words.length === 0)].join(", ");
}

function roleOf(field: string, isAlone: boolean): readonly string[] {
  if (GUEST_FIELDS.includes(field)) return ["as a guest"];
  if (field !== "hosts" && field !== "versions") return [`in "${field}"`];
  return isAlone ? ["as a host"] : [];
}

/** Every object in a list of a table, those within others too. */
function rowsIn(value: unknown, list: string, around: Placed["about"]): readonly Placed[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    Array.isArray(inner)
      ? inner.filter(isRecord).flatMap((row) => placedRow(row, `${list} ${name}`, around))
      : rowsIn(inner, `${list} ${name}`, around),
  );
}

function placedRow(row: Row, list: string, around: Placed["about"]): readonly Placed[] {
  const own = Object.entries(row)
    .filter(([name]) => ABOUT_FIELDS.includes(name))
    .map(([name, value]): [string, readonly string[]] => [name, texts(value)])
    .filter(([, values]) => values.length > 0);
  const about = { ...around, ...Object.fromEntries(own) };
  const { id } = row;
  return [{ list, row, about }, ...rowsIn(row, list, id === undefined ? about : { id: texts(id), ...about })];
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter(isPlain).map(String);
}

function isPlain(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
