import type { VmmServer } from "../../../lib/estate/model";
import { notDeclared, undecided, type Undecided } from "../../../lib/rules/verdict";
import type { Open } from "../model/answer";

/** The verdict on what one would have to know: it is not known yet, or nobody declared it. */
export function toKnow(vmm: VmmServer, value: Open): readonly Undecided[] {
  return value.state === "absent" ? [notDeclared(vmm, value.origin)] : undecided(vmm, value);
}
