import { isSameCluster, isSameServer, type Replica } from "../../lib/estate/replicas";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, violation } from "../../lib/rules/verdict";
import { advised, earlierAtServer, replicas } from "./shared/replicated";

/** Primary servers that do not belong together have trust groups of their own on the replica server. */
export const replicaTrustGroups = defineRule<Replica>({
  name: "replica-trust-groups",
  title: "A trust group for each primary server",
  subject: "replica",
  level: "recommended",
  severity: "low",
  reach: "estate",
  why: "Any primary server of a trust group can send changes to the replicas of all others in it.",
  fix: "Give the primary servers different trust groups, unless their virtual machines move between them.",
  sources: ["bpa-2012", "bpa-2016"],
  tags: ["disaster-recovery", "security"],
  applies: replicas,
  check: (replica, estate) =>
    given(
      replica,
      { group: replica.trustGroup, primary: replica.primary, target: replica.replica },
      ({ group, primary, target }) => {
        const other = earlierAtServer(replica, estate).find((earlier) => {
          const theirs = ifKnown(earlier.primary);
          if (theirs === undefined || isSameServer(theirs, primary) || isSameCluster(theirs, primary)) return false;
          return ifKnown(earlier.trustGroup)?.toLowerCase() === group.toLowerCase();
        });
        if (other === undefined) return [];
        return advised(replica, "trustGroup", (evidence) => {
          const problem =
            `${replica.name} is replicated from ${primary.name} to ${target.name} in the trust group "${group}", and ` +
            `so is ${other.name} from ${ifKnown(other.primary)?.name ?? ""}.`;
          return [
            violation(replica, replica.trustGroup.origin.path, problem, {
              found: { value: group },
              limit: { bound: "not", value: group },
              evidence,
            }),
          ];
        });
      },
    ),
});
