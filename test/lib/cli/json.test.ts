import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonProblem } from "../../../lib/cli/json";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("jsonProblem", () => {
  const cases: readonly (readonly [text: string, line: number, column: number, problem: string])[] = [
    ["", 1, 1, "expected a value, but the file ends here"],
    ['{\n  "all": "advisory",\n}', 3, 1, 'expected a key in double quotes, but found "}"'],
    ['{\n  "all": "advisory"\n  "estate": {}\n}', 3, 3, 'expected , or }, but found "\\""'],
    ["[1, 2", 1, 6, "expected , or ], but the file ends here"],
    ['{ "a" 1 }', 1, 7, 'expected :, but found "1"'],
    ['{ "a": advisory }', 1, 8, 'expected a value, but found "a"'],
    ["{ 'a': 1 }", 1, 3, 'expected a key in double quotes, but found "\'"'],
    ["{} // done", 1, 4, 'expected the end of the file, but found "/"'],
    [
      '"a\nb"',
      1,
      3,
      'expected the closing " of the text (a line break or a \\ in it must be escaped), but found "\\n"',
    ],
    ["01", 1, 2, 'expected the end of the file, but found "1"'],
    ['{ "a": 1,\n  "b": 2, "a": 3 }', 2, 11, 'the key "a" is a duplicate'],
    ['{ "a": { "\\u0061": 1, "a": 2 } }', 1, 23, 'the key "a" is a duplicate'],
  ];
  for (const [text, line, column, problem] of cases) {
    it(`says where and what: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(jsonProblem(text), { line, column, problem });
    });
  }

  it("has nothing to say of JSON, and something of all else", () => {
    const json = fc.json().filter((text) => jsonProblem(text)?.problem.endsWith("is a duplicate") !== true);
    fc.assert(
      fc.property(
        json,
        fc.nat(),
        fc.constantFrom("", ",", "{", '"', "0", ":", "\\", " ", "e", "-"),
        (text, at, other) => {
          const place = at % (text.length + 1);
          const changed = text.slice(0, place) + other + text.slice(place + 1);
          for (const one of [text, changed]) {
            const found = jsonProblem(one);
            if (found?.problem.endsWith("is a duplicate") !== true) assert.equal(found === undefined, isJson(one), one);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
