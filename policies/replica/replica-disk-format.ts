import type { Replica } from "../../lib/estate/replicas";
import { absent, ifKnown, known } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given } from "../../lib/rules/verdict";
import { count } from "../../lib/text/words";
import { adviseOnDisks, describeDisk, replicas } from "./shared/replicated";

/** Virtual machines with a recovery history have disks in VHDX format. */
export const replicaDiskFormat = defineRule<Replica>({
  name: "replica-disk-format",
  title: "VHDX for replicas with recovery history",
  subject: "replica",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "A VHDX keeps its structure intact when the power fails while recovery points are written; a VHD does not.",
  fix: "Convert the disk to VHDX, or set recoveryPoints to 0 to keep only the latest recovery point.",
  sources: ["bpa-2012"],
  tags: ["disaster-recovery", "storage"],
  applies: replicas,
  check: (replica) =>
    given(replica, { points: replica.recoveryPoints }, ({ points }) => {
      if (points === 0) return [];
      return adviseOnDisks(replica, "diskFormat", (disk) => {
        const { format } = disk;
        if (format.state === "unknown") return format;
        if (ifKnown(format) !== "VHD") return absent(format.origin);
        const history = count(points, "additional recovery point");
        const problem = `is replicated with ${history}, and ${describeDisk(disk)} is a VHD.`;
        return known({ problem, found: { value: "VHD" }, limit: exactly("VHDX") }, format.origin);
      });
    }),
});
