import type { ExchangeServer, VirtualMachine } from "../../lib/estate/model";
import type { Value } from "../../lib/estate/value";
import { atLeast, atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { exchangeFigures, exchangeVersionName, type Figure, type FigureItem } from "../../lib/tables/exchange";
import { count } from "../../lib/text/words";
import { MB_PER_GB } from "./shared/exchange-disks";
import { describeServer, exchangeServers, knownRoles, unknownRoles } from "./shared/exchange-servers";

/** Processors and memory lie in the range that the documents give for the version and its roles. */
export const exchangeSize = defineRule<VirtualMachine>({
  name: "exchange-size",
  title: "Processors and memory in Exchange's range",
  subject: "exchange",
  level: "required",
  severity: "medium",
  reach: "resource",
  why: "Below its minimum Exchange is not supported or runs badly; beyond the largest sizes that Microsoft tests it does not get faster.",
  fix: "Size the server with the role requirements calculator of its version, and use more servers instead of larger ones.",
  sources: ["exchange-requirements", "exchange-2013-requirements", "exchange-health-checker"],
  tags: ["processor", "memory", "capacity"],
  applies: exchangeServers,
  check: (vm) =>
    given(vm, { exchange: vm.exchange }, ({ exchange }) =>
      given(vm, { version: exchange.version }, ({ version }) =>
        SIZES.flatMap((size) => judge(vm, exchange, version, size)),
      ),
    ),
});

/** A number of the virtual machine and the figure that bounds it. */
interface Size {
  readonly item: FigureItem;
  readonly path: "processorCount" | "memoryMB";
  readonly breaks: (number: number, figure: number) => boolean;
  readonly word: string;
}

const SIZES: readonly Size[] = [
  { item: "processorsMinimum", path: "processorCount", breaks: (has, least) => has < least, word: "at least" },
  { item: "processorsMaximum", path: "processorCount", breaks: (has, most) => has > most, word: "at most" },
  { item: "memoryMinimum", path: "memoryMB", breaks: (has, least) => has < least * MB_PER_GB, word: "at least" },
  { item: "memoryMaximum", path: "memoryMB", breaks: (has, most) => has > most * MB_PER_GB, word: "at most" },
];

function judge(vm: VirtualMachine, exchange: ExchangeServer, version: string, size: Size): readonly Verdict[] {
  const number: Value<number> = vm[size.path];
  return given(vm, { number }, ({ number: has }) => {
    const [figure] = exchangeFigures(version, size.item, knownRoles(exchange));
    if (figure !== undefined && size.breaks(has, figure.value))
      return [outside(vm, exchange, version, size, has, figure)];
    const unknowns = unknownRoles(exchange);
    if (unknowns.length === 0) return [];
    const [strictest] = exchangeFigures(version, size.item);
    return strictest !== undefined && size.breaks(has, strictest.value)
      ? unknowns.flatMap((value) => undecided(vm, value))
      : [];
  });
}

function outside(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  version: string,
  { path, word }: Size,
  has: number,
  figure: Figure,
): Verdict {
  const text = path === "memoryMB" ? `${String(has)} MB of memory` : count(has, "virtual processor");
  const bound =
    path === "memoryMB"
      ? `${String(figure.value)} GB, which is ${String(figure.value * MB_PER_GB)} MB`
      : count(figure.value, "processor");
  const verb = figure.strength === "required" ? "needs" : "should have";
  const problem = `${describeServer(vm, exchange)} has ${text}. ${exchangeVersionName(version)} ${verb} ${word} ${bound}.`;
  const unit = path === "memoryMB" ? "MB" : "virtual processors";
  const value = path === "memoryMB" ? figure.value * MB_PER_GB : figure.value;
  const isMinimum = word === "at least";
  return violation(vm, path, problem, {
    found: { value: has, unit },
    limit: isMinimum ? atLeast(value, unit) : atMost(value, unit),
    fix: isMinimum
      ? `Set ${path} to ${String(value)} or more.`
      : `Set ${path} to ${String(value)} or less, and use more servers instead of larger ones.`,
    evidence: figure,
    advisory: figure.strength === "recommended",
  });
}
