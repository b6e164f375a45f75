import assert from "node:assert/strict";
import fc from "fast-check";
import { spareCapacity, totalCapacity } from "../../../../policies/hosts/shared/node-capacities";

describe("the capacity of nodes", () => {
  it("is what the others have while the largest is down", () => {
    assert.equal(spareCapacity([32, 64, 16]), 48);
    assert.equal(spareCapacity([32, 32]), 32);
    assert.equal(spareCapacity([32]), 32);
  });

  it("is that of the limited nodes while the only one without a limit is down", () => {
    assert.equal(spareCapacity([Infinity, 128, 64]), 192);
    assert.equal(spareCapacity([128, Infinity]), 128);
    assert.equal(spareCapacity([Infinity, 128, Infinity]), Infinity);
    assert.equal(spareCapacity([Infinity]), Infinity);
  });

  it("is a number for any nodes: all of them have what the largest has and what is left", () => {
    const capacity = fc.oneof(fc.nat(), fc.constant(Infinity));
    fc.assert(
      fc.property(fc.array(capacity, { minLength: 2, maxLength: 8 }), (capacities) => {
        assert.equal(totalCapacity(capacities), spareCapacity(capacities) + Math.max(...capacities));
      }),
    );
  });
});
