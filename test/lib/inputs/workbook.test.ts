import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../../lib/inputs/input";
import { openWorkbook } from "../../../lib/inputs/workbook";
import { columnName, xlsx, xlsxParts, zipped, type CellValue, type Sheets } from "./xlsx";

const WHAT = "a workbook";
const SHEETS: Sheets = {
  First: [
    ["Name", "Count", "On"],
    ["a", 4, true],
  ],
};
const PARTS = xlsxParts(SHEETS);

function read(bytes: Buffer, name = "First", columns = ["name", "count", "on"]) {
  return openWorkbook(bytes, WHAT)(name, new Set(columns));
}

function rowsOf(bytes: Buffer, ...others: readonly [name?: string, columns?: string[]]) {
  return read(bytes, ...others)?.rows.map((row) => Object.fromEntries(row));
}

/** What is wrong with a workbook of some parts; a part without text is left out. */
function refusal(changed: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.entries({ ...PARTS, ...changed }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, text] as const],
  );
  return refusalOf(zipped(Object.fromEntries(parts)));
}

function refusalOf(bytes: Buffer): string {
  try {
    read(bytes);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.message;
  }
  return assert.fail("it was read");
}

function sheet(content: string): Record<string, string> {
  return { "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${content}</sheetData></worksheet>` };
}

/** Changes a number of the directory's entries, or of its end. */
function patched(bytes: Buffer, signature: number, offset: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  const marker = Buffer.alloc(4);
  marker.writeUInt32LE(signature);
  for (let at = copy.indexOf(marker); at >= 0; at = copy.indexOf(marker, at + 4))
    copy.writeUInt32LE(value, at + offset);
  return copy;
}

describe("workbooks", () => {
  it("have tables", () => {
    assert.deepEqual(rowsOf(xlsx(SHEETS)), [{ name: "a", count: 4, on: true }]);
    assert.deepEqual(rowsOf(xlsx(SHEETS), "FIRST", ["count"]), [{ count: 4 }]);
    assert.deepEqual(read(xlsx(SHEETS))?.columns, ["name", "count", "on"]);
    assert.equal(read(xlsx(SHEETS), "Second"), undefined);
  });

  it("are read as they were written, however that was", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
    const odd = fc.constantFrom("_x000D_", "_x_", "a&amp;b", "<t>", "]]>", "\r\n", " a ", "\u0001", "𝒳é", "__proto__");
    const value = fc.oneof<fc.Arbitrary<CellValue>[]>(
      text,
      odd,
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const rows = fc.array(fc.array(value, { minLength: 1, maxLength: 30 }), { maxLength: 5 });
    const options = fc.record({ inline: fc.boolean(), places: fc.boolean(), prefix: fc.constantFrom("", "x") });
    fc.assert(
      fc.property(rows, options, (cells, how) => {
        const names = Array.from({ length: 30 }, (_, column) => `c${String(column)}`);
        const found = rowsOf(xlsx({ First: [names, ...cells] }, how), "First", names);
        const written = cells.map((row) =>
          Object.fromEntries(row.flatMap((cell, column) => (cell === null ? [] : [[`c${String(column)}`, cell]]))),
        );
        assert.deepEqual(
          found,
          written.filter((row) => Object.keys(row).length > 0),
        );
      }),
    );
  });

  it("have cells up to the last column of Excel", () => {
    assert.equal(columnName(16_383), "XFD");
    const at = (place: string): Record<string, string> => sheet(`<row><c r="${place}"><v>1</v></c></row>`);
    assert.deepEqual(read(zipped({ ...PARTS, ...at("XFD1") }))?.columns, ["1"]);
    for (const place of ["XFE1", "1", "A", "AAAA1", "a1", ""]) {
      assert.match(refusal(at(place)), /^is not a workbook: a cell has a place that Excel does not have$/);
    }
  });

  it("have texts in several parts, values of formulas, and cells with errors", () => {
    const names = '<row><c t="inlineStr"><is><t>Name</t></is></c><c t="inlineStr"><is><t>Count</t></is></c></row>';
    const cells =
      '<row><c t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r><rPh><t>no</t></rPh></is></c>' +
      "<c><f>1+1</f><v>2</v></c></row>" +
      '<row><c t="str"><f>"x"</f><v>x&#x26;<![CDATA[<y>]]><!-- z --></v></c><c t="e"><v>#REF!</v></c></row>';
    assert.deepEqual(rowsOf(zipped({ ...PARTS, ...sheet(names + cells) })), [
      { name: "ab", count: 2 },
      { name: "x&<y>" },
    ]);
  });

  it("are refused in one line where they are none", () => {
    const wrong: readonly (readonly [RegExp, string])[] = [
      [/is empty, not a workbook/, refusalOf(Buffer.alloc(0))],
      [/is not a workbook, or cut short/, refusalOf(Buffer.from("VM,Powerstate\nvm1,poweredOn\n"))],
      [/save it as \.xlsx, without a password/, refusalOf(Buffer.from("d0cf11e0a1b11ae1000000", "hex"))],
      [/it has no "_rels\/\.rels"/, refusal({ "_rels/.rels": undefined })],
      [/it has no workbook/, refusal({ "_rels/.rels": "<Relationships/>" })],
      [/it has no "xl\/worksheets\/sheet1\.xml"/, refusal({ "xl/worksheets/sheet1.xml": undefined })],
      [/a part of it is cut short/, refusal({ "xl/workbook.xml": "<workbook><sheets>" })],
      [/a part of it is cut short/, refusal({ "xl/workbook.xml": '<workbook a="' })],
      [/a part of it is cut short/, refusal({ "xl/workbook.xml": "<workbook><!--" })],
      [/a part of it is not XML/, refusal({ "xl/workbook.xml": "<workbook></sheets>" })],
      [/a part of it is not XML/, refusal({ "xl/workbook.xml": "<workbook a=b/>" })],
      [/a part of it is not XML/, refusal({ "xl/workbook.xml": "PK" })],
      [/a cell has a text that is not there/, refusal(sheet('<row><c t="s"><v>99</v></c></row>'))],
      [/a cell has a text that is not there/, refusal(sheet('<row><c t="s"><v>__proto__</v></c></row>'))],
      [/an entity that is not of XML/, refusal(sheet("<row><c><v>&lol;</v></c></row>"))],
      [/an entity that is not of XML/, refusal(sheet("<row><c><v>&#x110000;</v></c></row>"))],
      [/an entity that is not of XML/, refusal(sheet("<row><c><v>a & b</v></c></row>"))],
    ];
    for (const [says, message] of wrong) {
      assert.match(message, says);
      assert.doesNotMatch(message, /\n/);
    }
  });

  it("are refused that expand, fetch or nest", () => {
    const types = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>';
    assert.match(refusal({ "xl/workbook.xml": `${types}<workbook>&a;</workbook>` }), /has a document type \(DTD\)/);
    assert.match(refusal(sheet("<row>".repeat(1_000_000))), /a part of it is nested too deep/);
  });

  it("are refused that unpack to too much, before they are", () => {
    const small = xlsx(SHEETS);
    assert.match(refusalOf(patched(small, 0x02014b50, 24, 0x7fffffff)), /unpacks to \d+ MB; 1024 MB are read/);
    const bomb = xlsx({ First: [["Name"], ["a".repeat(50_000_000)]] });
    assert.match(refusalOf(patched(bomb, 0x02014b50, 24, 1000)), /is not a workbook, or damaged/);
  });

  it("are refused that are encrypted, of the 64-bit form, or have a part twice", () => {
    const small = xlsx(SHEETS);
    assert.match(refusalOf(patched(small, 0x02014b50, 8, 0x00080001)), /is encrypted: save it without a password/);
    assert.match(refusalOf(patched(small, 0x06054b50, 16, 0xffffffff)), /64-bit form/);
    const twice = zipped({ ...PARTS, "/xl/workbook.xml": "<workbook/>" });
    assert.match(refusalOf(twice), /it has "xl\/workbook\.xml" twice/);
  });

  it("are read whole, or refused, wherever they are cut or changed", () => {
    const whole = xlsx(SHEETS);
    const right = rowsOf(whole);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        refusalOf(whole.subarray(0, length));
      }),
    );
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ change;
        try {
          const rows = rowsOf(changed);
          if (rows !== undefined) assert.deepEqual(rows, right);
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});
