import assert from "node:assert/strict";
import { mergeReleases } from "../../../lib/tables/coverage";

function merged(...ranges: readonly string[]): readonly string[] {
  const read = ranges.map((text) => {
    const [from = "", to = from] = text.split("-");
    return { from, to };
  });
  return mergeReleases(read).map(({ from, to }) => `${from}-${to}`);
}

describe("mergeReleases", () => {
  it("makes one range of those that overlap, in any order", () => {
    assert.deepEqual(merged("5.5-5.11", "5.2-5.6"), ["5.2-5.11"]);
    assert.deepEqual(merged("5.2-5.11", "5.5-5.6"), ["5.2-5.11"]);
    assert.deepEqual(merged("5.2-5.6", "5.2-5.6"), ["5.2-5.6"]);
  });

  it("makes one range of those of which one follows the other", () => {
    assert.deepEqual(merged("7.0-7.2", "7.3", "7.4-7.6"), ["7.0-7.6"]);
    assert.deepEqual(merged("5.9", "5.10"), ["5.9-5.10"]);
  });

  it("keeps a gap between ranges", () => {
    assert.deepEqual(merged("7.4-7.6", "7.0-7.2"), ["7.0-7.2", "7.4-7.6"]);
    assert.deepEqual(merged("5.2-5.6", "6.0-6.10"), ["5.2-5.6", "6.0-6.10"]);
    assert.deepEqual(merged(), []);
  });
});
