import type { Host, VirtualMachine } from "../../lib/estate/model";
import { count } from "../../lib/rules/message";
import { defineRule, given, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/rule";
import { allows, hostVersionName, limitOf, type ProcessorAllowance } from "../../lib/tables/host-versions";
import {
  countLogical,
  describeProcessors,
  exceeded,
  onlyWindows7,
  processorsOf,
  runningVirtualProcessors,
  undecidedPlaces,
  type Processors,
} from "./running-processors";

/** The guests together have no more virtual processors than the ratio to the host's logical processors allows. */
export const virtualProcessorRatio = defineRule<Host>({
  name: "virtual-processor-ratio",
  title: "Virtual processors per logical processor",
  subject: "hosts",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Microsoft tested and supports this version of Hyper-V only up to a ratio of running virtual processors to logical processors.",
  fix: "Move virtual machines to another host, or give them fewer virtual processors.",
  sources: ["vp-lp-ratio-2011", "limits-2008-r2"],
  tags: ["processor", "capacity"],
  applies: ({ hosts }) => hosts,
  check: (host, estate) =>
    given(host, { version: host.operatingSystem, ...processorsOf(host) }, ({ version, ...processors }) => {
      const ratio = limitOf(version, "virtualProcessorsPerLogicalProcessor");
      if (ratio === undefined || ratio.value === null) return [];
      const logical = countLogical(processors);
      const guests = estate.virtualMachinesOn(host);
      const { allowance, dependsOnGuests } = exceeded(version, logical, guests);
      if (allowance?.limit.unit === "ratio") return [tooMany(host, guests, version, processors, allowance)];
      return [
        ...(dependsOnGuests ? guests.flatMap((guest) => undecidedGuest(host, guest)) : []),
        ...guests.flatMap(({ processorCount }) => undecided(host, processorCount)),
        ...undecidedPlaces(host, estate),
      ];
    }),
});

function tooMany(
  host: Host,
  guests: readonly VirtualMachine[],
  version: string,
  processors: Processors,
  { limit, maximum }: ProcessorAllowance,
): Verdict {
  const running = runningVirtualProcessors(guests);
  const logical = countLogical(processors);
  const windows7 = limitOf(version, "virtualProcessorsPerLogicalProcessorWindows7");
  const higher =
    windows7 === undefined || onlyWindows7(version, guests) !== false
      ? ""
      : ` The ratio of ${String(windows7.value)} to 1 holds only while every guest on the host runs Windows 7.`;
  return violation(
    host,
    "",
    `${host.name} runs ${count(running, "virtual processor")} on ${count(logical, "logical processor")} ` +
      `(${describeProcessors(processors)}): ${describeRatio(running / logical, allows(limit))} to 1. ${hostVersionName(version)} allows ` +
      `${String(limit.value)} to 1, which is ${String(maximum)} here.${higher}`,
    { evidence: limit },
  );
}

/** With as many decimals as it takes to look like more than what is allowed. */
function describeRatio(ratio: number, allowed: number): string {
  const short = ratio.toFixed(1);
  return Number(short) > allowed ? short : ratio.toFixed(3);
}

function undecidedGuest(host: Host, { guestOs }: VirtualMachine): readonly Verdict[] {
  return guestOs.state === "absent" ? [notDeclared(host, guestOs.origin)] : undecided(host, guestOs);
}
