import assert from "node:assert/strict";
import { describeSource, explain, inLines, inOneLine, masked } from "../../../lib/rules/explanation";
import { defineRule, type Rule } from "../../../lib/rules/rule";
import { violation, type Violation, type ViolationDetails } from "../../../lib/rules/verdict";
import { sourceOf } from "../../../lib/tables/sources";

const ON = { urn: "urn:a", name: "a" };

function rule(sources: readonly string[]): Rule {
  return defineRule({
    name: "some-rule",
    title: "Some rule",
    subject: "guests",
    level: "required",
    severity: "low",
    reach: "estate",
    why: "It matters.",
    fix: "Mend it.",
    sources,
    tags: [],
    applies: () => [],
    check: () => [],
  });
}

function found(more: ViolationDetails = {}): Violation {
  return violation(ON, "path", "a is wrong.", more);
}

/** A finding with all that is known of it. */
function findingMessage(rule: Rule, violation: Violation): string {
  return inLines(explain(rule, violation));
}

describe("inLines", () => {
  const LIMITS = `Source: ${describeSource(sourceOf("limits-2008-r2"))}`;
  const RATIO = `Source: ${describeSource(sourceOf("vp-lp-ratio-2011"))}`;

  it("says what is wrong, why it matters, how to fix it and where it is written", () => {
    assert.equal(
      findingMessage(rule(["limits-2008-r2", "vp-lp-ratio-2011"]), found()),
      ["a is wrong.", "Why: It matters.", "Fix: Mend it.", LIMITS].join("\n"),
    );
  });

  it("names no source where there is none", () => {
    assert.equal(findingMessage(rule([]), found()), "a is wrong.\nWhy: It matters.\nFix: Mend it.");
  });

  it("prefers the fix of the case", () => {
    assert.equal(findingMessage(rule([]), found({ fix: "Do this." })), "a is wrong.\nWhy: It matters.\nFix: Do this.");
  });

  it("prefers the document of the case, and quotes it first", () => {
    const evidence = { source: "vp-lp-ratio-2011", confidence: "blog" } as const;
    assert.equal(
      findingMessage(rule(["limits-2008-r2"]), found({ evidence })),
      ["a is wrong.", "Why: It matters.", "Fix: Mend it.", RATIO].join("\n"),
    );
    assert.equal(
      findingMessage(rule(["limits-2008-r2"]), found({ evidence: { ...evidence, statement: "They say so." } })),
      ["a is wrong.", "Why: They say so. It matters.", "Fix: Mend it.", RATIO].join("\n"),
    );
  });

  it("says that it only advises where no document was found, and names none", () => {
    const evidence = { source: "no-document", confidence: "unverified" } as const;
    assert.equal(
      findingMessage(rule(["limits-2008-r2"]), found({ evidence })),
      [
        "a is wrong.",
        "Why: It matters.",
        "Fix: Mend it.",
        "Note: no document was found for this figure, so this finding only advises.",
      ].join("\n"),
    );
  });

  it("is our mistake for a source that does not exist", () => {
    assert.throws(() => findingMessage(rule(["nowhere"]), found()), {
      message: "lib/tables/sources.json has no source nowhere",
    });
  });
});

describe("inOneLine", () => {
  const SOURCE = sourceOf("limits-2008-r2");

  it("says what is wrong, how to fix it and where it is written, and nothing else", () => {
    assert.equal(
      inOneLine(explain(rule(["limits-2008-r2"]), found())),
      `a is wrong. Fix: Mend it. Source: ${String(SOURCE.url)}`,
    );
    assert.equal(inOneLine(explain(rule([]), found())), "a is wrong. Fix: Mend it.");
    assert.equal(inOneLine({ problem: "a is not known." }), "a is not known.");
  });

  it("leaves out the lines that only details have", () => {
    const more = ["What is used:", "- a"];
    const explanation = explain(rule([]), found({ more }));
    assert.deepEqual(explanation.more, more);
    assert.equal(inOneLine(explanation), "a is wrong. Fix: Mend it.");
    assert.equal(inLines(explanation), "a is wrong.\nWhat is used:\n- a\nWhy: It matters.\nFix: Mend it.");
  });

  it("keeps lines that the user has asked for", () => {
    const problem = "a is used:\n- b";
    assert.equal(inOneLine({ problem, fix: "Nothing has to change." }), `${problem}\nFix: Nothing has to change.`);
  });

  it("names a document that has no address by its title", () => {
    assert.equal(inOneLine({ problem: "a is wrong.", source: { title: "A" } }), "a is wrong. Source: A");
  });

  it("says that it only advises where no document was found", () => {
    const evidence = { source: "no-document", confidence: "unverified" } as const;
    assert.equal(
      inOneLine(explain(rule(["limits-2008-r2"]), found({ evidence }))),
      "a is wrong. Fix: Mend it. Note: no document was found for this figure, so this finding only advises.",
    );
  });
});

describe("masked", () => {
  it("changes every text, leaves out a document that tells a secret, and adds nothing", () => {
    const source = { title: "A" };
    const texts = { problem: "p", more: ["m"], why: "w", fix: "f", note: "n" };
    const changed = { problem: "[p]", more: ["[m]"], why: "[w]", fix: "[f]", note: "[n]" };
    const mask = (text: string): string => (text === "A" || text === "" ? text : `[${text}]`);
    assert.deepEqual(masked({ ...texts, source }, mask), { ...changed, source });
    assert.deepEqual(masked({ ...texts, source: { title: "B" } }, mask), changed);
    assert.deepEqual(
      masked({ problem: "p" }, (text) => `[${text}]`),
      { problem: "[p]" },
    );
  });
});

describe("describeSource", () => {
  it("gives the title, and the address where it is known", () => {
    assert.equal(describeSource({ title: "A" }), "A");
    assert.equal(describeSource({ title: "A", url: "https://a" }), "A, https://a");
  });
});
