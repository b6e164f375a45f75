import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { count } from "../../lib/rules/message";
import { defineRule, given, undecided, violation, type Violation } from "../../lib/rules/rule";
import { exchangeFigures, type Figure, type FigureItem } from "../../lib/tables/exchange";
import { processorsOf, runningVirtualProcessors, undecidedPlaces, type Processors } from "../hosts/running-processors";
import { hostsOfExchange, serversOn, surest } from "./exchange-servers";

/** A host of Exchange has no more virtual processors than twice its physical cores; Microsoft recommends as many. */
export const exchangeProcessorRatio = defineRule<Host>({
  name: "exchange-processor-ratio",
  title: "Virtual processors per physical core",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Exchange is sized for whole cores: where more virtual processors share them it waits, and Hyper-Threading adds no core.",
  fix: "Move virtual machines to another host, or give them fewer virtual processors.",
  sources: ["exchange-2013-virtualization", "exchange-virtualization"],
  tags: ["processor", "capacity"],
  applies: hostsOfExchange,
  check: (host, estate) =>
    given(host, processorsOf(host), (processors) => {
      const guests = estate.virtualMachinesOn(host);
      const running = runningVirtualProcessors(guests);
      const servers = serversOn(host, estate);
      const versions = servers.map(({ version }) => ifKnown(version)).filter((version) => version !== undefined);
      const figure = (item: FigureItem): Figure | undefined =>
        surest(versions.flatMap((version) => exchangeFigures(version, item)));
      const load: Load = { host, running, processors, reserved: figure("hostProcessors") };
      const verdict =
        overMaximum(load, figure("processorRatio")) ?? overRecommended(load, figure("processorRatioRecommended"));
      if (verdict !== undefined && verdict.advisory !== true) return [verdict];
      return [
        ...(verdict === undefined ? [] : [verdict]),
        ...servers.flatMap(({ version }) => undecided(host, version)),
        ...guests.flatMap(({ processorCount }) => undecided(host, processorCount)),
        ...undecidedPlaces(host, estate),
      ];
    }),
});

interface Load {
  readonly host: Host;
  /** Virtual processors of all guests. */
  readonly running: number;
  readonly processors: Processors;
  /** What the management operating system counts as, in virtual processors. */
  readonly reserved: Figure | undefined;
}

/** Beyond the ratio with the guests alone it blocks; the host's own share is only said to be so "in most cases". */
function overMaximum(load: Load, ratio: Figure | undefined): Violation | undefined {
  if (ratio === undefined) return undefined;
  const { host, running, reserved } = load;
  const allowed = ratio.value * cores(load);
  const allows = `Exchange allows ${String(ratio.value)} to 1, which is ${String(allowed)} here`;
  if (running > allowed) return violation(host, "", `${describe(load)}. ${allows}.`, { evidence: ratio });
  const own = reserved?.value ?? 0;
  if (running + own <= allowed) return undefined;
  const problem = `${describe(load)}, and ${String(own)} for the host itself. ${allows}.`;
  return violation(host, "", problem, { evidence: reserved ?? ratio, advisory: true });
}

function overRecommended(load: Load, ratio: Figure | undefined): Violation | undefined {
  if (ratio === undefined || load.running <= ratio.value * cores(load)) return undefined;
  const problem = `${describe(load)}. Microsoft recommends ${String(ratio.value)} to 1 for Exchange.`;
  return violation(load.host, "", problem, { evidence: ratio, advisory: true });
}

/** Physical cores: threads do not count. */
function cores({ processors: { sockets, coresPerSocket } }: Load): number {
  return sockets * coresPerSocket;
}

function describe(load: Load): string {
  const { sockets, coresPerSocket } = load.processors;
  return (
    `${load.host.name} runs ${count(load.running, "virtual processor")} on ${count(cores(load), "physical core")} ` +
    `(${count(sockets, "socket")} × ${count(coresPerSocket, "core")})`
  );
}
