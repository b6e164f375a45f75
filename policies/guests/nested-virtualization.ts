import type { VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { describeGuestOs, familyOf } from "../../lib/tables/operating-systems";

/** A virtual machine that runs others has static memory, and is no Azure Local in production. */
export const nestedVirtualization = defineRule<VirtualMachine>({
  name: "nested-virtualization",
  title: "Nested virtualization",
  subject: "guests",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "A virtual machine in which Hyper-V runs keeps the memory that it started with, whatever dynamic memory allows.",
  fix: "Give a virtual machine that runs others static memory.",
  sources: ["nested-virtualization"],
  tags: ["nested", "memory"],
  applies: ({ virtualMachines }) =>
    virtualMachines.filter(
      ({ nestedVirtualization: nested }) => nested.state === "unknown" || ifKnown(nested) === true,
    ),
  check: (vm) => {
    const found = [...judgeMemory(vm), ...judgeGuest(vm)];
    return found.length === 0 || vm.nestedVirtualization.state === "known"
      ? found
      : undecided(vm, vm.nestedVirtualization);
  },
});

function judgeMemory(vm: VirtualMachine): readonly Verdict[] {
  if (vm.dynamicMemory.state !== "known") return undecided(vm, vm.dynamicMemory);
  return [
    violation(vm, "dynamicMemory", `${vm.name} has dynamic memory and nested virtualization.`, {
      found: { value: "dynamic" },
      limit: exactly("static"),
      fix: "Remove dynamicMemory, and set memoryMB to what the virtual machine and those in it need.",
      ...requiredBy("nestedDynamicMemory"),
    }),
  ];
}

function judgeGuest(vm: VirtualMachine): readonly Verdict[] {
  const guest = ifKnown(vm.guestOs);
  if (guest === undefined || familyOf(guest.product) !== "azure") return [];
  return [
    violation(vm, "nestedVirtualization", `${vm.name} runs ${describeGuestOs(guest)} with nested virtualization.`, {
      found: { value: true },
      limit: exactly(false),
      fix: "Run Azure Local on validated hardware, or accept this for an evaluation.",
      ...requiredBy("nestedAzureLocal"),
    }),
  ];
}
