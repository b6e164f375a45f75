import type { PlainObject } from "../../../lib/estate/plain";
import { clusterNodesAlike } from "../../../policies/hosts/cluster-nodes-alike";
import { cluster, host, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const LATER = "is not known until deployment: not checked by cluster-nodes-alike.";

const STANDARD = { operatingSystem: "Windows Server 2022 Standard" };
const DATACENTER = { operatingSystem: "Windows Server 2022 Datacenter" };

function nodes(properties: readonly PlainObject[], operatingSystem = "Windows Server 2022") {
  const hosts = properties.map((one, index) => host(`hv${String(index)}`, { operatingSystem, cluster: "c1", ...one }));
  return [cluster("c1"), ...hosts];
}

function inDomains(domains: readonly string[], operatingSystem?: string) {
  return nodes(
    domains.map((domain) => ({ domain })),
    operatingSystem,
  );
}

ruleTest(clusterNodesAlike, {
  passes: [
    ["one domain, however it is written", inDomains(["contoso.com", "Contoso.COM", "contoso.com."])],
    ["nodes in workgroups", inDomains(["workgroup", "WORKGROUP"])],
    ["nodes of which one has no domain", nodes([{ domain: "contoso.com" }, {}])],
    ["one edition", nodes([DATACENTER, { operatingSystem: "windows server 2022 datacenter" }])],
    ["one node", inDomains(["contoso.com"])],
    ["a cluster without nodes", [cluster("c1")]],
    [
      "hosts that are no nodes",
      [host("hv1", { domain: "contoso.com" }), host("hv2", { domain: "fabrikam.com" }), cluster("c1")],
    ],
  ],
  finds: [
    [
      "two domains, in a version that allows only one",
      inDomains(["contoso.com", "fabrikam.com", "contoso.com"], "Windows Server 2012 R2"),
      "c1: c1 has nodes in different domains: contoso.com (hv0 and hv2); fabrikam.com (hv1).",
      {
        found: { value: ["contoso.com", "fabrikam.com"] },
        fix: "Join all nodes of the cluster to one domain.",
        source: "failover-clustering-2016",
        advisory: false,
      },
    ],
    [
      "a node in a workgroup, in a version that allows several",
      inDomains(["contoso.com", "workgroup"]),
      "c1: c1 has nodes in different domains: contoso.com (hv0); a workgroup (hv1).",
      { source: "cluster-validation", advisory: true },
    ],
    [
      "two domains in a cluster that is upgraded",
      nodes([
        { domain: "contoso.com", operatingSystem: "Windows Server 2016" },
        { domain: "fabrikam.com", operatingSystem: "Windows Server 2012 R2" },
      ]),
      "c1: c1 has nodes in different domains: contoso.com (hv0); fabrikam.com (hv1).",
      { source: "failover-clustering-2016", advisory: false },
    ],
    [
      "two editions, and a node of which it is not known",
      nodes([STANDARD, DATACENTER, { operatingSystem: UNKNOWN }]),
      "c1: c1 has nodes of different editions: Standard (hv0); Datacenter (hv1).",
      { found: { value: ["Standard", "Datacenter"] }, source: "cluster-validation", advisory: true },
    ],
    [
      "domains and editions",
      nodes([
        { domain: "a.example", ...STANDARD },
        { domain: "b.example", ...DATACENTER },
      ]),
      [
        "c1: c1 has nodes in different domains: a.example (hv0); b.example (hv1).",
        "c1: c1 has nodes of different editions: Standard (hv0); Datacenter (hv1).",
      ],
      { advisory: true },
    ],
  ],
  undecided: [
    ["a domain that is not known", nodes([{ domain: "contoso.com" }, { domain: UNKNOWN }]), `hv1: domain ${LATER}`],
    ["nodes that are not known", [cluster("c1", { nodes: UNKNOWN })], `c1: nodes ${LATER}`],
  ],
});
