import type { Estate } from "../../lib/estate/estate";
import type { VmmServer } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import type { Change, LimitFigure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { serviceOf, vmmPorts, type VmmPort } from "../../lib/tables/vmm-ports";
import { append } from "../../lib/text/collections";
import { alternatives, listing } from "../../lib/text/words";
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
  why: "VMM cannot transfer files over a port that BITS cannot use, or that something else listens on.",
  fix: "Choose a free port that VMM can use, and open it in the firewalls.",
  sources: ["vmm-2012-ports", "vmm-2008-ports", "kb971816"],
  tags: ["network", "port"],
  applies: ({ vmmServers }) => vmmServers,
  check: (vmm, estate) =>
    given(vmm, { version: vmm.version }, ({ version }) => {
      const rows = vmmPorts(version);
      const wrong = wrongPorts(vmm, rows);
      return [
        ...wrong.flatMap((same) => describeWrong(vmm, same, estate)),
        ...unknownPorts(vmm, rows),
        ...unreadable(vmm, rows),
        ...clashes(vmm, new Set(wrong.flat().map(({ path }) => path))),
        ...unknownClashes(vmm),
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
interface PortChoice {
  readonly row: VmmPort;
  readonly port: Value<number>;
}

function choicesOf(vmm: VmmServer, rows: readonly VmmPort[]): readonly PortChoice[] {
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

/** A port that a row does not allow, as it is declared in one place or several. */
interface WrongPort {
  readonly port: number;
  readonly path: string;
  readonly row: VmmPort;
  readonly problem: string;
  readonly limit: LimitFigure;
}

/** Ports that the version cannot use, those together that are one port of one kind of transfer. */
function wrongPorts(vmm: VmmServer, rows: readonly VmmPort[]): readonly (readonly WrongPort[])[] {
  const wrong = new Map<string, WrongPort[]>();
  for (const choice of choicesOf(vmm, rows)) {
    const found = judge(vmm, choice);
    if (found !== undefined) append(wrong, found.problem, found);
  }
  return [...wrong.values()];
}

function unknownPorts(vmm: VmmServer, rows: readonly VmmPort[]): readonly Verdict[] {
  return choicesOf(vmm, rows).flatMap(({ row, port }) => (isLimited(row) ? undecided(vmm, port) : []));
}

function judge(vmm: VmmServer, { row, port }: PortChoice): WrongPort | undefined {
  if (port.state !== "known") return undefined;
  const { maximumPort = Infinity, exact, ports } = row;
  const { path } = port.origin;
  const subject = `${vmm.name} (${describeVersion(vmm)}) uses the port ${String(port.value)}`;
  if (port.value > maximumPort) {
    const problem = `${subject} for BITS transfers. The highest port that can be chosen is ${String(maximumPort)}.`;
    return { port: port.value, path, row, problem, limit: { bound: "atMost", value: maximumPort } };
  }
  if (exact !== true || ports.includes(port.value)) return undefined;
  const problem = `${subject} for ${describeRows([row])}. This version transfers files between hosts on ${describePorts(row.transport, ports)}.`;
  return { port: port.value, path, row, problem, limit: { bound: "oneOf", value: ports } };
}

function describeWrong(vmm: VmmServer, same: readonly WrongPort[], estate: Estate): readonly Verdict[] {
  const [first, ...others] = same;
  if (first === undefined) return [];
  const { row, path, problem, limit, port } = first;
  const paths = [...new Set(same.map((one) => one.path))];
  const value =
    row.exact === true ? alternatives(row.ports.map(String)) : `a free port from 1 to ${String(row.maximumPort)}`;
  const fix = `Set ${listing(paths)} to ${value}, and open it in the firewalls.`;
  const change = others.length === 0 ? changeTo(row, path, vmm, estate) : undefined;
  const details = { found: { value: port }, limit, evidence: row, fix };
  return [violation(vmm, path, problem, change === undefined ? details : { ...details, change })];
}

/** The default port, where neither a firewall nor another choice depends on the one that was chosen. */
function changeTo({ ports: [value] }: VmmPort, path: string, vmm: VmmServer, estate: Estate): Change | undefined {
  const { firewalls, networkSecurityGroups, securityRules } = estate;
  if (value === undefined || firewalls.length + networkSecurityGroups.length + securityRules.length > 0)
    return undefined;
  const choices = [vmm.bitsPort, ...(ifKnown(vmm.ports) ?? []).map(({ port }) => port)];
  return choices.some((choice) => ifKnown(choice) === value) ? undefined : { path, value };
}

/**
 * Chosen ports that something else of VMM listens on too, on the same computer: one finding for all such computers.
 * @param wrong the paths of ports that must change anyway
 */
function clashes(vmm: VmmServer, wrong: ReadonlySet<string>): readonly Verdict[] {
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
    if (clash === undefined || wrong.has(clash.chosen.ports.origin.path)) continue;
    append(found, [clash.chosen.ports.origin.path, clash.chosen.row.id, clash.other.row.id].join("\n"), clash);
  }
  return [...found.values()].flatMap((same) => describeClash(vmm, same));
}

/** What must be known to tell which computers a port that was chosen is on. */
function unknownClashes(vmm: VmmServer): readonly Verdict[] {
  const isChosen = [vmm.bitsPort, vmm.ports].some(({ state }) => state === "known");
  if (!isChosen) return [];
  const { undetermined } = topologyOf(vmm);
  const names = (ifKnown(vmm.machines) ?? []).flatMap(({ name, address }) => [name, address]);
  const choices = (ifKnown(vmm.ports) ?? []).flatMap(({ port, machine }) => [port, machine]);
  return [...new Set([...undetermined, vmm.machines, ...names, ...choices])].flatMap((value) => undecided(vmm, value));
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
  const [port] = ifKnown(chosen.ports) ?? [];
  if (port === undefined) return [];
  const { path } = chosen.ports.origin;
  const machines = listing([...new Set(same.map((clash) => clash.chosen.machine.name))]);
  const problem =
    `${vmm.name} (${describeVersion(vmm)}) uses ${describePorts(chosen.row.transport, [port])} for two connections on ` +
    `${machines}: ${describeRows([chosen.row])}, and ${describeRows([other.row])}.`;
  const { maximumPort } = chosen.row;
  const free = maximumPort === undefined ? "a port" : `a port from 1 to ${String(maximumPort)}`;
  const fix = `Set ${path} to ${free} that nothing else on ${machines} listens on, and open it in the firewalls.`;
  return [violation(vmm, path, problem, { found: { value: port }, limit: { bound: "not", value: port }, fix })];
}

/** A port that somebody chose, and that is not the default anyway. */
function isUnusual({ row, ports, chosen }: Listener): boolean {
  return chosen && !(ifKnown(ports) ?? []).some((port) => row.ports.includes(port));
}
