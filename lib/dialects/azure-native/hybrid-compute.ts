import type { FactSink } from "../dialect";
import type { Part, PartFacts } from "../../estate/parts";
import { machineTags } from "../tags";
import { namesOf, part, type ArmResource, type ArmType } from "./arm";

/** A machine of Azure Arc, which a virtual machine of VMM or Azure Local extends: it is where the tags stand. */
function readMachine(resource: ArmResource, sink: FactSink): void {
  sink.part("virtualMachine", arcMachine(resource, sink));
}

export function arcMachine(resource: ArmResource, sink: FactSink): Part<PartFacts["virtualMachine"]> {
  const { declared, name, tags } = resource;
  return { ...part(resource, "machines", machineTags(declared.urn, tags, sink)), names: namesOf(name) };
}

export const HYBRID_COMPUTE: readonly ArmType[] = [
  { token: "hybridcompute:Machine", type: "Microsoft.HybridCompute/machines", read: readMachine },
];
