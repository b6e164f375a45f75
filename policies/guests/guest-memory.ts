import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule, given, undecided, violation, type Verdict } from "../../lib/rules/rule";
import { guestMemory as memoryOf } from "../../lib/tables/guest-memory";
import { allows, describeLimit, describeSize, hostVersionName, limitOf } from "../../lib/tables/host-versions";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { mostMemoryMB } from "../hosts/memory-demand";
import { firstOf, generationOf, hostVersionsFor } from "./guest-placement";

/** A virtual machine has no more memory than its host version gives one, and no less than its guest needs. */
export const guestMemory = defineRule<VirtualMachine>({
  name: "guest-memory",
  title: "Memory that host and guest allow",
  subject: "guests",
  level: "unsupported",
  severity: "medium",
  reach: "estate",
  why: "Beyond the maximum the virtual machine does not start; below the minimum the guest is not supported.",
  fix: "Set memoryMB within the limits.",
  sources: ["limits-2008-r2"],
  tags: ["memory"],
  applies: ({ virtualMachines }) => virtualMachines,
  check: (vm, estate) => [
    ...given(vm, { most: mostMemoryMB(vm), generation: vm.generation, hosts: hostVersionsFor(vm, estate) }, (the) =>
      firstOf(the.hosts, (host) => tooMuch(vm, the.most, generationOf(the.generation), host)),
    ),
    ...given(vm, { memoryMB: vm.memoryMB, guest: vm.guestOs }, ({ memoryMB, guest }) => tooLittle(vm, memoryMB, guest)),
  ],
});

function tooMuch(vm: VirtualMachine, most: number, generation: 1 | 2, host: string): readonly Verdict[] {
  const limit = limitOf(host, "guestMemory", generation);
  if (limit === undefined || most <= allows(limit)) return [];
  const path = vm.dynamicMemory.state === "known" ? "dynamicMemory.maximumMB" : "memoryMB";
  return [
    violation(
      vm,
      path,
      `${vm.name} may use ${String(most)} MB of memory. ${hostVersionName(host)} gives a virtual machine of generation ` +
        `${String(generation)} at most ${describeLimit(limit)}, which is ${String(limit.value)} MB.`,
      { evidence: limit },
    ),
  ];
}

function tooLittle(vm: VirtualMachine, memoryMB: number, guest: GuestOs): readonly Verdict[] {
  const row = memoryOf(guest);
  if (row === undefined) return [];
  // Dynamic memory starts with memoryMB and may shrink below it: what counts then are its own sizes.
  const dynamic = ifKnown(vm.dynamicMemory);
  if (vm.dynamicMemory.state === "unknown") return undecided(vm, vm.dynamicMemory);
  const required = dynamic === undefined ? row.static.minimumMB : row.dynamic?.required.startupMB;
  const recommended = dynamic === undefined ? row.static.recommendedMB : row.dynamic?.recommended.startupMB;
  const word = dynamic === undefined ? "memory" : "startup memory";
  const subject = `${vm.name} has ${String(memoryMB)} MB of ${word}`;
  if (required !== undefined && memoryMB < required) {
    const problem = `${subject}; ${describeGuestOs(guest)} needs at least ${describeSize(required, "MB")}.`;
    return [violation(vm, "memoryMB", problem, { evidence: row, fix: `Set memoryMB to ${String(required)} or more.` })];
  }
  if (recommended !== undefined && memoryMB < recommended) {
    const problem = `${subject}; Microsoft recommends at least ${describeSize(recommended, "MB")} for ${describeGuestOs(guest)}.`;
    const fix = `Set memoryMB to ${String(recommended)} or more.`;
    return [violation(vm, "memoryMB", problem, { evidence: row, fix, advisory: true })];
  }
  return [];
}
