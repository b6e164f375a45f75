import assert from "node:assert/strict";
import fc from "fast-check";
import {
  freeAmounts,
  leastDemand,
  pack,
  type Machine,
  type Room,
} from "../../../../policies/exchange/host-loss/bin-packing";

const anyRooms = fc.array(
  fc.record({
    memoryMB: fc.oneof(fc.integer({ min: -2, max: 10 }), fc.constant(Infinity)),
    processors: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Infinity)),
    groups: fc.subarray(["g", "h"]),
  }),
  { minLength: 1, maxLength: 4 },
);

function anyMachines(rooms: number): fc.Arbitrary<Machine[]> {
  const machine = fc.record(
    {
      memoryMB: fc.integer({ min: 0, max: 6 }),
      processors: fc.integer({ min: 0, max: 4 }),
      rooms: fc.subarray(Array.from({ length: rooms }, (_, index) => index)),
      group: fc.constantFrom("g", "h"),
    },
    { requiredKeys: ["memoryMB", "processors", "rooms"] },
  );
  return fc.array(machine, { maxLength: 6 });
}

const anyPuzzle = anyRooms.chain((rooms) => anyMachines(rooms.length).map((machines) => ({ rooms, machines })));

/** Whether there is an arrangement, by trying every one. */
function isPossible([machine, ...rest]: readonly Machine[], rooms: readonly Room[]): boolean {
  if (machine === undefined) return true;
  const { memoryMB, processors, group } = machine;
  return machine.rooms.some((index) => {
    const room = rooms[index];
    if (room === undefined || room.memoryMB < memoryMB || room.processors < processors) return false;
    if (group !== undefined && room.groups.includes(group)) return false;
    const after = {
      memoryMB: room.memoryMB - memoryMB,
      processors: room.processors - processors,
      groups: group === undefined ? room.groups : [...room.groups, group],
    };
    return isPossible(
      rest,
      rooms.map((one, at) => (at === index ? after : one)),
    );
  });
}

describe("pack", () => {
  it("agrees with trying every arrangement", () => {
    fc.assert(
      fc.property(anyPuzzle, ({ machines, rooms }) => {
        assert.equal(pack(machines, rooms), isPossible(machines, rooms) ? "fits" : "doesNotFit");
      }),
      { numRuns: 2000 },
    );
  });

  it("is never wrong when it has few steps, and says when they did not do", () => {
    fc.assert(
      fc.property(anyPuzzle, fc.nat({ max: 3 }), ({ machines, rooms }, steps) => {
        const packing = pack(machines, rooms, steps);
        if (packing !== "open") assert.equal(packing, isPossible(machines, rooms) ? "fits" : "doesNotFit");
      }),
    );
    const rooms = [10, 10].map((memoryMB) => ({ memoryMB, processors: 9, groups: [] }));
    // The largest first leaves 4 and 4: only 6 + 4 and 4 + 3 + 3 fit.
    const machines = [6, 4, 4, 3, 3].map((memoryMB) => ({ memoryMB, processors: 1, rooms: [0, 1] }));
    assert.equal(pack(machines, rooms), "fits");
    const tight = [6, 6, 3, 3, 2].map((memoryMB) => ({ memoryMB, processors: 1, rooms: [0, 1] }));
    assert.equal(pack(tight, rooms), "doesNotFit");
    assert.equal(pack(tight, rooms, 0), "open");
  });

  it("does not depend on the order of the machines while it is exact", () => {
    fc.assert(
      fc.property(anyPuzzle, ({ machines, rooms }) => {
        assert.equal(pack([...machines].reverse(), rooms), pack(machines, rooms));
      }),
    );
  });

  it("places thousands of machines without a stack of thousands of calls", () => {
    const all = Array.from({ length: 64 }, (_, index) => index);
    const rooms = all.map(() => ({ memoryMB: 1000, processors: 1000, groups: [] }));
    const machines = Array.from({ length: 20_000 }, () => ({ memoryMB: 3, processors: 3, rooms: all }));
    assert.equal(pack(machines, rooms), "fits");
  });
});

describe("leastDemand", () => {
  it("never says more than any arrangement takes", () => {
    fc.assert(
      fc.property(anyPuzzle, ({ machines, rooms }) => {
        const { memoryMB, processors } = leastDemand(machines, rooms);
        const free = freeAmounts(rooms);
        if (isPossible(machines, rooms)) assert.ok(memoryMB <= free.memoryMB && processors <= free.processors);
      }),
    );
  });

  it("spares one machine of a group for each room that costs nothing", () => {
    const rooms = [
      { memoryMB: 100, processors: 10, groups: [] },
      { memoryMB: Infinity, processors: Infinity, groups: [] },
    ];
    const machine = (memoryMB: number, more: object = {}) => ({ memoryMB, processors: 2, rooms: [0, 1], ...more });
    const machines = [machine(20, { group: "g" }), machine(30, { group: "g" }), machine(7), machine(5, { rooms: [0] })];
    assert.deepEqual(leastDemand(machines, rooms), { memoryMB: 25, processors: 4 });
    assert.deepEqual(freeAmounts(rooms), { memoryMB: 100, processors: 10 });
  });

  it("spares none for a room that holds one of its group already", () => {
    const off = (...groups: readonly string[]) => ({ memoryMB: Infinity, processors: Infinity, groups });
    const machines = [4, 3, 2].map((memoryMB) => ({ memoryMB, processors: 1, rooms: [0, 1, 2], group: "g" }));
    const room = { memoryMB: 4, processors: 2, groups: [] };
    assert.deepEqual(leastDemand(machines, [room, off(), off("h")]), { memoryMB: 2, processors: 1 });
    assert.deepEqual(leastDemand(machines, [room, off("g"), off()]), { memoryMB: 5, processors: 2 });
    assert.equal(pack(machines, [room, off("g"), off()], 0), "doesNotFit");
  });
});
