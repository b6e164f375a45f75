import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import type { Figure, LimitFigure } from "../../../lib/rules/figures";
import type { Evidence } from "../../../lib/rules/verdict";
import { availabilityGroups } from "../shared/availability-groups";

/** Something that the loss of hosts ends. */
export interface Outage {
  /** The same thing has the same key when other hosts are lost. */
  readonly key: string;
  /** A clause of a sentence. */
  readonly text: string;
  /** What is left of it, and what it needs. */
  readonly found: Figure;
  readonly limit?: LimitFigure;
  /** A sentence. */
  readonly fix: string;
  /** What says that it matters, where a document does, or the figure that none gives. */
  readonly evidence?: Evidence;
}

/** Hosts that fail at the same time. */
export type LostHosts = ReadonlySet<Host>;

/** Whether only the cluster of a virtual machine is declared: the cluster places it on any node that may run it. */
export function isPlacedByCluster(vm: VirtualMachine, estate: Estate): boolean {
  return estate.hostOf(vm).state === "absent" && estate.clusterOf(vm).state === "known";
}

/** Whether a virtual machine is declared on a lost host. What is not known does not count as lost. */
export function isOnLostHost(lost: LostHosts, vm: VirtualMachine, estate: Estate): boolean {
  const home = ifKnown(estate.hostOf(vm));
  return home !== undefined && lost.has(home);
}

/** Whether a virtual machine fails and does not restart: no host is left that may run it. */
export function staysDown(lost: LostHosts, vm: VirtualMachine, estate: Estate): boolean {
  if (!isOnLostHost(lost, vm, estate) && !isPlacedByCluster(vm, estate)) return false;
  if (estate.clusterOf(vm).state === "absent") return true;
  const hosts = estate.hostsOf(vm);
  // It must not run on a host with another member of its group.
  return hosts.state === "known" && !hosts.value.some((host) => !lost.has(host) && !isWithOther(vm, host, estate));
}

/** The group of a virtual machine that has several members, and how many of them are declared on each host. */
interface Membership {
  readonly name: string;
  readonly homes: ReadonlyMap<Host, number>;
}

const memberships = perEstate((estate): ReadonlyMap<VirtualMachine, Membership> => {
  const groups = availabilityGroups(estate).filter(({ members }) => members.length > 1);
  return new Map(
    groups.flatMap(({ name, members }) => {
      const homes = new Map<Host, number>();
      for (const home of members.flatMap((vm) => ifKnown(estate.hostOf(vm)) ?? [])) {
        homes.set(home, (homes.get(home) ?? 0) + 1);
      }
      return members.map((vm) => [vm, { name, homes }] as const);
    }),
  );
});

/** Whether another member of its group is declared on a host. */
function isWithOther(vm: VirtualMachine, host: Host, estate: Estate): boolean {
  const number = memberships(estate).get(vm)?.homes.get(host) ?? 0;
  return number > (ifKnown(estate.hostOf(vm)) === host ? 1 : 0);
}

/** The name of the group of which a virtual machine is one of several members. */
export function groupNameOf(vm: VirtualMachine, estate: Estate): string | undefined {
  return memberships(estate).get(vm)?.name;
}
