import type { Replica } from "../../lib/estate/replicas";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { replicas } from "./shared/replicated";

/** A virtual machine with a TPM starts on its replica server only with the certificates of its key protector. */
export const vtpmMobility = defineRule<Replica>({
  name: "vtpm-mobility",
  title: "Virtual TPMs on replica servers",
  subject: "replica",
  level: "recommended",
  severity: "medium",
  reach: "resource",
  why: "The key that opens a virtual TPM is protected by certificates of the host that made it: a failover fails without them.",
  fix: "Import the certificates of the primary server's guardian on the replica server, test a failover, and accept this finding.",
  sources: ["generation-2-security"],
  tags: ["disaster-recovery", "security"],
  applies: replicas,
  check: (replica) => {
    const vm = ifKnown(replica.virtualMachine);
    if (vm === undefined) return undecided(replica, replica.virtualMachine);
    if (ifKnown(vm.tpm) !== true) return undecided(replica, vm.tpm);
    return [
      violation(replica, "", `${vm.name} has a virtual TPM and is replicated by Hyper-V Replica.`, {
        found: { value: "virtual TPM" },
        ...requiredBy("replicaTpm"),
      }),
    ];
  },
});
