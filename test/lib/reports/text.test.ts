import assert from "node:assert/strict";
import type { FindingRecord } from "../../../lib/judging/finding-record";
import { findingsText, groupText } from "../../../lib/reports/text";
import { grouped } from "../../../lib/reports/finding-groups";
import { findingRecord } from "../../record";

function entry(name: string, problem: string, more: Partial<FindingRecord> = {}): FindingRecord {
  return findingRecord({
    urn: `urn:pulumi:dev::p::hyperv-guard:index:VirtualMachine::${name}`,
    entity: { kind: "virtualMachine", name },
    problem,
    why: "It matters.",
    fix: "Mend it.",
    source: { title: "The document", url: "https://example.com/a" },
    ...more,
  });
}

const ADVICE = { enforcement: "advisory", severity: "low" } as const;

const EXEMPTED = {
  exempted: {
    rule: "some-rule",
    resource: "*",
    reason: "Until the move",
    expires: "2027-01-31",
    approvedBy: "the board",
  },
};

const FIX = ["    Fix: Mend it.", "    Source: https://example.com/a"];

const HINT = "What a rule means, with examples: hyperv-guard explain some-rule";

describe("findings as text", () => {
  it("are none where there are none", () => {
    assert.deepEqual(findingsText([]), []);
  });

  it("stand by resource, equal ones together, what blocks at the end, and add up", () => {
    const findings = [
      entry("a", "a is exempted.", EXEMPTED),
      entry("a", "a is not good.", ADVICE),
      entry("b", "b is wrong."),
      entry("a", "a is wrong."),
      entry("c", "c is bad.", ADVICE),
    ];
    const expected = [
      ...["c  virtual machine", "  advises some-rule (low)", "    c is bad.", ...FIX, ""],
      ...["a  virtual machine", "  advises some-rule (low)", "    a is not good.", ...FIX],
      ...["  blocks some-rule (high, 2 resources)", "    a is wrong. Likewise b.", ...FIX, ""],
      "2 findings block, 2 advise, 1 is exempted (--exempted shows them).",
      HINT,
    ];
    assert.deepEqual(findingsText(findings), expected);
    assert.deepEqual(findingsText([...findings].reverse()), expected);
    const [first, second, third] = findingsText(findings.slice(0, 1), { exempted: true });
    assert.deepEqual(
      [first, second, third],
      ["a  virtual machine", "  exempted some-rule (high)", "    a is exempted."],
    );
  });

  it("are only counted where all are exempted", () => {
    assert.deepEqual(findingsText([entry("a", "a is wrong.", EXEMPTED)]), [
      "1 finding is exempted (--exempted shows them).",
    ]);
  });

  it("have why and the document's title on request", () => {
    assert.deepEqual(findingsText([entry("a", "a is wrong.", { more: ["On hv1."] })], { details: true }).slice(2, 7), [
      "    a is wrong.",
      "    On hv1.",
      "    Why: It matters.",
      "    Fix: Mend it.",
      "    Source: The document, https://example.com/a",
    ]);
  });

  it("say where the resource is declared, or that they are about the stack", () => {
    const location = { file: "infra/Pulumi.yaml", line: 12, column: 5 };
    const { entity, ...unnamed } = entry("vm1", "host is not known.", { location });
    assert.equal(entity?.name, "vm1");
    const stack = findingRecord({ problem: "Configuration: x is not a policy." });
    const headings = findingsText([unnamed, stack]).filter((line) => /^(vm1|the stack)/.test(line));
    assert.deepEqual(headings, ["the stack", "vm1  infra/Pulumi.yaml:12:5"]);
    assert.ok(findingsText([unnamed], { folder: "infra" }).includes("vm1  Pulumi.yaml:12:5"));
    assert.ok(findingsText([unnamed], { folder: "infra/test" }).includes("vm1  ../Pulumi.yaml:12:5"));
  });

  it("are wrapped to the width of the terminal, and coloured where it has colours", () => {
    const long = entry("a", "one two three four five six", { fix: "x".repeat(40) });
    const lines = findingsText([long], { width: 20 });
    assert.deepEqual(lines.slice(2, 6), [
      "    one two three",
      "    four five six",
      "    Fix:",
      `    ${"x".repeat(40)}`,
    ]);
    assert.ok(!findingsText([long]).join("").includes("\u001b"));
    assert.ok(findingsText([long], { isColoured: true }).some((line) => line.includes("\u001b[31m")));
  });

  it("are counted by rule where they are too many to be read one by one", () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      entry(`vm${String(index)}`, `It has ${String(index)}.`, index % 2 === 0 ? { ...ADVICE, rule: "odd" } : {}),
    );
    assert.deepEqual(findingsText([...many, entry("z", "z is bad.", { rule: "rare" })]).slice(-6), [
      "   2500 advises odd",
      "   2500 blocks some-rule",
      "      1 blocks rare",
      "",
      "2501 findings block, 2500 advise.",
      "What a rule means, with examples: hyperv-guard explain some-rule",
    ]);
  });

  it("do nothing where they are printed", () => {
    const hostile = entry("a\u001b[31m", "::error::x\n##vso[task.complete]\u202e", { fix: "<{%fg 1%}>" });
    for (const line of findingsText([hostile])) {
      // eslint-disable-next-line no-control-regex -- these are what is looked for
      assert.doesNotMatch(line, /^\s*::|##vso\[|[\u0000-\u001f\u202a-\u202e]|<\{%/);
    }
  });

  it("are a line each where a command says what it leaves", () => {
    assert.deepEqual(grouped([entry("a", "a is wrong."), entry("b", "b is wrong.")]).map(groupText), [
      "[mandatory] some-rule: a is wrong. Likewise b. Fix: Mend it. Source: https://example.com/a",
    ]);
  });
});
