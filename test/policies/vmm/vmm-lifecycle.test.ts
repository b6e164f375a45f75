import type { Plain } from "../../../lib/estate/plain";
import { vmmLifecycle } from "../../../policies/vmm/vmm-lifecycle";
import { resource, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const server = (version: Plain) => [resource("hyperv-guard:index:VmmServer", "vmm1", { name: "vmm1", version })];

ruleTest(vmmLifecycle, {
  passes: [
    ["P10: VMM 2016 more than 180 days before its end", server("VMM 2016"), { asOf: "2026-07-14" }],
    ["P10: VMM 2025, whose end no page tells", server("VMM 2025"), { asOf: "2026-12-01" }],
  ],
  finds: [
    [
      "P10: VMM 2016 in its last 180 days",
      server("VMM 2016"),
      "vmm1: vmm1 runs VMM 2016, whose support ends on 2027-01-11.",
      { asOf: "2026-07-15", advisory: true, found: { value: "2027-01-11" }, source: "lifecycle-vmm-2016" },
    ],
    [
      "P10: VMM 2012 R2 after its end",
      server("VMM 2012 R2"),
      "vmm1: vmm1 runs VMM 2012 R2, whose support ended on 2022-07-12.",
      { asOf: "2022-07-13", advisory: false, fix: "Upgrade VMM to a version in support." },
    ],
  ],
  undecided: [
    [
      "P10: a version that only the deployment tells",
      server(UNKNOWN),
      "vmm1: version is not known until deployment: not checked by vmm-lifecycle.",
    ],
  ],
});
