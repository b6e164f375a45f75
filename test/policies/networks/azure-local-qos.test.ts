import type { PlainObject } from "../../../lib/estate/plain";
import { azureLocalQos } from "../../../policies/networks/azure-local-qos";
import { deployment, INTENTS } from "../../azure-local";
import { UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const storage = (overrides: PlainObject) =>
  deployment({ intents: [INTENTS[0] ?? {}, { ...INTENTS[1], ...overrides }] });

ruleTest(azureLocalQos, {
  passes: [
    ["no override", storage({})],
    ["what is recommended", storage({ smbPriority: 4, clusterPriority: 7, smbBandwidthPercent: 50 })],
    ["an intent without storage", deployment({ intents: [{ ...INTENTS[0], smbPriority: 5 }] })],
  ],
  finds: [
    [
      "another priority of SMB",
      storage({ smbPriority: 5 }),
      "cl1: cl1: intent storage sets the priority of SMB traffic to 5; 3 or 4 is recommended.",
      {
        found: { value: 5 },
        limit: { bound: "oneOf", value: [3, 4] },
        source: "azure-local-network-requirements",
        advisory: true,
      },
    ],
    [
      "another priority of the cluster",
      storage({ clusterPriority: 5 }),
      "cl1: cl1: intent storage sets the priority of cluster traffic to 5; 7 is recommended.",
    ],
    [
      "less bandwidth",
      storage({ smbBandwidthPercent: 30 }),
      "cl1: cl1: intent storage sets the percentage of bandwidth for SMB traffic to 30; 50 is recommended.",
    ],
  ],
  undecided: [
    [
      "a priority that only the deployment knows",
      storage({ smbPriority: UNKNOWN }),
      "cl1: intents[1].smbPriority is not known until deployment: not checked by azure-local-qos.",
    ],
  ],
});
