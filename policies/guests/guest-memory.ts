import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { guestMemory as memoryOf, type GuestMemory } from "../../lib/tables/guest-memory";
import { allows, describeLimit, describeSize, hostVersionName, limitOf } from "../../lib/tables/host-versions";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { mostMemoryMB } from "../hosts/shared/memory-demand";
import { generationOf, onEachHost } from "./shared/guest-placement";

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
    ...onEachHost(vm, estate, { most: mostMemoryMB(vm), generation: vm.generation }, ({ most, generation }, host) =>
      tooMuch(vm, most, generationOf(generation), host),
    ),
    ...given(vm, { guest: vm.guestOs }, ({ guest }) => tooLittle(vm, vm.memoryMB, guest)),
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

/** The least sizes of a virtual machine: all of its memory, or what dynamic memory starts with, shrinks and grows to. */
function tooLittle(vm: VirtualMachine, memoryMB: Value<number>, guest: GuestOs): readonly Verdict[] {
  const row = memoryOf(guest);
  if (row === undefined) return [];
  if (vm.dynamicMemory.state === "unknown") return undecided(vm, vm.dynamicMemory);
  const dynamic = ifKnown(vm.dynamicMemory);
  if (dynamic === undefined) {
    const { minimumMB, recommendedMB } = row.static;
    return atLeast(vm, guest, row, { path: "memoryMB", word: "memory", size: memoryMB }, minimumMB, recommendedMB);
  }
  if (row.dynamic === undefined) return [];
  const { required, recommended } = row.dynamic;
  const sizes = [
    { key: "startupMB", path: "memoryMB", word: "startup memory", size: memoryMB },
    { key: "minimumMB", path: "dynamicMemory.minimumMB", word: "minimum memory", size: dynamic.minimumMB },
    { key: "maximumMB", path: "dynamicMemory.maximumMB", word: "maximum memory", size: dynamic.maximumMB },
  ] as const;
  return sizes.flatMap((one) => atLeast(vm, guest, row, one, required[one.key], recommended[one.key]));
}

interface Size {
  readonly path: string;
  readonly word: string;
  readonly size: Value<number>;
}

function atLeast(
  vm: VirtualMachine,
  guest: GuestOs,
  evidence: GuestMemory,
  { path, word, size }: Size,
  required: number,
  recommended: number,
): readonly Verdict[] {
  return given(vm, { size }, (the) => {
    const subject = `${vm.name} has ${String(the.size)} MB of ${word}`;
    if (the.size < required) {
      const problem = `${subject}; ${describeGuestOs(guest)} needs at least ${describeSize(required, "MB")}.`;
      return [violation(vm, path, problem, { evidence, fix: `Set ${path} to ${String(required)} or more.` })];
    }
    if (the.size < recommended) {
      const problem = `${subject}; Microsoft recommends at least ${describeSize(recommended, "MB")} for ${describeGuestOs(guest)}.`;
      const fix = `Set ${path} to ${String(recommended)} or more.`;
      return [violation(vm, path, problem, { evidence, fix, advisory: true })];
    }
    return [];
  });
}
