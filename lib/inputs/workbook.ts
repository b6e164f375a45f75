import { dirname, join } from "node:path/posix";
import { InputError } from "./input";
import { readXml } from "./xml-events";
import { openZip, type UnpackPart } from "./zip";

/*
 * Sheets of an Office Open XML workbook (.xlsx) as tables: the first row has the names of the columns. Formulas are not
 * evaluated: of them the values that the workbook has are read.
 */

/** What stands in a cell; an empty one has nothing. */
export type Cell = string | number | boolean;

/** A row of a sheet, by the names of its columns in lower case. */
export type Row = ReadonlyMap<string, Cell>;

/** Rows of a sheet, and which columns it has. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** The rows of a sheet, by its name; undefined: there is none. Only columns that are asked for are read, in lower case. */
export type ReadSheet = (name: string, columns: ReadonlySet<string>) => Table | undefined;

/** What Excel allows. */
const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;

/** The older format of Excel, and a workbook with a password, are files of this kind. */
const COMPOUND_FILE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/**
 * @param what what the file should be, as in `an Excel workbook`
 * @throws InputError for bytes that are no workbook; so does what is returned
 */
export function openWorkbook(bytes: Buffer, what: string): ReadSheet {
  if (bytes.length === 0) throw new InputError(`is empty, not ${what}`);
  if (bytes.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE)) {
    throw new InputError("has a password, or is of the older format .xls: save it as .xlsx, without a password");
  }
  const part = partsOf(openZip(bytes, what), what);
  const [main] = part.related("", ({ type }) => type.endsWith("/officeDocument"));
  if (main === undefined) throw new InputError(`is not ${what}: it has no workbook`);
  const sheets = sheetsOf(part, main.target);
  const [strings] = part.related(main.target, ({ type }) => type.endsWith("/sharedStrings"));
  let shared: readonly string[] | undefined;
  return (name, columns) => {
    const sheet = sheets.get(name.toLowerCase());
    if (sheet === undefined) return undefined;
    shared ??= strings === undefined ? [] : sharedStrings(part, strings.target);
    return readTable(part, sheet, shared, columns);
  };
}

interface Relationship {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

interface Parts {
  readonly what: string;
  readonly text: (name: string) => string;
  /** What a part is related to; the file as a whole has no name. */
  readonly related: (name: string, is: (relationship: Relationship) => boolean) => readonly Relationship[];
}

function partsOf(unpack: UnpackPart, what: string): Parts {
  const text = (name: string): string => {
    const content = unpack(name);
    if (content === undefined) throw new InputError(`is not ${what}: it has no ${JSON.stringify(name.slice(0, 80))}`);
    const isWide = content[0] === 0xff && content[1] === 0xfe;
    return isWide ? content.subarray(2).toString("utf16le") : content.toString("utf8").replace(/^\ufeff/, "");
  };
  const related: Parts["related"] = (name, is) => {
    const folder = name === "" ? "" : dirname(name);
    const found: Relationship[] = [];
    readXml(text(join(folder, "_rels", `${name.slice(name.lastIndexOf("/") + 1)}.rels`)), what, {
      open: (element, attributes) => {
        if (element !== "Relationship" || attributes.get("TargetMode") === "External") return;
        const target = attributes.get("Target") ?? "";
        const path = target.startsWith("/") ? target.slice(1) : join(folder, target);
        found.push({ id: attributes.get("Id") ?? "", type: attributes.get("Type") ?? "", target: path });
      },
      close: () => undefined,
      text: () => undefined,
    });
    return found.filter(is);
  };
  return { what, text, related };
}

/** The parts with the sheets, by the names of the sheets in lower case. */
function sheetsOf(part: Parts, main: string): ReadonlyMap<string, string> {
  const targets = new Map(part.related(main, () => true).map(({ id, target }) => [id, target]));
  const sheets = new Map<string, string>();
  readXml(part.text(main), part.what, {
    open: (element, attributes) => {
      if (element !== "sheet") return;
      const id = [...attributes].find(([name]) => name.endsWith(":id"))?.[1] ?? "";
      const target = targets.get(id);
      if (target !== undefined) sheets.set((attributes.get("name") ?? "").toLowerCase(), target);
    },
    close: () => undefined,
    text: () => undefined,
  });
  return sheets;
}

/** Collects the text of elements `t`, without that which says how to pronounce it. */
class TextCollector {
  private collected = "";
  private isText = false;
  private phonetic = 0;

