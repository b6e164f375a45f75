import assert from "node:assert/strict";
import fc from "fast-check";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { readStruct, wireFields } from "../../../lib/pack/wire-format";

function bytesOf(object: Record<string, JavaScriptValue>): Buffer {
  return Buffer.from(Struct.fromJavaScript(object).serializeBinary());
}

const { object } = fc.letrec<{ value: JavaScriptValue; object: Record<string, JavaScriptValue> }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.integer(),
    fc.string({ unit: "grapheme" }),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("object"),
  ),
  object: fc.dictionary(fc.string({ unit: "grapheme" }), tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

describe("readStruct", () => {
  it("reads what the official decoder reads", () => {
    fc.assert(
      fc.property(object, (given) => {
        const bytes = bytesOf(given);
        assert.deepEqual(readStruct(bytes), Struct.deserializeBinary(new Uint8Array(bytes)).toJavaScript());
      }),
    );
  });

  it("reads lengths of more than one byte", () => {
    const given = { text: "ä".repeat(20_000), list: Array.from({ length: 1000 }, (_, index) => index - 500.5) };
    assert.deepEqual(readStruct(bytesOf(given)), given);
  });

  it("takes a key such as __proto__ for a key", () => {
    const key = Buffer.from("__proto__");
    const entry = Buffer.concat([Buffer.from([0x0a, key.length]), key, Buffer.from([0x12, 2, 0x2a, 0])]);
    const read = readStruct(Buffer.concat([Buffer.from([0x0a, entry.length]), entry]));
    assert.deepEqual(Object.keys(read), ["__proto__"]);
    assert.equal(Object.getPrototypeOf(read), Object.prototype);
  });

  it("passes over fields that it does not know", () => {
    const unknown = Buffer.from([(9 << 3) | 0, 0x96, 0x01, (10 << 3) | 5, 1, 2, 3, 4, (11 << 3) | 2, 1, 7]);
    assert.deepEqual(readStruct(Buffer.concat([unknown, bytesOf({ a: "b" }), unknown])), { a: "b" });
  });

  it("reads some object or throws a RangeError, whatever the bytes are", () => {
    const damaged = fc.tuple(object, fc.nat(), fc.nat(255)).map(([given, at, byte]) => {
      const bytes = bytesOf(given);
      if (bytes.length > 0) bytes[at % bytes.length] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(
        fc.oneof(
          damaged,
          fc.uint8Array().map((array) => Buffer.from(array)),
        ),
        (bytes) => {
          try {
            assert.equal(typeof readStruct(bytes), "object");
          } catch (error) {
            assert.ok(error instanceof RangeError, String(error));
          }
        },
      ),
    );
  });
});

describe("wireFields", () => {
  it("lists the fields of a message with their places", () => {
    const bytes = Buffer.from([0x0a, 2, 65, 66, 0x10, 0x96, 0x01, 0x1d, 1, 2, 3, 4]);
    assert.deepEqual(wireFields(bytes), [
      { number: 1, start: 0, content: 2, end: 4 },
      { number: 2, start: 4, content: 5, end: 7 },
      { number: 3, start: 7, content: 8, end: 12 },
    ]);
  });

  for (const [what, bytes] of [
    ["ends in the middle of a field", [0x0a, 5, 65]],
    ["ends in the middle of a number", [0x10, 0x96]],
    ["has groups, which nobody sends", [0x0b, 0x0c]],
  ] as const) {
    it(`refuses a message that ${what}`, () => {
      assert.throws(() => wireFields(Buffer.from(bytes)), RangeError);
    });
  }
});
