import type { Replica } from "../../lib/estate/replicas";
import { defineRule } from "../../lib/rules/rule";
import { given, violation } from "../../lib/rules/verdict";
import { certificateAuthentication } from "./shared/replica-connection";
import { advised, replicas } from "./shared/replicated";

/** Replication traffic is encrypted. */
export const replicaCertificate = defineRule<Replica>({
  name: "replica-certificate",
  title: "Replication with certificates",
  subject: "replica",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "Whoever can capture traffic between the two servers can read what the virtual machine writes to its disks.",
  fix: "Use certificate authentication, unless the network is encrypted in another way, such as IPsec.",
  sources: ["bpa-2012", "bpa-2016"],
  tags: ["disaster-recovery", "security"],
  applies: replicas,
  check: (replica, estate) =>
    given(replica, { authentication: replica.authentication }, ({ authentication }) => {
      if (authentication === "certificate") return [];
      return advised(replica, "certificate", (evidence) => {
        const problem = `${replica.name} is replicated with Kerberos, which does not encrypt the traffic.`;
        const details = certificateAuthentication(replica, estate);
        return [
          violation(replica, replica.authentication.origin.path, problem, {
            ...details,
            fix: `${details.fix} Encryption of another kind, such as IPsec, is enough too.`,
            evidence,
          }),
        ];
      });
    }),
});
