import type { LinkedAvailabilitySet } from "../../estate/linked-facts";
import { known, type Value } from "../../estate/value";
import { blankMachine } from "../blank-entities";
import type { FactSink } from "../dialect";
import { hasTags, machineTags } from "../tags";
import { byId, linkedFacts, type ArmResource, type ArmType } from "./arm";
import { nameInId } from "./ids";

/**
 * A virtual machine of Azure itself. It is not part of the estate unless its tags or the settings make it one: then it counts as a server of an estate that
 * spans both, with its availability set and its dedicated host, and nothing of its hardware, which is Azure's.
 */
function readVirtualMachine(resource: ArmResource, sink: FactSink): void {
  const { declared, properties, tags } = resource;
  const idIn = (property: string): Value<string> => properties.section(property, (inner) => inner.text("id"));
  const set = idIn("availabilitySet");
  const host = idIn("host");
  const origin = set.origin;
  const reference = byId<{ readonly name: string }>(resource, set, "availabilitySet", ["name"]);
  const sets: readonly LinkedAvailabilitySet[] =
    set.state === "absent" ? [] : [{ name: nameInId(set), references: [reference] }];
  sink.add("virtualMachines", {
    ...blankMachine(declared, [resource.name]),
    ...machineTags(declared.urn, tags, sink),
    ...(hasTags(tags) ? {} : { isForeign: true }),
    sets: known(sets, origin),
    ...(host.state === "absent" ? {} : { computer: { urn: declared.urn, name: nameInId(host) } }),
  });
}

function readAvailabilitySet(resource: ArmResource, sink: FactSink): void {
  sink.link("availabilitySet", linkedFacts(resource, "availabilitySets", { name: resource.name }));
}

export const COMPUTE: readonly ArmType[] = [
  {
    token: "compute:VirtualMachine",
    type: "Microsoft.Compute/virtualMachines",
    name: "vmName",
    read: readVirtualMachine,
  },
  { token: "compute:AvailabilitySet", type: "Microsoft.Compute/availabilitySets", read: readAvailabilitySet },
];
