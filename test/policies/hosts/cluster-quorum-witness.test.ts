import type { Plain } from "../../../lib/estate/plain";
import { clusterQuorumWitness } from "../../../policies/hosts/cluster-quorum-witness";
import { cluster, host, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

function nodes(count: number, quorum?: Plain, operatingSystem = "Windows Server 2022") {
  const hosts = Array.from({ length: count }, (_, index) =>
    host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
  );
  return [cluster("c1", quorum === undefined ? {} : { quorum }), ...hosts];
}

ruleTest(clusterQuorumWitness, {
  passes: [
    ["a cluster that declares no quorum", nodes(2)],
    ["an odd number of nodes", nodes(3, { type: "nodeMajority" })],
    ["a cluster without nodes", nodes(0, { type: "nodeMajority" })],
    ["a file share as the witness", nodes(2, { type: "nodeAndFileShareMajority", witness: "\\\\fs\\w" })],
    ["a cloud witness as Azure calls it", nodes(4, { type: "Cloud", witness: "account" })],
    ["a version of which no document says it", nodes(2, { type: "nodeMajority" }, "Windows Server 2008 R2 SP1")],
    ["two nodes of Azure Local, which azure-local-witness judges", nodes(2, { type: "nodeMajority" }, "Azure Local")],
    ["an odd number of nodes with a type that only the deployment tells", nodes(3, { type: UNKNOWN })],
  ],
  finds: [
    [
      "an even number of nodes that vote alone",
      nodes(4, { type: "nodeMajority" }),
      "c1: c1 has 4 nodes and no witness (quorum nodeMajority): two failures at once stop it in half of the cases.",
      { found: { value: "nodeMajority" }, source: "quorum-witness" },
    ],
    [
      "the type as Windows writes it",
      nodes(2, { type: "NodeMajority" }),
      "c1: c1 has 2 nodes and no witness (quorum NodeMajority): one failure in two stops it.",
    ],
  ],
  undecided: [
    [
      "a type that only the deployment tells",
      nodes(2, { type: UNKNOWN }),
      "c1: quorum.type is not known until deployment: not checked by cluster-quorum-witness.",
    ],
  ],
});
