import type { Replica } from "../../lib/estate/replicas";
import { defineRule } from "../../lib/rules/rule";
import { given, violation } from "../../lib/rules/verdict";
import { advised, replicas } from "./shared/replicated";

/** Replication traffic is encrypted. */
export const replicaCertificate = defineRule<Replica>({
  name: "replica-certificate",
  title: "Replication with certificates",
  subject: "replica",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "Whoever can listen between the two servers reads what the virtual machine writes to its disks.",
  fix: "Use certificate authentication. Nothing is wrong where the network is encrypted in another way, such as IPsec.",
  sources: ["bpa-2012", "bpa-2016"],
  tags: ["disaster-recovery", "security"],
  applies: replicas,
  check: (replica) =>
    given(replica, { authentication: replica.authentication }, ({ authentication }) => {
      if (authentication === "certificate") return [];
      return advised(replica, "certificate", (evidence) => {
        const problem = `${replica.name} is replicated with Kerberos, which does not encrypt the traffic.`;
        return [violation(replica, replica.authentication.origin.path, problem, { evidence })];
      });
    }),
});
