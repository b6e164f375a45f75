import type { Value } from "../../../lib/estate/value";
import type { Change } from "../../../lib/rules/figures";
import type { Judged } from "../../../lib/rules/verdict";

/** The change of a fact, where what is judged declares it itself: a switch or a metric may come from another resource. */
export function changeOfFact(
  on: Judged,
  { origin }: Value<unknown>,
  value: Change["value"],
): { readonly change?: Change } {
  return origin.urn === on.urn ? { change: { path: origin.path, value } } : {};
}
