import { groupSpread } from "../../../policies/guests/group-spread";
import { cluster, host, mailbox, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const HOSTS = [host("hv1"), host("hv2")];
const CLUSTER = [cluster("c1"), host("hv1", { cluster: "c1" }), host("hv2", { cluster: "c1" })];

function member(name: string, more: object = {}) {
  return vm(name, { group: "web", ...more });
}

const KEPT_APART = { cluster: "c1", antiAffinityClassNames: ["web"] };

ruleTest(groupSpread, {
  passes: [
    ["members on two hosts", [...HOSTS, member("a", { host: "hv1" }), member("b", { host: "hv2" })]],
    [
      "three members on two hosts",
      [...HOSTS, member("a", { host: "hv1" }), member("b", { host: "hv1" }), member("c", { host: "hv2" })],
    ],
    ["members that a class name keeps apart", [...CLUSTER, member("a", KEPT_APART), member("b", KEPT_APART)]],
    ["one member", [...HOSTS, member("a", { host: "hv1" })]],
    ["machines of two groups", [...HOSTS, member("a", { host: "hv1" }), vm("b", { host: "hv1", group: "sql" })]],
    [
      "members of one database availability group, which other rules judge",
      [
        ...HOSTS,
        mailbox("a", { host: "hv1", group: "web" }, { databaseAvailabilityGroup: "DAG1" }),
        mailbox("b", { host: "hv1", group: "web" }, { databaseAvailabilityGroup: "dag1" }),
      ],
    ],
  ],
  finds: [
    [
      "all members on one host",
      [...HOSTS, member("a", { host: "hv1" }), member("b", { host: "hv1", group: "WEB" })],
      "b: b is on the same host hv1 as a: these are all 2 members of the group web.",
      { found: { value: 2, unit: "members" }, fix: "Move b from hv1 to another host." },
    ],
    [
      "members that may come to run on one node",
      [...CLUSTER, member("a", { cluster: "c1" }), member("b", { cluster: "c1" })],
      "b: b may come to run on the same node of the cluster c1 as a: nothing keeps apart all 2 members of the group web.",
      { fix: "Give a and b a common anti-affinity class name (antiAffinityClassNames)." },
    ],
  ],
  undecided: [
    [
      "a group that only the deployment knows",
      [...HOSTS, member("a", { host: "hv1", group: UNKNOWN })],
      "a: group is not known until deployment: not checked by group-spread.",
    ],
    [
      "a host that only the deployment knows",
      [...HOSTS, member("a", { host: "hv1" }), member("b", { host: UNKNOWN })],
      "b: host is not known until deployment: not checked by group-spread.",
    ],
    [
      "a member without a place",
      [...HOSTS, member("a", { host: "hv1" }), member("b")],
      "b: host is not declared: not checked by group-spread.",
    ],
  ],
});
