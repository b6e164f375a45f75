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
    ["", 1, 1, "a value is expected, and the text ends"],
    ['{\n  "all": "advisory",\n}', 3, 1, 'a key in double quotes is expected, and here is "}"'],
    ['{\n  "all": "advisory"\n  "estate": {}\n}', 3, 3, ', or } is expected, and here is "\\""'],
    ["[1, 2", 1, 6, ", or ] is expected, and the text ends"],
    ['{ "a" 1 }', 1, 7, ': is expected, and here is "1"'],
    ['{ "a": advisory }', 1, 8, 'a value is expected, and here is "a"'],
    ["{ 'a': 1 }", 1, 3, 'a key in double quotes is expected, and here is "\'"'],
    ["{} // done", 1, 4, 'nothing more is expected, and here is "/"'],
    ['"a\nb"', 1, 3, 'the text is not closed, or has a character that must be written with \\, and here is "\\n"'],
    ["01", 1, 2, 'nothing more is expected, and here is "1"'],
    ['{ "a": 1,\n  "b": 2, "a": 3 }', 2, 11, 'the key "a" stands twice'],
    ['{ "a": { "\\u0061": 1, "a": 2 } }', 1, 23, 'the key "a" stands twice'],
  ];
  for (const [text, line, column, problem] of cases) {
    it(`says where and what: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(jsonProblem(text), { line, column, problem });
    });
  }

  it("has nothing to say of JSON, and something of all else", () => {
    const json = fc.json().filter((text) => jsonProblem(text)?.problem.endsWith("stands twice") !== true);
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
            if (found?.problem.endsWith("stands twice") !== true) assert.equal(found === undefined, isJson(one), one);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
