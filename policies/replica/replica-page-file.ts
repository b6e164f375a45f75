import type { Estate } from "../../lib/estate/estate";
import type { VirtualDisk } from "../../lib/estate/model";
import type { Replica } from "../../lib/estate/replicas";
import { absent, gatherAll, ifKnown, known, type Value } from "../../lib/estate/value";
import type { Change } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { adviseOnDisks, changeOfSetting, describeDisk, replicas } from "./shared/replicated";

/** Disks for the paging file are not replicated. */
export const replicaPageFile = defineRule<Replica>({
  name: "replica-page-file",
  title: "Paging files left out of replication",
  subject: "replica",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "A paging file changes all the time and is useless after a failover: replicating it only takes bandwidth.",
  fix: "Add the disk to excludedDisks.",
  sources: ["replica-setup", "bpa-2012", "bpa-2016"],
  tags: ["disaster-recovery", "performance"],
  applies: replicas,
  check: (replica, estate) =>
    adviseOnDisks(replica, "pageFile", (disk, replicated) => {
      const { name, purpose } = disk;
      if (purpose.state === "unknown") return purpose;
      if (!isForPageFile(disk)) return absent(purpose.origin);
      const problem = `is replicated with ${describeDisk(disk)}, which holds the paging file.`;
      const fix = name.state === "known" ? { fix: `Add "${name.value}" to excludedDisks.` } : {};
      const details = { found: { value: "pageFile" }, limit: { bound: "not", value: "pageFile" } } as const;
      return known({ problem, ...details, ...fix, ...changeOf(replica, replicated, estate) }, purpose.origin);
    }),
});

function isForPageFile({ purpose, type }: VirtualDisk): boolean {
  return ifKnown(purpose) === "pageFile" && ["fixed", "dynamic", "differencing"].includes(ifKnown(type) ?? "");
}

/** Leaves out every such disk, so that one change serves all findings. */
function changeOf(replica: Replica, replicated: readonly VirtualDisk[], estate: Estate): { readonly change?: Change } {
  const { excludedDisks } = replica;
  const excluded: readonly Value<string>[] = ifKnown(excludedDisks) ?? [];
  const names = gatherAll(
    [...excluded, ...replicated.filter(isForPageFile).map(({ name }) => name)],
    excludedDisks.origin,
  );
  return names.state === "known" ? changeOfSetting(replica, excludedDisks, [...new Set(names.value)], estate) : {};
}
