import type { FactSink } from "../dialect";
import { machineTags } from "../tags";
import { part, type ArmResource, type ArmType } from "./arm";

/** A machine of Azure Arc, which a virtual machine of VMM or Azure Local extends: it is where the tags stand. */
function readMachine(resource: ArmResource, sink: FactSink): void {
  const { declared, tags } = resource;
  sink.part("virtualMachine", part(resource, "machines", machineTags(declared.urn, tags, sink)));
}

export const HYBRID_COMPUTE: readonly ArmType[] = [
  { token: "hybridcompute:Machine", type: "Microsoft.HybridCompute/machines", read: readMachine },
];
