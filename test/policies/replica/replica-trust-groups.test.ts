import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { replicaTrustGroups } from "../../../policies/replica/replica-trust-groups";
import { cluster, host, relationship, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";
import { R2, replicated } from "./replicated";

/** A second replication to hv2. */
function second(primary: string, settings: PlainObject = {}): readonly DeclaredResource[] {
  return [
    host("hv3", { operatingSystem: R2, cluster: primary === "c1" ? "c1" : undefined }),
    vm("vm2", primary === "c1" ? { cluster: "c1" } : { host: primary }),
    relationship("r2", { virtualMachine: "vm2", primary, replica: "hv2", ...settings }),
  ];
}

const OWN = { trustGroup: "G" };

ruleTest(replicaTrustGroups, {
  passes: [
    ["groups of their own", replicated({ settings: OWN, more: second("hv3", { trustGroup: "H" }) })],
    ["one primary server", replicated({ settings: OWN, more: second("hv1", OWN) })],
    ["groups that nobody declares", replicated({ more: second("hv3") })],
    [
      "a cluster, which is one primary server",
      replicated({
        more: [
          cluster("c1", { replicaBroker: "b1" }),
          ...second("c1", OWN),
          vm("vm3", { cluster: "c1" }),
          relationship("r3", { virtualMachine: "vm3", primary: "c1", replica: "hv2", ...OWN }),
        ],
      }),
    ],
  ],
  finds: [
    [
      "two primary servers in one trust group of a replica server",
      replicated({ settings: OWN, more: second("hv3", { trustGroup: "g" }) }),
      'r2: r2 is replicated from hv3 to hv2 in the trust group "g", and so is r1 from hv1.',
      { found: { value: "g" }, limit: { bound: "not", value: "g" }, source: "bpa-2012" },
    ],
  ],
  undecided: [
    [
      "an unknown group",
      replicated({ settings: { trustGroup: UNKNOWN } }),
      "r1: trustGroup is not known until deployment: not checked by replica-trust-groups.",
    ],
  ],
});
