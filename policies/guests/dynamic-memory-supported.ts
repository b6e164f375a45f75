import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault, type Value } from "../../lib/estate/value";
import { atLeast, exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import {
  given,
  isViolation,
  undecided,
  violation,
  type Evidence,
  type Verdict,
  type ViolationDetails,
} from "../../lib/rules/verdict";
import {
  dynamicMemoryListProvenance,
  dynamicMemorySupport,
  guestMemory,
  type DynamicMemorySupport,
} from "../../lib/tables/guest-memory";
import { guestSupport } from "../../lib/tables/guest-support";
import { capabilityOf, hostVersionName } from "../../lib/tables/host-versions";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { listing } from "../../lib/text/words";
import { onEachHost, undecidedDetails } from "./shared/guest-placement";

/** Dynamic memory is used only where host and guest support it. */
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
  check: (vm, estate) => {
    const verdicts = onEachHost(vm, estate, { dynamic: vm.dynamicMemory }, (_, host) => judge(vm, host));
    const wrong = verdicts.filter(isViolation);
    // The host of a guest that is not declared does not matter.
    if (wrong.length > 0) return wrong;
    return vm.guestOs.state === "absent" ? verdicts.filter(isAwaited) : [...undecided(vm, vm.guestOs), ...verdicts];
  },
});

function isAwaited(verdict: Verdict): boolean {
  return verdict.kind === "undecided" && verdict.because === "deployment";
}

/** A host alone may decide; the rest depends on the guest. */
function judge(vm: VirtualMachine, host: string): readonly Verdict[] {
  const capability = capabilityOf(host, "dynamicMemory");
  if (capability === undefined) return [];
  if (!capability.available) {
    const problem = `${vm.name} has dynamic memory, which ${hostVersionName(host)} does not support.`;
    return [notSupported(vm, problem, capability)];
  }
  return vm.guestOs.state === "known" ? judgeGuest(vm, vm.guestOs.value, host, capability) : ownMinimum(vm, host);
}

function judgeGuest(vm: VirtualMachine, guest: GuestOs, host: string, capability: Evidence): readonly Verdict[] {
  if (guestSupport(host, guest).length === 0) return ownMinimum(vm, host); // guest-os-supported reports the guest
  const rows = dynamicMemorySupport(host, guest);
  const [row] = rows;
  if (row === undefined) {
    const evidence = dynamicMemoryListProvenance(host) ?? capability;
    const problem =
      `${vm.name} has dynamic memory, but no document allows it for ${describeGuestOs(guest)} on ` +
      `${hostVersionName(host)}.`;
    return [notSupported(vm, problem, evidence)];
  }
  return [...undecidedDetails(vm, guest, rows), ...ownMinimum(vm, host), ...oddSizes(vm, guest, row)];
}

function notSupported(vm: VirtualMachine, problem: string, evidence: Evidence): Verdict {
  const guest = ifKnown(vm.guestOs);
  const recommended = guest === undefined ? undefined : guestMemory(guest)?.static.recommendedMB;
  const least = recommended === undefined ? "" : `, ${String(recommended)} MB or more`;
  return violation(vm, "dynamicMemory", problem, {
    found: { value: "dynamic" },
    limit: exactly("static"),
    evidence,
    fix: `Remove dynamicMemory, and set memoryMB to what the virtual machine needs${least}.`,
  });
}

/** Before there was a minimum memory, dynamic memory could not shrink below what the virtual machine starts with. */
function ownMinimum(vm: VirtualMachine, host: string): readonly Verdict[] {
  const capability = capabilityOf(host, "dynamicMemoryMinimum");
  const minimum = ifKnown(vm.dynamicMemory)?.minimumMB;
  if (capability?.available !== false || minimum === undefined) return [];
  return given(vm, { minimum, startup: vm.memoryMB }, (the) => {
    if (the.minimum >= the.startup) return [];
    const path = "dynamicMemory.minimumMB";
    const byDefault = isDefault(minimum) ? " by default" : "";
    const problem =
      `${vm.name} may shrink to ${String(the.minimum)} MB${byDefault}, below the ${String(the.startup)} MB that it starts ` +
      `with; ${hostVersionName(host)} has no minimum memory of its own.`;
    return [
      violation(vm, path, problem, {
        found: { value: the.minimum, unit: "MB" },
        limit: atLeast(the.startup, "MB"),
        ...asLargeAsStartup(vm, path, the.startup),
        evidence: capability,
      }),
    ];
  });
}

function asLargeAsStartup(vm: VirtualMachine, path: string, startup: number): Pick<ViolationDetails, "fix" | "change"> {
  const maximum = ifKnown(vm.dynamicMemory)?.maximumMB;
  const isBelowMaximum = maximum !== undefined && (ifKnown(maximum) ?? 0) >= startup;
  return {
    fix: `Set ${path} to ${String(startup)}, which is memoryMB.`,
    ...(isBelowMaximum ? { change: { path, value: startup } } : {}),
  };
}

/** Some guests accept only multiples of a size. */
function oddSizes(vm: VirtualMachine, guest: GuestOs, row: DynamicMemorySupport): readonly Verdict[] {
  const multiple = row.multipleMB;
  if (multiple === undefined) return [];
  const sizes = sizesOf(vm);
  const odd = sizes.flatMap(({ size, ...others }) => {
    const known = ifKnown(size);
    return known === undefined || known % multiple === 0 ? [] : [{ ...others, size: known }];
  });
  const [first, ...others] = odd;
  if (first === undefined) return sizes.flatMap(({ size }) => undecided(vm, size));
  // Rounding down keeps the order of the sizes, and needs no more of the host's memory.
  const right = odd.map(({ path, size }) => ({ path, value: Math.max(multiple, size - (size % multiple)) }));
  const [change] = right;
  return [
    violation(
      vm,
      "dynamicMemory",
      `${vm.name} has dynamic memory, with ${listing(odd.map(({ name, size }) => `${name} ${String(size)}`))}: ` +
        `${describeGuestOs(guest)} needs multiples of ${String(multiple)} MB.`,
      {
        found: { value: others.length === 0 ? first.size : odd.map(({ size }) => size), unit: "MB" },
        fix:
          `Use multiples of ${String(multiple)} MB: set ` +
          `${listing(right.map(({ path, value }) => `${path} to ${String(value)}`))}.`,
        ...(others.length === 0 && change !== undefined ? { change } : {}),
        evidence: row,
      },
    ),
  ];
}

interface Size {
  readonly name: string;
  readonly path: string;
  readonly size: Value<number>;
}

function sizesOf({ memoryMB, dynamicMemory }: VirtualMachine): readonly Size[] {
  const dynamic = ifKnown(dynamicMemory);
  return [
    { name: "memoryMB", path: "memoryMB", size: memoryMB },
    ...(dynamic === undefined
      ? []
      : [
          { name: "minimumMB", path: "dynamicMemory.minimumMB", size: dynamic.minimumMB },
          { name: "maximumMB", path: "dynamicMemory.maximumMB", size: dynamic.maximumMB },
        ]),
  ];
}
