import type { Plain } from "../../../lib/estate/plain";
import { hostDomain } from "../../../policies/hosts/host-domain";
import { cluster, host, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

function inDomains(...domains: readonly Plain[]) {
  return domains.map((domain, index) => host(`hv${String(index)}`, { domain }));
}

ruleTest(hostDomain, {
  passes: [
    ["hosts in a domain", inDomains("contoso.com", "fabrikam.com")],
    ["hosts in workgroups alone", inDomains("workgroup", "WORKGROUP")],
    ["hosts of which no domain is declared", [host("hv1"), host("hv2")]],
    [
      "a host at another site",
      [host("hv0", { domain: "workgroup", site: "Perth" }), host("hv1", { domain: "contoso.com", site: "Sydney" })],
    ],
    [
      "a node of a cluster, which another rule judges",
      [cluster("c1"), host("hv0", { domain: "workgroup", cluster: "c1" }), host("hv1", { domain: "contoso.com" })],
    ],
  ],
  finds: [
    [
      "a host in a workgroup beside one in a domain",
      inDomains("Workgroup", "contoso.com", "workgroup", "fabrikam.com"),
      [
        "hv0: hv0 is in a workgroup, and other hosts are in the domain contoso.com.",
        "hv2: hv2 is in a workgroup, and other hosts are in the domain contoso.com.",
      ],
      {
        found: { value: "Workgroup" },
        limit: { bound: "not", value: "Workgroup" },
        source: "bpa-domain",
        advisory: true,
      },
    ],
    [
      "one beside a node of a cluster in a domain",
      [cluster("c1"), host("hv0", { domain: "contoso.com", cluster: "c1" }), host("hv1", { domain: "workgroup" })],
      "hv1: hv1 is in a workgroup, and other hosts are in the domain contoso.com.",
      { advisory: true },
    ],
  ],
  undecided: [
    [
      "a site that is not known",
      [host("hv0", { domain: "workgroup", site: UNKNOWN }), host("hv1", { domain: "contoso.com" })],
      "hv0: site is not known until deployment: not checked by host-domain.",
    ],
    [
      "a domain that is not known, on both hosts",
      inDomains("workgroup", UNKNOWN),
      "hv1: domain is not known until deployment: not checked by host-domain.",
    ],
  ],
});
