import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { atLeast, atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { allows, describeLimit, describeSize, hostVersionName, limitOf } from "../../lib/tables/host-versions";
import { editionName } from "../../lib/tables/operating-systems";
import { overDeployment } from "./shared/over-deployment";
import { describeWithMB, orNewerVersion, overLimit } from "./shared/over-limit";

/** A host has no more memory than its version of Hyper-V and its edition use, and no less than they need. */
export const hostMemory = defineRule<Host>({
  name: "host-memory",
  title: "Memory that the host supports",
  subject: "hosts",
  level: "unsupported",
  severity: "medium",
  reach: "resource",
  why: "Hyper-V does not use memory beyond its limit, and Microsoft does not support a host with more than that, or with less than its version needs.",
  fix: "Give the host an amount of memory that its version and its edition support, or install a newer version of Windows Server.",
  sources: ["limits-2008-r2"],
  tags: ["memory"],
  applies: ({ hosts }) => hosts,
  check: (host, estate) =>
    given(host, { version: host.operatingSystem, memoryMB: host.memoryMB }, ({ version, memoryMB }) => {
      const subject = `${host.name} has ${describeMemory(memoryMB)}`;
      const tooMuch = overLimit(host, version, {
        path: "memoryMB",
        item: "memory",
        number: memoryMB,
        unit: "MB",
        subject,
        fix: (limit) => `Give the host ${describeLimit(limit)} of memory or less${orNewerVersion("memory", memoryMB)}.`,
      });
      return tooMuch.length > 0
        ? tooMuch
        : [
            ...overEdition(host, version, memoryMB, subject),
            ...underLimit(host, version, memoryMB, subject),
            ...overDeployment(
              host,
              version,
              { path: "memoryMB", item: "memory", number: memoryMB, unit: "MB", subject },
              estate,
            ),
          ];
    }),
});

/** `65536 MB of memory (64 GB)`, and without the bracket where it would repeat the number. */
function describeMemory(memoryMB: number): string {
  const size = describeSize(memoryMB, "MB");
  return `${String(memoryMB)} MB of memory${size.endsWith(" MB") ? "" : ` (${size})`}`;
}

function overEdition(host: Host, version: string, memoryMB: number, subject: string): readonly Verdict[] {
  const limit = limitOf(version, "editionMemory");
  if (limit === undefined || memoryMB <= allows(limit)) return [];
  const edition = ifKnown(host.edition);
  if (edition === undefined) return undecided(host, host.edition);
  if (limit.editions?.includes(edition) !== true) return [];
  const problem = `${subject}. The ${editionName(edition)} edition of ${hostVersionName(version)} uses at most ${describeWithMB(limit)}.`;
  return [
    violation(host, "memoryMB", problem, {
      found: { value: memoryMB, unit: "MB" },
      limit: atMost(allows(limit), "MB"),
      fix: `Give the host ${describeLimit(limit)} of memory or less, or install an edition that uses more, such as Datacenter.`,
      evidence: limit,
    }),
  ];
}

function underLimit(host: Host, version: string, memoryMB: number, subject: string): readonly Verdict[] {
  const limit = limitOf(version, "minimumMemory");
  if (limit === undefined || memoryMB >= allows(limit)) return [];
  const problem = `${subject}. ${hostVersionName(version)} needs at least ${describeWithMB(limit)}.`;
  const least = allows(limit);
  return [
    violation(host, "memoryMB", problem, {
      found: { value: memoryMB, unit: "MB" },
      limit: atLeast(least, "MB"),
      change: { path: "memoryMB", value: least },
      fix: `Add memory to the host until it has ${describeLimit(limit)} or more.`,
      evidence: limit,
    }),
  ];
}
