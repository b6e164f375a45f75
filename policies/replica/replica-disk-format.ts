import type { Replica } from "../../lib/estate/replicas";
import { absent, ifKnown, known } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given } from "../../lib/rules/verdict";
import { count } from "../../lib/text/words";
import { adviseOnDisks, replicas } from "./shared/replicated";

/** Virtual machines with a recovery history have disks in VHDX format. */
export const replicaDiskFormat = defineRule<Replica>({
  name: "replica-disk-format",
  title: "VHDX for replicas with recovery history",
  subject: "replica",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "A VHDX keeps its structure intact when the power fails while recovery points are written; a VHD does not.",
  fix: "Convert the disk to VHDX, or keep only the latest recovery point.",
  sources: ["bpa-2012"],
  tags: ["disaster-recovery", "storage"],
  applies: replicas,
  check: (replica) =>
    given(replica, { points: replica.recoveryPoints }, ({ points }) => {
      if (points === 0) return [];
      return adviseOnDisks(replica, "diskFormat", ({ name, format }) => {
        if (format.state === "unknown") return format;
        if (ifKnown(format) !== "VHD") return absent(format.origin);
        const history = count(points, "additional recovery point");
        return known(`is replicated with ${history}, and its disk "${ifKnown(name) ?? ""}" is a VHD.`, format.origin);
      });
    }),
});
