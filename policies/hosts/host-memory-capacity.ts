import type { Estate } from "../../lib/estate/estate";
import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { isViolation } from "../../lib/rules/verdict";
import { judgeMemory, RESERVE_PARAMETER, startupDemandMB } from "./shared/memory-demand";

/** The memory that the virtual machines of a host may use fits into it, beside what the parent partition keeps. */
export const hostMemoryCapacity = defineRule<Host>({
  name: "host-memory-capacity",
  title: "Memory for all virtual machines of a host",
  subject: "hosts",
  level: "required",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "Hyper-V starts a virtual machine only when its memory is free: the last ones to start stay off, or get less than their maximum.",
  fix: "Move virtual machines to other hosts, give them less memory, or add memory to the host.",
  sources: [],
  tags: ["memory", "capacity"],
  parameters: RESERVE_PARAMETER,
  // Hosts with Exchange are judged by exchange-memory-oversubscription: one finding for one problem.
  applies: (estate) =>
    estate.hosts.filter((host) => !estate.virtualMachinesOn(host).some(({ exchange }) => exchange.state === "known")),
  check: (host, estate, { number }) =>
    judgeMemory(host, estate, number("reserveMB")).map((verdict) =>
      isViolation(verdict) && canStartAll(host, estate, number("reserveMB")) ? { ...verdict, advisory: true } : verdict,
    ),
});

/** To give more than there is at once is what dynamic memory is for: what all guests start with must be there. */
function canStartAll(host: Host, estate: Estate, reserveMB = 0): boolean {
  const memoryMB = ifKnown(host.memoryMB);
  return memoryMB !== undefined && startupDemandMB(estate.virtualMachinesOn(host)) + reserveMB <= memoryMB;
}
