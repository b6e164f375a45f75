import type { LinkedFactsOf } from "../../estate/linked-facts";
import type { GuestOs } from "../../estate/model";
import { absent, meaning, type Value } from "../../estate/value";
import { isUnlisted, resolveOperatingSystem } from "../../tables/operating-systems";
import type { FactSink } from "../dialect";
import { machineTags } from "../tags";
import { namesOf, linkedFacts, type ArmResource, type ArmType } from "./arm";

/**
 * A machine of Azure Arc, which a virtual machine of VMM or Azure Local extends: it is where the tags stand, and once it has
 * been read from Azure it names the guest.
 */
function readMachine(resource: ArmResource, sink: FactSink): void {
  sink.link("virtualMachine", arcMachine(resource, sink));
}

/** What is read of a machine in every provider of Azure. */
export function arcMachine(resource: ArmResource, sink: FactSink): LinkedFactsOf<"virtualMachine"> {
  const { declared, name, tags, properties } = resource;
  const annotations = machineTags(declared.urn, tags, sink);
  const isTagged = annotations.guestOs !== undefined && annotations.guestOs.state !== "absent";
  const guestOs = isTagged ? annotations.guestOs : reportedGuest(properties.text("osSku"));
  return { ...linkedFacts(resource, "machines", { ...annotations, guestOs }), names: namesOf(name) };
}

/** What Azure reports comes after the deployment: before, and where the name is not known, it is not asked for. */
function reportedGuest(name: Value<string>): Value<GuestOs> {
  if (name.state !== "known") return absent(name.origin);
  return meaning(name, (text) => {
    const resolution = resolveOperatingSystem(text);
    return resolution.resolved && !isUnlisted(resolution.value) ? resolution.value : undefined;
  });
}

export const HYBRID_COMPUTE: readonly ArmType[] = [
  { token: "hybridcompute:Machine", type: "Microsoft.HybridCompute/machines", read: readMachine },
];
