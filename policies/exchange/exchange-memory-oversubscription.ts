import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host, VirtualMachine } from "../../lib/estate/model";
import { gatherAll, ifKnown } from "../../lib/estate/value";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import {
  given,
  undecided,
  violation,
  type Verdict,
  type Violation,
  type ViolationDetails,
} from "../../lib/rules/verdict";
import { count } from "../../lib/text/words";
import { judgeMemory, memoryDemandMB, mostMemoryMB, RESERVE_PARAMETER } from "../hosts/shared/memory-demand";
import {
  clustersOfExchange,
  possibleClustersOfExchange,
  unknownClustersOfExchange,
  possibleServers,
  restingOn,
  runningExchange,
  serversOn,
  surestStatement,
} from "./shared/exchange-servers";

/** The hosts of Exchange servers have as much memory as all their virtual machines may use. */
export const exchangeMemoryOversubscription = defineRule<Host | Cluster>({
  name: "exchange-memory-oversubscription",
  title: "Enough memory on hosts of Exchange",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "Where the virtual machines may use more memory than there is, Exchange gets less than it was sized for, or does not start.",
  fix: "Move virtual machines to other hosts, give them less memory, or add memory to the host.",
  sources: ["exchange-2010-best-practices"],
  tags: ["memory", "capacity"],
  applies: (estate) => [
    ...estate.hosts.filter((host) => serversOn(host, estate).length > 0 || possibleServers(host, estate).length > 0),
    ...clustersOfExchange(estate),
    ...possibleClustersOfExchange(estate),
  ],
  parameters: RESERVE_PARAMETER,
  check: (entity, estate, { number }) =>
    entity.kind === "host" ? onHost(entity, estate, number("reserveMB")) : inCluster(entity, estate),
});

/** Too little memory takes from Exchange what dynamic memory takes, or keeps servers with static memory off. */
function onHost(host: Host, estate: Estate, reserveMB: number | undefined): readonly Verdict[] {
  const guests = estate.virtualMachinesOn(host);
  if (serversOn(host, estate).length === 0) return mayRunExchange(host, guests, estate);
  return judgeMemory(host, estate, reserveMB).map((verdict) =>
    verdict.kind === "undecided"
      ? verdict
      : {
          ...verdict,
          problem: `${verdict.problem} ${consequence(guests)}`,
          ...withoutDynamic(guests, evidenceFor(host, estate, verdict)),
        },
  );
}

/** Without a server that is known to be there, only what would be too much is undecided. */
function mayRunExchange(host: Host, guests: readonly VirtualMachine[], estate: Estate): readonly Verdict[] {
  return given(host, { memoryMB: host.memoryMB }, ({ memoryMB }) =>
    possibleServers(host, estate).flatMap(({ vm, missing }) =>
      memoryDemandMB([...new Set([...guests, vm])]) > memoryMB ? undecided(host, missing) : [],
    ),
  );
}

function consequence(guests: readonly VirtualMachine[]): string {
  return isStatic(guests)
    ? "It runs Exchange, and what does not fit into its memory does not start."
    : "It runs Exchange.";
}

/** Whether no dynamic memory is declared: then the host has too little memory, and nothing takes it from Exchange. */
function isStatic(guests: readonly VirtualMachine[]): boolean {
  return guests.every(({ dynamicMemory }) => dynamicMemory.state === "absent");
}

/** The document of a finding, without its words on dynamic memory where there is none. */
function withoutDynamic(guests: readonly VirtualMachine[], details: ViolationDetails): ViolationDetails {
  if (!isStatic(guests) || details.evidence === undefined) return details;
  const { source, confidence } = details.evidence;
  return { ...details, evidence: { source, confidence } };
}

/**
 * Wherever a cluster places its virtual machines: what is larger than all nodes together does not fit. Exchange alone blocks; with
 * the other virtual machines it is advice, since nodes without Exchange may be oversubscribed.
 */
function inCluster(cluster: Cluster, estate: Estate): readonly Verdict[] {
  return given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) => {
    const memory = gatherAll(
      nodes.map(({ memoryMB }) => memoryMB),
      cluster.nodes.origin,
    );
    return given(cluster, { memory }, ({ memory: each }) => {
      const guests = estate.virtualMachinesIn(cluster);
      const machines = runningExchange(guests);
      const servers = machines.map(({ exchange }) => ifKnown(exchange)).filter((server) => server !== undefined);
      const total = each.reduce((sum, memoryMB) => sum + memoryMB, 0);
      const over = (used: number, whose: string, advisory: boolean): readonly Verdict[] => {
        if (used <= total) return [];
        const problem =
          `${cluster.name} has ${String(total)} MB of memory on ${count(nodes.length, "node")}, and its ${whose} may use ` +
          `${String(used)} MB: ${String(used - total)} MB too much. ${consequence(guests)}`;
        const fix = "Add memory or nodes to the cluster, or give the virtual machines less memory.";
        const evidence = withoutDynamic(guests, restingOn(surestStatement(servers, "dynamicMemory")));
        const figures = { found: { value: used, unit: "MB" }, limit: atMost(total, "MB") } as const;
        return [violation(cluster, "", problem, { ...figures, ...evidence, fix, advisory })];
      };
      const alone = over(memoryDemandMB(machines), "Exchange servers", false);
      if (alone.length > 0) return alone;
      return [
        ...over(memoryDemandMB(guests), "virtual machines", true),
        ...guests.flatMap((guest) =>
          [guest.exchange, mostMemoryMB(guest)].flatMap((value) => undecided(cluster, value)),
        ),
        ...unknownClustersOfExchange(estate).flatMap((value) => undecided(cluster, value)),
      ];
    });
  });
}

/** The reserve's own row where that is in question, else what Microsoft says of the servers on that host. */
function evidenceFor(host: Host, estate: Estate, { evidence }: Violation): ViolationDetails {
  if (evidence?.confidence === "unverified") return { evidence };
  return restingOn(surestStatement(serversOn(host, estate), "dynamicMemory"));
}
