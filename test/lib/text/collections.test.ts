import assert from "node:assert/strict";
import { append, byUrn, compare, isRecord, perObject } from "../../../lib/text/collections";
import { readJsonLines } from "../../../lib/text/json-lines";
import { markdownTable } from "../../../lib/text/markdown";

describe("collections", () => {
  it("order texts by their characters", () => {
    assert.deepEqual(["b", "a", "B", "ä", "a"].sort(compare), ["B", "a", "a", "b", "ä"]);
    assert.equal(compare("a", "a"), 0);
  });

  it("append to the list of a key", () => {
    const lists = new Map<string, number[]>();
    append(lists, "a", 1);
    append(lists, "b", 2);
    append(lists, "a", 3);
    assert.deepEqual(
      [...lists],
      [
        ["a", [1, 3]],
        ["b", [2]],
      ],
    );
  });

  it("are ordered by URN without a change of the list that was given", () => {
    const given = [{ urn: "b" }, { urn: "a" }];
    assert.deepEqual(byUrn(given), [{ urn: "a" }, { urn: "b" }]);
    assert.deepEqual(given, [{ urn: "b" }, { urn: "a" }]);
  });

  it("compute once for each object", () => {
    let calls = 0;
    const compute = perObject((object: { readonly id: number }) => ({ id: object.id, call: ++calls }));
    const [one, other] = [{ id: 1 }, { id: 1 }];
    assert.equal(compute(one), compute(one));
    assert.notEqual(compute(one), compute(other));
    assert.equal(calls, 2);
  });

  it("are not records where they are lists", () => {
    assert.deepEqual([{}, { a: 1 }, [], null, "a", undefined].map(isRecord), [true, true, false, false, false, false]);
  });
});

describe("lines of JSON", () => {
  it("are read one by one, without empty ones", () => {
    assert.deepEqual(readJsonLines('{"a":1}\n\n[2]\n'), { values: [{ a: 1 }, [2]], isDamaged: false });
    assert.deepEqual(readJsonLines(""), { values: [], isDamaged: false });
  });

  it("are read as far as they can be where the text was cut short", () => {
    assert.deepEqual(readJsonLines('{"a":1}\n{"b":'), { values: [{ a: 1 }], isDamaged: true });
  });
});

describe("a Markdown table", () => {
  it("has a line for its columns, and one for each row", () => {
    assert.equal(markdownTable(["a", "b"], [["1", "2"]]), "| a | b |\n| --- | --- |\n| 1 | 2 |");
  });
});
