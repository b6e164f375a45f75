import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { replicaSite } from "../../../policies/replica/replica-site";
import { cluster, host, judge, relationship, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";
import { both, replicated, sites } from "./replicated";

const FOUND = "r1: r1 is replicated within the site Sydney.";

/** A replica on hv2 that is replicated on to hv3. */
function extended(site: string, otherSite: string): readonly DeclaredResource[] {
  return replicated({
    ...sites("Sydney", otherSite),
    more: [
      host("hv3", { operatingSystem: "Windows Server 2016", site }),
      relationship("r2", { virtualMachine: "vm1", primary: "hv2", replica: "hv3" }),
    ],
  });
}

/** A replica on a cluster with nodes at two sites, or at one. */
function stretched(site: string): readonly DeclaredResource[] {
  return replicated({
    ...sites("Sydney"),
    settings: { replica: "c1" },
    more: [
      cluster("c1", { replicaBroker: "b1" }),
      host("hv3", { cluster: "c1", site: "Sydney" }),
      host("hv4", { cluster: "c1", site }),
    ],
  });
}

ruleTest(replicaSite, {
  passes: [
    ["another site", replicated(sites("Sydney", "Perth"))],
    ["a replica server without a site", replicated(sites("Sydney"))],
    ["no sites", replicated()],
    ["a replica that is extended to another site", extended("Perth", "Sydney")],
    ["an extension within the other site", extended("Perth", "Perth")],
    ["an extension back to the first site", extended("Sydney", "Perth")],
    ["a cluster that spans sites", stretched("Perth")],
    [
      "Twice: a replica on the primary server itself, which replica-supported reports",
      replicated({ ...sites("Sydney", "Sydney"), settings: { replica: "hv1" } }),
    ],
    [
      "a replica in the cluster of the primary server, which replica-supported reports",
      replicated({
        primary: { site: "Sydney", cluster: "c1" },
        replica: { site: "Sydney", cluster: "c1" },
        more: [cluster("c1", { replicaBroker: "b1" })],
      }),
    ],
  ],
  finds: [
    [
      "one site",
      replicated(sites("Sydney", "SYDNEY")),
      FOUND,
      {
        found: { value: "Sydney" },
        limit: { bound: "not", value: "Sydney" },
        fix: "Replicate to a server at another site, or extend the replication to one.",
      },
    ],
    ["a replica that is extended within the site", extended("Sydney", "Sydney"), FOUND],
    ["a cluster within the site", stretched("Sydney"), FOUND],
  ],
  undecided: [
    [
      "an unknown site",
      replicated(sites("Sydney", UNKNOWN)),
      "hv2: site is not known until deployment: not checked by replica-site.",
    ],
  ],
});

describe("replica-site", () => {
  it("does not advise to extend a replication where that is not possible", () => {
    const fixOf = (resources: readonly DeclaredResource[]) => judge(replicaSite, resources).violations[0]?.fix;
    const { primary, replica } = both("Windows Server 2012");
    const old = { primary: { ...primary, site: "Sydney" }, replica: { ...replica, site: "Sydney" } };
    assert.equal(fixOf(replicated(old)), undefined);
    assert.equal(fixOf(extended("Sydney", "Sydney")), undefined);
  });
});
