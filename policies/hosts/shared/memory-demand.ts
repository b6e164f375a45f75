import type { Estate } from "../../../lib/estate/estate";
import type { DynamicMemory, Host, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown, isDefault, type Value } from "../../../lib/estate/value";
import { atMost } from "../../../lib/rules/figures";
import { given, undecided, violation, type Verdict } from "../../../lib/rules/verdict";
import { limitOf } from "../../../lib/tables/host-versions";
import { undecidedPlaces } from "./running-processors";

/**
 * What a virtual machine may use at most, in MB: its static memory, or the declared maximum of its dynamic memory. Without
 * one it may use what the host has left, so that nothing but its startup memory is sure.
 */
export function mostMemoryMB({ dynamicMemory, memoryMB }: VirtualMachine): Value<number> {
  if (dynamicMemory.state === "unknown") return dynamicMemory;
  return declaredMaximumMB(dynamicMemory) ?? memoryMB;
}

/** Undefined for a virtual machine with static memory, and for one whose maximum nobody declared. */
export function declaredMaximumMB(dynamicMemory: Value<DynamicMemory>): Value<number> | undefined {
  const maximum = ifKnown(dynamicMemory)?.maximumMB;
  return maximum === undefined || maximum.state === "absent" || isDefault(maximum) ? undefined : maximum;
}

/** The memory that the guests may use at most, in MB, as far as it is known: more can only be added. */
export function memoryDemandMB(guests: readonly VirtualMachine[]): number {
  return guests.reduce((sum, guest) => sum + (ifKnown(mostMemoryMB(guest)) ?? 0), 0);
}

/** The memory that the guests start with, in MB: without it they stay off. */
export function startupDemandMB(guests: readonly VirtualMachine[]): number {
  return guests.reduce((sum, { memoryMB }) => sum + (ifKnown(memoryMB) ?? 0), 0);
}

/**
 * Whether the guests fit into the host's memory. What does not fit at all is a violation; what does not leave the parent
 * partition its reserve only advises, unless the user has set how large that is.
 * @param reserveMB the user's own figure; otherwise the table's, for which there is no document
 */
export function judgeMemory(host: Host, estate: Estate, reserveMB: number | undefined): readonly Verdict[] {
  return given(host, { memoryMB: host.memoryMB }, ({ memoryMB }) => {
    const guests = estate.virtualMachinesOn(host);
    const used = memoryDemandMB(guests);
    const subject = `${host.name} has ${String(memoryMB)} MB of memory, and its virtual machines may use ${String(used)} MB`;
    const found = { value: used, unit: "MB" } as const;
    const version = ifKnown(host.operatingSystem);
    const row = version === undefined ? undefined : limitOf(version, "parentReserve");
    const reserve = reserveMB ?? row?.value ?? 0;
    const fix = lessMemory(used, memoryMB, reserve);
    if (used > memoryMB) {
      const limit = atMost(memoryMB, "MB");
      return [
        violation(host, "memoryMB", `${subject}: ${String(used - memoryMB)} MB too much.`, { found, limit, fix }),
      ];
    }
    if (used + reserve > memoryMB) {
      const problem =
        `${subject}. With ${String(reserve)} MB for the parent partition that is ` +
        `${String(used + reserve - memoryMB)} MB too much.`;
      const reserved = reserveMB === undefined && row !== undefined ? { evidence: row } : {};
      const limit = atMost(Math.max(memoryMB - reserve, 0), "MB");
      return [violation(host, "memoryMB", problem, { found, limit, fix, ...reserved })];
    }
    return [
      ...(reserveMB === undefined ? undecided(host, host.operatingSystem) : []),
      ...guests.flatMap((guest) => undecided(host, mostMemoryMB(guest))),
      ...undecidedPlaces(host, estate),
    ];
  });
}

/** Counts the reserve of the parent partition always: what only fits into the host is the next finding. */
function lessMemory(used: number, memoryMB: number, reserve: number): string {
  const most = memoryMB - reserve;
  const needed = `memory to the host until it has ${String(used + reserve)} MB or more`;
  if (most <= 0) return `Add ${needed}.`;
  return (
    "Move virtual machines to other hosts, or give them less memory, until they may use " +
    `${String(most)} MB or less in total; or add ${needed}.`
  );
}

/** The parameter by which users set how much memory the parent partition keeps. */
export const RESERVE_PARAMETER = {
  reserveMB: {
    type: "integer",
    description:
      "Memory in MB that the parent partition keeps for itself. Default: the figure of the support tables, as advice only.",
    minimum: 0,
  },
} as const;
