import type { Replica } from "../../lib/estate/replicas";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation } from "../../lib/rules/verdict";
import { describeServer } from "../exchange/shared/exchange-servers";
import { replicas } from "./shared/replicated";

/** Exchange replicates its databases itself. */
export const replicaExchange = defineRule<Replica>({
  name: "replica-exchange",
  title: "Exchange protected by Exchange itself",
  subject: "replica",
  level: "recommended",
  severity: "medium",
  reach: "resource",
  why: "No document of Microsoft covers Exchange on Hyper-V Replica. After a failover the server is as old as its last recovery point, and the other servers are newer.",
  fix: "Remove the replication. Protect databases with a database availability group that has a member at the other site, and other roles with a server there.",
  sources: [],
  tags: ["disaster-recovery"],
  applies: replicas,
  check: (replica) => {
    const vm = ifKnown(replica.virtualMachine);
    if (vm === undefined) return undecided(replica, replica.virtualMachine);
    return given(replica, { exchange: vm.exchange }, ({ exchange }) => [
      violation(replica, "", `${describeServer(vm, exchange)} is replicated by Hyper-V Replica.`, {
        found: { value: "Hyper-V Replica" },
        evidence: { source: "no-document", confidence: "unverified" },
      }),
    ]);
  },
});
