import type { VmmServer } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { append } from "../../lib/estate/collections";
import { listing } from "../../lib/rules/message";
import { defineRule, given, undecided, violation, type Verdict } from "../../lib/rules/rule";
import { serviceOf, vmmPorts, type VmmPort } from "../../lib/tables/vmm-ports";
import { topologyOf, type Listener } from "../../lib/vmm/connections";
import { describePorts, describeRows, describeVersion } from "./connection-text";

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
      const choices = choicesOf(vmm, vmmPorts(version));
      return [...choices.flatMap((choice) => judge(vmm, choice)), ...clashes(vmm)];
    }),
});

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
  if (port.state !== "known") return maximumPort < Infinity || exact === true ? undecided(vmm, port) : [];
  const subject = `${vmm.name} (${describeVersion(vmm)}) has the port ${String(port.value)}`;
  if (port.value > maximumPort) {
    const problem = `${subject} for BITS transfers. The highest that may be chosen is ${String(maximumPort)}.`;
    return [violation(vmm, port.origin.path, problem, { evidence: row })];
  }
  if (exact !== true || ports.includes(port.value)) return [];
  const problem = `${subject} for ${describeRows([row])}. This version transfers files between hosts on ${describePorts(row.transport, ports)}.`;
  return [violation(vmm, port.origin.path, problem, { evidence: row, fix: `Leave the port at ${ports.join(", ")}.` })];
}

/** Chosen ports that something else of VMM listens on too, on the same computer. */
function clashes(vmm: VmmServer): readonly Verdict[] {
  const byUse = new Map<string, Listener[]>();
  for (const listener of topologyOf(vmm).listeners) {
    // Of several default ports it is not known which one is used.
    if (!listener.chosen && listener.row.anyOf === true) continue;
    for (const port of ifKnown(listener.ports) ?? []) {
      append(byUse, [listener.machine.name, listener.row.transport, port].join("\n"), listener);
    }
  }
  const found = new Map<
    string,
    { readonly problem: (machines: string) => string; readonly machines: string[]; readonly path: string }
  >();
  for (const listeners of byUse.values()) {
    const [first] = listeners;
    const chosen = listeners.find(isUnusual);
    const others = listeners.filter((one) => chosen !== undefined && serviceOf(one.row) !== serviceOf(chosen.row));
    const [other] = others;
    if (first === undefined || chosen === undefined || other === undefined) continue;
    const ports = describePorts(chosen.row.transport, ifKnown(chosen.ports) ?? []);
    const uses = `${describeRows([chosen.row])}, and for ${describeRows([other.row])}`;
    const path = chosen.ports.origin.path;
    const key = [path, uses].join("\n");
    const same = found.get(key);
    if (same !== undefined) same.machines.push(first.machine.name);
    else {
      const problem = (machines: string): string =>
        `${vmm.name} (${describeVersion(vmm)}) has ${ports} twice on ${machines}: for ${uses}.`;
      found.set(key, { problem, machines: [first.machine.name], path });
    }
  }
  return [...found.values()].map(({ problem, machines, path }) => violation(vmm, path, problem(listing(machines))));
}

/** A port that somebody chose, and that is not the default anyway. */
function isUnusual({ row, ports, chosen }: Listener): boolean {
  return chosen && !(ifKnown(ports) ?? []).some((port) => row.ports.includes(port));
}
