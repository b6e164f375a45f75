import type { Replica } from "../../lib/estate/replicas";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, violation } from "../../lib/rules/verdict";
import { advised, changeOfSetting, replicas } from "./shared/replicated";

/** Replication traffic is compressed. */
export const replicaCompression = defineRule<Replica>({
  name: "replica-compression",
  title: "Compressed replication traffic",
  subject: "replica",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "Without compression replication takes more bandwidth than it needs, and may fall behind.",
  fix: "Set compression to true, unless something else compresses the traffic.",
  sources: ["bpa-2012", "bpa-2016"],
  tags: ["disaster-recovery", "performance"],
  applies: replicas,
  check: (replica, estate) =>
    given(replica, { compression: replica.compression }, ({ compression }) => {
      if (compression) return [];
      return advised(replica, "compression", (evidence) => {
        const problem = `${replica.name} is replicated without compression.`;
        return [
          violation(replica, replica.compression.origin.path, problem, {
            found: { value: false },
            limit: exactly(true),
            ...changeOfSetting(replica, replica.compression, true, estate),
            evidence,
          }),
        ];
      });
    }),
});
