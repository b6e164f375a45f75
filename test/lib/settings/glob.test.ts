import assert from "node:assert/strict";
import fc from "fast-check";
import { globMatcher, globProblem, namesMatcher } from "../../../lib/settings/glob";

const URN = "urn:pulumi:prod::mail::hyperv-guard:index:VirtualMachine::ex1";

describe("a glob", () => {
  for (const [pattern, text, expected] of [
    ["ex1", "ex1", true],
    ["EX1", "ex1", true],
    ["ex1", "ex10", false],
    ["ex*", "ex10", true],
    ["ex?", "ex10", false],
    ["ex[12]", "ex2", true],
    ["ex[12]", "ex3", false],
    ["{ex1,ex2}", "ex2", true],
    ["*", "a/b.c", true],
    ["*", ".hidden", true],
    ["prod/*", "prod/mail", true],
    ["*::ex1", URN, true],
    [URN, URN, true],
    [URN.toUpperCase(), URN, true],
    ["*:VirtualMachine::*", URN, true],
    ["*:Host::*", URN, false],
    ["vm (old)", "vm (old)", true],
    ["a.b", "axb", false],
    ["!ex1", "ex2", true],
    ["!ex1", "ex1", false],
  ] as const) {
    it(`${pattern} ${expected ? "matches" : "does not match"} ${text}`, () => {
      assert.equal(globMatcher(pattern)(text), expected);
      assert.equal(globProblem(pattern), undefined);
    });
  }

  it("of a name without signs matches that name in any letters, and no other", () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9_:$/-][a-zA-Z0-9_:$/. -]{0,20}$/);
    fc.assert(
      fc.property(name, name, (one, other) => {
        assert.equal(globMatcher(one)(one.toUpperCase()), true);
        assert.equal(globMatcher(one)(other), one.toLowerCase() === other.toLowerCase());
      }),
    );
  });

  it("is for one of several names, but where it says what is not meant, for all of them", () => {
    for (const [pattern, names, expected] of [
      ["a", ["a", "b"], true],
      ["c", ["a", "b"], false],
      ["!a", ["a", "b"], false],
      ["!(a|c)", ["a", "b"], false],
      ["!c", ["a", "b"], true],
      ["!c", [], false],
    ] as const) {
      assert.equal(namesMatcher(pattern)(names), expected, pattern);
    }
  });

  it("that cannot be read says why", () => {
    assert.match(globProblem("ex[1") ?? "", /^Missing closing: "\]"/);
    assert.match(globProblem("{a,b") ?? "", /^Missing closing: "\}"/);
    assert.equal(globProblem(""), "Expected pattern to be a non-empty string");
  });
});
