import assert from "node:assert/strict";
import type { FindingRecord } from "../../../lib/judging/finding-record";
import { grouped, inOrder, problemOf, summary } from "../../../lib/reports/finding-groups";
import { summaryMarkdown } from "../../../lib/reports/markdown";
import { findingRecord } from "../../record";

function entry(name: string, problem: string, more: Partial<FindingRecord> = {}): FindingRecord {
  return findingRecord({
    urn: `urn:pulumi:dev::p::hyperv-guard:index:VirtualMachine::${name}`,
    entity: { name },
    problem,
    why: "It matters.",
    fix: "Mend it.",
    source: { title: "The document", url: "https://example.com/a_(b)" },
    ...more,
  });
}

const EXEMPTED = {
  rule: "some-rule",
  resource: "*",
  reason: "Until the move",
  expires: "2027-01-31",
  approvedBy: "the board",
};

function advice(name: string, problem: string): FindingRecord {
  return entry(name, problem, { enforcement: "advisory", severity: "low" });
}

function exempted(name: string, problem: string, more: object = {}): FindingRecord {
  return entry(name, problem, { enforcement: "advisory", exempted: { ...EXEMPTED, ...more } });
}

describe("what findings add up to", () => {
  it("is nothing where there are none", () => {
    assert.equal(summary([]), undefined);
  });

  it("says one in the singular, and leaves out what there is none of", () => {
    assert.equal(summary([entry("a", "a is wrong.")]), "1 finding blocks");
    assert.equal(summary([advice("a", "a is bad.")]), "1 finding advises");
    assert.equal(summary([exempted("a", "a"), exempted("b", "b")]), "2 findings are exempted");
    assert.equal(summary([entry("a", "a"), advice("a", "b")]), "1 finding blocks, 1 advises");
  });
});

describe("findings of several resources", () => {
  function lines(...findings: readonly FindingRecord[]): readonly string[] {
    return grouped(findings).map(({ names }) => names.join(" "));
  }

  it("are one line where nothing but the name differs", () => {
    const move = (name: string) => entry(name, `${name} is on hv1.`, { fix: `Move ${name} to another host.` });
    assert.deepEqual(lines(move("vm2"), move("vm10"), move("vm1")), ["vm1 vm10 vm2"]);
    const [group] = grouped([move("vm2"), move("vm1"), move("vm3")]);
    assert.ok(group);
    assert.equal(problemOf(group), "vm1 is on hv1. Likewise vm2 and vm3.");
  });

  it("are counted where the names would fill the screen", () => {
    const names = Array.from({ length: 14 }, (_, index) => `vm${String(index + 10)}`);
    const [group] = grouped(names.map((name) => entry(name, `${name} is odd.`)));
    assert.ok(group);
    assert.equal(
      problemOf(group),
      "vm10 is odd. Likewise vm11, vm12, vm13, vm14, vm15, vm16, vm17, vm18, vm19, vm20, vm21, vm22 and 1 more.",
    );
  });

  it("stay apart where a number, the level, the rule or the exemption differs", () => {
    assert.deepEqual(lines(entry("a", "a has 3."), entry("b", "b has 4.")), ["a", "b"]);
    assert.deepEqual(lines(entry("a", "a has 3."), advice("b", "b has 3.")), ["a", "b"]);
    assert.deepEqual(lines(entry("a", "a has 3."), entry("b", "b has 3.", { rule: "other" })), ["a", "b"]);
    assert.deepEqual(lines(exempted("a", "a has 3."), exempted("b", "b has 3.")), ["a b"]);
    assert.deepEqual(lines(exempted("a", "a has 3."), exempted("b", "b has 3.", { reason: "No" })), ["a", "b"]);
    assert.deepEqual(lines(exempted("a", "a has 3."), exempted("b", "b has 3.", { expires: "2027-02-01" })), [
      "a",
      "b",
    ]);
  });

  it("stay apart where a name is part of a word, or a number that may be a quantity", () => {
    assert.deepEqual(lines(entry("vm", "vm is like vm-x."), entry("hv", "hv is like hv-x.")), ["hv", "vm"]);
    assert.deepEqual(lines(entry("1", "1 has 1."), entry("2", "2 has 2.")), ["1", "2"]);
  });

  it("keep the place of the first of them", () => {
    const findings = [entry("b", "b is odd."), entry("a", "a is wrong."), entry("c", "c is wrong.")];
    assert.deepEqual(lines(...findings), ["a c", "b"]);
    assert.deepEqual(
      inOrder(findings).map(({ entity }) => entity?.name),
      ["a", "b", "c"],
    );
  });
});

const RULE = "[`some-rule`](https://github.com/hyperv-guard/hyperv-guard/blob/main/docs/rules/some-rule.md)";

describe("the summary in Markdown", () => {
  it("calls nobody whom a name mentions", () => {
    assert.match(summaryMarkdown({ findings: [entry("a", "@owner is wrong.")] }), /a: @<!-- -->owner is wrong\./);
  });

  it("has a table for each kind, and the reasons of each rule once", () => {
    const findings = [entry("a", "a has <b> | `c`."), advice("b", "b is bad."), exempted("c", "c is known.")];
    assert.equal(
      summaryMarkdown({ findings }),
      [
        "## hyperv-guard: 1 finding blocks, 1 advises, 1 is exempted",
        "",
        "### Blocks",
        "",
        "| what is wrong | how to fix it | rule | severity |",
        "| --- | --- | --- | --- |",
        `| a has \\<b\\> \\| \\\`c\\\`. | Mend it. | ${RULE} | high |`,
        "",
        "### Advises",
        "",
        "| what is wrong | how to fix it | rule | severity |",
        "| --- | --- | --- | --- |",
        `| b is bad. | Mend it. | ${RULE} | low |`,
        "",
        "### Exempted",
        "",
        "| what is wrong | exempted | rule |",
        "| --- | --- | --- |",
        `| c is known. | until 2027-01-31: Until the move, approved by the board | ${RULE} |`,
        "",
        "<details><summary>Why these rules matter, and where they are written</summary>",
        "",
        RULE,
        "",
        "- It matters. [The document](<https://example.com/a_(b)>)",
        "",
        "</details>",
        "",
        "",
      ].join("\n"),
    );
  });

  it("says that there are none", () => {
    assert.equal(summaryMarkdown({ findings: [] }), "## hyperv-guard: no findings\n\n");
  });

  it("shows what the engine printed when it failed, in a fence that nothing in it can close", () => {
    assert.equal(
      summaryMarkdown({ findings: [], failure: "error: ```no stack```\n" }),
      "## hyperv-guard: the preview failed\n\n````text\nerror: ```no stack```\n````\n\n",
    );
    assert.match(
      summaryMarkdown({ findings: [entry("a", "a is wrong.")], failure: "error" }),
      /^## hyperv-guard: the preview failed; 1 finding blocks\n/,
    );
  });

  it("says of a figure without a document that it only advises", () => {
    const { source, ...unsure } = advice("a", "a is odd.");
    assert.ok(source);
    assert.match(
      summaryMarkdown({ findings: [{ ...unsure, note: "no document was found." }] }),
      /\| a is odd\. \| Mend it\. Note: no document was found\. \|/,
    );
  });
});
