import { perEstate, type Estate } from "../../lib/estate/estate";
import type { VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { missing, violation, type Verdict } from "../../lib/rules/verdict";
import { append } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { count } from "../../lib/text/words";
import { placeOfMachine } from "./shared/machine-places";

/** No two virtual machines of one host or cluster have one name. */
export const namesUnique = defineRule<VirtualMachine>({
  name: "names-unique",
  title: "One name for one virtual machine",
  subject: "guests",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  why: "Commands, backups and cluster roles name a virtual machine by its name: with two of one name each may mean the other.",
  fix: "Give every virtual machine of a host or cluster a name of its own.",
  sources: [],
  tags: ["names"],
  applies: ({ virtualMachines }) => virtualMachines.filter(({ nameIsUnknown }) => !nameIsUnknown),
  check: judge,
});

function judge(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
  const sameName = estate.machinesNamed(vm.name);
  if (sameName.length < 2) return [];
  const place = placeOfMachine(vm, estate);
  if (place.state !== "known") return missing(vm, place);
  const here = machinesOf(estate).get(keyOf(place.value.urn, vm.name)) ?? [];
  // One finding for a name: on the last of those that have it.
  if (here.length < 2 || here.at(-1) !== vm) return [];
  const problem = `${vm.name} is the name of ${count(here.length, "virtual machine")} of ${place.value.name}.`;
  return [
    violation(vm, "name", problem, {
      found: { value: here.length, unit: "virtual machines" },
      limit: { bound: "exactly", value: 1, unit: "virtual machines" },
    }),
  ];
}

const machinesOf = perEstate((estate) => {
  const machines = new Map<string, VirtualMachine[]>();
  for (const vm of estate.virtualMachines) {
    const place = vm.nameIsUnknown ? undefined : ifKnown(placeOfMachine(vm, estate));
    if (place !== undefined) append(machines, keyOf(place.urn, vm.name), vm);
  }
  return machines;
});

function keyOf(place: string, name: string): string {
  return `${place} ${fold(name)}`;
}
