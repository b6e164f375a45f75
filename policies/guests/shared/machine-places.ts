import type { Estate } from "../../../lib/estate/estate";
import type { Entity, VirtualMachine } from "../../../lib/estate/model";
import { map, type Value } from "../../../lib/estate/value";

/** The cluster that a virtual machine is in, or else its host. */
export function placeOfMachine(vm: VirtualMachine, estate: Estate): Value<Entity> {
  const cluster = estate.clusterAround(vm);
  if (cluster.state !== "absent") return map(cluster, (one): Entity => one);
  return map(estate.hostOf(vm), (one): Entity => one);
}
