import type { Estate } from "../../lib/estate/estate";
import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { gatherAll, map, type Origin, type Value } from "../../lib/estate/value";
import { count } from "../../lib/rules/message";
import { defineRule, given, notDeclared, violation, type Verdict } from "../../lib/rules/rule";
import {
  allowsProcessors,
  describeProcessors,
  guestSupport,
  processorsOn,
  type GuestSupport,
} from "../../lib/tables/guest-support";
import { hostVersionName } from "../../lib/tables/host-versions";
import { describeGuestOs } from "../../lib/tables/operating-systems";

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
    given(
      vm,
      {
        processors: vm.processorCount,
        guest: vm.guestOs,
        generation: vm.generation,
        hosts: hostVersions(vm, estate),
      },
      ({ processors, guest, generation, hosts }) => {
        for (const host of hosts) {
          const verdicts = judge(vm, guest, processors, generation === 2 ? 2 : 1, host);
          if (verdicts.length > 0) return verdicts;
        }
        return [];
      },
    ),
});

/** The different versions of the hosts that may run the virtual machine. */
function hostVersions(vm: VirtualMachine, estate: Estate): Value<readonly string[]> {
  const hosts = estate.hostsOf(vm);
  if (hosts.state !== "known") return hosts;
  const versions = gatherAll(
    hosts.value.map(({ operatingSystem }) => operatingSystem),
    hosts.origin,
  );
  return map(versions, (list) => [...new Set(list)]);
}

function judge(
  vm: VirtualMachine,
  guest: GuestOs,
  processors: number,
  generation: 1 | 2,
  host: string,
): readonly Verdict[] {
  const lines = guestSupport(host, guest);
  const allowing = lines.filter((line) =>
    allowsProcessors(processorsOn(host, line, generation), processors, generation),
  );
  if (allowing.length === lines.length) return [];
  if (allowing.length > 0) return [notDeclared(vm, missingDetail(vm, guest, lines))];
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

/** What would tell apart the lines of the list that allow the number and those that do not. */
function missingDetail(vm: VirtualMachine, guest: GuestOs, lines: readonly GuestSupport[]): Origin {
  const path =
    guest.edition === undefined && lines.some((line) => line.editions !== undefined)
      ? "edition"
      : guest.architecture === undefined && lines.some((line) => line.architectures !== undefined)
        ? "architecture"
        : "guestOs";
  return { urn: vm.urn, path };
}
