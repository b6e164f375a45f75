import type { Estate } from "../../../lib/estate/estate";
import type { Cluster, Host, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown, type Unknown, type Value } from "../../../lib/estate/value";
import { append } from "../../../lib/text/collections";

/** Whether virtual machines are, or may come to be, all on one host. */
export type Meeting =
  | { readonly kind: "apart" }
  /** Not known until deployment. */
  | { readonly kind: "unknown"; readonly value: Unknown }
  /** Of this one neither host nor cluster is declared. */
  | { readonly kind: "unplaced"; readonly vm: VirtualMachine }
  /** All are declared on this host. */
  | { readonly kind: "on"; readonly host: Host }
  /** No other host than this may run any of them. */
  | { readonly kind: "only"; readonly host: Host }
  /** Some or all of them may move within this cluster, and nothing keeps any two apart. */
  | { readonly kind: "may"; readonly cluster: Cluster; readonly hosts: readonly Host[] };

/** How two or more virtual machines may meet. */
export function meetingOf(vms: readonly VirtualMachine[], estate: Estate): Meeting {
  const homes = new Set(vms.map((vm) => ifKnown(estate.hostOf(vm))));
  const [home] = homes;
  if (homes.size === 1 && home !== undefined) return { kind: "on", host: home };
  const reaches = vms.map((vm) => ({ vm, hosts: estate.hostsOf(vm) }));
  const known = reaches.flatMap(({ hosts }) => (hosts.state === "known" ? [hosts.value] : []));
  const common = known.length === 0 ? [] : known.reduce((all, hosts) => all.filter((host) => hosts.includes(host)));
  const [host] = common;
  const stuck = known.length === vms.length && known.every(({ length }) => length === 1);
  if (stuck && host !== undefined) return { kind: "only", host };
  const kept = keptApart(vms, estate);
  if (kept === true) return { kind: "apart" };
  const clusters = new Set(vms.map((vm) => ifKnown(estate.clusterOf(vm))));
  const [one] = clusters;
  // Machines that may go anywhere in one cluster may meet there, whichever its nodes are.
  const anywhere = vms.every(({ possibleOwners }) => possibleOwners.state === "absent");
  if (clusters.size === 1 && one !== undefined && anywhere) {
    return kept === false ? { kind: "may", cluster: one, hosts: [] } : { kind: "unknown", value: kept };
  }
  if (known.length > 0 && host === undefined) return { kind: "apart" };
  for (const { hosts } of reaches) if (hosts.state === "unknown") return { kind: "unknown", value: hosts };
  const unplaced = reaches.find(({ hosts }) => hosts.state === "absent");
  if (unplaced !== undefined) return { kind: "unplaced", vm: unplaced.vm };
  if (kept !== false) return { kind: "unknown", value: kept };
  const cluster = [...clusters].find((value) => value !== undefined);
  return cluster === undefined ? { kind: "apart" } : { kind: "may", cluster, hosts: common };
}

/** Where machines meet, as what is said of one of them: `is on the same host hv1`; undefined when they do not. */
export function placeOf(meeting: Meeting): string | undefined {
  if (meeting.kind === "on") return `is on the same host ${meeting.host.name}`;
  if (meeting.kind === "only") return `can run only on the same host ${meeting.host.name}`;
  if (meeting.kind === "may") return `may come to run on the same node of the cluster ${meeting.cluster.name}`;
  return undefined;
}

/** Whether a common anti-affinity class name or availability set keeps some two of them apart, or the unknown value on which that depends. */
export function keptApart(vms: readonly VirtualMachine[], estate: Estate): boolean | Unknown {
  const byCluster = new Map<Cluster, VirtualMachine[]>();
  for (const vm of vms) {
    // A cluster keeps only its own machines apart: one outside of it, on a node, is none of its groups.
    const cluster = ifKnown(estate.clusterOf(vm));
    if (cluster !== undefined) append(byCluster, cluster, vm);
  }
  const found = [...byCluster.values()].flatMap((members) => [
    shareName(members, ({ antiAffinityClassNames }) => antiAffinityClassNames, estate),
    shareName(members, ({ availabilitySets }) => availabilitySets, estate),
  ]);
  return found.includes(true) || (found.find((value) => value !== false) ?? false);
}

/** Whether two machines have a name in common, and a host to go to when the other one has the first. */
function shareName(
  vms: readonly VirtualMachine[],
  namesOf: (vm: VirtualMachine) => Value<readonly Value<string>[]>,
  estate: Estate,
): boolean | Unknown {
  const carriers = vms.filter(
    (vm) => (ifKnown(namesOf(vm)) ?? ["unknown"]).length > 0 && namesOf(vm).state !== "absent",
  );
  // Nothing can be common with machines that have none.
  if (carriers.length < 2) return false;
  const byName = new Map<string, VirtualMachine[]>();
  let unknownValue: Unknown | undefined;
  for (const vm of carriers) {
    const names = namesOf(vm);
    if (names.state === "unknown") unknownValue ??= names;
    for (const name of new Set((ifKnown(names) ?? []).map((value) => nameIn(value)))) {
      if (typeof name === "string") append(byName, name, vm);
      else if (name !== undefined) unknownValue ??= name;
    }
  }
  const parted = [...byName.values()].some((list) => list.length > 1 && list.some((vm) => hasChoice(vm, estate)));
  return parted || (unknownValue ?? false);
}

function nameIn(value: Value<string>): string | Unknown | undefined {
  if (value.state === "known") return value.value.toLowerCase();
  return value.state === "unknown" ? value : undefined;
}

/** More than one host may run it, as far as that is known. */
function hasChoice(vm: VirtualMachine, estate: Estate): boolean {
  const hosts = estate.hostsOf(vm);
  return hosts.state !== "known" || hosts.value.length !== 1;
}
