import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { exactly, oneOf } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { missing, violation, type Evidence, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import {
  guestExclusion,
  guestList,
  guestListProvenance,
  guestSupport,
  isListedProduct,
  supportsGeneration,
  unlistedGuests,
} from "../../lib/tables/guest-support";
import {
  allows,
  capabilityOf,
  describeLimit,
  hostVersionName,
  hostVersions,
  limitOf,
  type Limit,
  type LimitItem,
} from "../../lib/tables/host-versions";
import { describeGuestOs, familyOf, isUnlistedWindows } from "../../lib/tables/operating-systems";
import { endOfHostSupport } from "../../lib/tables/lifecycle";
import { sourceOf, type Provenance } from "../../lib/tables/sources";
import { alternatives, listing } from "../../lib/text/words";
import { mostMemoryMB } from "../hosts/shared/memory-demand";
import { isEndNear } from "../hosts/shared/support-end";
import { describeGeneration, detailsOf, generationOf, onEachHost, undecidedDetails } from "./shared/guest-placement";
import { listedInstead } from "./shared/listed-guests";

/** The guest operating system is in the list of its host version. */
export const guestOsSupported = defineRule<VirtualMachine>({
  name: "guest-os-supported",
  title: "Guest operating systems the host supports",
  subject: "guests",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Microsoft lists the guest operating systems that it supports on each version of Hyper-V, with service pack and edition; for others their vendor is responsible.",
  fix: "Install a listed operating system, service pack or edition, or place the virtual machine on another host version.",
  sources: ["guests-2008-r2"],
  tags: ["operating-system"],
  applies: ({ virtualMachines }) => virtualMachines,
  check: (vm, estate, { asOf }) =>
    onEachHost(vm, estate, { guest: vm.guestOs, generation: vm.generation }, ({ guest, generation }, host) =>
      judge(vm, guest, generationOf(generation), { host, asOf }),
    ),
});

/** The version of the host, and the day that decides which others are in support. */
interface On {
  readonly host: string;
  readonly asOf: string;
}

function judge(vm: VirtualMachine, guest: GuestOs, generation: 1 | 2, on: On): readonly Verdict[] {
  const { host } = on;
  const isUnknown = !isListed(guest);
  const lines = guestSupport(host, guest);
  const [line] = lines;
  const capability = capabilityOf(host, "generation2");
  if ((line !== undefined || isUnknown) && generation === 2 && capability?.available === false) {
    return [wrongGeneration(vm, guest, generation, host, ", which that version does not support", capability)];
  }
  if (isUnknown) return [unlisted(vm, guest, host)];
  const exclusion = guestExclusion(host, guest);
  if (exclusion !== undefined) return [unsupported(vm, guest, generation, on, exclusion)];
  const supporting = lines.filter((one) => supportsGeneration(one, generation));
  if (supporting.length > 0) return undecidedDetails(vm, guest, supporting);
  if (line === undefined) return notListed(vm, guest, generation, on);
  // A feature table is about some kernels and releases, and the declaration may not specify which one it is.
  const left = isExactList(host, guest, line) ? [] : detailsOf(vm, guest, lines);
  if (left.length > 0) return left.flatMap((detail) => missing(vm, detail));
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

function notListed(vm: VirtualMachine, guest: GuestOs, generation: 1 | 2, on: On): readonly Verdict[] {
  const { host } = on;
  const provenance = guestListProvenance(host, guest);
  if (provenance === undefined) return [];
  if (isExactList(host, guest, provenance)) return [unsupported(vm, guest, generation, on, provenance)];
  // The feature tables name what was tested, and a reprinted list may be older than the guest: both only advise.
  const { date } = sourceOf(provenance.source);
  const name = describeGuestOs(guest);
  const tables = `Microsoft's tables of guests${date === undefined ? "" : ` of ${date}`}`;
  const problem = `${describeSubject(vm, guest, host)}, which ${tables} do not list.`;
  const more = { evidence: provenance, advisory: true };
  const listed = instead(guest, generation, on);
  if (isWindows(guest)) return [violation(vm, "guestOs", problem, { ...listed, ...more })];
  const ask = `Check that the vendor of ${name} supports it on ${hostVersionName(host)}`;
  const or = listed.fix === undefined ? "." : `, or ${listed.fix.charAt(0).toLowerCase()}${listed.fix.slice(1)}`;
  return [violation(vm, "guestOs", problem, { ...listed, fix: `${ask}${or}`, ...more })];
}

function unsupported(vm: VirtualMachine, guest: GuestOs, generation: 1 | 2, on: On, evidence: Evidence): Verdict {
  const problem = `${describeSubject(vm, guest, on.host)}, which does not support that guest.`;
  return violation(vm, "guestOs", problem, { ...instead(guest, generation, on), evidence });
}

function describeSubject(vm: VirtualMachine, guest: GuestOs, host: string): string {
  return `${vm.name} runs ${describeGuestOs(guest)} on ${hostVersionName(host)}`;
}

/** Microsoft lists every version of Windows that it supports, and other systems only to tell what it has tested. */
function isListed(guest: GuestOs): boolean {
  return isWindows(guest) || isListedProduct(guest.product);
}

function isWindows({ product }: GuestOs): boolean {
  return familyOf(product)?.startsWith("windows") === true;
}

/** A system that no list names: what the host gives any guest is judged by other rules. */
function unlisted(vm: VirtualMachine, guest: GuestOs, host: string): Verdict {
  const name = describeGuestOs(guest);
  const on = hostVersionName(host);
  const isOld = isUnlistedWindows(guest);
  return violation(
    vm,
    "guestOs",
    `${vm.name}: Microsoft does not list ${name} as a guest of ${on}${isOld ? "" : "; its vendor supports it"}.`,
    {
      found: { value: name },
      fix: isOld
        ? `Run a later version of Windows in ${vm.name}: nobody supports this one.`
        : `Check that the vendor of ${name} supports it on ${on}, and turn to the vendor with its issues.`,
      evidence: unlistedGuests(),
      advisory: true,
    },
  );
}

/** Whether a document lists the supported guests of the family, or at least other releases of the same product. */
function isExactList(host: string, guest: GuestOs, { confidence }: Provenance): boolean {
  const family = familyOf(guest.product);
  const lists = guestList(host).filter(
    (line) => familyOf(line.product) === family && !("hostMaximum" in line.processors),
  );
  return lists.some(({ product }) => product === guest.product) || (lists.length > 0 && confidence !== "secondary");
}

/** The listed guests that come nearest, and the host versions that list the guest. */
function instead(guest: GuestOs, generation: 1 | 2, { host, asOf }: On): ViolationDetails {
  const name = describeGuestOs(guest);
  const found = { value: name };
  const listed = listedInstead(host, guest, generation, asOf);
  const elsewhere = hostsThatList(guest, generation, asOf).map((id) => hostVersionName(id));
  const place = `the virtual machine on ${alternatives(elsewhere)}, which ${elsewhere.length === 1 ? "lists" : "list"} ${name}`;
  if (listed.length === 0) return elsewhere.length === 0 ? { found } : { found, fix: `Place ${place}.` };
  const or = elsewhere.length === 0 ? "" : `; or place ${place}`;
  const fix = `Use a guest that is listed for ${hostVersionName(host)}: ${listed.join("; ")}${or}.`;
  return { found, limit: oneOf(listed), fix };
}

/** The host versions in support that list a guest and do not exclude it. */
function hostsThatList(guest: GuestOs, generation: 1 | 2, asOf: string): readonly string[] {
  const ids = hostVersions().map(({ id }) => id);
  return ids.filter((id) => {
    const end = endOfHostSupport(id);
    const isSupported = end === undefined || !isEndNear(end, asOf, undefined);
    const lists = guestSupport(id, guest).some((line) => supportsGeneration(line, generation));
    return isSupported && lists && guestExclusion(id, guest) === undefined;
  });
}
