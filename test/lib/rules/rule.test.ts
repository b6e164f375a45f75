import assert from "node:assert/strict";
import { Estate } from "../../../lib/estate/estate";
import { absent, known, unknown } from "../../../lib/estate/value";
import { defineRule } from "../../../lib/rules/rule";
import { blocks, isViolation, missing, notDeclared, undecided, violation } from "../../../lib/rules/verdict";
import type { Confidence } from "../../../lib/tables/sources";
import { NO_FACTS } from "../../kit";

const ON = { urn: "urn:a", name: "a" };
const ORIGIN = { urn: "urn:a", path: "x" };

describe("the parameters of a rule", () => {
  const read = (parameters: Readonly<Record<string, unknown>>) => {
    const seen: unknown[] = [];
    const rule = defineRule({
      name: "test",
      title: "Test",
      subject: "hosts",
      level: "recommended",
      severity: "low",
      reach: "resource",
      why: "",
      fix: "",
      sources: [],
      tags: [],
      parameters: {
        on: { type: "boolean", description: "", default: true },
        off: { type: "boolean", description: "" },
        limit: { type: "number", description: "", default: 3 },
      },
      applies: () => [ON],
      check: (_on, _estate, { flag, number }) => {
        seen.push(flag("on"), flag("off"), number("limit"), number("on"));
        return [];
      },
    });
    rule.judge(new Estate(NO_FACTS, true), { asOf: "2012-06-30", parameters });
    return seen;
  };

  it("are what the user set, else their defaults", () => {
    assert.deepEqual(read({}), [true, false, 3, undefined]);
    assert.deepEqual(read({ on: false, off: true, limit: 4 }), [false, true, 4, undefined]);
    assert.deepEqual(read({ on: "true", off: 1, limit: "4" }), [false, false, undefined, undefined]);
  });
});

describe("a verdict", () => {
  it("is a violation, or not decided", () => {
    assert.equal(isViolation(violation(ON, "x", "a is wrong.")), true);
    assert.equal(isViolation(notDeclared(ON, { origin: ORIGIN })), false);
  });

  it("blocks unless it only advises, or no document was found for it", () => {
    const evidence = (confidence: Confidence) => ({ evidence: { source: "limits-2008-r2", confidence } });
    for (const details of [{}, evidence("official"), evidence("derived"), { advisory: false }])
      assert.equal(blocks(violation(ON, "x", "a is wrong.", details)), true);
    for (const details of [evidence("unverified"), { advisory: true }, { ...evidence("official"), advisory: true }])
      assert.equal(blocks(violation(ON, "x", "a is wrong.", details)), false);
    assert.equal(blocks(notDeclared(ON, { origin: ORIGIN })), false);
  });

  it("on a value that a check cannot do without tells what is not declared from what is not known", () => {
    assert.deepEqual(missing(ON, absent(ORIGIN)), [
      { kind: "undecided", on: ON, missing: ORIGIN, because: "notDeclared" },
    ]);
    assert.deepEqual(missing(ON, unknown(ORIGIN)), [
      { kind: "undecided", on: ON, missing: ORIGIN, because: "deployment" },
    ]);
    for (const value of [known(1, ORIGIN), unknown(ORIGIN, "malformed")]) assert.deepEqual(missing(ON, value), []);
  });

  it("on any other value counts only what is not known", () => {
    assert.deepEqual(undecided(ON, unknown(ORIGIN)), missing(ON, unknown(ORIGIN)));
    for (const value of [absent(ORIGIN), known(1, ORIGIN), unknown(ORIGIN, "malformed")])
      assert.deepEqual(undecided(ON, value), []);
  });
});
