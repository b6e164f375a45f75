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
  why: "No statement of Microsoft covers Exchange on Hyper-V Replica: after a failover the server is as old as its last recovery point, and other servers have gone on.",
  fix: "Protect the databases by a database availability group with a member at the other site, and remove the replication.",
  sources: [],
  tags: ["disaster-recovery"],
  applies: replicas,
  check: (replica) => {
    const vm = ifKnown(replica.virtualMachine);
    if (vm === undefined) return undecided(replica, replica.virtualMachine);
    return given(replica, { exchange: vm.exchange }, ({ exchange }) => [
      violation(replica, "", `${describeServer(vm, exchange)} is replicated by Hyper-V Replica.`, {
        evidence: { source: "no-document", confidence: "unverified" },
      }),
    ]);
  },
});
