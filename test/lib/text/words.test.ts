import assert from "node:assert/strict";
import { alternatives, count, firstOnes, listing } from "../../../lib/text/words";

describe("words", () => {
  it("list names as a sentence does", () => {
    assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listing), ["", "a", "a and b", "a, b and c"]);
    assert.deepEqual([[], ["1"], ["1", "2"], ["1", "2", "4"]].map(alternatives), ["", "1", "1 or 2", "1, 2 or 4"]);
  });

  it("count in the singular only what is one", () => {
    assert.deepEqual(
      [0, 1, 2, 1.5].map((number) => count(number, "core")),
      ["0 cores", "1 core", "2 cores", "1.5 cores"],
    );
    assert.equal(count(2, "switch", "switches"), "2 switches");
    assert.equal(count(1, "switch", "switches"), "1 switch");
  });

  it("list of many only the first, and how many more there are", () => {
    assert.deepEqual(
      [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]].map((items) => firstOnes(items, 2)),
      ["a", "a and b", "a, b and 1 more", "a, b and 2 more"],
    );
  });
});
