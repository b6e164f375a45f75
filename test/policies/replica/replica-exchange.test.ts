import { replicaExchange } from "../../../policies/replica/replica-exchange";
import { host, mailbox, relationship, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";
import { replicated } from "./replicated";

const SERVERS = [host("hv1", { operatingSystem: "Windows Server 2012" }), host("hv2")];
const FOUND = "ex1 (Exchange 2010 SP1, Mailbox) is replicated by Hyper-V Replica.";

ruleTest(replicaExchange, {
  passes: [["another virtual machine", replicated()]],
  finds: [
    [
      "a replication that the virtual machine declares",
      [...SERVERS, mailbox("ex1", { host: "hv1", replication: { replicaHost: "hv2" } })],
      `ex1: ${FOUND}`,
      { found: { value: "Hyper-V Replica" }, source: "no-document", advisory: true },
    ],
    [
      "a replication that is declared apart from the virtual machine",
      [
        ...SERVERS,
        mailbox("ex1", { host: "hv1" }),
        relationship("r1", { virtualMachine: "ex1", primary: "hv1", replica: "hv2" }),
      ],
      `r1: ${FOUND}`,
      { advisory: true },
    ],
  ],
  undecided: [
    [
      "an unknown virtual machine",
      replicated({ settings: { virtualMachine: UNKNOWN } }),
      "r1: virtualMachine is not known until deployment: not checked by replica-exchange.",
    ],
    [
      "a virtual machine that may run Exchange",
      replicated({ machine: { exchange: UNKNOWN } }),
      "vm1: exchange is not known until deployment: not checked by replica-exchange.",
    ],
  ],
});
