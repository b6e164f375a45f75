import type { Plain } from "../../../lib/estate/plain";
import { workgroupCluster } from "../../../policies/hosts/workgroup-cluster";
import { cluster, host, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const nodes = (type: Plain, ...domains: readonly Plain[]) => [
  cluster("c1", { quorum: { type } }),
  ...domains.map((domain, at) =>
    host(`hv${String(at + 1)}`, { cluster: "c1", operatingSystem: "Windows Server 2025", domain }),
  ),
];

ruleTest(workgroupCluster, {
  passes: [
    ["a cloud witness", nodes("cloud", "workgroup", "workgroup")],
    ["a file share in a domain", nodes("nodeAndFileShareMajority", "contoso.com", "contoso.com")],
    ["one node in a domain: the cluster is no workgroup cluster", nodes("FileShare", "workgroup", "contoso.com")],
    ["a cluster that declares no quorum", [cluster("c1"), host("hv1", { cluster: "c1", domain: "workgroup" })]],
  ],
  finds: [
    [
      "a file share",
      nodes("nodeAndFileShareMajority", "workgroup", "WORKGROUP"),
      "c1: c1 is a workgroup cluster, and has a file share as its witness (nodeAndFileShareMajority).",
      {
        found: { value: "nodeAndFileShareMajority" },
        limit: { bound: "not", value: "nodeAndFileShareMajority" },
        source: "workgroup-cluster",
        advisory: false,
      },
    ],
  ],
  undecided: [
    [
      "a type that only the deployment knows",
      nodes(UNKNOWN, "workgroup", "workgroup"),
      "c1: quorum.type is not known until deployment: not checked by workgroup-cluster.",
    ],
  ],
});
