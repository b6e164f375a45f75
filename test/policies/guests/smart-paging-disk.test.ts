import type { Plain } from "../../../lib/estate/plain";
import { smartPagingDisk } from "../../../policies/guests/smart-paging-disk";
import { resource, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

function machine(smartPagingPath: Plain, minimumMB: Plain = 1024) {
  return [vm("vm1", { memoryMB: 2048, dynamicMemory: { minimumMB, maximumMB: 4096 }, smartPagingPath })];
}

ruleTest(smartPagingDisk, {
  passes: [
    ["another disk", machine("D:\\Paging")],
    ["a Cluster Shared Volume", machine("C:\\ClusterStorage\\Volume1\\Paging")],
    ["a minimum that is as large as the startup memory", machine("C:\\Paging", 2048)],
    ["static memory", [vm("vm1", { memoryMB: 2048, smartPagingPath: "C:\\Paging" })]],
    ["a minimum that is not known, and another disk", machine("D:\\Paging", UNKNOWN)],
    [
      "the default of a provider",
      [
        resource("hyperv:index/machineInstance:MachineInstance", "vm1", {
          name: "vm1",
          memoryStartupBytes: 4294967296,
          memoryMinimumBytes: 1073741824,
          dynamicMemory: true,
        }),
      ],
    ],
    ["a path that is malformed", machine(7)],
  ],
  finds: [
    [
      "the system disk, in any case",
      machine("c:/Paging"),
      "vm1: vm1 may shrink to 1024 MB and starts with 2048 MB, and pages the difference to c:/Paging.",
      { found: { value: "c:/Paging" }, source: "bpa-smart-paging", advisory: true },
    ],
  ],
  undecided: [
    [
      "a path that is not known",
      machine(UNKNOWN),
      "vm1: smartPagingPath is not known until deployment: not checked by smart-paging-disk.",
    ],
    [
      "a minimum that is not known",
      machine("C:\\Paging", UNKNOWN),
      "vm1: dynamicMemory.minimumMB is not known until deployment: not checked by smart-paging-disk.",
    ],
  ],
});
