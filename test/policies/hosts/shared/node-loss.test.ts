import assert from "node:assert/strict";
import fc from "fast-check";
import type { VirtualMachine } from "../../../../lib/estate/model";
import { readEstate } from "../../../../lib/dialects/read-estate";
import {
  differentLosses,
  packingWithout,
  type ClusterMachine,
  type NodeMachines,
} from "../../../../policies/hosts/shared/node-loss";
import { vm } from "../../../kit";

const [MACHINE] = readEstate([vm("vm1")], true).virtualMachines;

/** Whether all machines with another possible owner find a node while one is lost, by trying every arrangement. */
function fitsWithout(lost: number, { memory, machines }: NodeMachines): boolean {
  const place = (
    [machine, ...rest]: readonly ClusterMachine[],
    free: readonly number[],
    groups: readonly string[],
  ): boolean => {
    if (machine === undefined) return true;
    const possible = machine.owners.filter((at) => at !== lost);
    if (possible.length === 0) return place(rest, free, groups);
    return possible.some((at) => {
      const group = machine.group === undefined ? [] : [`${String(at)} ${machine.group}`];
      if ((free[at] ?? 0) < machine.memoryMB || group.some((one) => groups.includes(one))) return false;
      const left = free.map((amount, node) => (node === at ? amount - machine.memoryMB : amount));
      return place(rest, left, [...groups, ...group]);
    });
  };
  return place(machines, memory, []);
}

function clusterOf(machine: VirtualMachine): fc.Arbitrary<NodeMachines> {
  return fc.integer({ min: 2, max: 4 }).chain((nodes) =>
    fc.record({
      memory: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: nodes, maxLength: nodes }),
      machines: fc.array(
        fc.record({
          vm: fc.constant(machine),
          memoryMB: fc.integer({ min: 1, max: 5 }),
          owners: fc.subarray(Array.from({ length: nodes }, (_, at) => at)),
          group: fc.constantFrom("a", undefined, undefined),
        }),
        { maxLength: 4 },
      ),
    }),
  );
}

describe("loss of a node", () => {
  it("is survived exactly where an arrangement of all machines exists after each loss", () => {
    assert(MACHINE !== undefined);
    fc.assert(
      fc.property(clusterOf(MACHINE), (cluster) => {
        const found = differentLosses(cluster).map((lost) => packingWithout(lost, cluster));
        const expected = cluster.memory.every((_, lost) => fitsWithout(lost, cluster));
        assert.equal(
          found.every((packing) => packing === "fits"),
          expected,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
