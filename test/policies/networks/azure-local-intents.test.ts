import { azureLocalIntents } from "../../../policies/networks/azure-local-intents";
import { deployment, INTENTS } from "../../azure-local";
import { cluster, host, resource, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const LAN = { name: "lan", traffic: ["management", "compute"], networkAdapters: ["NIC 1", "NIC 2"] };
const ALL = { name: "all", traffic: ["management", "compute", "storage"], networkAdapters: ["NIC 1", "NIC 2"] };

ruleTest(azureLocalIntents, {
  passes: [
    ["an intent for everything", deployment({ intents: [ALL] })],
    ["an intent for storage and another one", deployment({ intents: INTENTS })],
    ["one node without storage", deployment({ intents: [LAN] }, [{}])],
    ["a deployment with storage of its own", deployment({ intents: [LAN], deployment: "disaggregated" })],
    [
      "a deployment of Azure with a storage system of its own",
      [
        resource("azure-native:azurestackhci:DeploymentSetting", "d", {
          deploymentConfiguration: {
            scaleUnits: [
              {
                deploymentData: {
                  cluster: { name: "cl1" },
                  physicalNodes: [{ name: "n1" }, { name: "n2" }],
                  hostNetwork: {
                    sanNetworks: { clusterNetworkConfig: {} },
                    intents: [{ name: "lan", trafficType: ["Management", "Compute"], adapter: ["NIC 1", "NIC 2"] }],
                  },
                },
              },
            ],
          },
        }),
      ],
    ],
    ["no intents", deployment()],
    [
      "Windows Server, where Network ATC may manage some of the adapters",
      [
        cluster("c1", { intents: [LAN] }),
        host("h1", { cluster: "c1", operatingSystem: "Windows Server 2025" }),
        host("h2", { cluster: "c1", operatingSystem: "Windows Server 2025" }),
      ],
    ],
  ],
  finds: [
    [
      "two nodes without storage",
      deployment({ intents: [LAN] }),
      "cl1: cl1 has 2 nodes and no intent for storage.",
      {
        fix: "Add an intent for storage, or storage to the traffic types of another intent.",
        source: "azure-local-storage-intent",
        advisory: false,
      },
    ],
    [
      "no management",
      deployment({ intents: [{ ...ALL, traffic: ["compute", "storage"] }] }),
      "cl1: cl1 has 2 nodes and no intent for management.",
      { source: "azure-local-management-intent" },
    ],
    [
      "no compute",
      deployment({ intents: [{ ...ALL, traffic: ["management", "storage"] }] }),
      "cl1: cl1 has 2 nodes and no intent for compute.",
      { advisory: true },
    ],
    [
      "an adapter in two intents",
      deployment({ intents: [LAN, { name: "storage", traffic: ["storage"], networkAdapters: ["nic 2", "NIC 3"] }] }),
      "cl1: cl1: the adapter nic 2 is in intent lan and intent storage.",
      { found: { value: "nic 2" }, advisory: true },
    ],
  ],
  undecided: [
    [
      "traffic types that only the deployment knows",
      deployment({ intents: [LAN, { ...INTENTS[1], traffic: UNKNOWN }] }),
      "cl1: intents[1].traffic is not known until deployment: not checked by azure-local-intents.",
    ],
  ],
});
