import type { Host, VirtualMachine } from "../../lib/estate/model";
import { combine, ifKnown, type Value } from "../../lib/estate/value";
import { count } from "../../lib/rules/message";
import { processorAllowance, type ProcessorAllowance } from "../../lib/tables/host-versions";

const WINDOWS_7 = "windows-7";

/** A core with one thread is one logical processor, a core with two threads is two. */
export function logicalProcessors(host: Host): Value<number> {
  const { sockets, coresPerSocket, threadsPerCore } = host;
  return combine({ sockets, coresPerSocket, threadsPerCore }, { urn: host.urn, path: "processors" }, (the) => {
    return the.sockets * the.coresPerSocket * the.threadsPerCore;
  });
}

/** `2 sockets × 4 cores × 2 threads`, for a host whose processors are known. */
export function describeProcessors({ sockets, coresPerSocket, threadsPerCore }: Host): string {
  const part = (value: Value<number>, word: string): string => count(ifKnown(value) ?? 0, word);
  return `${part(sockets, "socket")} × ${part(coresPerSocket, "core")} × ${part(threadsPerCore, "thread")}`;
}

/** The virtual processors of the guests as far as they are known: more can only be added. */
export function runningVirtualProcessors(guests: readonly VirtualMachine[]): number {
  return guests.reduce((sum, { processorCount }) => sum + (ifKnown(processorCount) ?? 0), 0);
}

/** Whether every guest runs Windows 7; undefined while some are not known and no other is known to run something else. */
export function onlyWindows7(guests: readonly VirtualMachine[]): boolean | undefined {
  if (guests.some(({ guestOs }) => guestOs.state === "known" && guestOs.value.product !== WINDOWS_7)) return false;
  return guests.every(({ guestOs }) => guestOs.state === "known") ? true : undefined;
}

/**
 * What the guests exceed, if anything: `allowance`, or `undefined` with `dependsOnGuests` when only guests that are not
 * known decide whether the higher ratio for Windows 7 holds.
 */
export function exceeded(
  version: string,
  logical: number,
  guests: readonly VirtualMachine[],
): { readonly allowance: ProcessorAllowance | undefined; readonly dependsOnGuests: boolean } {
  const running = runningVirtualProcessors(guests);
  const mix = onlyWindows7(guests);
  const past = (windows7: boolean): ProcessorAllowance | undefined => {
    const allowance = processorAllowance(version, logical, windows7);
    return allowance !== undefined && running > allowance.maximum ? allowance : undefined;
  };
  if (mix !== undefined) return { allowance: past(mix), dependsOnGuests: false };
  const allowance = past(true);
  return { allowance, dependsOnGuests: allowance === undefined && past(false) !== undefined };
}
