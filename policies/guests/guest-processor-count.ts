import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { atMost, oneOf, type LimitFigure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { missing, violation, type Evidence, type Verdict } from "../../lib/rules/verdict";
import {
  allowsProcessors,
  describeProcessors,
  processorLines,
  processorsOn,
  type ProcessorCounts,
} from "../../lib/tables/guest-support";
import { allows, describeLimit, grouped, hostVersionName, limitOf, type Limit } from "../../lib/tables/host-versions";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { alternatives, count } from "../../lib/text/words";
import { detailsOf, generationOf, onEachHost } from "./shared/guest-placement";

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
  const most = limitOf(host, "guestProcessors", generation);
  if (most !== undefined && processors > allows(most)) return [overHostLimit(vm, processors, generation, host, most)];
  const lines = processorLines(host, guest);
  const allowing = lines.filter((line) =>
    allowsProcessors(processorsOn(host, line, generation), processors, generation),
  );
  if (allowing.length === lines.length) return [];
  if (allowing.length > 0) return detailsOf(vm, guest, lines).flatMap((detail) => missing(vm, detail));
  const [line] = lines;
  if (line === undefined) return [];
  const counts = lines.map((one) => processorsOn(host, one, generation));
  const texts = counts.map((one) => describeProcessors(one, generation));
  const problem =
    `${vm.name} has ${count(processors, "virtual processor")}, but the guest ${describeGuestOs(guest)} may have ` +
    `${[...new Set(texts)].join("; ")} on ${hostVersionName(host)}.`;
  return [overLimit(vm, problem, processors, limitOfCounts(counts), line)];
}

/** What no guest may have on that host version. */
function overHostLimit(vm: VirtualMachine, processors: number, generation: 1 | 2, host: string, most: Limit): Verdict {
  const problem =
    `${vm.name} has ${count(processors, "virtual processor")}, but a virtual machine of generation ` +
    `${String(generation)} may have at most ${describeLimit(most)} on ${hostVersionName(host)}.`;
  return overLimit(vm, problem, processors, atMost(allows(most), UNIT), most);
}

function overLimit(
  vm: VirtualMachine,
  problem: string,
  processors: number,
  limit: LimitFigure,
  evidence: Evidence,
): Verdict {
  const next = nearestAllowed(limit, processors);
  return violation(vm, "processorCount", problem, {
    found: { value: processors, unit: UNIT },
    limit,
    fix: next.fix,
    evidence,
    ...(next.value === undefined ? {} : { change: { path: "processorCount", value: next.value } }),
  });
}

const UNIT = "virtual processors";

/** What every one of several lines allows: a list as soon as one of them has one. */
function limitOfCounts(counts: readonly ProcessorCounts[]): LimitFigure {
  const maximum = Math.min(...counts.map((one) => ("counts" in one ? Math.max(...one.counts) : one.maximum)));
  const lists = counts.flatMap((one) => ("counts" in one ? [one.counts] : []));
  const [first] = lists;
  if (first === undefined) return atMost(maximum, UNIT);
  const common = first.filter((number) => number <= maximum && lists.every((list) => list.includes(number)));
  return oneOf(common, UNIT);
}

/** The allowed number that is nearest below what is found, and the sentence that asks for one of them. */
function nearestAllowed({ value }: LimitFigure, processors: number): { readonly value?: number; readonly fix: string } {
  if (typeof value === "number")
    return { value: Math.min(value, processors), fix: `Set processorCount to ${grouped(value)} or fewer.` };
  const numbers = Array.isArray(value) ? value.filter((one) => typeof one === "number") : [];
  const below = numbers.filter((number) => number < processors);
  const fix = `Set processorCount to ${alternatives(numbers.map(String))}.`;
  return below.length === 0 ? { fix } : { value: Math.max(...below), fix };
}
