import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { fold } from "../../lib/text/names";
import { listing } from "../../lib/text/words";

/** The virtual switch of a clustered virtual machine exists, under the same name, on each node that may run it. */
export const switchOnEveryNode = defineRule<VirtualMachine>({
  name: "switch-on-every-node",
  title: "The same virtual switches on every node",
  subject: "networks",
  level: "required",
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "On a node without a switch of that name the virtual machine cannot be live migrated, or starts without a network.",
  fix: "Create a virtual switch of the same name on every node.",
  sources: ["rolling-upgrade"],
  tags: ["cluster", "adapters"],
  applies: (estate) =>
    estate.virtualMachines.filter(
      (vm) => vm.networkAdapters.state !== "absent" && estate.clusterOf(vm).state !== "absent",
    ),
  check: (vm, estate) =>
    given(vm, { adapters: vm.networkAdapters, hosts: estate.hostsOf(vm) }, ({ adapters, hosts }) => {
      const names = new Map(
        adapters.flatMap((adapter) => {
          const name = ifKnown(adapter.switch);
          return name === undefined ? [] : [[fold(name), name] as const];
        }),
      );
      return [
        ...adapters.flatMap((adapter) => undecided(vm, adapter.switch)),
        ...[...names.values()].flatMap((name) => judge(vm, name, hosts, estate)),
      ];
    }),
});

/** Only where a node has it is it the name of a virtual switch, and not of a network of something else. */
function judge(vm: VirtualMachine, name: string, hosts: readonly Host[], estate: Estate): readonly Verdict[] {
  const having = hosts.filter((host) => hasSwitch(host, name) === true);
  const lacking = having.length === 0 ? [] : lackingOf(hosts, name);
  if (lacking.length === 0) {
    return hosts.flatMap((host) => (hasSwitch(host, name) === undefined ? undecided(vm, host.virtualSwitches) : []));
  }
  // One machine of each cluster and switch is enough to say it of a node.
  const unreported = reportsOf(estate).get(vm)?.get(fold(name)) ?? [];
  const [host] = unreported;
  if (host === undefined) return [];
  const problem =
    `${listing(unreported.map((one) => one.name))} ${unreported.length === 1 ? "has" : "have"} no virtual switch "${name}", ` +
    `which ${vm.name} uses on ${listing(having.map((one) => one.name))}.`;
  return [
    violation(host, "virtualSwitches", problem, {
      found: { value: ifKnown(host.virtualSwitches)?.flatMap((one) => ifKnown(one.name) ?? []) ?? [] },
      fix: `Create a virtual switch "${name}" on ${listing(unreported.map((one) => one.name))}, or leave ${unreported.length === 1 ? "it" : "them"} out of the possible owners of the virtual machines that use it (possibleOwners).`,
      ...requiredBy("switchOnEveryNode"),
    }),
  ];
}

/** Undefined where not all of its switches are known, and where none is declared. */
function hasSwitch({ virtualSwitches }: Host, name: string): boolean | undefined {
  if (virtualSwitches.state !== "known") return undefined;
  const names = virtualSwitches.value.map((one) => ifKnown(one.name));
  if (names.some((one) => one !== undefined && fold(one) === fold(name))) return true;
  return names.includes(undefined) ? undefined : false;
}

function lackingOf(hosts: readonly Host[], name: string): readonly Host[] {
  return hosts.filter((host) => hasSwitch(host, name) === false);
}

/**
 * The nodes of which a machine says that they lack a switch, by its folded name: those of which no earlier machine of the
 * cluster says it, since machines may have different possible owners.
 */
const reportsOf = perEstate((estate) => {
  const reports = new Map<VirtualMachine, Map<string, readonly Host[]>>();
  for (const cluster of estate.clusters) {
    const reported = new Map<string, Set<Host>>();
    for (const vm of estate.virtualMachinesIn(cluster)) {
      const hosts = ifKnown(estate.hostsOf(vm)) ?? [];
      const own = new Map<string, readonly Host[]>();
      for (const name of switchNames(vm)) {
        const seen = reported.get(name) ?? new Set<Host>();
        reported.set(name, seen);
        const lacking = hosts.some((host) => hasSwitch(host, name) === true) ? lackingOf(hosts, name) : [];
        const unreported = lacking.filter((host) => !seen.has(host));
        for (const host of unreported) seen.add(host);
        own.set(name, unreported);
      }
      reports.set(vm, own);
    }
  }
  return reports;
});

function switchNames({ networkAdapters }: VirtualMachine): ReadonlySet<string> {
  return new Set((ifKnown(networkAdapters) ?? []).flatMap((adapter) => ifKnown(adapter.switch) ?? []).map(fold));
}
