import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host } from "../../lib/estate/model";
import { combine, gatherAll, ifKnown, type Value } from "../../lib/estate/value";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { blocks, given, objection, undecided, violation, type Verdict, type Violation } from "../../lib/rules/verdict";
import { strictestFigure, type Figure } from "../../lib/tables/exchange";
import { count } from "../../lib/text/words";
import {
  countCores,
  processorsOf,
  runningVirtualProcessors,
  undecidedPlaces,
  type Processors,
} from "../hosts/shared/running-processors";
import {
  clustersOfExchange,
  possibleClustersOfExchange,
  unknownClustersOfExchange,
  exchangeServers,
  possibleServers,
  restingOn,
  runningExchange,
  serversOn,
  surestFigure,
  unifiedMessagingOn,
} from "./shared/exchange-servers";

const NAME = "exchange-processor-ratio";

/** A host of Exchange has no more virtual processors than twice its physical cores; Microsoft recommends as many. */
export const exchangeProcessorRatio = defineRule<Host | Cluster>({
  name: NAME,
  title: "Virtual processors per physical core",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Exchange is sized for physical cores: it waits where more virtual processors share them, and Hyper-Threading adds no core.",
  fix: "Move virtual machines to another host, or give them fewer virtual processors.",
  sources: ["exchange-2013-virtualization", "exchange-virtualization"],
  tags: ["processor", "capacity"],
  applies: (estate) => [
    ...estate.hosts.filter((host) => serversOn(host, estate).length > 0 || possibleServers(host, estate).length > 0),
    ...clustersOfExchange(estate),
    ...possibleClustersOfExchange(estate),
  ],
  parameters: {
    ratio: {
      type: "number",
      description:
        "Virtual processors per physical core that no host of Exchange may exceed, for less than Exchange allows, or where " +
        "its version names no ratio. Default: only what Exchange allows.",
      minimum: 1,
    },
  },
  check: (entity, estate, { number }) =>
    entity.kind === "host" ? onHost(entity, estate, number("ratio")) : inCluster(entity, estate, number("ratio")),
  objections: (estate, { number }) => tooHigh(estate, number("ratio") ?? 0),
});

/** A ratio that is higher than the document's does not replace it. */
function tooHigh(estate: Estate, own: number): readonly Violation[] {
  const servers = exchangeServers(estate).flatMap(({ exchange }) => ifKnown(exchange) ?? []);
  const ratio = surestFigure(servers, "processorRatio");
  if (ratio === undefined || own <= ratio.value) return [];
  const problem = `is ${String(own)}, and Exchange allows ${String(ratio.value)} to 1: it changes nothing.`;
  return [objection(NAME, "ratio", problem, `Set ratio to ${String(ratio.value)} or less, or remove it.`)];
}

function onHost(host: Host, estate: Estate, own: number | undefined): readonly Verdict[] {
  return given(host, processorsOf(host), (processors) => {
    const guests = estate.virtualMachinesOn(host);
    const running = runningVirtualProcessors(guests);
    const servers = serversOn(host, estate);
    if (servers.length === 0) return mayRunExchange(host, running, processors, estate, own);
    const load: Load = { host, running, processors, reserved: surestFigure(servers, "hostProcessors") };
    const maximum = overMaximum(load, surestFigure(servers, "processorRatio"));
    const verdict =
      (maximum !== undefined && blocks(maximum) ? maximum : overOwn(load, own)) ??
      maximum ??
      overRecommended(load, surestFigure(servers, "processorRatioRecommended"));
    const found = verdict === undefined ? [] : [verdict];
    if (found.some(blocks)) return found;
    // exchange-supported-scenario reports it already, with the stricter limit.
    if (running > countCores(processors) && unifiedMessagingOn(host, estate).length > 0) return [];
    return [
      ...found,
      ...servers.flatMap(({ version }) => undecided(host, version)),
      ...guests.flatMap(({ processorCount }) => undecided(host, processorCount)),
      ...undecidedPlaces(host, estate),
    ];
  });
}

/** Without a server that is known to be there, only what would be too much is reported. */
function mayRunExchange(
  host: Host,
  running: number,
  processors: Processors,
  estate: Estate,
  own = Infinity,
): readonly Verdict[] {
  const ratio = Math.min(strictestFigure("processorRatio")?.value ?? Infinity, own);
  return possibleServers(host, estate).flatMap(({ vm, missing }) => {
    const added = ifKnown(estate.hostOf(vm)) === host ? 0 : (ifKnown(vm.processorCount) ?? 0);
    return running + added > ratio * countCores(processors) ? undecided(host, missing) : [];
  });
}

