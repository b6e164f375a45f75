import type { Host, HostAdapter } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { networkLimit } from "../../lib/tables/network-support";
import { append } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { count, listing } from "../../lib/text/words";
import { evidenceFor, hostsWithAdapters } from "./shared/host-layout";

/** NPAR partitions are known to be outside of Microsoft's support, and no more than the adapters have. */
export const nicPartitioning = defineRule<Host>({
  name: "nic-partitioning",
  title: "Partitioned adapters (NPAR)",
  subject: "networks",
  level: "unsupported",
  severity: "medium",
  reach: "resource",
  why: "The vendor of the adapter supports its partitions, and Microsoft does not; all partitions of a port fail with it.",
  fix: "Use physical adapters, or a documented layout that shares them with caps.",
  sources: ["network-design-2011"],
  tags: ["adapters", "partitioning"],
  applies: hostsWithAdapters,
  check: (host) =>
    given(host, { version: host.operatingSystem, adapters: host.networkAdapters }, ({ version, adapters }) => {
      const perPort = networkLimit(version, "partitionsPerPort");
      // The article speaks of its own time: of newer versions no document was found.
      if (perPort === undefined) return [];
      return [
        ...judge(host, version, partitionedPorts(adapters), perPort.value),
        // Any of these may be one partition more.
        ...adapters.flatMap(({ physicalAdapter, name }) =>
          [physicalAdapter, ...(physicalAdapter.state === "absent" ? [] : [name])].flatMap((value) =>
            undecided(host, value),
          ),
        ),
      ];
    }),
});

const UNIT = "NPAR partitions";

interface PartitionedPort {
  readonly name: string;
  /** How many partitions it has. */
  readonly partitions: number;
}

/** Each port is in one finding: with too many partitions, or as not supported. */
function judge(host: Host, version: string, ports: readonly PartitionedPort[], perPort: number): readonly Verdict[] {
  const overfull = ports.filter(({ partitions }) => partitions > perPort);
  const others = ports.filter((port) => !overfull.includes(port));
  return [
    ...overfull.map(({ name, partitions }) => {
      const has = `${host.name} has ${String(partitions)} NPAR partitions on the port "${name}"`;
      return violation(host, "networkAdapters", `${has}, but a port has at most ${String(perPort)}.`, {
        ...evidenceFor(version, "partitioning"),
        found: { value: partitions, unit: UNIT },
        limit: atMost(perPort, UNIT),
        fix: REPLACE,
      });
    }),
    ...(others.length === 0 ? [] : [notSupported(host, version, others)]),
  ];
}

function notSupported(host: Host, version: string, ports: readonly PartitionedPort[]): Verdict {
  const problem = `${host.name} has ${describe(ports)}. The vendors of adapters support NPAR, and Microsoft does not.`;
  return violation(host, "networkAdapters", problem, {
    ...evidenceFor(version, "partitioning"),
    found: { value: numberOf(ports), unit: UNIT },
    limit: atMost(0, UNIT),
    advisory: true,
  });
}

/** Fewer partitions would still be partitions that Microsoft does not support. */
const REPLACE =
  "Use physical adapters in place of the partitions (without physicalAdapter), or a documented layout that shares them with caps.";

/** `5 NPAR partitions on the ports "Port 1" and "Port 2"` */
function describe(ports: readonly PartitionedPort[]): string {
  const names = listing(ports.map(({ name }) => `"${name}"`));
  return `${count(numberOf(ports), "NPAR partition")} on the ${ports.length === 1 ? "port" : "ports"} ${names}`;
}

function numberOf(ports: readonly PartitionedPort[]): number {
  return ports.reduce((sum, { partitions }) => sum + partitions, 0);
}

/** Ports with partitions; an adapter that carries several kinds of traffic is one partition. */
function partitionedPorts(adapters: readonly HostAdapter[]): readonly PartitionedPort[] {
  const partitions = new Map<string, (string | undefined)[]>();
  const names = new Map<string, string>();
  for (const { name, physicalAdapter } of adapters) {
    const port = ifKnown(physicalAdapter);
    const own = ifKnown(name);
    if (port === undefined || (own !== undefined && fold(port) === fold(own))) continue;
    // One of unknown name may be any of the others.
    append(partitions, fold(port), own === undefined ? undefined : fold(own));
    names.set(fold(port), names.get(fold(port)) ?? port);
  }
  return [...partitions].map(([port, own]) => {
    const distinct = new Set(own.filter((one) => one !== undefined)).size;
    return { name: names.get(port) ?? port, partitions: Math.max(1, distinct) };
  });
}
