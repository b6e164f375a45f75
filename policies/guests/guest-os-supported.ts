import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { exactly, oneOf } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { violation, type Evidence, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { guestList, guestListProvenance, guestSupport, supportsGeneration } from "../../lib/tables/guest-support";
import {
  allows,
  capabilityOf,
  describeLimit,
  hostVersionName,
  limitOf,
  type Limit,
  type LimitItem,
} from "../../lib/tables/host-versions";
import { describeGuestOs, familyOf } from "../../lib/tables/operating-systems";
import type { Provenance } from "../../lib/tables/sources";
import { listing } from "../../lib/text/words";
import { mostMemoryMB } from "../hosts/shared/memory-demand";
import { describeGeneration, generationOf, onEachHost, undecidedDetails } from "./shared/guest-placement";
import { listedInstead } from "./shared/listed-guests";

/** The guest operating system is in the list of its host version. */
export const guestOsSupported = defineRule<VirtualMachine>({
  name: "guest-os-supported",
  title: "Guest operating systems the host supports",
  subject: "guests",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Microsoft supports on each version of Hyper-V only the guest operating systems that it lists for it, with service pack and edition.",
  fix: "Install a listed operating system, service pack or edition, or place the virtual machine on another host version.",
  sources: ["guests-2008-r2"],
  tags: ["operating-system"],
  applies: ({ virtualMachines }) => virtualMachines,
  check: (vm, estate) =>
    onEachHost(vm, estate, { guest: vm.guestOs, generation: vm.generation }, ({ guest, generation }, host) =>
      judge(vm, guest, generationOf(generation), host),
    ),
});

function judge(vm: VirtualMachine, guest: GuestOs, generation: 1 | 2, host: string): readonly Verdict[] {
  const lines = guestSupport(host, guest);
  const [line] = lines;
  if (line === undefined) return notListed(vm, guest, generation, host);
  const capability = capabilityOf(host, "generation2");
  if (generation === 2 && capability?.available === false) {
    return [wrongGeneration(vm, guest, generation, host, ", which that version does not support", capability)];
  }
  const supporting = lines.filter((one) => supportsGeneration(one, generation));
  if (supporting.length > 0) return undecidedDetails(vm, guest, supporting);
  const reason = `, but Microsoft lists that guest only for generation ${String(otherGeneration(generation))}`;
  return [wrongGeneration(vm, guest, generation, host, reason, line)];
}

function wrongGeneration(
  vm: VirtualMachine,
  guest: GuestOs,
  generation: 1 | 2,
  host: string,
  reason: string,
  evidence: Evidence,
): Verdict {
  const other = otherGeneration(generation);
  const problem = `${describeSubject(vm, guest, host)} in a virtual machine of ${describeGeneration(vm, generation, host)}${reason}.`;
  const conditions = conditionsOf(vm, other, host);
  const fix = `Create the virtual machine in generation ${String(other)}`;
  return violation(vm, "generation", problem, {
    found: { value: generation },
    limit: exactly(other),
    fix: conditions.length === 0 ? `${fix}.` : `${fix}, with ${listing(conditions)}.`,
    evidence,
  });
}

function otherGeneration(generation: 1 | 2): 1 | 2 {
  return generation === 1 ? 2 : 1;
}

/** What else must change before a virtual machine can be one of the other generation. */
function conditionsOf(vm: VirtualMachine, generation: 1 | 2, host: string): readonly string[] {
  const exceeds = (item: LimitItem, value: number | undefined): Limit | undefined => {
    const limit = limitOf(host, item, generation);
    return limit !== undefined && value !== undefined && value > allows(limit) ? limit : undefined;
  };
  const disks = ifKnown(vm.disks) ?? [];
  const adapters = ifKnown(vm.networkAdapters) ?? [];
  const processors = exceeds("guestProcessors", ifKnown(vm.processorCount));
  const memory = exceeds("guestMemory", ifKnown(mostMemoryMB(vm)));
  const hasVhd = disks.some(({ format }) => ifKnown(format) === "VHD");
  const hasLegacy = adapters.some(({ kind }) => ifKnown(kind) === "legacy");
  return [
    ...(generation === 2 && hasVhd ? ["its disks in VHDX format"] : []),
    ...(generation === 2 && hasLegacy ? ["synthetic network adapters only"] : []),
    ...(processors === undefined ? [] : [`at most ${describeLimit(processors)} virtual processors`]),
    ...(memory === undefined ? [] : [`at most ${describeLimit(memory)} of memory`]),
  ];
}

function notListed(vm: VirtualMachine, guest: GuestOs, generation: 1 | 2, host: string): readonly Verdict[] {
  const provenance = guestListProvenance(host, guest);
  if (provenance === undefined) return [];
  const subject = describeSubject(vm, guest, host);
  const details = {
    found: { value: describeGuestOs(guest) },
    ...instead(guest, generation, host),
    evidence: provenance,
  };
  if (isExactList(host, guest, provenance)) {
    return [violation(vm, "guestOs", `${subject}, which does not support that guest.`, details)];
  }
  // The feature tables name what was tested, and a reprinted list may be older than the guest: both only advise.
  const problem = `${subject}, whose tables of guests do not list it.`;
  return [violation(vm, "guestOs", problem, { ...details, advisory: true })];
}

function describeSubject(vm: VirtualMachine, guest: GuestOs, host: string): string {
  return `${vm.name} runs ${describeGuestOs(guest)} on ${hostVersionName(host)}`;
}

/** Whether a document lists the supported guests of the family, or at least other releases of the same product. */
function isExactList(host: string, guest: GuestOs, { confidence }: Provenance): boolean {
  const family = familyOf(guest.product);
  const lists = guestList(host).filter(
    (line) => familyOf(line.product) === family && !("hostMaximum" in line.processors),
  );
  return lists.some(({ product }) => product === guest.product) || (lists.length > 0 && confidence !== "secondary");
}

/** The listed guests that come nearest. */
function instead(guest: GuestOs, generation: 1 | 2, host: string): Pick<ViolationDetails, "limit" | "fix"> {
  const names = listedInstead(host, guest, generation);
  if (names.length === 0) return {};
  return {
    limit: oneOf(names),
    fix:
      `Use a guest that is listed for ${hostVersionName(host)}: ${names.join("; ")}; or place the virtual machine on a ` +
      `host version that lists ${describeGuestOs(guest)}.`,
  };
}
