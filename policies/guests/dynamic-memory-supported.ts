import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { listing } from "../../lib/rules/message";
import { defineRule, given, violation, type Verdict } from "../../lib/rules/rule";
import { dynamicMemoryListProvenance, dynamicMemorySupport } from "../../lib/tables/guest-memory";
import { capabilityOf, hostVersionName } from "../../lib/tables/host-versions";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { firstOf, hostVersionsFor } from "./guest-placement";

/** Dynamic memory is used only where host and guest know it. */
export const dynamicMemorySupported = defineRule<VirtualMachine>({
  name: "dynamic-memory-supported",
  title: "Dynamic memory that host and guest support",
  subject: "guests",
  level: "unsupported",
  severity: "medium",
  reach: "estate",
  why: "Without support in host and guest the memory stays at its startup size, or the virtual machine does not start.",
  fix: "Remove dynamicMemory and set memoryMB to what the virtual machine needs.",
  sources: ["limits-2008-r2"],
  tags: ["memory"],
  applies: ({ virtualMachines }) => virtualMachines.filter(({ dynamicMemory }) => dynamicMemory.state !== "absent"),
  check: (vm, estate) =>
    given(
      vm,
      { dynamic: vm.dynamicMemory, guest: vm.guestOs, hosts: hostVersionsFor(vm, estate) },
      ({ guest, hosts }) => firstOf(hosts, (host) => judge(vm, guest, host)),
    ),
});

function judge(vm: VirtualMachine, guest: GuestOs, host: string): readonly Verdict[] {
  const capability = capabilityOf(host, "dynamicMemory");
  if (capability === undefined) return [];
  if (!capability.available) {
    const problem = `${vm.name} has dynamic memory, which ${hostVersionName(host)} does not have.`;
    return [violation(vm, "dynamicMemory", problem, { evidence: capability })];
  }
  const rows = dynamicMemorySupport(host, guest);
  const [row] = rows;
  if (row === undefined) {
    const evidence = dynamicMemoryListProvenance(host) ?? capability;
    const problem =
      `${vm.name} has dynamic memory, but no document allows it for ${describeGuestOs(guest)} on ` +
      `${hostVersionName(host)}.`;
    return [violation(vm, "dynamicMemory", problem, { evidence })];
  }
  const multiple = row.multipleMB;
  const odd = multiple === undefined ? [] : sizesOf(vm).filter(({ size }) => size % multiple !== 0);
  if (multiple === undefined || odd.length === 0) return [];
  return [
    violation(
      vm,
      "dynamicMemory",
      `${vm.name} has dynamic memory, with ${listing(odd.map(({ name, size }) => `${name} ${String(size)}`))}: ` +
        `${describeGuestOs(guest)} needs multiples of ${String(multiple)} MB.`,
      { fix: `Use multiples of ${String(multiple)} MB.`, evidence: row },
    ),
  ];
}

function sizesOf({
  memoryMB,
  dynamicMemory,
}: VirtualMachine): readonly { readonly name: string; readonly size: number }[] {
  const dynamic = ifKnown(dynamicMemory);
  const sizes = [
    { name: "memoryMB", size: ifKnown(memoryMB) },
    { name: "minimumMB", size: dynamic === undefined ? undefined : ifKnown(dynamic.minimumMB) },
    { name: "maximumMB", size: dynamic === undefined ? undefined : ifKnown(dynamic.maximumMB) },
  ];
  return sizes.flatMap(({ name, size }) => (size === undefined ? [] : [{ name, size }]));
}
