import { ComputerNames } from "../../lib/estate/computers";
import type { Estate } from "../../lib/estate/estate";
import type { VmmServer } from "../../lib/estate/model";
import { absent, ifKnown, known } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { violation, type Judged, type Verdict } from "../../lib/rules/verdict";
import { append } from "../../lib/text/collections";
import { listing } from "../../lib/text/words";
import type { Open } from "./model/answer";
import { topologies, type Listener, type Topology } from "./model/connections";
import { groupsBefore, openers, placeOf } from "./model/firewalls";
import { INTERNET, type Machine } from "./model/machines";
import { judgeFlow, ruleSets, strayRuleSets, type RuleSet } from "./model/security-groups";
import { describePorts } from "./shared/connection-text";
import { toKnow } from "./shared/tri-state";

/** Ports of every Web server, which VMM may be told to use: in a group of unknown computers they say nothing. */
const WEB_PORTS = [80, 443];

/** No firewall opens a port that VMM manages by to the whole internet. */
export const vmmPortsExposed = defineRule<VmmServer>({
  name: "vmm-ports-exposed",
  title: "VMM's ports closed to the internet",
  subject: "vmm",
  level: "required",
  severity: "critical",
  reach: "estate",
  why: "Who reaches these ports can try to sign in to the computers that run every virtual machine.",
  fix: "Open the port only to the computers that use it, or to their range of addresses.",
  sources: ["network-security-groups"],
  tags: ["network", "firewall", "security"],
  applies: ({ vmmServers }) => vmmServers,
  check: (vmm, estate) => {
    const all = topologies(estate);
    const own = targetsOf(all.flatMap((one) => (one.vmm === vmm ? one.listeners : [])));
    // Groups of unknown computers are judged once, however many servers are declared.
    const first = all[0]?.vmm === vmm;
    const findings = [
      ...own.flatMap((target) => throughFirewalls(target, estate)),
      ...own.flatMap((target) =>
        groupsBefore(target.machine, ruleSets(estate)).sets.flatMap((set) => throughGroup(set, target)),
      ),
      ...(first ? unattached(estate, all).flatMap((set) => throughUnattached(set, all)) : []),
    ];
    const open = findings.flatMap((one) => ("open" in one ? one.open : []));
    return [
      ...exposures(findings.flatMap((one) => ("open" in one ? [] : [one]))),
      ...open
        .filter((value) => value !== ANYONE.address && value !== ANYONE.applicationGroups)
        .flatMap((value) => toKnow(vmm, value)),
    ];
  },
});

/** The ports that VMM manages a computer by. */
interface Target {
  readonly machine: Machine;
  readonly transport: "tcp" | "udp";
  readonly ports: readonly number[];
}

/** Without the ports that a computer also has for everybody. */
function targetsOf(listeners: readonly Listener[]): readonly Target[] {
  const byMachine = new Map<Machine, Listener[]>();
  for (const listener of listeners) append(byMachine, listener.machine, listener);
  return [...byMachine].flatMap(([machine, own]) => {
    const open = new Set(own.flatMap((one) => (one.row.public === true ? portsOf(one) : [])));
    return (["tcp", "udp"] as const).map((transport): Target => {
      const ports = own.filter(({ row }) => row.transport === transport).flatMap(portsOf);
      return { machine, transport, ports: [...new Set(ports)].filter((port) => !open.has(port)).sort((a, b) => a - b) };
    });
  });
}

function portsOf({ ports }: Listener): readonly number[] {
  return ifKnown(ports) ?? [];
}

/** Ports of a computer that are open to the internet, and what opens them. */
interface Exposure {
  readonly by: Judged;
  readonly path: string;
  /** How a message calls the rule that opens them. */
  readonly rule: string;
  /** The computer; undefined where it is not known. */
  readonly machine: string | undefined;
  readonly transport: "tcp" | "udp";
  readonly ports: readonly number[];
}

