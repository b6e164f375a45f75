import { perEstate, type Estate } from "../../lib/estate/estate";
import type { GuestAdapter, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { append } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { placeOfMachine } from "../guests/shared/machine-places";

/** A source of port mirroring has a destination on its virtual switch, and a destination a source. */
export const portMirroring = defineRule<VirtualMachine>({
  name: "port-mirroring",
  title: "Port mirroring with both ends",
  subject: "networks",
  level: "recommended",
  severity: "low",
  reach: "estate",
  needsWhole: true,
  why: "Hyper-V copies traffic only within one virtual switch: without the other end nothing is copied, or nothing arrives.",
  fix: "Set the other end on the same virtual switch. Where the source is the physical port of the switch, exempt the virtual machine.",
  sources: ["bpa-port-mirroring"],
  tags: ["adapters", "virtual-switches"],
  applies: ({ virtualMachines }) => virtualMachines.filter((vm) => adaptersOf(vm).some(mayMirror)),
  check: (vm, estate) => adaptersOf(vm).flatMap((adapter) => judge({ vm, adapter }, estate)),
});

type End = "source" | "destination";
const OTHER: Readonly<Record<End, End>> = { source: "destination", destination: "source" };

interface AdapterUse {
  readonly vm: VirtualMachine;
  readonly adapter: GuestAdapter;
}

function adaptersOf({ networkAdapters }: VirtualMachine): readonly GuestAdapter[] {
  return ifKnown(networkAdapters) ?? [];
}

function mayMirror({ portMirroring: mirroring }: GuestAdapter): boolean {
  return mirroring.state === "unknown" || endOf(mirroring) !== undefined;
}

function endOf(mirroring: GuestAdapter["portMirroring"]): End | undefined {
  const end = ifKnown(mirroring);
  return end === "none" ? undefined : end;
}

function judge(use: AdapterUse, estate: Estate): readonly Verdict[] {
  const { vm, adapter } = use;
  const end = endOf(adapter.portMirroring);
  const name = ifKnown(adapter.switch);
  if (end === undefined) return undecided(vm, adapter.portMirroring);
  if (name === undefined) return undecided(vm, adapter.switch);
  // Switches of one name are one on a host, and the same on all nodes of a cluster.
  const place = placeOfMachine(vm, estate);
  if (place.state === "unknown") return undecided(vm, place);
  const { ends, unknown } = mirroringIn(estate);
  const others = ends.get(keyOf(OTHER[end], name)) ?? [];
  const places = others.map((other) => placeOfMachine(other.vm, estate));
  if (places.some((other) => other.state !== "unknown" && ifKnown(other) === ifKnown(place))) return [];
  const open = places.find(({ state }) => state === "unknown") ?? unknown;
  return open === undefined ? [withoutOther(use, end, name)] : undecided(vm, open);
}

/** All ends by what they are and by their switch, and a value for want of which another one may be missing. */
const mirroringIn = perEstate(({ virtualMachines }: Estate) => {
  const ends = new Map<string, AdapterUse[]>();
  const unknown: Value<unknown>[] = [];
  for (const vm of virtualMachines) {
    if (vm.networkAdapters.state === "unknown") unknown.push(vm.networkAdapters);
    for (const adapter of adaptersOf(vm)) {
      const end = endOf(adapter.portMirroring);
      const name = ifKnown(adapter.switch);
      if (end !== undefined && name !== undefined) append(ends, keyOf(end, name), { vm, adapter });
      if (adapter.portMirroring.state === "unknown") unknown.push(adapter.portMirroring);
      if (end !== undefined && adapter.switch.state === "unknown") unknown.push(adapter.switch);
    }
  }
  return { ends, unknown: unknown[0] };
});

function keyOf(end: End, switchName: string): string {
  return `${end} ${fold(switchName)}`;
}

function withoutOther({ vm, adapter }: AdapterUse, end: End, switchName: string): Verdict {
  const name = ifKnown(adapter.name);
  const subject = name === undefined ? "an adapter" : `the adapter "${name}"`;
  const other = OTHER[end];
  const problem = `${vm.name} has ${subject} as a ${end} of port mirroring, and the virtual switch "${switchName}" has no ${other}.`;
  return violation(vm, adapter.portMirroring.origin.path, problem, {
    found: { value: end },
    fix: `Set portMirroring of another adapter on the virtual switch "${switchName}" to ${other}, or that of this one to none.`,
    ...requiredBy("portMirroringPartner"),
  });
}
