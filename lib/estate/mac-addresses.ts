import type { Resolution } from "./reader";
import { meaning, type Value } from "./value";

/** Six bytes in hexadecimal digits, together or with hyphens, colons or (by fours) points between them. */
const MAC_ADDRESS =
  /^(?:[\da-f]{12}|(?:[\da-f]{2}-){5}[\da-f]{2}|(?:[\da-f]{2}:){5}[\da-f]{2}|(?:[\da-f]{4}\.){2}[\da-f]{4})$/i;

/** An adapter with this one has none of its own yet. */
const NONE = "00-00-00-00-00-00";

/** A MAC address as Windows writes it: `00-15-5D-01-02-03`. */
export function resolveMacAddress(text: string): Resolution<string> {
  if (!MAC_ADDRESS.test(text)) {
    const allowed = "a MAC address such as 00-15-5D-01-02-03";
    return { resolved: false, problem: "it is not a MAC address", allowed };
  }
  const digits = text.replace(/[-:.]/g, "").toUpperCase();
  return { resolved: true, value: digits.replace(/(..)(?=.)/g, "$1-") };
}

/** A declared MAC address: absent where it is the one that stands for none. */
export function declaredMacAddress(address: Value<string>): Value<string> {
  return meaning(address, (text) => (text === NONE ? undefined : text));
}
