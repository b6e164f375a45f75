import type { PlainObject } from "../../../lib/estate/plain";
import { nestedVirtualization } from "../../../policies/guests/nested-virtualization";
import { UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const machine = (properties: PlainObject) => [vm("vm1", { nestedVirtualization: true, ...properties })];
const dynamicMemory = { minimumMB: 2048, maximumMB: 8192 };

ruleTest(nestedVirtualization, {
  passes: [
    ["nested virtualization with static memory", machine({})],
    ["dynamic memory without it", machine({ nestedVirtualization: false, dynamicMemory })],
    ["dynamic memory where nothing of it is declared", machine({ nestedVirtualization: undefined, dynamicMemory })],
    ["static memory where it is not known", machine({ nestedVirtualization: UNKNOWN })],
    ["what is malformed", machine({ nestedVirtualization: "often", dynamicMemory })],
    ["Azure Local without it", machine({ nestedVirtualization: false, guestOs: "Azure Local" })],
  ],
  finds: [
    [
      "dynamic memory",
      machine({ dynamicMemory }),
      "vm1: vm1 has dynamic memory and nested virtualization.",
      { found: { value: "dynamic" }, limit: { bound: "exactly", value: "static" }, source: "nested-virtualization" },
    ],
    [
      "Azure Local in a virtual machine",
      machine({ guestOs: "Azure Local" }),
      "vm1: vm1 runs Azure Local with nested virtualization.",
      { advisory: true },
    ],
  ],
  undecided: [
    [
      "dynamic memory where it is not known",
      machine({ nestedVirtualization: UNKNOWN, dynamicMemory }),
      "vm1: nestedVirtualization is not known until deployment: not checked by nested-virtualization.",
    ],
    [
      "memory that is not known",
      machine({ dynamicMemory: UNKNOWN }),
      "vm1: dynamicMemory is not known until deployment: not checked by nested-virtualization.",
    ],
  ],
});
