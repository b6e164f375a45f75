import assert from "node:assert/strict";
import fc from "fast-check";
import { UNKNOWN, type Plain } from "../../../lib/estate/plain";
import { evaluateArmText, type ArmScope } from "../../../lib/inputs/arm-expressions";

const SCOPE: ArmScope = {
  lookUp: (name, [key]) => (name === "parameters" ? (key === "size" ? { cores: [2, 4] } : UNKNOWN) : undefined),
};

const CASES: readonly (readonly [string, Plain])[] = [
  ["plain", "plain"],
  ["[[not an expression]", "[not an expression]"],
  ["[concat('a', 'b''c', 1)]", "ab'c1"],
  ["[format('vm-{0:D2}-{{x}}', 3)]", "vm-03-{x}"],
  ["[toLower(concat('A', toUpper('b')))]", "ab"],
  ["[parameters('size').cores[1]]", 4],
  ["[parameters('size').CORES[0]]", 2],
  ["[mul(parameters('size').cores[1], 1024)]", 4096],
  ["[resourceId('Microsoft.HybridCompute/machines', 'm1')]", "/providers/Microsoft.HybridCompute/machines/m1"],
  ["[resourceId('rg', 'A.B/c/d', 'x', 'y')]", "/resourceGroups/rg/providers/A.B/c/x/d/y"],
  ["[resourceId(subscription().id, 'rg', 'A.B/c', 'x')]", "/resourceGroups/rg/providers/A.B/c/x"],
  ["[extensionResourceId(resourceId('A.B/c', 'x'), 'D.E/f', 'y')]", "/providers/A.B/c/x/providers/D.E/f/y"],
  ["[if(equals(1, 1), 'yes', reference('x'))]", "yes"],
  ["[if(parameters('other'), 'yes', 'no')]", UNKNOWN],
  ["[and(false(), parameters('other'))]", false],
  ["[coalesce(null(), 'second')]", "second"],
  ["[coalesce(null())]", null],
  ["[createObject('a', 1, 'b', parameters('other'))]", { a: 1, b: UNKNOWN }],
  ["[split('a,b', ',')[1]]", "b"],
  ["[range(1, 3)]", [1, 2, 3]],
  ["[div(1, 0)]", UNKNOWN],
  ["[uniqueString('x')]", UNKNOWN],
  ["[toString()]", UNKNOWN],
  ["[constructor('x')]", UNKNOWN],
  ["[concat('a'", "[concat('a'"],
  ["[concat('a']", UNKNOWN],
  ["[concat('a' 'b')]", UNKNOWN],
  ["[]", UNKNOWN],
  ["['a' # 'b']", UNKNOWN],
];

describe("an expression of Azure Resource Manager", () => {
  for (const [text, expected] of CASES) {
    it(`${text} gives ${typeof expected === "symbol" ? "nothing that is known" : JSON.stringify(expected)}`, () => {
      assert.deepEqual(evaluateArmText(text, SCOPE), expected);
    });
  }

  it("never throws, whatever it is", () => {
    const part = fc.constantFrom(
      "(", ")", "[", "]", ",", ".", "?", "'a'", "1", "-1", " ", "'", "concat", "if", "range", "resourceId", "parameters", "padLeft", "#",
      "format", "'{0}'", "substring", "createObject", "tryGet", "union", "split", "__proto__", "\u{1f600}",
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        evaluateArmText(`[${parts.join("")}]`, SCOPE);
      }),
      { numRuns: 2000 },
    );
  });

  it("may be nested a million deep, or longer than Azure takes", () => {
    assert.equal(evaluateArmText(`[${"concat(".repeat(3_000)}]`, SCOPE), UNKNOWN);
    assert.equal(evaluateArmText(`[${"concat(".repeat(1_000_000)}]`, SCOPE), UNKNOWN);
    assert.equal(evaluateArmText(`[${"[".repeat(1_000_000)}]`.replace("[[", "[("), SCOPE), UNKNOWN);
  });
});
