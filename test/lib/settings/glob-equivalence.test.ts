import assert from "node:assert/strict";
import fc from "fast-check";
import picomatch from "picomatch";
import { globMatcher } from "../../../lib/settings/glob";

const OPTIONS: picomatch.PicomatchOptions = { nocase: true, bash: true, dot: true, strictBrackets: true };

/** Words that no repeated group can read in two ways: picomatch takes such groups for plain text. */
const WORD = fc.constantFrom("a", "b", "ab", "Ba", "a1");
const PIECE = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("a", "b", "B", "1", "/", ":", "$", " ", "-", "^", "@", "#", "a,b", "a+") },
  { weight: 3, arbitrary: fc.constantFrom("*", "?", "**") },
  {
    weight: 2,
    arbitrary: fc.constantFrom("[ab]", "[a-b]", "[^a]", "[ab1]", "[A-Z]", "[!a]", "[[:digit:]]", "[]a]", "[.*]"),
  },
  { weight: 2, arbitrary: fc.constantFrom("\\*", "\\?", "\\(", "\\[", "\\{", "\\!", "\\@", "\\|", "\\^", '\\"') },
  { weight: 1, arbitrary: fc.constantFrom("{a..b}", "{1..3}", "{a}") },
);
const CONCATENATION = fc.array(PIECE, { maxLength: 3 }).map((pieces) => pieces.join(""));

function groupOf(branches: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom("@", "?", "!", ""), fc.array(branches, { minLength: 1, maxLength: 3 }))
    .map(([prefix, texts]) => `${prefix}(${texts.join("|")})`)
    .filter((text) => !text.includes("(?"));
}

/** Before a group that is repeated on purpose. */
const REPEATS = "\0";
const REPEATED = fc
  .tuple(fc.constantFrom("+", "*"), WORD, WORD)
  .map(([sign, one, other]) =>
    /^a/i.test(one) === /^a/i.test(other) ? `${REPEATS}${sign}(${one})` : `${REPEATS}${sign}(${one}|${other})`,
  );
const BRACES = fc.tuple(CONCATENATION, CONCATENATION).map((branches) => `{${branches.join(",")}}`);
const GROUP = fc.oneof(groupOf(CONCATENATION), groupOf(WORD), REPEATED, BRACES);
const PATTERN = fc
  .tuple(
    fc.constantFrom("", "", "", "!"),
    fc.array(fc.oneof(PIECE, PIECE, GROUP, WORD), { minLength: 1, maxLength: 5 }),
  )
  .map(([sign, pieces]) => sign + pieces.join(""))
  .filter((pattern) => !/(?<!\0)[*+]\(|\)[+?]/.test(pattern))
  .map((pattern) => pattern.replaceAll(REPEATS, ""));
const TEXT = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...Array.from("aaabbB1/:$ -^*,")) });

/** What picomatch does for the sake of paths, and names have not: it ignores a slash at the end. */
function isPath(text: string): boolean {
  return text.endsWith("/");
}

describe("a pattern", () => {
  it("matches what picomatch makes of it", () => {
    fc.assert(
      fc.property(PATTERN, TEXT, (pattern, text) => {
        fc.pre(!isPath(text));
        let expected: boolean;
        try {
          expected = picomatch(pattern, OPTIONS)(text);
        } catch {
          fc.pre(false);
          return;
        }
        assert.equal(globMatcher(pattern)(text), expected, `${pattern} ${text}`);
      }),
      { numRuns: 10_000 },
    );
  });
});
