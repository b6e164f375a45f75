import type { Estate } from "../../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../../lib/estate/model";
import { combine, ifKnown, type Value, type Values } from "../../../lib/estate/value";
import { undecided, type Verdict } from "../../../lib/rules/verdict";
import { grouped, limitOf, processorAllowance, type ProcessorAllowance } from "../../../lib/tables/host-versions";
import { count } from "../../../lib/text/words";

/** The facts that make logical processors. */
export interface Processors {
  readonly sockets: number;
  readonly coresPerSocket: number;
  readonly threadsPerCore: number;
}

export function processorsOf({ sockets, coresPerSocket, threadsPerCore }: Host): Values<Processors> {
  return { sockets, coresPerSocket, threadsPerCore };
}

/** A core with one thread is one logical processor, a core with two threads is two. */
export function countLogical({ sockets, coresPerSocket, threadsPerCore }: Processors): number {
  return sockets * coresPerSocket * threadsPerCore;
}

/** The same as one value. */
export function logicalProcessors(host: Host): Value<number> {
  return combine(processorsOf(host), { urn: host.urn, path: "processors" }, countLogical);
}

/** Physical cores: threads do not count. */
export function countCores({ sockets, coresPerSocket }: Omit<Processors, "threadsPerCore">): number {
  return sockets * coresPerSocket;
}

/** The same as one value. */
export function physicalCores({ urn, sockets, coresPerSocket }: Host): Value<number> {
  return combine({ sockets, coresPerSocket }, { urn, path: "processors" }, countCores);
}

/** `2 sockets × 4 cores × 2 threads`. */
export function describeProcessors({ sockets, coresPerSocket, threadsPerCore }: Processors): string {
  return [count(sockets, "socket"), count(coresPerSocket, "core"), count(threadsPerCore, "thread")].join(" × ");
}

/** The virtual processors of the guests as far as they are known: more can only be added. */
export function runningVirtualProcessors(guests: readonly VirtualMachine[]): number {
  return guests.reduce((sum, { processorCount }) => sum + (ifKnown(processorCount) ?? 0), 0);
}

/**
 * Whether every guest runs Windows 7, which gives the host version a higher ratio; undefined while some are not known and
 * no other is known to run something else.
 */
export function onlyWindows7(version: string, guests: readonly VirtualMachine[]): boolean | undefined {
  const products = limitOf(version, "virtualProcessorsPerLogicalProcessorWindows7")?.guests ?? [];
  if (guests.some(({ guestOs }) => guestOs.state === "known" && !products.includes(guestOs.value.product)))
    return false;
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
  const mix = onlyWindows7(version, guests);
  const past = (windows7: boolean): ProcessorAllowance | undefined => {
    const allowance = processorAllowance(version, logical, windows7);
    return allowance !== undefined && running > allowance.maximum ? allowance : undefined;
  };
  if (mix !== undefined) return { allowance: past(mix), dependsOnGuests: false };
  const allowance = past(true);
  return { allowance, dependsOnGuests: allowance === undefined && past(false) !== undefined };
}

/** The fix for a host whose guests have too many virtual processors. */
export function fewerVirtualProcessors(most: number): string {
  return `Move virtual machines to other hosts, or give them fewer virtual processors, until this host runs ${grouped(most)} or fewer.`;
}

/** Why the number of a host's guests cannot be known: machines of which it is not known on which host they are. */
export function undecidedPlaces(host: Host, estate: Estate): readonly Verdict[] {
  return estate.unplaced.flatMap((place) => undecided(host, place));
}
