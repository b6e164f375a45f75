import assert from "node:assert/strict";
import type { FindingRecord } from "../../../lib/judging/finding-record";
import { grouped, inOrder, summary } from "../../../lib/reports/finding-groups";
import { summaryMarkdown } from "../../../lib/reports/markdown";
import { findingsText } from "../../../lib/reports/text";
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

describe("the view of findings", () => {
  it("is empty where there are none", () => {
    assert.deepEqual(findingsText([], false), []);
    assert.equal(summary([]), undefined);
  });

  it("has what blocks first, then what advises, then what is exempted, each by resource, and what they add up to", () => {
    const findings = [
      exempted("a", "a is exempted."),
      advice("a", "a is not good."),
      entry("b", "b is wrong."),
      entry("a", "a is wrong."),
      advice("c", "c is bad."),
    ];
    const expected = [
      "[mandatory] some-rule: a is wrong. Likewise b. Fix: Mend it. Source: https://example.com/a_(b)",
      "[advisory] some-rule: a is not good. Fix: Mend it. Source: https://example.com/a_(b)",
      "[advisory] some-rule: c is bad. Fix: Mend it. Source: https://example.com/a_(b)",
      "[exempted] some-rule: a is exempted. Exempted until 2027-01-31: Until the move, approved by the board.",
      "2 findings block, 2 advise, 1 is exempted.",
    ];
    assert.deepEqual(findingsText(findings, false), expected);
    assert.deepEqual(findingsText([...findings].reverse(), false), expected);
  });

  it("says one in the singular, and leaves out what there is none of", () => {
    assert.equal(summary([entry("a", "a is wrong.")]), "1 finding blocks");
    assert.equal(summary([advice("a", "a is bad.")]), "1 finding advises");
    assert.equal(summary([exempted("a", "a"), exempted("b", "b")]), "2 findings are exempted");
    assert.equal(summary([entry("a", "a"), advice("a", "b")]), "1 finding blocks, 1 advises");
  });

  it("shows why and the whole document on request, below the line", () => {
    assert.deepEqual(findingsText([entry("a", "a is wrong.")], true), [
      [
        "[mandatory] some-rule: a is wrong.",
        "  Why: It matters.",
        "  Fix: Mend it.",
        "  Source: The document, https://example.com/a_(b)",
      ].join("\n"),
      "1 finding blocks.",
    ]);
  });

  it("names the resource where the text does not, and the stack not at all", () => {
    const bare = { why: undefined, fix: undefined, source: undefined } as object;
    assert.deepEqual(
      findingsText(
        [
          { ...advice("vm1", "host is not known until deployment."), ...bare, rule: "undecided" },
          findingRecord({ rule: "estate", problem: "Configuration: x is not a policy." }),
        ],
        false,
      ),
      [
        "[mandatory] estate: Configuration: x is not a policy.",
        "[advisory] undecided: vm1: host is not known until deployment.",
        "1 finding blocks, 1 advises.",
      ],
    );
  });

  it("takes the name of a resource that messages do not name from its URN", () => {
    const { entity, ...unnamed } = advice("vm1", "host is not known.");
    assert.equal(entity?.name, "vm1");
    assert.match(findingsText([unnamed], false)[0] ?? "", /^\[advisory\] some-rule: vm1: host is not known\. /);
  });
});

describe("findings of several resources", () => {
  function lines(...findings: readonly FindingRecord[]): readonly string[] {
    return grouped(findings).map(({ names }) => names.join(" "));
  }

  it("are one line where nothing but the name differs", () => {
    const move = (name: string) => entry(name, `${name} is on hv1.`, { fix: `Move ${name} to another host.` });
    assert.deepEqual(lines(move("vm2"), move("vm10"), move("vm1")), ["vm1 vm10 vm2"]);
    const [line] = findingsText([move("vm2"), move("vm1"), move("vm3")], false);
    assert.equal(
      line,
      "[mandatory] some-rule: vm1 is on hv1. Likewise vm2 and vm3. Fix: Move vm1 to another host. Source: https://example.com/a_(b)",
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
