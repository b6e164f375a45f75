import assert from "node:assert/strict";
import { join } from "node:path";
import { printStaleRows, staleRows, tablesIn } from "../../tools/docs/stale-rows";
import { ROOT } from "../root";

/** One row of a document from 2025-06-18, with a day in it. */
function table(row: object) {
  return new Map([["one.json", { rows: [{ product: "ubuntu", source: "generations-2025", ...row }] }]]);
}

function found(today: string, row: object = {}) {
  return staleRows(table(row), today).map(({ table: file, path, about, why, date }) => [file, path, about, why, date]);
}

describe("rows of the tables that someone should look at again", () => {
  it("are those whose document is older than a year", () => {
    assert.deepEqual(found("2026-06-18"), []);
    assert.deepEqual(found("2026-06-19"), [["one.json", "rows[0]", "ubuntu", "document", "2025-06-18"]]);
  });

  it("are those with a day that has passed", () => {
    const row = { date: "2026-01-31" };
    assert.deepEqual(found("2026-01-31", row), []);
    assert.deepEqual(found("2026-02-01", row), [["one.json", "rows[0]", "ubuntu", "date", "2026-01-31"]]);
    assert.equal(found("2026-02-01", { extendedUpdates: { until: "2026-01-31", source: "no-document" } }).length, 1);
  });

  it("are not those whose document has no date, or is only one that the row disagrees with", () => {
    assert.deepEqual(found("2099-01-01", { source: "no-document" }), []);
    const conflicts = [{ source: "generations-2025", value: "7" }];
    assert.deepEqual(found("2099-01-01", { source: "no-document", conflicts }), []);
  });

  it("count a document of a year from the end of that year on", () => {
    const row = { source: "exchange-roadmap-2024" };
    assert.deepEqual(found("2025-05-31", row), []);
    assert.equal(found("2025-06-01", row).length, 1);
  });

  it("of the shipped tables are printed by document, and by day", () => {
    const today = "2026-12-01";
    const text = printStaleRows(staleRows(tablesIn(join(ROOT, "lib", "tables")), today), today);
    assert.match(text, /^Documents older than a year on 2026-12-01\n/);
    assert.match(text, /\n {2}guests-2025 \(2025-04-23\): Supported Windows guest operating systems/);
    assert.match(
      text,
      /\n {4}guest-support\.json rows\[\d+\] windows-server-2025 windows-server-2022, windows-server-2025/,
    );
    assert.match(text, /\n {4}lifecycle\.json rows\[\d+\]\.extendedUpdates: 2026-10-13\n/);
    assert.match(text, /\n {4}lifecycle\.json exchange\[6\] 2019: 2025-10-14\n/);
    assert.doesNotMatch(text, /windows-server-2022: 2031/);
  });
});
