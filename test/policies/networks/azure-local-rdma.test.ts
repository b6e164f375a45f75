import type { PlainObject } from "../../../lib/estate/plain";
import { azureLocalRdma } from "../../../policies/networks/azure-local-rdma";
import { deployment } from "../../azure-local";
import { UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const storage = (...intents: readonly PlainObject[]) =>
  deployment({
    intents: intents.map((intent, index) => ({
      name: `s${String(index + 1)}`,
      traffic: ["storage"],
      networkAdapters: [`NIC ${String(index + 1)}`],
      ...intent,
    })),
  });

ruleTest(azureLocalRdma, {
  passes: [
    ["one storage intent", storage({ rdmaTechnology: "iWARP", jumboPacketBytes: 9014 })],
    ["two alike", storage({ rdmaTechnology: "RoCEv2" }, { rdmaTechnology: "RoCEv2" })],
    ["one that Network ATC chooses", storage({ rdmaTechnology: "RoCEv2" }, {})],
    ["one without RDMA", storage({ rdmaTechnology: "RoCEv2" }, { rdmaTechnology: "iWARP", rdma: false })],
    [
      "one that is not for storage",
      storage({ rdmaTechnology: "RoCEv2" }, { rdmaTechnology: "iWARP", traffic: ["compute"] }),
    ],
  ],
  finds: [
    [
      "two protocols",
      storage({ rdmaTechnology: "RoCEv2" }, { rdmaTechnology: "iWARP" }),
      "cl1: cl1: intent s1 (RoCEv2) and intent s2 (iWARP) use different protocols of RDMA.",
      { found: { value: "iWARP" }, source: "azure-local-network-requirements", advisory: false },
    ],
    [
      "two sizes of packets",
      storage({ jumboPacketBytes: 9014 }, { jumboPacketBytes: 1514 }),
      "cl1: cl1: intent s1 (9014) and intent s2 (1514) have jumbo packets of different sizes, in bytes.",
      { found: { value: 1514 }, advisory: true },
    ],
  ],
  undecided: [
    [
      "a protocol that only the deployment knows",
      storage({ rdmaTechnology: "RoCEv2" }, { rdmaTechnology: UNKNOWN }),
      "cl1: intents[1].rdmaTechnology is not known until deployment: not checked by azure-local-rdma.",
    ],
  ],
});
