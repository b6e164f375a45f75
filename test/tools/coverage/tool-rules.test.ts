import assert from "node:assert/strict";
import { RULES } from "../../../policies";
import {
  countCoverage,
  isJudged,
  percentOfDeclarable,
  percentWithNewInputs,
} from "../../../tools/coverage/coverage-counts";
import { checkingTools, pageOf, readTool, runningReasons, type ToolRule } from "../../../tools/coverage/tool-rules";
import { coverageDocument } from "../../../tools/docs/coverage-page";

const NAMES = RULES.map(({ name }) => name);

const CASES: readonly ToolRule[] = [
  { title: "a", judgedBy: ["one"] },
  { title: "b", judgedBy: ["one", "two"] },
  { title: "c", judgedBy: ["two", "three"] },
  { title: "d", notJudged: "No document." },
  { title: "e", noInput: "Serial ports." },
  { title: "f", onlyRunning: "history" },
];

function toolWith(rule: object): unknown {
  return { tool: "A tool", document: "https://learn.microsoft.com/a", scope: "All.", rules: [rule] };
}

describe("the rules of Microsoft's tools", () => {
  for (const tool of checkingTools()) {
    describe(tool.tool, () => {
      it("name rules that are in the catalogue", () => {
        const named = tool.rules.flatMap(({ judgedBy = [] }) => judgedBy);
        assert.deepEqual(
          named.filter((name) => !NAMES.includes(name)),
          [],
        );
      });

      it("are listed once each", () => {
        const titles = tool.rules.map(({ title }) => title.toLowerCase());
        const numbers = tool.rules.flatMap(({ number = [] }) => number);
        const pages = tool.rules.flatMap(({ page = [] }) => page);
        for (const ids of [titles, numbers, pages]) {
          assert.deepEqual(
            ids.filter((id, index) => ids.indexOf(id) !== index),
            [],
          );
        }
      });

      it("have a page of Microsoft each", () => {
        for (const rule of tool.rules) {
          assert.match(
            pageOf(tool, rule),
            /^https:\/\/(learn\.microsoft\.com|microsoft\.github\.io|github\.com\/(Azure|microsoft))\/[^\s()]+$/,
          );
        }
      });

      it("give reasons that are listed", () => {
        const reasons = runningReasons().map(({ id }) => id);
        const used = tool.rules.flatMap(({ onlyRunning = [] }) => onlyRunning);
        assert.deepEqual(
          used.filter((id) => !reasons.includes(id)),
          [],
        );
      });
    });
  }

  it("use every reason", () => {
    const used = new Set(checkingTools().flatMap(({ rules }) => rules.map(({ onlyRunning }) => onlyRunning)));
    assert.deepEqual(
      runningReasons().filter(({ id }) => !used.has(id)),
      [],
    );
  });

  it("are of one kind each, and have a source", () => {
    const valid = { title: "a", notJudged: "No document." };
    assert.equal(readTool("t.json", toolWith(valid)).rules.length, 1);
    const WRONG: readonly object[] = [
      { title: "a" },
      { ...valid, noInput: "Serial ports." },
      { title: "a", judgedBy: [] },
      { ...valid, note: "Of rules that there are none of." },
    ];
    for (const rule of WRONG) {
      assert.throws(() => readTool("t.json", toolWith(rule)), /t\.json is not a valid table/);
    }
    assert.throws(() => readTool("t.json", { tool: "A tool", scope: "All.", rules: [valid] }), /document/);
  });
});

describe("the coverage of Microsoft's tools", () => {
  const rules = new Set(["one", "two"]);
  const counts = countCoverage(CASES, rules);

  it("counts a rule as judged when all rules that judge it are there", () => {
    assert.deepEqual(
      CASES.map((rule) => isJudged(rule, rules)),
      [true, true, false, false, false, false],
    );
    assert.deepEqual(counts, { all: 6, judged: 2, notJudged: 2, noInput: 1, onlyRunning: 1 });
  });

  it("is rounded down", () => {
    assert.equal(percentOfDeclarable(counts), "50 %");
    assert.equal(percentWithNewInputs(counts), "40 %");
    assert.equal(percentOfDeclarable({ ...counts, judged: 199, notJudged: 1 }), "99 %");
    assert.equal(percentOfDeclarable({ ...counts, judged: 3, notJudged: 0 }), "100 %");
    assert.equal(percentOfDeclarable({ ...counts, judged: 0, notJudged: 0 }), "");
  });

  it("is computed from the rules that are in the pack", () => {
    const total = countCoverage(
      checkingTools().flatMap((tool) => tool.rules),
      new Set(NAMES),
    );
    const share = `${String(total.judged)} are judged (${percentOfDeclarable(total)})`;
    assert.ok(coverageDocument(NAMES).includes(share), share);
    assert.match(coverageDocument([]), /, 0 are judged \(0 %\)/);
  });
});
