import { isEverything } from "../../../lib/estate/addresses";
import type { Estate } from "../../../lib/estate/estate";
import type { Firewall } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import { EVERYBODY, INTERNET_WORD, INTRANET_WORD } from "../../../lib/estate/vmm-problems";
import type { ViolationDetails } from "../../../lib/rules/verdict";
import { topologies } from "../model/connections";
import { computerKey, isMeant } from "../model/topology-computers";

/** How to keep the internet out of what a firewall opens. */
export type Narrowing = Pick<ViolationDetails, "fix" | "change">;

/**
 * What a firewall opens to the internet alone is not needed by VMM; what it opens to all, the intranet may need. One
 * that is for all can be for the intranet instead where all computers of VMM are in it.
 */
export function narrowingOf({ from }: Firewall, estate: Estate): Narrowing {
  const end = ifKnown(from) ?? "";
  if (computerKey(end) === INTERNET_WORD) return { fix: "Remove these ports from allow, or remove the firewall." };
  const fix = `Set from to ${INTRANET_WORD}, to the computers that use the ports, or to their range of addresses.`;
  if (!isForAll(end) || !isAllInIntranet(estate)) return { fix };
  return { fix, change: { path: from.origin.path, value: INTRANET_WORD } };
}

function isForAll(end: string): boolean {
  return EVERYBODY.includes(computerKey(end)) || isEverything(end);
}

function isAllInIntranet(estate: Estate): boolean {
  return topologies(estate).every(({ connections }) =>
    connections.every(({ from }) => isMeant(INTRANET_WORD, from) === true),
  );
}
