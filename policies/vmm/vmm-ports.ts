import type { VmmServer } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { notDeclared, violation, type Verdict } from "../../lib/rules/verdict";
import type { VmmPort } from "../../lib/tables/vmm-ports";
import { count } from "../../lib/text/words";
import { topologies, type Connection } from "./model/connections";
import { isUnguarded, waysOf, type Closed, type Way } from "./model/firewalls";
import { describePorts, describeRows, describeVersion } from "./shared/connection-text";
import { toKnow } from "./shared/tri-state";

/** Every connection that a VMM version needs gets through the firewalls that are declared on its way. */
export const vmmPorts = defineRule<VmmServer>({
  name: "vmm-ports",
  title: "Connections that VMM needs are open",
  subject: "vmm",
  level: "required",
  severity: "high",
  reach: "estate",
  why: "VMM cannot manage what it cannot reach: jobs fail, hosts show as not responding and transfers stop.",
  fix: "Open the port between the two computers.",
  sources: ["vmm-2012-ports", "vmm-2008-ports", "vmm-2016-ports", "network-security-groups"],
  tags: ["network", "firewall"],
  applies: ({ vmmServers }) => vmmServers,
  check: (vmm, estate) => {
    // Who declares no firewall at all says nothing of what is open.
    if (estate.firewalls.length + estate.networkSecurityGroups.length === 0) return [];
    const topology = topologies(estate).find((one) => one.vmm === vmm);
    if (topology === undefined) return [];
    const open = topology.open.flatMap((value) => toKnow(vmm, value));
    const connections = topology.connections.map((connection) => ({ connection, ways: waysOf(connection, estate) }));
    const guarded = connections.filter(({ ways }) => !isUnguarded(ways));
    return [
      ...open,
      ...unjudged(vmm, connections.length - guarded.length),
      ...guarded.flatMap(({ connection, ways }) => judge(vmm, connection, ways)),
    ];
  },
});

/** Said once, so that nobody takes these connections for open. */
function unjudged(vmm: VmmServer, connections: number): readonly Verdict[] {
  if (connections === 0) return [];
  const path = `a firewall on the way of ${count(connections, "connection")}`;
  return [notDeclared(vmm, { urn: vmm.urn, path })];
}

function judge(vmm: VmmServer, connection: Connection, ways: readonly Way[]): readonly Verdict[] {
  const { ports, anyOf } = connection;
  if (ports.state !== "known") return toKnow(vmm, ports);
  if (anyOf && ways.some(({ passage: { kind } }) => kind === "open" || kind === "unguarded")) return [];
  const open = ways.flatMap(({ passage }) => (passage.kind === "undecided" ? passage.open : []));
  const missing = ways.flatMap(({ port, passage }) => (passage.kind === "closed" ? [{ port, closed: passage }] : []));
  if (anyOf && open.length > 0) return open.flatMap((value) => toKnow(vmm, value));
  return [...open.flatMap((value) => toKnow(vmm, value)), ...findings(vmm, connection, missing)];
}

interface Missing {
  readonly port: number;
  readonly closed: Closed;
}

/** One finding for what one firewall does to a connection in one way. */
function findings(vmm: VmmServer, connection: Connection, missing: readonly Missing[]): readonly Verdict[] {
  const { rows, from, to, transport, anyOf, range } = connection;
  const [row] = rows;
  const groups = new Map<string, Missing[]>();
  for (const one of missing) {
    const { by, path, how } = one.closed;
    const key = anyOf || range ? "" : [by.urn, path, how("")].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined || row === undefined) return [];
    const ports = range ? (ifKnown(connection.ports) ?? []) : [first, ...others].map(({ port }) => port);
    const flow = `${describePorts(transport, ports, { anyOf, range })} from ${from.name} to ${to.name}`;
    const { by, path, how, supposed } = first.closed;
    const problem = `${by.name} ${how(flow)}. ${describeVersion(vmm)} needs it: ${describeRows(rows)}.`;
    const advisory = supposed || range;
    return [violation(by, path, problem, { evidence: row, fix: fix(flow, row), advisory })];
  });
}

function fix(flow: string, { changeAt = [], range }: VmmPort): string {
  if (range === true) return `Open ${flow}, or what Windows is told to use instead.`;
  if (changeAt.length === 0) return `Open ${flow}.`;
  return `Open ${flow}; where another port was chosen (${changeAt.join(", ")}), declare it in ports.`;
}
