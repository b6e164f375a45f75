import type { Plain } from "../../../lib/estate/plain";
import { azureLocalWitness } from "../../../policies/hosts/azure-local-witness";
import { deployment } from "../../azure-local";
import { cluster, host, resource, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const nodes = (count: number, type?: Plain) =>
  deployment(
    type === undefined ? {} : { quorum: { type } },
    Array.from({ length: count }, () => ({})),
  );

ruleTest(azureLocalWitness, {
  passes: [
    ["a cloud witness of two nodes", nodes(2, "Cloud")],
    ["a file share witness of two nodes", nodes(2, "FileShare")],
    ["three nodes without a witness", nodes(3, "nodeMajority")],
    ["one node", nodes(1)],
    ["four nodes that declare none", nodes(4)],
    [
      "Windows Server, which cluster-quorum-witness judges",
      [
        cluster("c1", { quorum: { type: "nodeMajority" } }),
        ...["h1", "h2"].map((name) => host(name, { cluster: "c1", operatingSystem: "Windows Server 2022" })),
      ],
    ],
  ],
  finds: [
    [
      "two nodes without a witness",
      nodes(2, "nodeMajority"),
      "cl1: cl1 has 2 nodes and no witness (nodeMajority): one failure in two stops it.",
      { found: { value: "nodeMajority" }, source: "cluster-quorum", advisory: false },
    ],
    [
      "a disk as the witness",
      nodes(4, "nodeAndDiskMajority"),
      "cl1: cl1 has a disk as its witness (nodeAndDiskMajority), which Storage Spaces Direct does not support.",
      { limit: { bound: "not", value: "nodeAndDiskMajority" }, advisory: false },
    ],
  ],
  undecided: [
    ["two nodes that declare none", nodes(2), "cl1: quorum is not declared: not checked by azure-local-witness."],
    [
      "a deployment of Azure with two nodes that declares none",
      [
        resource("azure-native:azurestackhci:DeploymentSetting", "d", {
          deploymentConfiguration: {
            scaleUnits: [
              { deploymentData: { cluster: { name: "cl1" }, physicalNodes: [{ name: "n1" }, { name: "n2" }] } },
            ],
          },
        }),
      ],
      "d: deploymentConfiguration.scaleUnits[0].deploymentData.cluster.witnessType is not declared: not checked by azure-local-witness.",
    ],
    [
      "a type that only the deployment knows",
      nodes(2, UNKNOWN),
      "cl1: quorum.type is not known until deployment: not checked by azure-local-witness.",
    ],
  ],
});
