import type { Host } from "../../lib/estate/model";
import { defineRule, given } from "../../lib/rules/rule";
import { describeSize } from "../../lib/tables/host-versions";
import { overLimit } from "./over-limit";

/** A host has no more memory than its version of Hyper-V uses. */
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
      return overLimit(host, "memoryMB", version, "memory", memoryMB, subject);
    }),
});
