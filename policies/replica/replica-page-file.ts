import type { Replica } from "../../lib/estate/replicas";
import { absent, ifKnown, known } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { adviseOnDisks, replicas } from "./shared/replicated";

/** Disks for the paging file are not replicated. */
export const replicaPageFile = defineRule<Replica>({
  name: "replica-page-file",
  title: "Paging files left out of replication",
  subject: "replica",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "A paging file changes all the time and is of no use after a failover: its replication only takes bandwidth.",
  fix: "Name the disk in excludedDisks.",
  sources: ["replica-setup", "bpa-2012", "bpa-2016"],
  tags: ["disaster-recovery", "performance"],
  applies: replicas,
  check: (replica) =>
    adviseOnDisks(replica, "pageFile", ({ name, purpose, type }) => {
      if (purpose.state === "unknown") return purpose;
      const isReplicated = ["fixed", "dynamic", "differencing"].includes(ifKnown(type) ?? "");
      if (ifKnown(purpose) !== "pageFile" || !isReplicated) return absent(purpose.origin);
      return known(
        `is replicated with its disk "${ifKnown(name) ?? ""}", which holds the paging file.`,
        purpose.origin,
      );
    }),
});
