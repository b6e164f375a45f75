import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Cluster, Entity, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown, type Value } from "../../../lib/estate/value";
import { machineRole } from "../../../lib/tables/machine-requirements";
import { append } from "../../../lib/text/collections";
import { fold } from "../../../lib/text/names";

/** Whether a virtual machine declares that it is a domain controller. */
export function isDomainController({ role }: VirtualMachine): boolean {
  return (ifKnown(role) ?? []).some((one) => machineRole(ifKnown(one) ?? "") === "domainController");
}

/** The roles of a virtual machine that are not known, by which it may be a domain controller. */
export function unknownRolesOf({ role }: VirtualMachine): readonly Value<unknown>[] {
  return [role, ...(ifKnown(role) ?? [])].filter(({ state }) => state === "unknown");
}

/** The machines that may be domain controllers, and the domain controllers that may be of any group. */
export const openControllers = perEstate(({ virtualMachines }: Estate) =>
  virtualMachines.filter((vm) =>
    isDomainController(vm) ? vm.group.state === "unknown" : unknownRolesOf(vm).length > 0,
  ),
);

export function declaredControllers({ virtualMachines }: Estate): readonly VirtualMachine[] {
  return virtualMachines.filter(isDomainController);
}

/**
 * The domain controllers of one domain, in the order of URNs: those of one `group`. All that declare none are taken as
 * those of one domain.
 */
export function controllersOf(vm: VirtualMachine, estate: Estate): readonly VirtualMachine[] {
  return groupsOf(estate).get(groupKey(vm)) ?? [];
}

const groupsOf = perEstate((estate) => {
  const groups = new Map<string, VirtualMachine[]>();
  for (const vm of declaredControllers(estate)) append(groups, groupKey(vm), vm);
  return groups;
});

function groupKey({ group }: VirtualMachine): string {
  return fold(ifKnown(group) ?? "");
}

/** The only host that any of them may run on. */
export function onlyHostOf(machines: readonly VirtualMachine[], estate: Estate): Entity | undefined {
  const hosts = new Set(machines.map((vm) => onlyHost(vm, estate)));
  const [host] = hosts;
  return hosts.size === 1 ? host : undefined;
}

function onlyHost(vm: VirtualMachine, estate: Estate): Entity | undefined {
  const hosts = ifKnown(estate.hostsOf(vm));
  return hosts?.length === 1 ? hosts[0] : undefined;
}

/** The cluster that all of them are in, if its nodes are members of a domain. */
export function onlyClusterOf(machines: readonly VirtualMachine[], estate: Estate): Cluster | undefined {
  const clusters = new Set(machines.map((vm) => ifKnown(estate.clusterAround(vm))));
  const [cluster] = clusters;
  if (clusters.size !== 1 || cluster === undefined) return undefined;
  const domains = estate.knownNodesOf(cluster).map(({ domain }) => ifKnown(domain));
  return domains.some((domain) => domain !== undefined && fold(domain) !== "workgroup") ? cluster : undefined;
}
