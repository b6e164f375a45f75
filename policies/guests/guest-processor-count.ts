import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { atMost, oneOf, type LimitFigure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { missing, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import {
  allowsProcessors,
  processorLines,
  processorsOn,
  type GuestSupport,
  type ProcessorCounts,
} from "../../lib/tables/guest-support";
import { allows, describeLimit, grouped, hostVersionName, limitOf, type Limit } from "../../lib/tables/host-versions";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { alternatives, count, listing } from "../../lib/text/words";
import { describeGeneration, detailsOf, generationOf, onEachHost } from "./shared/guest-placement";

/** The number of virtual processors is one that the document lists for this guest on this host. */
export const guestProcessorCount = defineRule<VirtualMachine>({
  name: "guest-processor-count",
  title: "Virtual processors that the guest supports",
  subject: "guests",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Microsoft supports a guest operating system only with the numbers of virtual processors that it lists for it.",
  fix: "Give the virtual machine one of the listed numbers of virtual processors.",
  sources: ["guests-2008-r2"],
  tags: ["processor"],
  applies: ({ virtualMachines }) => virtualMachines,
  check: (vm, estate) =>
    onEachHost(
      vm,
      estate,
      { processors: vm.processorCount, guest: vm.guestOs, generation: vm.generation },
      ({ processors, guest, generation }, host) => judge(vm, guest, processors, generationOf(generation), host),
    ),
});

function judge(
  vm: VirtualMachine,
  guest: GuestOs,
  processors: number,
  generation: 1 | 2,
  host: string,
): readonly Verdict[] {
  const lines = processorLines(host, guest);
  const counts = lines.map((line) => processorsOn(host, line, generation));
  const most = limitOf(host, "guestProcessors", generation);
  if (most !== undefined && processors > allows(most))
    return [overHostLimit(vm, processors, generation, host, most, counts)];
  const allowing = counts.filter((one) => allowsProcessors(one, processors, generation));
  if (allowing.length === lines.length) return [];
  if (allowing.length > 0) return detailsOf(vm, guest, lines).flatMap((detail) => missing(vm, detail));
  const [line] = lines;
  if (line === undefined) return [];
  const problem =
    `${vm.name} has ${count(processors, "virtual processor")}, but the guest ${describeGuestOs(guest)} may have ` +
    `${describeCounts(vm, guest, lines, counts)} on ${hostVersionName(host)}.`;
  return [notAllowed(vm, problem, processors, counts, { limit: limitOfCounts(counts), evidence: line })];
}

/** What no guest may have on that host version; the fix asks for what this guest may have there. */
function overHostLimit(
  vm: VirtualMachine,
  processors: number,
  generation: 1 | 2,
  host: string,
  most: Limit,
  counts: readonly ProcessorCounts[],
): Verdict {
  const problem =
    `${vm.name} has ${count(processors, "virtual processor")}, but a virtual machine of ` +
    `${describeGeneration(vm, generation, host)} may have at most ${describeLimit(most)} on ${hostVersionName(host)}.`;
  const maximum = allows(most);
  return notAllowed(vm, problem, processors, [{ maximum }, ...counts], {
    limit: atMost(maximum, UNIT),
    evidence: most,
  });
}

function notAllowed(
  vm: VirtualMachine,
  problem: string,
  processors: number,
  counts: readonly ProcessorCounts[],
  details: ViolationDetails,
): Verdict {
  const next = nearestAllowed(limitOfCounts(counts), processors);
  return violation(vm, "processorCount", problem, {
    found: { value: processors, unit: UNIT },
    ...details,
    fix: next.fix,
    ...(next.value === undefined ? {} : { change: { path: "processorCount", value: next.value } }),
  });
}

const UNIT = "virtual processors";

/** `1 or 2 (or, depending on its edition, 1, 2 or 4)` where the declaration fits several lines. */
function describeCounts(
  vm: VirtualMachine,
  guest: GuestOs,
  lines: readonly GuestSupport[],
  counts: readonly ProcessorCounts[],
): string {
  const [first = "", ...others] = [...new Set(counts.map(describeCount))];
  if (others.length === 0) return first;
  const details = detailsOf(vm, guest, lines).map(({ origin }) => origin.path);
  const reason = details.length === 0 ? "by another line of the list" : `depending on ${listing(details)}`;
  return `${first} (or, ${reason}, ${others.join("; ")})`;
}

function describeCount(one: ProcessorCounts): string {
  if ("counts" in one) return alternatives(one.counts.map(String));
  return one.maximum === 1 ? "1" : `from 1 to ${grouped(one.maximum)}`;
}

/** What every one of several lines allows: a list as soon as one of them has one. */
function limitOfCounts(counts: readonly ProcessorCounts[]): LimitFigure {
  const maximum = Math.min(...counts.map((one) => ("counts" in one ? Math.max(...one.counts) : one.maximum)));
  const lists = counts.flatMap((one) => ("counts" in one ? [one.counts] : []));
  const [first] = lists;
  if (first === undefined) return atMost(maximum, UNIT);
  const common = first.filter((number) => number <= maximum && lists.every((list) => list.includes(number)));
  return oneOf(common, UNIT);
}

/** The allowed number that is nearest below what is found, and the sentence that asks for an allowed one. */
function nearestAllowed({ value }: LimitFigure, processors: number): { readonly value?: number; readonly fix: string } {
  if (typeof value === "number")
    return {
      value: Math.min(value, processors),
      fix: value === 1 ? "Set processorCount to 1." : `Set processorCount to a value from 1 to ${grouped(value)}.`,
    };
  const numbers = Array.isArray(value) ? value.filter((one) => typeof one === "number") : [];
  const below = numbers.filter((number) => number < processors);
  const fix = `Set processorCount to ${alternatives(numbers.map(String))}.`;
  return below.length === 0 ? { fix } : { value: Math.max(...below), fix };
}
