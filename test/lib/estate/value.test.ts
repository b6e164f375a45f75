import assert from "node:assert/strict";
import {
  absent,
  combine,
  gather,
  gatherAll,
  ifKnown,
  isDefault,
  known,
  map,
  orDefault,
  unknown,
  type Origin,
  type Value,
} from "../../../lib/estate/value";

function at(path: string): Origin {
  return { urn: "urn:a", path };
}

const ONE: Value<number> = known(1, at("one"));
const TWO: Value<number> = known(2, at("two"));
const LATER: Value<number> = unknown(at("later"));
const BROKEN: Value<number> = unknown(at("broken"), "malformed");
const NONE: Value<number> = absent(at("none"));
const NEITHER: Value<number> = absent(at("neither"));

describe("known, unknown and absent", () => {
  it("carry their state and where they were read", () => {
    assert.deepEqual(known(1, at("a")), { state: "known", value: 1, origin: { urn: "urn:a", path: "a" } });
    assert.deepEqual(unknown(at("a")), { state: "unknown", because: "deployment", origin: at("a") });
    assert.deepEqual(unknown(at("a"), "malformed"), { state: "unknown", because: "malformed", origin: at("a") });
    assert.deepEqual(absent(at("a")), { state: "absent", origin: at("a") });
  });
});

describe("orDefault", () => {
  it("fills in an absent value only, keeps its place, and marks it as not declared", () => {
    assert.deepEqual(orDefault(NONE, 7), { ...known(7, at("none")), byDefault: true });
    assert.equal(isDefault(orDefault(NONE, 7)), true);
    for (const value of [ONE, LATER, BROKEN]) {
      assert.equal(orDefault(value, 7), value);
      assert.equal(isDefault(value), false);
    }
  });
});

describe("ifKnown", () => {
  it("gives the value or undefined", () => {
    assert.deepEqual([ONE, LATER, BROKEN, NONE].map(ifKnown), [1, undefined, undefined, undefined]);
    assert.equal(ifKnown(known(false, at("a"))), false);
  });
});

describe("map", () => {
  it("changes a known value and leaves the others as they are", () => {
    assert.deepEqual(
      map(ONE, (value) => String(value)),
      known("1", at("one")),
    );
    for (const value of [LATER, BROKEN, NONE]) {
      assert.equal(
        map(value, () => assert.fail("there is no value")),
        value,
      );
    }
  });
});

describe("gather", () => {
  it("takes known values together, each with its own type", () => {
    assert.deepEqual(gather({ number: ONE, text: known("a", at("t")), nothing: known(null, at("n")) }), {
      state: "known",
      value: { number: 1, text: "a", nothing: null },
    });
    assert.deepEqual(gather({}), { state: "known", value: {} });
  });

  it("names every unknown one, which outweighs an absent one", () => {
    assert.deepEqual(gather({ a: NONE, b: BROKEN, c: ONE, d: LATER }), { state: "unknown", unknown: [BROKEN, LATER] });
  });

  it("names the first absent one", () => {
    assert.deepEqual(gather({ a: ONE, b: NONE, c: NEITHER }), { state: "absent", absent: NONE });
  });
});

describe("gatherAll", () => {
  it("is known when all are", () => {
    assert.deepEqual(gatherAll([ONE, TWO, ONE], at("list")), known([1, 2, 1], at("list")));
    assert.deepEqual(gatherAll([], at("list")), known([], at("list")));
  });

  it("is unknown when any is, whatever comes before or after", () => {
    assert.equal(gatherAll([ONE, NONE, LATER, TWO], at("list")), LATER);
    assert.equal(gatherAll([LATER, NONE], at("list")), LATER);
    assert.equal(gatherAll([BROKEN], at("list")), BROKEN);
  });

  it("is absent when any is and none is unknown", () => {
    assert.equal(gatherAll([ONE, NONE, NEITHER], at("list")), NONE);
  });

  it("waits for the deployment when one value does, although another is malformed", () => {
    assert.equal(gatherAll([BROKEN, LATER], at("list")), LATER);
    assert.equal(gatherAll([LATER, BROKEN], at("list")), LATER);
  });
});

describe("combine", () => {
  const add = (values: Record<string, Value<number>>) =>
    combine(values, at("sum"), (the: Record<string, number>) => Object.values(the).reduce((sum, one) => sum + one, 0));

  it("computes from known values, at a place of its own", () => {
    assert.deepEqual(add({ ONE, TWO }), known(3, at("sum")));
  });

  it("does not compute when a value is missing; an unknown one outweighs an absent one", () => {
    assert.equal(add({ ONE, NONE, NEITHER }), NONE);
    assert.deepEqual(add({ NONE, LATER, ONE }), unknown(at("later")));
    assert.deepEqual(add({ NONE, BROKEN, ONE }), unknown(at("broken"), "malformed"));
  });

  it("waits for the deployment when one value does, and names that value", () => {
    assert.deepEqual(add({ LATER, BROKEN }), unknown(at("later"), "deployment"));
    assert.deepEqual(add({ BROKEN, LATER }), unknown(at("later"), "deployment"));
  });
});
