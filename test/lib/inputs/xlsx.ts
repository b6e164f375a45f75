import { zipSync, type Zippable } from "fflate";

/*
 * Workbooks (.xlsx) for tests, by the standard ECMA-376 and a library that the reader does not use.
 */

export type CellValue = string | number | boolean | null;

/** Sheets by their names, each with its rows; the first row has the names of the columns. */
export type Sheets = Readonly<Record<string, readonly (readonly CellValue[])[]>>;

interface XlsxOptions {
  /** Whether texts stand in the cells and not in a part of their own. */
  readonly inline?: boolean;
  /** Whether cells and rows say where they are. */
  readonly places?: boolean;
  /** What stands before the names of elements. */
  readonly prefix?: string;
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const DECLARATION = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n';

/** A workbook. */
export function xlsx(sheets: Sheets, options: XlsxOptions = {}): Buffer {
  return zipped(xlsxParts(sheets, options));
}

/** The parts of a workbook, by their names. */
export function xlsxParts(
  sheets: Sheets,
  { inline = false, places = true, prefix = "" }: XlsxOptions = {},
): Record<string, string> {
  const p = prefix === "" ? "" : `${prefix}:`;
  const space = prefix === "" ? `xmlns="${MAIN}"` : `xmlns:${prefix}="${MAIN}"`;
  const shared: string[] = [];
  const textCell = (text: string, place: string): string => {
    const content = `<${p}t xml:space="preserve">${escaped(text)}</${p}t>`;
    if (inline) return `<${p}c${place} t="inlineStr"><${p}is>${content}</${p}is></${p}c>`;
    const known = shared.indexOf(text);
    return `<${p}c${place} t="s"><${p}v>${String(known < 0 ? shared.push(text) - 1 : known)}</${p}v></${p}c>`;
  };
  const cell = (value: CellValue, column: number, row: number): string => {
    const place = places ? ` r="${columnName(column)}${String(row)}"` : "";
    if (value === null) return places ? "" : `<${p}c/>`;
    if (typeof value === "string") return textCell(value, place);
    if (typeof value === "number") return `<${p}c${place}><${p}v>${String(value)}</${p}v></${p}c>`;
    return `<${p}c${place} t="b"><${p}v>${value ? "1" : "0"}</${p}v></${p}c>`;
  };
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    "[Content_Types].xml": contentTypes(names.length),
    "_rels/.rels": relationships([["rId1", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml":
      `${DECLARATION}<${p}workbook ${space} xmlns:r="${OFFICE}"><${p}sheets>` +
      names.map((name, index) => sheetElement(p, name, index + 1)).join("") +
      `</${p}sheets></${p}workbook>`,
    "xl/_rels/workbook.xml.rels": relationships([
      ...names.map((_, index) => sheetRelationship(index + 1)),
      ["rIdStrings", "sharedStrings", "sharedStrings.xml"],
    ]),
  };
  for (const [index, name] of names.entries()) {
    const rows = (sheets[name] ?? []).map((cells, row) => {
      const at = places ? ` r="${String(row + 1)}"` : "";
      return `<${p}row${at}>${cells.map((value, column) => cell(value, column, row + 1)).join("")}</${p}row>`;
    });
    parts[`xl/worksheets/sheet${String(index + 1)}.xml`] =
      `${DECLARATION}<${p}worksheet ${space}><${p}sheetData>${rows.join("")}</${p}sheetData></${p}worksheet>`;
  }
  const strings = shared.map((text) => `<${p}si><${p}t xml:space="preserve">${escaped(text)}</${p}t></${p}si>`);
  parts["xl/sharedStrings.xml"] = `${DECLARATION}<${p}sst ${space}>${strings.join("")}</${p}sst>`;
  return parts;
}

/** Parts as a ZIP file. The same parts give the same bytes on every day. */
export function zipped(parts: Readonly<Record<string, string>>): Buffer {
  const encoder = new TextEncoder();
  const files: Zippable = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, encoder.encode(text)]));
  return Buffer.from(zipSync(files, { mtime: "2026-01-01T12:00:00" }));
}

function sheetElement(p: string, name: string, number: number): string {
  return `<${p}sheet name="${escaped(name)}" sheetId="${String(number)}" r:id="rId${String(number)}"/>`;
}

function sheetRelationship(number: number): readonly [string, string, string] {
  return [`rId${String(number)}`, "worksheet", `worksheets/sheet${String(number)}.xml`];
}

function contentTypes(sheets: number): string {
  const sheet = (_: unknown, index: number): readonly [string, string] => [
    `worksheets/sheet${String(index + 1)}.xml`,
    "worksheet",
  ];
  const parts = [
    ["workbook.xml", "sheet.main"],
    ["sharedStrings.xml", "sharedStrings"],
    ...Array.from({ length: sheets }, sheet),
  ];
  const overrides = parts.map(
    ([name = "", kind = ""]) => `<Override PartName="/xl/${name}" ContentType="${SPREADSHEET}.${kind}+xml"/>`,
  );
  return (
    `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join("")}</Types>`
  );
}

function relationships(list: readonly (readonly [string, string, string])[]): string {
  const elements = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${elements.join("")}</Relationships>`;
}

/** As in `AB`. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** A text in XML; what XML cannot hold as Excel writes it. */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_")
    .replace(UNWRITABLE, (sign) => `_x${sign.charCodeAt(0).toString(16).padStart(4, "0")}_`)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}

// eslint-disable-next-line no-control-regex -- these are what XML cannot hold
const UNWRITABLE = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;
