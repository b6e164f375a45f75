import assert from "node:assert/strict";
import { globMatcher, globProblem } from "../../lib/settings/glob";
import { processorTime } from "./processor-time";

const NAME = "a".repeat(200);

/** How many times as long a pattern of a form takes that is four times as long. */
function growth(form: (size: number) => string, size: number): number {
  const timeOf = (pattern: string): number => {
    assert.equal(globProblem(pattern), undefined);
    const matches = globMatcher(pattern);
    return processorTime(() => {
      assert.equal(matches(NAME), false);
    }, 7);
  };
  // What is compiled on the way is in neither of the two.
  timeOf(form(size));
  return timeOf(form(size * 4)) / timeOf(form(size));
}

describe("the time to match a pattern", () => {
  for (const [what, form] of [
    ["stars", (size) => `${"*a".repeat(size)}*b`],
    ["repeated groups", (size) => `${"+(a|aa)".repeat(size)}b`],
    ["optional groups", (size) => `${"?(a)".repeat(size)}*b`],
    ["negated groups", (size) => `${"!(*b)".repeat(size)}b`],
    ["lists", (size) => `${"{a,a*}".repeat(size)}b`],
  ] as [string, (size: number) => string][]) {
    it(`H1: grows with the number of ${what}, and not faster`, () => {
      const ratio = growth(form, 1000);
      assert.ok(ratio <= 8, `four times as many take ${ratio.toFixed(1)} times as long`);
    });
  }

  it("H1: stays small for 10,000 stars, and for groups in groups", () => {
    const simple = processorTime(() => globMatcher("a*b")(NAME.repeat(500)));
    for (const pattern of ["*a".repeat(10_000), "*(".repeat(100) + "a" + ")".repeat(100) + "b"]) {
      const matches = globMatcher(pattern);
      const time = processorTime(() => matches(NAME));
      assert.ok(
        time <= 1000 * Math.max(simple, 1),
        `it takes ${time.toFixed()} ms, a simple one ${simple.toFixed()} ms`,
      );
    }
  });

  it("is not spent in reading brackets again and again", () => {
    const read = (size: number): number => processorTime(() => globProblem(`${"[".repeat(size)}${"(".repeat(90)}`));
    assert.ok(read(60_000) <= 10 * Math.max(read(15_000), 1));
  });
});