/**
 * Wherever a cluster places its machines: what does not fit on all nodes together is too much on one of them. Exchange
 * alone blocks; with the other machines it is advice, since they may share cores on nodes without Exchange.
 */
function inCluster(cluster: Cluster, estate: Estate, own: number | undefined): readonly Verdict[] {
  return given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) =>
    given(cluster, { cores: gatherAll(nodes.map(coresOf), cluster.nodes.origin) }, ({ cores: each }) => {
      const guests = estate.virtualMachinesIn(cluster);
      const machines = runningExchange(guests);
      const servers = machines.map(({ exchange }) => ifKnown(exchange)).filter((server) => server !== undefined);
      const documented = surestFigure(servers, "processorRatio");
      const total = each.reduce((sum, one) => sum + one, 0);
      const over = (running: number, what: string, advisory: boolean): readonly Violation[] => {
        const isOverDocumented = documented !== undefined && running > documented.value * total;
        const ratio = isOverDocumented ? documented.value : own;
        if (ratio === undefined || running <= ratio * total) return [];
        const problem =
          `${cluster.name} runs ${count(running, "virtual processor")}${what} on the ${count(total, "physical core")} of ` +
          `${count(nodes.length, "node")}. ${isOverDocumented ? "Exchange" : OWN_RATIO} allows ${String(ratio)} to 1, which is ` +
          `${String(ratio * total)} here.`;
        return [
          violation(cluster, "", problem, {
            ...figuresOf(running, ratio * total),
            ...restingOn(isOverDocumented ? documented : undefined),
            fix: "Add nodes or cores to the cluster, or give the virtual machines fewer virtual processors.",
            advisory,
          }),
        ];
      };
      const alone = over(runningVirtualProcessors(machines), " of Exchange", false);
      if (alone.some(blocks)) return alone;
      return [
        ...(alone.length > 0 ? alone : over(runningVirtualProcessors(guests), "", true)),
        ...servers.flatMap(({ version }) => undecided(cluster, version)),
        ...guests.flatMap(({ exchange, processorCount }) =>
          [exchange, processorCount].flatMap((value) => undecided(cluster, value)),
        ),
        ...unknownClustersOfExchange(estate).flatMap((value) => undecided(cluster, value)),
      ];
    }),
  );
}

function coresOf(host: Host): Value<number> {
  return combine(processorsOf(host), { urn: host.urn, path: "processors" }, countCores);
}

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
  const allowed = ratio.value * countCores(load.processors);
  const allows = `Exchange allows ${String(ratio.value)} to 1, which is ${String(allowed)} here`;
  if (running > allowed) {
    return violation(host, "", `${describe(load)}. ${allows}.`, { ...figuresOf(running, allowed), evidence: ratio });
  }
  const own = reserved?.value ?? 0;
  if (running + own <= allowed) return undefined;
  const problem = `${describe(load)}, and ${String(own)} for the host itself. ${allows}.`;
  const figures = figuresOf(running + own, allowed);
  return violation(host, "", problem, { ...figures, evidence: reserved ?? ratio, advisory: true });
}

/** The user's own ratio, where the document's is not exceeded. */
function overOwn(load: Load, ratio: number | undefined): Violation | undefined {
  if (ratio === undefined) return undefined;
  const allowed = ratio * countCores(load.processors);
  if (load.running <= allowed) return undefined;
  const problem = `${describe(load)}. ${OWN_RATIO} allows ${String(ratio)} to 1, which is ${String(allowed)} here.`;
  return violation(load.host, "", problem, { ...figuresOf(load.running, allowed), withoutSource: true });
}

const OWN_RATIO = "The parameter ratio of this rule";

function overRecommended(load: Load, ratio: Figure | undefined): Violation | undefined {
  if (ratio === undefined || load.running <= ratio.value * countCores(load.processors)) return undefined;
  const problem = `${describe(load)}. Microsoft recommends ${String(ratio.value)} to 1 for Exchange.`;
  const figures = figuresOf(load.running, ratio.value * countCores(load.processors));
  return violation(load.host, "", problem, { ...figures, evidence: ratio, advisory: true });
}

function figuresOf(running: number, allowed: number): Pick<Violation, "found" | "limit"> {
  return {
    found: { value: running, unit: "virtual processors" },
    limit: atMost(allowed, "virtual processors"),
  };
}

function describe(load: Load): string {
  const { sockets, coresPerSocket } = load.processors;
  return (
    `${load.host.name} runs ${count(load.running, "virtual processor")} on ${count(countCores(load.processors), "physical core")} ` +
    `(${count(sockets, "socket")} × ${count(coresPerSocket, "core")})`
  );
}
