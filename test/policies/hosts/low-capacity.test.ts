import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { hostLogicalProcessors } from "../../../policies/hosts/host-logical-processors";
import { hostMemory } from "../../../policies/hosts/host-memory";
import { cluster, host, judge, UNKNOWN } from "../../kit";

const GB = 1024;

function node(machine: PlainObject, of: PlainObject) {
  const sound = { memoryMB: 128 * GB, processors: { sockets: 1, coresPerSocket: 14, threadsPerCore: 2 } };
  return [host("n1", { operatingSystem: "Azure Local", cluster: "c1", ...sound, ...machine }), cluster("c1", of)];
}

const LOW = { deployment: "lowCapacity" };
const LARGE = { memoryMB: 129 * GB };
const WIDE = { processors: { sockets: 1, coresPerSocket: 16, threadsPerCore: 2 } };

describe("machines of a low capacity deployment", () => {
  it("have at most 128 GB and 14 cores", () => {
    assert.deepEqual(judge(hostMemory, node({}, LOW)).findings, []);
    assert.deepEqual(judge(hostLogicalProcessors, node({}, LOW)).findings, []);
  });

  it("are advised about more", () => {
    const memory = judge(hostMemory, node(LARGE, LOW));
    assert.deepEqual(memory.findings, [
      "n1: n1 has 132096 MB of memory (129 GB). Azure Local supports at most 128 GB, which is 131072 MB in a low capacity deployment, which c1 is.",
    ]);
    assert.deepEqual(memory.advisory, ["n1"]);
    const cores = judge(hostLogicalProcessors, node(WIDE, LOW));
    assert.deepEqual(cores.findings, [
      "n1: n1 has 16 physical cores (1 socket × 16 cores × 2 threads). Azure Local supports at most 14 physical cores in a low capacity deployment, which c1 is.",
    ]);
    assert.deepEqual(cores.advisory, ["n1"]);
  });

  it("are told from those of other deployments", () => {
    for (const of of [{}, { deployment: "hyperconverged" }, { deployment: "disaggregated" }]) {
      assert.deepEqual(judge(hostMemory, node(LARGE, of)).findings, []);
      assert.deepEqual(judge(hostLogicalProcessors, node(WIDE, of)).findings, []);
    }
    assert.equal(judge(hostMemory, node(LARGE, { deployment: UNKNOWN })).undecided.length, 1);
  });
});
