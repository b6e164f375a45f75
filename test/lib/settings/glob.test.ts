import assert from "node:assert/strict";
import fc from "fast-check";
import { globMatcher, globProblem, namesMatcher, literalOf } from "../../../lib/settings/glob";

const URN = "urn:pulumi:prod::mail::hyperv-guard:index:VirtualMachine::ex1";

const SIGNS = Array.from('\\*?+@![](){}|,^$-:"./a\0é');

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
    ["!!ex1", "ex1", true],
    ["!", "ex1", true],
    ["(ex)+1", "exex1", true],
    ["(ex)?1", "1", true],
    ["+(ex|hv)1", "exhv1", true],
    ["+(ex|hv)1", "1", false],
    ["*(ex|hv)1", "1", true],
    // picomatch takes these for plain text.
    ["+(a|aa)", "aaa", true],
    ["*(*(a)|b)", "aabaa", true],
    ["@(?1|b)", "a1", true],
    ["(ex+)1", "exxx1", true],
    ["ex+", "exx", false],
    ["!(*.d).ts", "a.ts", true],
    ["!(*.d).ts", "a.d.ts", false],
    ['"ex*"1', "ex*1", true],
    ['"ex*"1', "ex11", false],
    ["ex\\\\1", "ex\\1", true],
    ["ex[\\]-]", "ex]", true],
    ["[[:digit:]]x", "1x", true],
    ["{a}", "{a}", true],
    ["a}b", "a}b", true],
    ["prod/**", "prod", true],
    ["**/mail", "mail", true],
    // Names are not paths.
    ["*", "..", true],
    ["*", "two\nlines", true],
    ["ex[12]", "ex1/", false],
    ["σ", "ς", true],
    ["İ*", "İ1", true],
    ["*", "", false],
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
    for (const [pattern, problem] of [
      ["", "it is empty"],
      ["ex[1", '"[" has no "]"; write "\\[" for the character itself'],
      ["ex[]", '"[" has no "]"; write "\\[" for the character itself'],
      ["ex]", '"]" has no "["; write "\\]" for the character itself'],
      ["{a,b", '"{" has no "}"; write "\\{" for the character itself'],
      ["(a", '"(" has no ")"; write "\\(" for the character itself'],
      ["{a)}", '")" has no "("; write "\\)" for the character itself'],
      ["hv{1..10}", '"{1..10}" is a range of more than one character; list them, as in {9,10}'],
      ["[z-a]", '"[z-a]" has a range in the wrong order'],
      ["(".repeat(101) + ")".repeat(101), "its groups are nested more than 100 deep"],
      ["a".repeat(65_537), "it is longer than 65536 characters"],
    ] as const) {
      assert.equal(globProblem(pattern), problem);
    }
  });

  it("never fails in another way, and matches its own text", () => {
    const hostile = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...SIGNS) });
    fc.assert(
      fc.property(hostile, hostile, (pattern, text) => {
        if (globProblem(pattern) !== undefined) return;
        const matches = globMatcher(pattern);
        assert.equal(typeof matches(text), "boolean");
        assert.ok(matches(pattern) || literalOf(pattern) !== undefined);
      }),
      { numRuns: 5000 },
    );
  });

  it("without wildcards is known by the text that it matches", () => {
    assert.equal(literalOf("Ex1"), "EX1");
    assert.equal(literalOf("vm \\(old\\)"), "VM (OLD)");
    for (const pattern of ["ex*", "!ex1", "ex[1]", "{a,b}", "vm (old)"]) assert.equal(literalOf(pattern), undefined);
  });
});
