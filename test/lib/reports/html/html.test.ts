import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { FindingRecord } from "../../../../lib/judging/finding-record";
import { filtered, NO_FILTER } from "../../../../lib/reports/html/finding-filter";
import { htmlReport } from "../../../../lib/reports/html/html";
import { reportData, type ReportData } from "../../../../lib/reports/html/report-data";
import type { Report } from "../../../../lib/reports/report";
import { findingRecord } from "../../../record";

const PAGE = { script: "void 0;", styles: "p{color:red}" };
const EXEMPTED = { rule: "some-rule", resource: "*", reason: "Until the move", expires: "2027-01-31" };

function entry(name: string, more: Partial<FindingRecord> = {}): FindingRecord {
  return findingRecord({ urn: `urn:${name}`, entity: { name }, problem: `${name} is wrong.`, ...more });
}

function report(findings: readonly FindingRecord[], more: Partial<Report> = {}): Report {
  return { findings, notes: [], version: "1.2.3", ...more };
}

/** The data as a browser reads it: all up to the first end of the element. */
function dataIn(html: string): ReportData {
  const [, text] = /<script type="application\/json" id="data">(.*?)<\/script/s.exec(html) ?? [];
  assert.ok(text);
  return JSON.parse(text) as ReportData;
}

describe("the HTML report", () => {
  it("holds texts that would end its elements, as data and as a title", () => {
    for (const text of ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;", "\u2028"]) {
      const html = htmlReport(report([entry("a", { problem: text })], { failure: text, notes: [text] }), PAGE);
      assert.equal(html.match(/<script/g)?.length, 2);
      assert.equal(html.match(/<\/script/g)?.length, 2);
      assert.ok(!html.includes("<!--") && !html.includes("\u2028"));
      assert.equal(dataIn(html).findings[0]?.problem, text.replace("\u2028", "\\u2028"));
    }
  });

  it("forbids every request, and every script and style but its own", () => {
    const html = htmlReport(report([]), PAGE);
    const [, policy = ""] = /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    assert.deepEqual(policy.split("; "), [
      "default-src 'none'",
      `script-src ${hash(PAGE.script)}`,
      `style-src ${hash(PAGE.styles)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it("puts equal findings into one entry that names every resource, with its place", () => {
    const location = { file: "Pulumi.yaml", line: 3, column: 5 };
    const { findings } = reportData(report([entry("b"), entry("a", { location, property: "memoryMB" })]));
    assert.equal(findings.length, 1);
    assert.deepEqual(findings[0]?.resources, [
      { name: "a", urn: "urn:a", property: "memoryMB", place: "Pulumi.yaml:3:5" },
      { name: "b", urn: "urn:b" },
    ]);
    assert.match(findings[0].page, /^https:.*\/docs\/rules\/some-rule\.md$/);
  });

  it("sets apart what could not be checked", () => {
    const { findings, unchecked } = reportData(report([entry("a"), entry("b", { rule: "undecided" })]));
    assert.deepEqual(
      [findings.map(({ rule }) => rule), unchecked.map(({ rule }) => rule)],
      [["some-rule"], ["undecided"]],
    );
  });

  it("links only to addresses of the web", () => {
    const urls = ["https://example.com/", "javascript:alert(1)", "data:text/html,x", " javascript:alert(1)"];
    const sources = urls.map(
      (url) => reportData(report([entry("a", { source: { title: "t", url } })])).findings[0]?.source,
    );
    assert.deepEqual(sources, [
      { title: "t", url: "https://example.com/" },
      { title: "t" },
      { title: "t" },
      { title: "t" },
    ]);
  });

  for (const { findings = [], more = {}, expected } of [
    { expected: ["passed", "Nothing found"] },
    { findings: [entry("a")], expected: ["blocked", "1 finding blocks"] },
    {
      findings: [entry("a", { enforcement: "advisory" })],
      expected: ["advised", "Nothing blocks: 1 finding advises"],
    },
    { findings: [entry("a", { exempted: EXEMPTED })], expected: ["passed", "Nothing found, 1 exemption"] },
    { more: { failure: "no stack" }, expected: ["incomplete", "Not judged: the preview failed"] },
    { more: { notes: ["Not everything is judged."] }, expected: ["incomplete", "Nothing found"] },
  ] satisfies readonly { findings?: readonly FindingRecord[]; more?: Partial<Report>; expected: readonly string[] }[]) {
    it(`gives the verdict "${expected.join(": ")}"`, () => {
      const { outcome, verdict } = reportData(report(findings, more));
      assert.deepEqual([outcome, verdict], expected);
    });
  }

  it("says where a preview ended before the whole was judged", () => {
    assert.match(reportData(report([entry("a")])).judged, /ended before the stack as a whole was judged/);
    assert.match(reportData(report([])).judged, /found nothing of Hyper-V/);
  });
});

describe("the filter of findings", () => {
  const { findings } = reportData(
    report([
      entry("ex-mbx1", { severity: "high", location: { file: "infra/Pulumi.yaml", line: 3 } }),
      entry("hv1", { severity: "low", subject: "hosts", enforcement: "advisory", fix: "Add Memory." }),
    ]),
  );
  const found = (filter: Partial<typeof NO_FILTER>): readonly string[] =>
    filtered(findings, { ...NO_FILTER, ...filter }).flatMap(({ resources }) => resources.map(({ name }) => name));

  for (const [filter, expected] of [
    [{}, ["ex-mbx1", "hv1"]],
    [{ words: "MBX1 wrong" }, ["ex-mbx1"]],
    [{ words: " memory " }, ["hv1"]],
    [{ words: "infra/pulumi.yaml:3" }, ["ex-mbx1"]],
    [{ words: "mbx1 memory" }, []],
    [{ fate: "advisory" }, ["hv1"]],
    [{ severity: "high" }, ["ex-mbx1"]],
    [{ subject: "hosts", fate: "mandatory" }, []],
  ] as const) {
    it(`finds ${expected.join(" and ") || "nothing"} by ${JSON.stringify(filter)}`, () => {
      assert.deepEqual(found(filter), expected);
    });
  }
});
