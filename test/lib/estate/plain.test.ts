import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import fc from "fast-check";
import {
  isPlainArray,
  isPlainObject,
  toPlain,
  toPlainObject,
  UNKNOWN,
  type Plain,
  type PlainObject,
} from "../../../lib/estate/plain";

/** What the engine sends for a value that only the deployment will tell. */
const SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A property tree as a policy receives it: behind the real proxies of @pulumi/policy, which its types do not show. */
function received(properties: Record<string, unknown>): PlainObject {
  const proxy: unknown = Reflect.get(policy, "unknownCheckingProxy");
  assert(typeof proxy === "function");
  return toPlainObject(Reflect.apply(proxy, undefined, [properties]));
}

/** A text inside so many lists. */
function nested(depth: number): unknown {
  let value: unknown = "core";
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

describe("toPlain", () => {
  it("copies what is known, and nothing else happens to it", () => {
    const properties = {
      text: "a",
      number: 1.5,
      zero: 0,
      empty: "",
      flag: false,
      nothing: null,
      list: [1, [2]],
      of: {},
    };
    assert.deepEqual(received(properties), properties);
  });

  it("puts UNKNOWN in the place of each unknown value, and leaves its neighbours", () => {
    assert.deepEqual(
      received({
        top: SENTINEL,
        known: "a",
        object: { inner: SENTINEL, deeper: { innermost: SENTINEL, known: 1 } },
        list: ["a", SENTINEL, ["b", SENTINEL], { inner: SENTINEL, known: true }],
      }),
      {
        top: UNKNOWN,
        known: "a",
        object: { inner: UNKNOWN, deeper: { innermost: UNKNOWN, known: 1 } },
        list: ["a", UNKNOWN, ["b", UNKNOWN], { inner: UNKNOWN, known: true }],
      },
    );
  });

  it("knows the unknown values of every type", () => {
    const sentinels = {
      boolean: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
      number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
      array: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
      object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    };
    assert.deepEqual(received(sentinels), { boolean: UNKNOWN, number: UNKNOWN, array: UNKNOWN, object: UNKNOWN });
  });

  it("takes a text that only contains a sentinel as it is", () => {
    assert.deepEqual(received({ text: `x${SENTINEL}` }), { text: `x${SENTINEL}` });
  });

  it("takes a secret that the engine could not decrypt as unknown, everywhere", () => {
    assert.deepEqual(received({ a: "[secret]", b: ["[secret]"], c: { d: "[secret]" }, e: "no [secret]" }), {
      a: UNKNOWN,
      b: [UNKNOWN],
      c: { d: UNKNOWN },
      e: "no [secret]",
    });
    assert.equal(toPlain("[secret]"), UNKNOWN);
  });

  it("makes nothing of what is no data", () => {
    assert.deepEqual(received({ function: () => 1, symbol: Symbol("s"), big: 1n, undefined: undefined }), {
      function: null,
      symbol: null,
      big: null,
      undefined: null,
    });
    assert.deepEqual(received({ date: new Date(0), map: new Map([[1, 2]]) }), { date: {}, map: {} });
    assert.deepEqual(received({ holes: Array<unknown>(2) }), { holes: [null, null] });
  });

  it("stops at a depth that no honest declaration has, without hiding it", () => {
    assert.deepEqual(toPlain(nested(32)), nested(32));
    let cut = toPlain(nested(100_000));
    let depth = 0;
    for (; isPlainArray(cut); depth++) cut = cut[0] ?? null;
    assert.deepEqual([depth, cut], [33, UNKNOWN]);
  });

  it("gives an object for whatever stands in the place of the properties", () => {
    for (const value of [undefined, null, 1, "a", [1], "[secret]"]) assert.deepEqual(toPlainObject(value), {});
    assert.deepEqual(toPlainObject({ a: 1 }), { a: 1 });
  });

  it("passes on an error that is none of an unknown value", () => {
    const properties = {
      get broken(): never {
        throw new Error("no unknown value");
      },
    };
    assert.throws(() => toPlain(properties), { message: "no unknown value" });
  });

  it("knows the error of an unknown value from another copy of @pulumi/policy by its mark", () => {
    const properties = {
      get other(): never {
        throw Object.assign(new Error("string value at .other can't be known"), { unknownTypeSentinel: SENTINEL });
      },
    };
    assert.deepEqual(toPlain(properties), { other: UNKNOWN });
  });

  it("equals any JSON that has no unknown value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: "large" }), (value) => {
        const expected: unknown = JSON.parse(JSON.stringify(value));
        assert.deepEqual(received({ value: expected }), { value: expected });
      }),
    );
  });

  it("keeps a property of any name, `__proto__` too, as a property", () => {
    const properties: unknown = JSON.parse('{"__proto__": {"host": "hv1"}, "a": 1}');
    const plain = toPlainObject(properties);
    assert.deepEqual(Object.keys(plain), ["__proto__", "a"]);
    assert.equal(plain["host"], undefined);
  });
});

describe("isPlainObject and isPlainArray", () => {
  it("distinguish the kinds of values", () => {
    const values: readonly Plain[] = [null, true, 1, "a", UNKNOWN, [], {}];
    assert.deepEqual(values.filter(isPlainObject), [{}]);
    assert.deepEqual(values.filter(isPlainArray), [[]]);
    assert.equal(isPlainObject(undefined) || isPlainArray(undefined), false);
  });
});
