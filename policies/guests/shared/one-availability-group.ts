import type { VirtualMachine } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import { fold } from "../../../lib/text/names";

/** Whether all are members of one database availability group, which the rules of Exchange judge. */
export function isOneDag(members: readonly VirtualMachine[]): boolean {
  const groups = new Set(members.map(({ exchange }) => ifKnown(exchange)?.databaseAvailabilityGroup));
  const names = new Set([...groups].map((group) => (group?.state === "known" ? fold(group.value) : undefined)));
  return names.size === 1 && !names.has(undefined);
}
