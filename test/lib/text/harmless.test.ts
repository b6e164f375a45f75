import assert from "node:assert/strict";
import fc from "fast-check";
import { harmless, harmlessJson, harmlessLine, shortened } from "../../../lib/text/harmless";

/** What the vendors document: how their runners find a command in a line. */
const OBEYED: Readonly<Record<string, RegExp>> = {
  "GitHub Actions": /^\s*::[^\n]*::/m,
  "Azure Pipelines": /##vso\[/i,
  "Azure Pipelines, formats": /^\s*##\[/m,
  "the engine's colours": /<\{%/,
  // eslint-disable-next-line no-control-regex -- terminals obey them
  terminals: /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/,
  "the direction of text": /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
};

const HOSTILE = [
  ["::error file=a::b", ": :error file=a::b"],
  ["vm1\n  ::add-mask::x", "vm1\n  : :add-mask::x"],
  ["##vso[task.setvariable variable=a]b", "## vso[task.setvariable variable=a]b"],
  ["##[error]x", "## [error]x"],
  ["<{%fg 1%}>red", "<{ %fg 1%}>red"],
  ["\u001b[31mred", "\\u001b[31mred"],
  ["a\rb", "a\\u000db"],
  ["abc\u202etxt.exe", "abc\\u202etxt.exe"],
  ["a\u0000b\u009bc", "a\\u0000b\\u009bc"],
] as const;

describe("text that leaves", () => {
  for (const [text, expected] of HOSTILE) {
    it(`makes ${JSON.stringify(text)} harmless`, () => {
      assert.equal(harmless(text), expected);
    });
  }

  it("H13: is the same data in JSON, with what would be obeyed escaped", () => {
    for (const [text] of HOSTILE) {
      const json = harmlessJson(JSON.stringify({ text }));
      assert.deepEqual(JSON.parse(json), { text });
      assert.doesNotMatch(json, /##(?:vso)?\[/);
      for (const who of ["terminals", "the direction of text"]) assert.doesNotMatch(json, OBEYED[who] ?? /^/, who);
    }
  });

  it("leaves what nobody obeys as it is", () => {
    for (const text of ["C:\\ClusterStorage\\a::b", "vm1 has 4.", "a ## b", "fe80::1 is open", "größer 日本語 😀"]) {
      assert.equal(harmless(text), text);
    }
  });

  it("F7, H13: never leaves a command in, whatever the text", () => {
    const hostile = fc.array(
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...HOSTILE.map(([text]) => text))),
    );
    fc.assert(
      fc.property(hostile, (texts) => {
        const text = texts.join("\n");
        for (const [who, pattern] of Object.entries(OBEYED)) {
          assert.doesNotMatch(harmless(text), pattern, who);
          assert.doesNotMatch(harmlessLine(text), pattern, who);
        }
        assert.ok(!harmlessLine(text).includes("\n"));
        assert.equal(harmless(harmless(text)), harmless(text));
      }),
    );
  });

  it("H10: cuts a long text with a mark, and no character in two", () => {
    assert.equal(shortened("abcdef", 6), "abcdef");
    assert.equal(shortened("abcdefg", 6), "abcdef… (7 characters in all)");
    assert.equal(shortened("abcde😀f", 6), "abcde… (8 characters in all)");
    assert.ok(shortened("x".repeat(1_000_000)).length < 4100);
  });
});
