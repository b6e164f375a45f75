import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { defineRule, missing, violation, type Verdict } from "../../lib/rules/rule";
import { allowsProcessors, describeProcessors, guestSupport, processorsOn } from "../../lib/tables/guest-support";
import { allows, describeLimit, hostVersionName, limitOf, type Limit } from "../../lib/tables/host-versions";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { count } from "../../lib/text/words";
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
  const lines = guestSupport(host, guest);
  const allowing = lines.filter((line) =>
    allowsProcessors(processorsOn(host, line, generation), processors, generation),
  );
  if (allowing.length === lines.length) return [];
  if (allowing.length > 0) return detailsOf(vm, guest, lines).flatMap((detail) => missing(vm, detail));
  const [line] = lines;
  if (line === undefined) return [];
  const texts = lines.map((one) => describeProcessors(processorsOn(host, one, generation), generation));
  const allowed = [...new Set(texts)].join("; ");
  return [
    violation(
      vm,
      "processorCount",
      `${vm.name} has ${count(processors, "virtual processor")}, but the guest ${describeGuestOs(guest)} may have ` +
        `${allowed} on ${hostVersionName(host)}.`,
      { fix: `Set processorCount to ${allowed}.`, evidence: line },
    ),
  ];
}

/** What no guest may have on that host version. */
function overHostLimit(vm: VirtualMachine, processors: number, generation: 1 | 2, host: string, most: Limit): Verdict {
  const problem =
    `${vm.name} has ${count(processors, "virtual processor")}, but a virtual machine of generation ` +
    `${String(generation)} may have at most ${describeLimit(most)} on ${hostVersionName(host)}.`;
  return violation(vm, "processorCount", problem, {
    fix: `Set processorCount to ${String(most.value)} or fewer.`,
    evidence: most,
  });
}
