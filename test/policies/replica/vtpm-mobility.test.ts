import { vtpmMobility } from "../../../policies/replica/vtpm-mobility";
import { host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";
import { replicated } from "./replicated";

const TPM = { guestOs: "Windows Server 2022", generation: 2, tpm: true };
const servers = ["hv1", "hv2"].map((name) => host(name, { operatingSystem: "Windows Server 2022" }));
const FOUND = "vm1 has a virtual TPM and is replicated by Hyper-V Replica.";

ruleTest(vtpmMobility, {
  passes: [
    ["a machine of which no TPM is declared", replicated()],
    ["a machine without one", replicated({ machine: { ...TPM, tpm: false } })],
    ["a machine with one that is not replicated", [...servers, vm("vm1", { ...TPM, host: "hv1" })]],
    ["what is malformed", replicated({ machine: { ...TPM, tpm: "perhaps" } })],
  ],
  finds: [
    [
      "a replication that the virtual machine declares",
      [...servers, vm("vm1", { ...TPM, host: "hv1", replication: { replicaHost: "hv2" } })],
      `vm1: ${FOUND}`,
      { found: { value: "virtual TPM" }, source: "generation-2-security", advisory: true },
    ],
    ["a replication that is declared apart from it", replicated({ machine: TPM }), `r1: ${FOUND}`, { advisory: true }],
  ],
  undecided: [
    [
      "a TPM that is not known",
      replicated({ machine: { ...TPM, tpm: UNKNOWN } }),
      "vm1: tpm is not known until deployment: not checked by vtpm-mobility.",
    ],
    [
      "an unknown virtual machine",
      replicated({ settings: { virtualMachine: UNKNOWN } }),
      "r1: virtualMachine is not known until deployment: not checked by vtpm-mobility.",
    ],
  ],
});
