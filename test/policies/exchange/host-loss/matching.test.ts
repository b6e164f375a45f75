import assert from "node:assert/strict";
import fc from "fast-check";
import { shortages, match } from "../../../../policies/exchange/host-loss/matching";

/** Items by the places that each may take. */
const anyItems = fc.array(fc.uniqueArray(fc.nat({ max: 4 }), { maxLength: 5 }), { maxLength: 6 });

function indexes(places: readonly (readonly number[])[]): readonly number[] {
  return places.map((_, index) => index);
}

/** The most items that can be placed, by trying everything. */
function most(places: readonly (readonly number[])[], taken: readonly number[] = []): number {
  const [first, ...rest] = places;
  if (first === undefined) return 0;
  const placed = first.filter((place) => !taken.includes(place)).map((place) => 1 + most(rest, [...taken, place]));
  return Math.max(most(rest, taken), ...placed);
}

describe("match", () => {
  it("gives as many items a place of their own as can be", () => {
    fc.assert(
      fc.property(anyItems, (places) => {
        const found = match(indexes(places), (item) => places[item] ?? []);
        assert.equal(found.size, most(places));
        assert.equal(new Set(found.values()).size, found.size);
        for (const [item, place] of found) assert.ok(places[item]?.includes(place));
      }),
    );
  });
});

describe("shortages", () => {
  it("names those that have too few places, and all that these have", () => {
    const places = [["x"], ["x", "y"], ["y"], ["z"], []] as const;
    const found = shortages(indexesOf(places.length), (item) => places[item] ?? []);
    assert.deepEqual(found, [{ items: [0, 1, 2], places: ["y", "x"] }]);
  });

  it("keeps apart what has no place in common", () => {
    const places = [["x"], ["y"], ["x"], ["y"]] as const;
    const found = shortages(indexesOf(places.length), (item) => places[item] ?? []);
    assert.deepEqual(found, [
      { items: [0, 2], places: ["x"] },
      { items: [1, 3], places: ["y"] },
    ]);
  });

  it("accounts for every item that has no place of its own", () => {
    fc.assert(
      fc.property(anyItems, (places) => {
        const found = shortages(indexes(places), (item) => places[item] ?? []);
        for (const shortage of found) {
          assert.deepEqual(
            new Set(shortage.items.flatMap((item) => places[item] ?? [])),
            new Set(shortage.places),
            "their places are exactly these",
          );
        }
        const short = found.map(({ items, places: few }) => items.length - few.length);
        assert.ok(short.every((number) => number > 0));
        const placeable = places.filter(({ length }) => length > 0).length;
        assert.equal(
          short.reduce((sum, number) => sum + number, 0),
          placeable - most(places),
        );
      }),
    );
  });
});

function indexesOf(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
