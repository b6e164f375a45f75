import type { Estate } from "../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import {
  given,
  isViolation,
  notDeclared,
  objection,
  undecided,
  violation,
  type Verdict,
  type Violation,
  type ViolationDetails,
} from "../../lib/rules/verdict";
import { allows, hostVersionName, limitOf, type Limit, type ProcessorAllowance } from "../../lib/tables/host-versions";
import { count, listing } from "../../lib/text/words";
import {
  countLogical,
  describeProcessors,
  exceeded,
  fewerVirtualProcessors,
  onlyWindows7,
  processorsOf,
  runningVirtualProcessors,
  undecidedPlaces,
  type Processors,
} from "./shared/running-processors";

const NAME = "virtual-processor-ratio";

/** The guests together have no more virtual processors than the ratio to the host's logical processors allows. */
export const virtualProcessorRatio = defineRule<Host>({
  name: NAME,
  title: "Virtual processors per logical processor",
  subject: "hosts",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Microsoft tested and supports this version of Hyper-V only up to a ratio of running virtual processors to logical processors.",
  fix: "Move virtual machines to other hosts, or give them fewer virtual processors.",
  sources: ["vp-lp-ratio-2011", "limits-2008-r2"],
  tags: ["processor", "capacity"],
  parameters: {
    ratio: {
      type: "number",
      description:
        "Virtual processors per logical processor that no host may exceed, for less than Microsoft allows, or where it " +
        "names no ratio. Default: only what Microsoft allows for the host's version.",
      minimum: 1,
    },
  },
  applies: ({ hosts }) => hosts,
  check: (host, estate, { number }) => {
    const documented = byDocument(host, estate);
    const ratio = number("ratio");
    return ratio === undefined || documented.some(isViolation)
      ? documented
      : [...byParameter(host, estate, ratio), ...documented];
  },
  objections: (estate, { number }) => tooHigh(estate, number("ratio") ?? 0),
});

function byDocument(host: Host, estate: Estate): readonly Verdict[] {
  return given(host, { version: host.operatingSystem, ...processorsOf(host) }, ({ version, ...processors }) => {
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
  });
}

/** The user's own ratio: where the document's is lower, that is exceeded before. */
function byParameter(host: Host, estate: Estate, ratio: number): readonly Verdict[] {
  return given(host, processorsOf(host), (processors) => {
    const guests = estate.virtualMachinesOn(host);
    const running = runningVirtualProcessors(guests);
    const maximum = ratio * countLogical(processors);
    if (running > maximum) {
      // More than the host can run at all is the finding of host-virtual-processors.
      if (maximum >= mostOnHost(host)) return [];
      const problem =
        `${describeLoad(host, running, processors, ratio)} The parameter ratio of this rule allows ` +
        `${String(ratio)} to 1, which is ${String(maximum)} here.`;
      return [violation(host, "", problem, { ...tooManyFigures(running, maximum), withoutSource: true })];
    }
    return [
      ...guests.flatMap(({ processorCount }) => undecided(host, processorCount)),
      ...undecidedPlaces(host, estate),
    ];
  });
}

/** How many virtual processors the host version can run, whatever the hardware. */
function mostOnHost({ operatingSystem }: Host): number {
  const version = ifKnown(operatingSystem);
  const cap = version === undefined ? undefined : limitOf(version, "virtualProcessors");
  return cap === undefined ? Infinity : allows(cap);
}

function tooManyFigures(running: number, maximum: number): ViolationDetails {
  const most = Math.floor(maximum);
  return {
    found: { value: running, unit: "virtual processors" },
    limit: atMost(most, "virtual processors"),
    fix: fewerVirtualProcessors(most),
  };
}

/** A ratio that is higher than the document's does not replace it. */
function tooHigh(estate: Estate, ratio: number): readonly Violation[] {
  const lower = estate.hosts.flatMap((host) => {
    const version = ifKnown(host.operatingSystem);
    const limit = version === undefined ? undefined : documentedRatio(version, estate.virtualMachinesOn(host));
    return version !== undefined && limit !== undefined && allows(limit) < ratio ? [{ host, version, limit }] : [];
  });
  const [first] = lower;
  if (first === undefined) return [];
  const { version, limit } = first;
  const problem =
    `is ${String(ratio)}, and ${hostVersionName(version)} allows ${String(limit.value)} to 1: it changes nothing for ` +
    `${listing(lower.map(({ host }) => host.name))}.`;
  return [objection(NAME, "ratio", problem, `Set ratio to ${String(limit.value)} or less, or remove it.`)];
}

/** The ratio of a host version; the higher one while every guest may run Windows 7. */
function documentedRatio(version: string, guests: readonly VirtualMachine[]): Limit | undefined {
  const windows7 = limitOf(version, "virtualProcessorsPerLogicalProcessorWindows7");
  return windows7 !== undefined && onlyWindows7(version, guests) !== false
    ? windows7
    : limitOf(version, "virtualProcessorsPerLogicalProcessor");
}

function tooMany(
  host: Host,
  guests: readonly VirtualMachine[],
  version: string,
  processors: Processors,
  { limit, maximum }: ProcessorAllowance,
): Verdict {
  const running = runningVirtualProcessors(guests);
  const windows7 = limitOf(version, "virtualProcessorsPerLogicalProcessorWindows7");
  const higher =
    windows7 === undefined || onlyWindows7(version, guests) !== false
      ? ""
      : ` The ratio of ${String(windows7.value)} to 1 holds only while every guest on the host runs Windows 7.`;
  return violation(
    host,
    "",
    `${describeLoad(host, running, processors, allows(limit))} ${hostVersionName(version)} allows ` +
      `${String(limit.value)} to 1, which is ${String(maximum)} here.${higher}`,
    { ...tooManyFigures(running, maximum), evidence: limit },
  );
}

function describeLoad(host: Host, running: number, processors: Processors, allowed: number): string {
  const logical = countLogical(processors);
  return (
    `${host.name} runs ${count(running, "virtual processor")} on ${count(logical, "logical processor")} ` +
    `(${describeProcessors(processors)}): ${describeRatio(running / logical, allowed)} to 1.`
  );
}

/** With as many decimals as it takes to look like more than what is allowed. */
function describeRatio(ratio: number, allowed: number): string {
  const short = ratio.toFixed(1);
  return Number(short) > allowed ? short : ratio.toFixed(3);
}

function undecidedGuest(host: Host, { guestOs }: VirtualMachine): readonly Verdict[] {
  return guestOs.state === "absent" ? [notDeclared(host, guestOs)] : undecided(host, guestOs);
}
