import type { VmmServer } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import type { LimitFigure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { missing, notDeclared, violation, type Verdict } from "../../lib/rules/verdict";
import { append } from "../../lib/text/collections";
import { count } from "../../lib/text/words";
import { isUnguarded, judgedTopologies, type Closed, type JudgedConnection } from "./model/firewalls";
import { changeOfAllow, portTexts } from "./shared/allow-change";
import { describePorts, describePortChoice, describeRows, describeVersion } from "./shared/connection-text";

/** Every connection that a VMM version needs gets through the firewalls that are declared between its ends. */
export const vmmPorts = defineRule<VmmServer>({
  name: "vmm-ports",
  title: "Connections that VMM needs are open",
  subject: "vmm",
  level: "required",
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "VMM cannot manage what it cannot reach: jobs fail, hosts show as not responding and transfers stop.",
  fix: "Open the port between the two computers.",
  sources: ["vmm-2012-ports", "vmm-2008-ports", "vmm-2016-ports", "network-security-groups"],
  tags: ["network", "firewall"],
  applies: ({ vmmServers }) => vmmServers,
  check: (vmm, estate) => {
    // Where no firewall is declared at all, nothing is known of what is open.
    if (estate.firewalls.length + estate.networkSecurityGroups.length === 0) return [];
    const judged = judgedTopologies(estate).find(({ topology }) => topology.vmm === vmm);
    if (judged === undefined) return [];
    const { topology, connections } = judged;
    const guarded = connections.filter(({ passages }) => !isUnguarded(passages));
    return [
      ...topology.undetermined.flatMap((value) => missing(vmm, value)),
      ...unguarded(vmm, connections.length - guarded.length),
      ...guarded.flatMap((connection) =>
        judge(vmm, connection, (closed, transport) => changeOfAllow(closed, transport, estate)),
      ),
    ];
  },
});

/** Reported once, so that nobody takes these connections for open. */
function unguarded(vmm: VmmServer, connections: number): readonly Verdict[] {
  if (connections === 0) return [];
  const path = `a firewall on the way of ${count(connections, "connection")}`;
  return [notDeclared(vmm, { origin: { urn: vmm.urn, path } })];
}

type ChangeOf = (closed: Closed, transport: "tcp" | "udp") => ReturnType<typeof changeOfAllow>;

function judge(vmm: VmmServer, judged: JudgedConnection, changeOf: ChangeOf): readonly Verdict[] {
  const { connection, passages } = judged;
  const { ports, anyOf } = connection;
  if (ports.state !== "known") return missing(vmm, ports);
  if (anyOf && passages.some(({ passage: { kind } }) => kind === "open" || kind === "unguarded")) return [];
  const undetermined = passages.flatMap(({ passage }) =>
    passage.kind === "undetermined" ? passage.undetermined.flatMap((value) => missing(vmm, value)) : [],
  );
  if (anyOf && undetermined.length > 0) return undetermined;
  return [...undetermined, ...findings(vmm, judged, changeOf)];
}

interface ClosedPort {
  readonly port: number;
  readonly closed: Closed;
}

/** One finding for what one firewall does to a connection in one way. */
function findings(vmm: VmmServer, { connection, passages }: JudgedConnection, changeOf: ChangeOf): readonly Verdict[] {
  const { rows, from, to, transport, anyOf, range } = connection;
  const [row] = rows;
  const groups = new Map<string, ClosedPort[]>();
  for (const { port, passage } of passages) {
    if (passage.kind !== "closed") continue;
    const { by, path, how, remedies } = passage;
    const key = anyOf || range ? "" : [by.urn, path, how(""), ...remedies.map((remedy) => remedy(""))].join("\n");
    append(groups, key, { port, closed: passage });
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined || row === undefined) return [];
    const ports = range ? (ifKnown(connection.ports) ?? []) : [first, ...others].map(({ port }) => port);
    const flow = `${describePorts(transport, ports, { anyOf, range })} from ${from.name} to ${to.name}`;
    const { closed } = first;
    const them = ports.length > 1 && !anyOf ? "them" : "it";
    const problem = `${closed.by.name} ${closed.how(flow)}. ${describeVersion(vmm)} needs ${them}: ${describeRows(rows)}.`;
    const change = anyOf ? undefined : changeOf(closed, transport);
    return [
      violation(closed.by, closed.path, problem, {
        found: { value: portTexts(ports, range), unit: "closed ports" },
        limit: limitOf(portTexts(ports, range), anyOf),
        evidence: row,
        fix: [remedy(closed, flow, them), ...describePortChoice(vmm, connection)].join(" "),
        advisory: closed.supposed || range,
        ...(change === undefined ? {} : { change }),
      }),
    ];
  });
}

function limitOf(ports: readonly (number | string)[], anyOf: boolean): LimitFigure {
  return anyOf
    ? { bound: "oneOf", value: ports, unit: "open ports" }
    : { bound: "noneOf", value: ports, unit: "closed ports" };
}

/** `Do not deny TCP 1433 from vmm1 to sql1 in fw3, and open it.` */
function remedy({ remedies }: Closed, flow: string, them: string): string {
  const text = remedies.map((one, index) => one(index === 0 ? flow : them)).join(", and ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
