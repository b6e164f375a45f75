import type { Estate } from "../../lib/estate/estate";
import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault, type Value } from "../../lib/estate/value";
import { atLeast, atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { guestMemory as memoryOf, type GuestMemory } from "../../lib/tables/guest-memory";
import {
  allows,
  capabilityOf,
  describeLimit,
  describeSize,
  hostVersionName,
  limitOf,
} from "../../lib/tables/host-versions";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { listing } from "../../lib/text/words";
import { declaredMaximumMB, mostMemoryMB } from "../hosts/shared/memory-demand";
import { describeGeneration, generationOf, knownHostVersions, onEachHost } from "./shared/guest-placement";

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
    ...given(vm, { guest: vm.guestOs }, ({ guest }) => tooLittle(vm, vm.memoryMB, guest, estate)),
  ],
});

function tooMuch(vm: VirtualMachine, most: number, generation: 1 | 2, host: string): readonly Verdict[] {
  const limit = limitOf(host, "guestMemory", generation);
  if (limit === undefined || most <= allows(limit)) return [];
  const { path, size } = largestSize(vm);
  const problem =
    `${vm.name} may use ${String(most)} MB of memory${byDefault(size)}. ${hostVersionName(host)} gives a virtual machine ` +
    `of ${describeGeneration(vm, generation, host)} at most ${describeLimit(limit)}, which is ${String(allows(limit))} MB.`;
  return [
    violation(vm, path, problem, {
      found: { value: most, unit: "MB" },
      limit: atMost(allows(limit), "MB"),
      ...lower(vm, path, allows(limit)),
      evidence: limit,
    }),
  ];
}

/** The size that says how much memory a virtual machine may use at most. */
function largestSize({ dynamicMemory, memoryMB }: VirtualMachine): Omit<Size, "word"> {
  const maximum = declaredMaximumMB(dynamicMemory);
  return maximum === undefined
    ? { path: "memoryMB", size: memoryMB }
    : { path: "dynamicMemory.maximumMB", size: maximum };
}

/** The startup and the minimum memory of a virtual machine cannot stay above its new maximum. */
function lower(vm: VirtualMachine, path: string, most: number): Pick<ViolationDetails, "fix" | "change"> {
  const others = [
    { name: "memoryMB", size: vm.memoryMB },
    { name: "dynamicMemory.minimumMB", size: ifKnown(vm.dynamicMemory)?.minimumMB },
  ].filter(({ name, size }) => name !== path && size !== undefined && (ifKnown(size) ?? 0) > most);
  const paths = listing([path, ...others.map(({ name }) => name)]);
  return {
    fix: `Set ${paths} to ${String(most)} or less.`,
    ...(others.length === 0 ? { change: { path, value: most } } : {}),
  };
}

/** The smallest sizes of a virtual machine: all of its memory, or what dynamic memory starts with, shrinks and grows to. */
function tooLittle(vm: VirtualMachine, memoryMB: Value<number>, guest: GuestOs, estate: Estate): readonly Verdict[] {
  const row = memoryOf(guest);
  if (row === undefined) return [];
  if (vm.dynamicMemory.state === "unknown") return undecided(vm, vm.dynamicMemory);
  const dynamic = ifKnown(vm.dynamicMemory);
  if (dynamic === undefined) {
    const { minimumMB, recommendedMB } = row.static;
    const size = { path: "memoryMB", word: "memory", size: memoryMB, following: [] };
    return tooSmall(vm, guest, row, size, minimumMB, recommendedMB);
  }
  if (row.dynamic === undefined) return [];
  const { required, recommended } = row.dynamic;
  const minimum = { path: "dynamicMemory.minimumMB", word: "minimum memory", size: dynamic.minimumMB };
  const startup = { path: "memoryMB", word: "startup memory", size: memoryMB };
  const maximum = { path: "dynamicMemory.maximumMB", word: "maximum memory", size: dynamic.maximumMB };
  const sizes = [
    { key: "startupMB", ...startup, following: [...(hasOwnMinimum(vm, estate) ? [] : [minimum]), maximum] },
    { key: "minimumMB", ...minimum, following: [startup, maximum] },
    { key: "maximumMB", ...maximum, following: [] },
  ] as const;
  return sizes.flatMap((one) => tooSmall(vm, guest, row, one, required[one.key], recommended[one.key]));
}

/** Whether dynamic memory may shrink below the startup memory on every host that may run a virtual machine. */
function hasOwnMinimum(vm: VirtualMachine, estate: Estate): boolean {
  return knownHostVersions(vm, estate).every((host) => capabilityOf(host, "dynamicMemoryMinimum")?.available !== false);
}

interface Size {
  readonly path: string;
  readonly word: string;
  readonly size: Value<number>;
}

interface LeastSize extends Size {
  /** The sizes that cannot stay below this one. */
  readonly following: readonly Size[];
}

function tooSmall(
  vm: VirtualMachine,
  guest: GuestOs,
  evidence: GuestMemory,
  { path, word, size, following }: LeastSize,
  required: number,
  recommended: number,
): readonly Verdict[] {
  return given(vm, { size }, (the) => {
    if (the.size >= recommended) return [];
    const others = following.filter((one) => (ifKnown(one.size) ?? recommended) < recommended).map((one) => one.path);
    const subject = `${vm.name} has ${String(the.size)} MB of ${word}${byDefault(size)}`;
    const isSupported = the.size >= required;
    const problem = isSupported
      ? `${subject}; Microsoft recommends at least ${describeSize(recommended, "MB")} for ${describeGuestOs(guest)}.`
      : `${subject}; ${describeGuestOs(guest)} needs at least ${describeSize(required, "MB")}.`;
    return [
      violation(vm, path, problem, {
        found: { value: the.size, unit: "MB" },
        limit: atLeast(isSupported ? recommended : required, "MB"),
        fix: `Set ${listing([path, ...others])} to ${String(recommended)} or more${isSupported || recommended === required ? "" : ", as Microsoft recommends"}.`,
        evidence,
        ...(isSupported ? { advisory: true } : {}),
      }),
    ];
  });
}

function byDefault(size: Value<number>): string {
  return isDefault(size) ? " by default" : "";
}
