import assert from "node:assert/strict";
import fc from "fast-check";
import {
  freeAmounts,
  leastDemand,
  pack,
  type Machine,
  type NodeCapacity,
} from "../../../../policies/hosts/shared/bin-packing";

const anyNodes = fc.array(
  fc.record({
    memoryMB: fc.oneof(fc.integer({ min: -2, max: 10 }), fc.constant(Infinity)),
    processors: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Infinity)),
    groups: fc.subarray(["g", "h"]),
  }),
  { minLength: 1, maxLength: 4 },
);

function anyMachines(nodes: number): fc.Arbitrary<Machine[]> {
  const machine = fc.record(
    {
      memoryMB: fc.integer({ min: 0, max: 6 }),
      processors: fc.integer({ min: 0, max: 4 }),
      possibleNodes: fc.subarray(Array.from({ length: nodes }, (_, index) => index)),
      group: fc.constantFrom("g", "h"),
    },
    { requiredKeys: ["memoryMB", "processors", "possibleNodes"] },
  );
  return fc.array(machine, { maxLength: 6 });
}

const anyPuzzle = anyNodes.chain((nodes) => anyMachines(nodes.length).map((machines) => ({ nodes, machines })));

/** Whether there is an arrangement, by trying every one. */
function isPossible([machine, ...rest]: readonly Machine[], nodes: readonly NodeCapacity[]): boolean {
  if (machine === undefined) return true;
  const { memoryMB, processors, group } = machine;
  return machine.possibleNodes.some((index) => {
    const node = nodes[index];
    if (node === undefined || node.memoryMB < memoryMB || node.processors < processors) return false;
    if (group !== undefined && node.groups.includes(group)) return false;
    const after = {
      memoryMB: node.memoryMB - memoryMB,
      processors: node.processors - processors,
      groups: group === undefined ? node.groups : [...node.groups, group],
    };
    return isPossible(
      rest,
      nodes.map((one, at) => (at === index ? after : one)),
    );
  });
}

describe("pack", () => {
  it("agrees with trying every arrangement", () => {
    fc.assert(
      fc.property(anyPuzzle, ({ machines, nodes }) => {
        assert.equal(pack(machines, nodes), isPossible(machines, nodes) ? "fits" : "doesNotFit");
      }),
      { numRuns: 2000 },
    );
  });

  it("is never wrong when it has few steps, and says when they did not do", () => {
    fc.assert(
      fc.property(anyPuzzle, fc.nat({ max: 3 }), ({ machines, nodes }, steps) => {
        const packing = pack(machines, nodes, steps);
        if (packing !== "undecided") assert.equal(packing, isPossible(machines, nodes) ? "fits" : "doesNotFit");
      }),
    );
    const nodes = [10, 10].map((memoryMB) => ({ memoryMB, processors: 9, groups: [] }));
    // The largest first leaves 4 and 4: only 6 + 4 and 4 + 3 + 3 fit.
    const machines = [6, 4, 4, 3, 3].map((memoryMB) => ({ memoryMB, processors: 1, possibleNodes: [0, 1] }));
    assert.equal(pack(machines, nodes), "fits");
    const tight = [6, 6, 3, 3, 2].map((memoryMB) => ({ memoryMB, processors: 1, possibleNodes: [0, 1] }));
    assert.equal(pack(tight, nodes), "doesNotFit");
    assert.equal(pack(tight, nodes, 0), "undecided");
  });

  it("does not depend on the order of the machines while it is exact", () => {
    fc.assert(
      fc.property(anyPuzzle, ({ machines, nodes }) => {
        assert.equal(pack([...machines].reverse(), nodes), pack(machines, nodes));
      }),
    );
  });

  it("places thousands of machines without a stack of thousands of calls", () => {
    const all = Array.from({ length: 64 }, (_, index) => index);
    const nodes = all.map(() => ({ memoryMB: 1000, processors: 1000, groups: [] }));
    const machines = Array.from({ length: 20_000 }, () => ({ memoryMB: 3, processors: 3, possibleNodes: all }));
    assert.equal(pack(machines, nodes), "fits");
  });
});

describe("leastDemand", () => {
  it("never says more than any arrangement takes", () => {
    fc.assert(
      fc.property(anyPuzzle, ({ machines, nodes }) => {
        const { memoryMB, processors } = leastDemand(machines, nodes);
        const free = freeAmounts(nodes);
        if (isPossible(machines, nodes)) assert.ok(memoryMB <= free.memoryMB && processors <= free.processors);
      }),
    );
  });

  it("spares one machine of a group for each node that costs nothing", () => {
    const nodes = [
      { memoryMB: 100, processors: 10, groups: [] },
      { memoryMB: Infinity, processors: Infinity, groups: [] },
    ];
    const machine = (memoryMB: number, more: object = {}) => ({
      memoryMB,
      processors: 2,
      possibleNodes: [0, 1],
      ...more,
    });
    const machines = [
      machine(20, { group: "g" }),
      machine(30, { group: "g" }),
      machine(7),
      machine(5, { possibleNodes: [0] }),
    ];
    assert.deepEqual(leastDemand(machines, nodes), { memoryMB: 25, processors: 4 });
    assert.deepEqual(freeAmounts(nodes), { memoryMB: 100, processors: 10 });
  });

  it("spares none for a node that holds one of its group already", () => {
    const off = (...groups: readonly string[]) => ({ memoryMB: Infinity, processors: Infinity, groups });
    const machines = [4, 3, 2].map((memoryMB) => ({ memoryMB, processors: 1, possibleNodes: [0, 1, 2], group: "g" }));
    const node = { memoryMB: 4, processors: 2, groups: [] };
    assert.deepEqual(leastDemand(machines, [node, off(), off("h")]), { memoryMB: 2, processors: 1 });
    assert.deepEqual(leastDemand(machines, [node, off("g"), off()]), { memoryMB: 5, processors: 2 });
    assert.equal(pack(machines, [node, off("g"), off()], 0), "doesNotFit");
  });
});