type Finding = Exposure | { readonly open: readonly Open[] };

function throughFirewalls({ machine, transport, ports }: Target, estate: Estate): readonly Finding[] {
  return ports.flatMap((port) =>
    openers({ from: INTERNET, to: machine, transport, port }, estate).map(({ firewall, opens }): Finding => {
      if (typeof opens !== "boolean") return { open: opens };
      if (!opens) return { open: [] };
      return { by: firewall, path: "from", rule: "", machine: machine.name, transport, ports: [port] };
    }),
  );
}

function throughGroup(set: RuleSet, { machine, transport, ports }: Target): readonly Finding[] {
  return ports.map((port): Finding => {
    const judgement = judgeFlow(set, "inbound", { from: INTERNET, to: machine, transport, port });
    if ("open" in judgement) return judgement;
    if (judgement.access === "deny") return { open: [] };
    return { ...placeOf(judgement.by, set), machine: machine.name, transport, ports: [port] };
  });
}

/** Groups that no computer of any topology is known to be behind. */
function unattached(estate: Estate, all: readonly Topology[]): readonly RuleSet[] {
  const machines = new Set(
    all.flatMap(({ connections, listeners }) => [
      ...connections.flatMap(({ from, to }) => [from, to]),
      ...listeners.map(({ machine }) => machine),
    ]),
  );
  const sets = ruleSets(estate);
  const attached = new Set([...machines].flatMap((machine) => groupsBefore(machine, sets).sets));
  return [...sets.filter((set) => !attached.has(set)), ...strayRuleSets(estate)];
}

/** What a group opens of the ports that only VMM has, whichever computer is behind it: it may be none of VMM's. */
function throughUnattached(set: RuleSet, all: readonly Topology[]): readonly Finding[] {
  const targets = targetsOf(all.flatMap(({ listeners }) => listeners.filter(({ row }) => row.own === true)));
  return (["tcp", "udp"] as const).flatMap((transport) => {
    const ports = targets.filter((one) => one.transport === transport).flatMap((one) => one.ports);
    const own = [...new Set(ports)].filter((port) => !WEB_PORTS.includes(port)).sort((a, b) => a - b);
    return throughGroup(set, { machine: ANYONE, transport, ports: own }).map((finding): Finding =>
      "open" in finding ? finding : { ...finding, machine: undefined },
    );
  });
}

/** One finding a place: with all ports that it opens of the same computers. */
function exposures(found: readonly Exposure[]): readonly Verdict[] {
  const byMachine = grouped(found, ({ by, path, rule, machine, transport }) => [
    by.urn,
    path,
    rule,
    machine,
    transport,
  ]);
  const whole = byMachine.flatMap(([first, ...others]): readonly Exposure[] =>
    first === undefined ? [] : [{ ...first, ports: [first, ...others].flatMap(({ ports }) => ports) }],
  );
  return grouped(whole, ({ by, path, rule, transport, ports }) => [by.urn, path, rule, transport, ports]).flatMap(
    (same): readonly Verdict[] => {
      const [first] = same;
      if (first === undefined) return [];
      const machines = same.flatMap(({ machine }) => machine ?? []);
      const where = machines.length === 0 ? "" : ` of ${listing(machines)}`;
      const ports = describePorts(first.transport, first.ports);
      const problem = `${first.by.name} opens ${ports}${where} to the whole internet${first.rule}.`;
      return [violation(first.by, first.path, problem, machines.length === 0 ? { advisory: true } : {})];
    },
  );
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => readonly unknown[]): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) append(groups, keyOf(item).join("\n"), item);
  return [...groups.values()];
}

/** Some computer behind a group. */
const ANYONE: Machine = {
  name: "",
  names: new ComputerNames([]),
  openName: undefined,
  address: absent({ urn: "", path: "" }),
  securityGroups: known([], { urn: "", path: "" }),
  applicationGroups: absent({ urn: "", path: "" }),
};
