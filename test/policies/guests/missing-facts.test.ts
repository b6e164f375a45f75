import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { RULES } from "../../../policies";
import { host, judge, resource } from "../../kit";

/** The facts of a machine that its declaration may lack, each with what a text calls it. */
const FACTS: Readonly<Record<string, string>> = {
  host: "host",
  guestOs: "guest operating system",
  generation: "generation",
  cpuCount: "number of virtual processors",
};
const NAMES = Object.keys(FACTS);
const RULES_OF_GUESTS = RULES.filter(({ subject }) => subject === "guests");

/** A machine of Virtual Machine Manager that says only some of them. */
function estate(given: readonly string[]) {
  const only = (name: string, value: PlainObject): PlainObject => (given.includes(name) ? value : {});
  return [
    host("hv1", { operatingSystem: "Windows Server 2022" }),
    resource("azure-native:scvmm:VirtualMachineInstance", "vm1", {
      resourceUri: "/providers/Microsoft.HybridCompute/machines/vm1",
      infrastructureProfile: { vmName: "vm1", ...only("generation", { generation: 2 }) },
      hardwareProfile: { memoryMB: 4096, dynamicMemoryEnabled: "false", ...only("cpuCount", { cpuCount: 100 }) },
      tags: {
        ...only("host", { "hyperv-guard:host": "hv1" }),
        ...only("guestOs", { "hyperv-guard:guestOs": "Windows Server 2019" }),
      },
    }),
  ];
}

function subsets(names: readonly string[]): readonly (readonly string[])[] {
  const [first, ...others] = names;
  return first === undefined ? [[]] : subsets(others).flatMap((some) => [some, [first, ...some]]);
}

describe("a fact that is added", () => {
  for (const rule of RULES_OF_GUESTS) {
    it(`turns nothing undecided of ${rule.name} into silence, unless it was the one that is missing`, () => {
      for (const given of subsets(NAMES)) {
        const before = judge(rule, estate(given)).undecided.join("\n");
        for (const added of NAMES.filter((name) => before !== "" && !given.includes(name))) {
          const { findings, undecided } = judge(rule, estate([...given, added]));
          const isSilent = findings.length + undecided.length === 0;
          const isNamed = before.includes(FACTS[added] ?? added) || before.includes(added);
          assert(!isSilent || isNamed, `${given.join(", ")} and ${added}: ${before}`);
        }
      }
    });
  }

  it("is one that some rule asks for", () => {
    const all = RULES_OF_GUESTS.flatMap((rule) => judge(rule, estate([])).undecided).join("\n");
    assert.match(all, /host/);
    assert.match(all, /guest operating system/);
  });
});
