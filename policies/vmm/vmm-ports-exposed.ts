import { ComputerNames } from "../../lib/estate/computers";
import type { Estate } from "../../lib/estate/estate";
import type { Firewall, VmmServer } from "../../lib/estate/model";
import { absent, ifKnown, known } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import {
  missing,
  undecided,
  violation,
  type Judged,
  type Verdict,
  type ViolationDetails,
} from "../../lib/rules/verdict";
import { append } from "../../lib/text/collections";
import { listing } from "../../lib/text/words";
import { topologies, type Listener, type Topology } from "./model/connections";
import { groupsOf, openingFirewalls, placeOf } from "./model/firewalls";
import { accessOf, rulesOfUndeclaredGroups, ruleSets, type RuleSet } from "./model/security-groups";
import { INTERNET, type TopologyComputer } from "./model/topology-computers";
import type { Undetermined } from "./model/tri-state";
import { describePorts } from "./shared/connection-text";
import { narrowingOf, type Narrowing } from "./shared/from-change";

/** Ports of every web server, which VMM may be configured to use: a group of unknown computers may open them for others. */
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
        groupsOf(target.machine, ruleSets(estate)).sets.flatMap((set) => throughGroup(set, target)),
      ),
      ...(first ? unattached(estate, all).flatMap((set) => throughUnattached(set, all)) : []),
    ];
    const undetermined = findings.flatMap((one) => ("undetermined" in one ? one.undetermined : []));
    return [
      ...exposures(
        findings.flatMap((one) => ("undetermined" in one ? [] : [one])),
        (firewall) => narrowingOf(firewall, estate),
      ),
      ...undetermined
        .filter((value) => value !== ANYONE.address && value !== ANYONE.applicationGroups)
        .flatMap((value) => missing(vmm, value)),
      ...(opensAnything(estate) ? all : []).flatMap((one) =>
        one.vmm === vmm ? one.undetermined.flatMap((value) => undecided(vmm, value)) : [],
      ),
    ];
  },
});

function opensAnything({ firewalls, networkSecurityGroups, securityRules }: Estate): boolean {
  return firewalls.length + networkSecurityGroups.length + securityRules.length > 0;
}

/** The ports that VMM manages a computer by. */
interface Target {
  readonly machine: TopologyComputer;
  readonly transport: "tcp" | "udp";
  readonly ports: readonly number[];
}

/** Without the ports that a computer also has for everybody. */
function targetsOf(listeners: readonly Listener[]): readonly Target[] {
  const byMachine = new Map<TopologyComputer, Listener[]>();
  for (const listener of listeners) append(byMachine, listener.machine, listener);
  return [...byMachine].flatMap(([machine, own]) => {
    const forEverybody = new Set(own.flatMap((one) => (one.row.public === true ? portsOf(one) : [])));
    return (["tcp", "udp"] as const).map((transport): Target => {
      const ports = own.filter(({ row }) => row.transport === transport).flatMap(portsOf);
      const exposed = [...new Set(ports)].filter((port) => !forEverybody.has(port));
      return { machine, transport, ports: exposed.sort((a, b) => a - b) };
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
  /** The declared firewall that opens them; undefined for a rule of a network security group. */
  readonly firewall: Firewall | undefined;
  /** What messages call the rule that opens them. */
  readonly rule: string;
  /** The computer; undefined where it is not known. */
  readonly machine: string | undefined;
  readonly transport: "tcp" | "udp";
  readonly ports: readonly number[];
}

type PortExposure = Exposure | { readonly undetermined: readonly Undetermined[] };

function throughFirewalls({ machine, transport, ports }: Target, estate: Estate): readonly PortExposure[] {
  return ports.flatMap((port) =>
    openingFirewalls({ from: INTERNET, to: machine, transport, port }, estate).map(
      ({ firewall, opens }): PortExposure => {
        if (typeof opens !== "boolean") return { undetermined: opens };
        if (!opens) return { undetermined: [] };
        return { by: firewall, path: "from", firewall, rule: "", machine: machine.name, transport, ports: [port] };
      },
    ),
  );
}

function throughGroup(set: RuleSet, { machine, transport, ports }: Target): readonly PortExposure[] {
  return ports.map((port): PortExposure => {
    const access = accessOf(set, "inbound", { from: INTERNET, to: machine, transport, port });
    if ("undetermined" in access) return access;
    if (access.access === "deny") return { undetermined: [] };
    return { ...placeOf(access.by, set), firewall: undefined, machine: machine.name, transport, ports: [port] };
  });
}

/** Groups that no computer of any topology is known to be in. */
function unattached(estate: Estate, all: readonly Topology[]): readonly RuleSet[] {
  const machines = new Set(
    all.flatMap(({ computers, listeners }) => [...computers, ...listeners.map(({ machine }) => machine)]),
  );
  const sets = ruleSets(estate);
  const attached = new Set([...machines].flatMap((machine) => groupsOf(machine, sets).sets));
  return [...sets.filter((set) => !attached.has(set)), ...rulesOfUndeclaredGroups(estate)];
}

/** What a group opens of the ports that only VMM has, whichever computer is in it: it may be none of VMM's. */
function throughUnattached(set: RuleSet, all: readonly Topology[]): readonly PortExposure[] {
  const targets = targetsOf(all.flatMap(({ listeners }) => listeners.filter(({ row }) => row.own === true)));
  return (["tcp", "udp"] as const).flatMap((transport) => {
    const ports = targets.filter((one) => one.transport === transport).flatMap((one) => one.ports);
    const own = [...new Set(ports)].filter((port) => !WEB_PORTS.includes(port)).sort((a, b) => a - b);
    return throughGroup(set, { machine: ANYONE, transport, ports: own }).map((finding): PortExposure =>
      "undetermined" in finding ? finding : { ...finding, machine: undefined },
    );
  });
}

/** One finding a place: with all ports that it opens of the same computers. */
function exposures(found: readonly Exposure[], narrow: (firewall: Firewall) => Narrowing): readonly Verdict[] {
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
      return [
        violation(first.by, first.path, problem, {
          found: { value: first.ports, unit: "open ports" },
          limit: { bound: "noneOf", value: first.ports, unit: "open ports" },
          ...fixOf(first, narrow),
          ...(machines.length === 0 ? { advisory: true } : {}),
        }),
      ];
    },
  );
}

function fixOf(
  { firewall, ports }: Exposure,
  narrow: (firewall: Firewall) => Narrowing,
): Pick<ViolationDetails, "fix" | "change"> {
  if (firewall !== undefined) return narrow(firewall);
  const them = ports.length === 1 ? "the port" : "the ports";
  return { fix: `Set the source of the rule to the computers that use ${them}, or to their range of addresses.` };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => readonly unknown[]): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) append(groups, keyOf(item).join("\n"), item);
  return [...groups.values()];
}

/** Some computer in a group. */
const ANYONE: TopologyComputer = {
  name: "",
  names: new ComputerNames([]),
  unknownName: undefined,
  address: absent({ urn: "", path: "" }),
  securityGroups: known([], { urn: "", path: "" }),
  applicationGroups: absent({ urn: "", path: "" }),
};
