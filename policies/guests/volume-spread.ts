import { perEstate } from "../../lib/estate/estate";
import type { VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy } from "../../lib/tables/cluster-requirements";
import { append, byUrn } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { listing } from "../../lib/text/words";

/** The machines of one group or of one database availability group are not all on one volume of their cluster. */
export const volumeSpread = defineRule<VirtualMachine>({
  name: "volume-spread",
  title: "Groups of virtual machines on several volumes",
  subject: "guests",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "The machines of a group stand in for each other: on one volume they are lost with it.",
  fix: "Put the disks of the members on different volumes.",
  sources: ["azure-local-vm-resiliency"],
  tags: ["azure-local", "availability", "storage"],
  applies: (estate) => [...groupsOf(estate).keys()],
  check: (vm, estate) => (groupsOf(estate).get(vm) ?? []).flatMap(judge),
});

/** The groups of each cluster by their first member, in the order of URNs. */
const groupsOf = perEstate((estate): ReadonlyMap<VirtualMachine, readonly (readonly VirtualMachine[])[]> => {
  const groups = new Map<string, VirtualMachine[]>();
  for (const vm of byUrn(estate.virtualMachines)) {
    const cluster = ifKnown(estate.clusterAround(vm));
    if (cluster === undefined) continue;
    for (const name of groupNames(vm)) append(groups, JSON.stringify([name, cluster.urn]), vm);
  }
  const byFirst = new Map<VirtualMachine, VirtualMachine[][]>();
  for (const members of groups.values()) if (members[0] !== undefined) append(byFirst, members[0], members);
  return byFirst;
});

function groupNames({ group, exchange }: VirtualMachine): ReadonlySet<string> {
  const dag = ifKnown(exchange)?.databaseAvailabilityGroup;
  const names = [group, ...(dag === undefined ? [] : [dag])].flatMap((name) => ifKnown(name) ?? []);
  return new Set(names.map(fold));
}

function judge(members: readonly VirtualMachine[]): readonly Verdict[] {
  const [first, ...others] = members;
  if (first === undefined || others.length === 0) return [];
  const volumes = members.flatMap(volumesOf);
  const names = volumes.flatMap((volume) => ifKnown(volume) ?? []);
  if (new Set(names.map(fold)).size > 1) return [];
  const open = volumes.filter(({ state }) => state === "unknown").flatMap((volume) => undecided(first, volume));
  const [name] = names;
  // Where it is not declared where a disk is, it may be on another volume.
  if (name === undefined || open.length > 0 || volumes.some(({ state }) => state === "absent")) return open;
  const last = others.at(-1) ?? first;
  const [disk] = ifKnown(last.disks) ?? [];
  const problem = `All disks of ${listing(members.map((member) => member.name))} are on ${name}.`;
  return [
    violation(last, disk?.storage.origin.path ?? "disks", problem, {
      found: { value: name },
      limit: { bound: "not", value: name },
      fix: `Put the disks of ${last.name} on another volume.`,
      ...askedBy("storagePaths"),
    }),
  ];
}

/** Where its disks are; a machine without any that is known is nowhere. */
function volumesOf({ disks }: VirtualMachine): readonly Value<string>[] {
  if (disks.state !== "known") return [disks];
  return disks.value.map(({ storage }) => storage);
}
