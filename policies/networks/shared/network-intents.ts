import type { NetworkIntent, TrafficType } from "../../../lib/estate/network-facts";
import { ifKnown } from "../../../lib/estate/value";

/** Whether an intent is known to be for a type of traffic. */
export function isFor({ traffic }: NetworkIntent, wanted: TrafficType): boolean {
  return (ifKnown(traffic) ?? []).some((type) => ifKnown(type) === wanted);
}

/** What messages call an intent. */
export function describeIntent({ name }: NetworkIntent): string {
  const text = ifKnown(name);
  return text === undefined ? "an intent" : `intent ${text}`;
}
