import type { Agent } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";

/** Agents of the kind that backs up, whatever the product is. */
export function isBackupAgent({ kind }: Agent): boolean {
  return ifKnown(kind)?.toLowerCase() === "backup";
}
