import type { PlainObject } from "../../../lib/estate/plain";
import { checkpointsServerWorkload } from "../../../policies/guests/checkpoints-server-workload";
import { mailbox, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const server = (properties: PlainObject) => [vm("vm1", { guestOs: "Windows Server 2022", ...properties })];

ruleTest(checkpointsServerWorkload, {
  passes: [
    ["production checkpoints", server({ checkpoints: "production", automaticCheckpoints: false })],
    ["no checkpoints", server({ checkpoints: "disabled" })],
    ["nothing that is declared", server({})],
    [
      "a client, which is for development",
      server({ guestOs: "Windows 10", checkpoints: "standard", automaticCheckpoints: true }),
    ],
    ["Linux", server({ guestOs: "Ubuntu 22.04", checkpoints: "standard" })],
    ["Exchange, which exchange-checkpoints judges", [mailbox("vm1", { checkpoints: "standard" })]],
    ["a domain controller, which domain-controllers judges", server({ role: ["DC"], checkpoints: "standard" })],
    ["what is malformed", server({ checkpoints: "sometimes", automaticCheckpoints: 7 })],
  ],
  finds: [
    [
      "a checkpoint at every start",
      server({ automaticCheckpoints: true }),
      "vm1: vm1 (Windows Server 2022) takes a checkpoint at every start.",
      { change: { path: "automaticCheckpoints", value: false }, source: "bpa-checkpoints", advisory: true },
    ],
    [
      "standard checkpoints",
      server({ checkpoints: "standard" }),
      "vm1: vm1 (Windows Server 2022) takes standard checkpoints.",
      { change: { path: "checkpoints", value: "production" }, source: "checkpoint-types", advisory: true },
    ],
  ],
  undecided: [
    [
      "a guest that is not known",
      server({ guestOs: UNKNOWN, checkpoints: "standard" }),
      "vm1: guestOs is not known until deployment: not checked by checkpoints-server-workload.",
    ],
    [
      "checkpoints that are not known",
      server({ checkpoints: UNKNOWN }),
      "vm1: checkpoints is not known until deployment: not checked by checkpoints-server-workload.",
    ],
    [
      "whether each start takes one",
      server({ automaticCheckpoints: UNKNOWN }),
      "vm1: automaticCheckpoints is not known until deployment: not checked by checkpoints-server-workload.",
    ],
  ],
});
