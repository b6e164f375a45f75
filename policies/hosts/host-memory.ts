import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { allows, describeLimit, describeSize, hostVersionName, limitOf } from "../../lib/tables/host-versions";
import { editionName } from "../../lib/tables/operating-systems";
import { overLimit } from "./shared/over-limit";

/** A host has no more memory than its version of Hyper-V and its edition use, and no less than they ask for. */
export const hostMemory = defineRule<Host>({
  name: "host-memory",
  title: "Memory that the host supports",
  subject: "hosts",
  level: "unsupported",
  severity: "medium",
  reach: "resource",
  why: "Hyper-V does not use the memory beyond its limit, and Microsoft does not support such a host.",
  fix: "Install a newer version of Windows Server, or spread the memory over more hosts.",
  sources: ["limits-2008-r2"],
  tags: ["memory"],
  applies: ({ hosts }) => hosts,
  check: (host) =>
    given(host, { version: host.operatingSystem, memoryMB: host.memoryMB }, ({ version, memoryMB }) => {
      const subject = `${host.name} has ${String(memoryMB)} MB of memory (${describeSize(memoryMB, "MB")})`;
      const tooMuch = overLimit(host, "memoryMB", version, "memory", memoryMB, subject);
      return tooMuch.length > 0
        ? tooMuch
        : [...overEdition(host, version, memoryMB, subject), ...underLimit(host, version, memoryMB, subject)];
    }),
});

function overEdition(host: Host, version: string, memoryMB: number, subject: string): readonly Verdict[] {
  const limit = limitOf(version, "editionMemory");
  if (limit === undefined || memoryMB <= allows(limit)) return [];
  const edition = ifKnown(host.edition);
  if (edition === undefined) return undecided(host, host.edition);
  if (limit.editions?.includes(edition) !== true) return [];
  const problem = `${subject}. The ${editionName(edition)} edition of ${hostVersionName(version)} uses at most ${describeLimit(limit)}.`;
  return [violation(host, "memoryMB", problem, { evidence: limit })];
}

function underLimit(host: Host, version: string, memoryMB: number, subject: string): readonly Verdict[] {
  const limit = limitOf(version, "minimumMemory");
  if (limit === undefined || memoryMB >= allows(limit)) return [];
  const problem = `${subject}. ${hostVersionName(version)} needs at least ${describeLimit(limit)}.`;
  return [violation(host, "memoryMB", problem, { evidence: limit, fix: "Add memory to the host." })];
}
