import type { Host, HostAdapter } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { networkLimit } from "../../lib/tables/network-support";
import { append } from "../../lib/text/collections";
import { count } from "../../lib/text/words";
import { hostsWithAdapters, said } from "./shared/host-layout";

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
      const perHost = networkLimit(version, "partitionsPerHost");
      // The article speaks of its own time: of newer versions no document was found.
      if (perPort === undefined || perHost === undefined) return [];
      const ports = portsOf(adapters);
      const partitions = [...ports.values()].reduce((sum, names) => sum + names.size, 0);
      // Any of these may be one partition more.
      const open = adapters.flatMap(({ physicalAdapter }) => undecided(host, physicalAdapter));
      if (partitions === 0) return open;
      const total = `${count(partitions, "NPAR partition")} on ${count(ports.size, "port")}`;
      const details = said(version, "partitioning");
      const tooMany = [
        ...[...ports]
          .filter(([, names]) => names.size > perPort.value)
          .map(
            ([port, names]) =>
              `has ${String(names.size)} NPAR partitions on the port "${port}". A port has at most ${String(perPort.value)}.`,
          ),
        ...(partitions > perHost.value
          ? [`has ${total}. A host has at most ${String(perHost.value)} partitions.`]
          : []),
      ];
      return [
        violation(host, "networkAdapters", `${host.name} has ${total}.`, { ...details, advisory: true }),
        ...tooMany.map((problem): Verdict =>
          violation(host, "networkAdapters", `${host.name} ${problem}`, {
            ...details,
            fix: "Declare the partitions that the adapter has.",
          }),
        ),
        ...open,
      ];
    }),
});

/** Partitions by their port; an adapter that carries several kinds of traffic is one partition. */
function portsOf(adapters: readonly HostAdapter[]): ReadonlyMap<string, ReadonlySet<string>> {
  const lists = new Map<string, string[]>();
  for (const { name, physicalAdapter } of adapters) {
    const port = ifKnown(physicalAdapter);
    const own = ifKnown(name) ?? name.origin.path;
    if (port !== undefined && port.toLowerCase() !== own.toLowerCase())
      append(lists, port.toLowerCase(), own.toLowerCase());
  }
  const shown = new Map(
    adapters.map(({ physicalAdapter }) => [ifKnown(physicalAdapter)?.toLowerCase(), ifKnown(physicalAdapter)]),
  );
  return new Map([...lists].map(([port, names]) => [shown.get(port) ?? port, new Set(names)]));
}
