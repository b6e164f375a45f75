import type { VmmServer } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { serviceOf, vmmPorts, type VmmPort } from "../../lib/tables/vmm-ports";
import { append } from "../../lib/text/collections";
import { listing } from "../../lib/text/words";
import { topologyOf, type Listener } from "./model/connections";
import { describePorts, describeRows, describeVersion } from "./shared/connection-text";

/** Ports that were chosen are ones that the version can use, and nothing else on the computer has them. */
export const vmmBitsPort = defineRule<VmmServer>({
  name: "vmm-bits-port",
  title: "Ports of VMM that it can use",
  subject: "vmm",
  level: "required",
  severity: "medium",
  reach: "resource",
  why: "VMM does not transfer files over a port that BITS cannot have, or that something else listens on.",
  fix: "Choose a free port up to the maximum, the same at both ends.",
  sources: ["vmm-2012-ports", "vmm-2008-ports", "kb971816"],
  tags: ["network", "port"],
  applies: ({ vmmServers }) => vmmServers,
  check: (vmm) =>
    given(vmm, { version: vmm.version }, ({ version }) => {
      const rows = vmmPorts(version);
      return [
        ...choicesOf(vmm, rows).flatMap((choice) => judge(vmm, choice)),
        ...unreadable(vmm, rows),
        ...clashes(vmm),
      ];
    }),
});

/** What is in the way of knowing which ports were chosen, in versions that limit them. */
function unreadable(vmm: VmmServer, rows: readonly VmmPort[]): readonly Verdict[] {
  if (!rows.some(isLimited)) return [];
  const connections = (ifKnown(vmm.ports) ?? []).map(({ connection }) => connection);
  return [vmm.ports, ...connections].flatMap((value) => undecided(vmm, value));
}

function isLimited({ maximumPort, exact }: VmmPort): boolean {
  return maximumPort !== undefined || exact === true;
}

/** A port that was chosen, and a row that it is for. */
interface Choice {
  readonly row: VmmPort;
  readonly port: Value<number>;
}

function choicesOf(vmm: VmmServer, rows: readonly VmmPort[]): readonly Choice[] {
  const bits = rows.find((row) => serviceOf(row) === "bits" && row.maximumPort !== undefined);
  const others = (ifKnown(vmm.ports) ?? []).flatMap(({ connection, port }) => {
    const row = rows.find(({ id }) => id === ifKnown(connection));
    const limited = rows.find(
      (one) => row !== undefined && serviceOf(one) === serviceOf(row) && one.maximumPort !== undefined,
    );
    return row === undefined ? [] : [{ row: limited ?? row, port }];
  });
  return [...(bits === undefined ? [] : [{ row: bits, port: vmm.bitsPort }]), ...others];
}

function judge(vmm: VmmServer, { row, port }: Choice): readonly Verdict[] {
  const { maximumPort = Infinity, exact, ports } = row;
  if (port.state !== "known") return isLimited(row) ? undecided(vmm, port) : [];
  const subject = `${vmm.name} (${describeVersion(vmm)}) has the port ${String(port.value)}`;
  if (port.value > maximumPort) {
    const problem = `${subject} for BITS transfers. The highest that may be chosen is ${String(maximumPort)}.`;
    return [violation(vmm, port.origin.path, problem, { evidence: row })];
  }
  if (exact !== true || ports.includes(port.value)) return [];
  const problem = `${subject} for ${describeRows([row])}. This version transfers files between hosts on ${describePorts(row.transport, ports)}.`;
  return [violation(vmm, port.origin.path, problem, { evidence: row, fix: `Leave the port at ${ports.join(", ")}.` })];
}

/** Chosen ports that something else of VMM listens on too, on the same computer: one finding for all such computers. */
function clashes(vmm: VmmServer): readonly Verdict[] {
  const uses = new Map<string, Listener[]>();
  for (const listener of topologyOf(vmm).listeners) {
    // Of several default ports it is not known which one is used.
    if (!listener.chosen && listener.row.anyOf === true) continue;
    for (const port of ifKnown(listener.ports) ?? []) {
      append(uses, [listener.machine.name, listener.row.transport, port].join("\n"), listener);
    }
  }
  const found = new Map<string, Clash[]>();
  for (const listeners of uses.values()) {
    const clash = clashOf(listeners);
    if (clash === undefined) continue;
    append(found, [clash.chosen.ports.origin.path, clash.chosen.row.id, clash.other.row.id].join("\n"), clash);
  }
  return [...found.values()].flatMap((same) => describeClash(vmm, same));
}

/** Two listeners on one port of a computer. */
interface Clash {
  readonly chosen: Listener;
  readonly other: Listener;
}

function clashOf(listeners: readonly Listener[]): Clash | undefined {
  const chosen = listeners.find(isUnusual);
  const other = listeners.find(({ row }) => chosen !== undefined && serviceOf(row) !== serviceOf(chosen.row));
  return chosen === undefined || other === undefined ? undefined : { chosen, other };
}

function describeClash(vmm: VmmServer, same: readonly Clash[]): readonly Verdict[] {
  const [first] = same;
  if (first === undefined) return [];
  const { chosen, other } = first;
  const ports = describePorts(chosen.row.transport, ifKnown(chosen.ports) ?? []);
  const machines = listing(same.map((clash) => clash.chosen.machine.name));
  const problem =
    `${vmm.name} (${describeVersion(vmm)}) has ${ports} twice on ${machines}: for ${describeRows([chosen.row])}, and for ` +
    `${describeRows([other.row])}.`;
  return [violation(vmm, chosen.ports.origin.path, problem)];
}

/** A port that somebody chose, and that is not the default anyway. */
function isUnusual({ row, ports, chosen }: Listener): boolean {
  return chosen && !(ifKnown(ports) ?? []).some((port) => row.ports.includes(port));
}