  open(element: string): void {
    if (element === "rPh") this.phonetic++;
    this.isText = element === "t" && this.phonetic === 0;
  }

  close(element: string): void {
    if (element === "rPh") this.phonetic--;
    this.isText = false;
  }

  text(text: string): void {
    if (this.isText) this.collected += text;
  }

  take(): string {
    const text = this.collected;
    this.collected = "";
    // What XML cannot hold stands as _x000D_.
    return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }
}

function sharedStrings(part: Parts, name: string): readonly string[] {
  const strings: string[] = [];
  const collector = new TextCollector();
  readXml(part.text(name), part.what, {
    open: (element) => {
      collector.open(element);
    },
    close: (element) => {
      collector.close(element);
      if (element === "si") strings.push(collector.take());
    },
    text: (text) => {
      collector.text(text);
    },
  });
  return strings;
}

function readTable(part: Parts, sheet: string, shared: readonly string[], wanted: ReadonlySet<string>): Table {
  const reader = new TableReader(shared, wanted, part.what);
  readXml(part.text(sheet), part.what, reader);
  return { columns: [...reader.columns.values()], rows: reader.rows };
}

/** Takes the cells of a sheet. Cells and rows without a place follow those before them. */
class TableReader {
  readonly columns = new Map<number, string>();
  readonly rows: Row[] = [];

  private readonly inline = new TextCollector();
  private row = new Map<number, Cell>();
  private column = -1;
  private type = "";
  private value = "";
  private isValue = false;
  private count = 0;

  constructor(
    private readonly shared: readonly string[],
    private readonly wanted: ReadonlySet<string>,
    private readonly what: string,
  ) {}

  readonly open = (element: string, attributes: ReadonlyMap<string, string>): void => {
    this.inline.open(element);
    this.isValue = element === "v";
    if (element === "row") {
      this.row = new Map();
      this.column = -1;
      if (++this.count > MOST_ROWS) this.wrong("a sheet has more rows than Excel allows");
    } else if (element === "c") {
      const place = attributes.get("r");
      this.column = place === undefined ? this.column + 1 : columnOf(place);
      if (!(this.column >= 0 && this.column < MOST_COLUMNS)) this.wrong("a cell has a place that Excel does not have");
      this.type = attributes.get("t") ?? "n";
      this.value = "";
    }
  };

  readonly close = (element: string): void => {
    this.inline.close(element);
    this.isValue = false;
    if (element === "c") {
      const text = this.inline.take();
      const cell = this.cell(text);
      if (cell !== undefined && cell !== "") this.row.set(this.column, cell);
    } else if (element === "row") this.endRow();
  };

  readonly text = (text: string): void => {
    this.inline.text(text);
    if (this.isValue) this.value += text;
  };

  private cell(inline: string): Cell | undefined {
    const { type, value } = this;
    if (type === "inlineStr") return inline;
    if (value === "" || type === "e") return undefined;
    if (type === "s") return this.shared[Number(value)] ?? this.wrong("a cell has a text that is not there");
    if (type === "b") return value === "1" || value === "true";
    if (type !== "n") return value;
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  }

  /** The first row that has something has the names of the columns. */
  private endRow(): void {
    if (this.row.size === 0) return;
    if (this.columns.size === 0) {
      for (const [column, name] of this.row) this.columns.set(column, String(name).trim().toLowerCase());
      return;
    }
    const row = new Map<string, Cell>();
    for (const [column, cell] of this.row) {
      const name = this.columns.get(column);
      if (name !== undefined && this.wanted.has(name) && !row.has(name)) row.set(name, cell);
    }
    this.rows.push(row);
  }

  private wrong(why: string): never {
    throw new InputError(`is not ${this.what}: ${why}`);
  }
}

/** The number of a column, from 0 on, by the place of a cell, as in `AB12`; not a number for what is none. */
function columnOf(place: string): number {
  const [, letters] = /^([A-Z]{1,3})\d{1,7}$/.exec(place) ?? [];
  if (letters === undefined) return NaN;
  let number = 0;
  for (let index = 0; index < letters.length; index++) number = number * 26 + letters.charCodeAt(index) - 64;
  return number - 1;
}
