import assert from "node:assert/strict";
import { mergeReleases, type ReleaseRange } from "../../../lib/tables/coverage";

function range(text: string): ReleaseRange {
  const [from = "", to = from] = text.split("-");
  return { from, to };
}

/** Ranges as documents have them, and the same releases in as few as possible. */
const MERGED: readonly (readonly [what: string, ranges: readonly string[], merged: readonly string[]])[] = [
  ["nothing", [], []],
  ["the same range twice", ["5.2-5.6", "5.2-5.6"], ["5.2-5.6"]],
  ["a range within another", ["5.5-5.8", "5.2-5.11"], ["5.2-5.11"]],
  ["ranges of which each starts with the next release", ["7.0-7.2", "7.3", "7.4-7.6"], ["7.0-7.6"]],
  ["a release of two digits after its predecessor", ["5.9", "5.10"], ["5.9-5.10"]],
  ["half-years", ["22H1", "23H1", "22H2"], ["22H1-22H2", "23H1"]],
  ["ranges that overlap, in any order", ["7.5-7.9", "7.3-7.6"], ["7.3-7.9"]],
  ["a range that starts with the next release", ["6.4-6.10", "6.0-6.3"], ["6.0-6.10"]],
  ["a range that leaves a release out", ["6.5-6.10", "6.0-6.3"], ["6.0-6.3", "6.5-6.10"]],
  [
    "the next major release, whose predecessor is not known to be the last",
    ["6.0-6.6", "5.2-5.11"],
    ["5.2-5.11", "6.0-6.6"],
  ],
  ["a whole major release after its first one", ["8.1-8", "8.0"], ["8.0-8"]],
  ["whole major releases", ["10", "9", "8"], ["8-10"]],
  ["a point release of a whole major release", ["8.4", "8"], ["8-8"]],
];

describe("ranges of releases", () => {
  for (const [what, ranges, merged] of MERGED) {
    it(`merges ${what}`, () => {
      assert.deepEqual(mergeReleases(ranges.map(range)), merged.map(range));
    });
  }
});
