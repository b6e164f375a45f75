import { namesUnique } from "../../../policies/guests/names-unique";
import { cluster, host, resource, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const hosts = [host("hv1"), host("hv2")];
const nodes = [cluster("c1"), host("n1", { cluster: "c1" }), host("n2", { cluster: "c1" })];

ruleTest(namesUnique, {
  passes: [
    ["two names on one host", [...hosts, vm("a", { host: "hv1" }), vm("b", { host: "hv1" })]],
    ["one name on two hosts", [...hosts, vm("a", { host: "hv1" }), vm("b", { name: "a", host: "hv2" })]],
    ["one machine that nobody knows the host of", [vm("a")]],
    [
      "names that are not known",
      [...hosts, vm("a", { host: "hv1", name: UNKNOWN }), vm("b", { host: "hv1", name: UNKNOWN })],
    ],
    [
      "a machine that a component only describes",
      [
        ...hosts,
        resource("hyperv:index/machineInstance:MachineInstance", "web", { name: "web", generation: 1 }),
        vm("facts", { name: "web", host: "hv1" }),
      ],
    ],
  ],
  finds: [
    [
      "two of one name on one host, in any case",
      [...hosts, vm("a", { name: "Web", host: "hv1" }), vm("b", { name: "web", host: "hv1" })],
      "b: web is the name of 2 virtual machines of hv1.",
      {
        found: { value: 2, unit: "virtual machines" },
        limit: { bound: "exactly", value: 1, unit: "virtual machines" },
      },
    ],
    [
      "two of one name in a cluster, one on the cluster and one on a node",
      [...nodes, vm("a", { name: "web", cluster: "c1" }), vm("b", { name: "web", host: "n2" })],
      "b: web is the name of 2 virtual machines of c1.",
    ],
    [
      "one finding for three",
      [...hosts, ...["a", "b", "c"].map((name) => vm(name, { name: "web", host: "hv2" }))],
      "c: web is the name of 3 virtual machines of hv2.",
      { found: { value: 3, unit: "virtual machines" } },
    ],
  ],
  undecided: [
    [
      "a host that is not known before the deployment",
      [...hosts, vm("a", { name: "web", host: "hv1" }), vm("b", { name: "web", host: UNKNOWN })],
      "b: host is not known until deployment: not checked by names-unique.",
    ],
    [
      "hosts that are not declared",
      [...hosts, vm("a", { name: "web", host: "hv1" }), vm("b", { name: "web" })],
      "b: host is not declared: not checked by names-unique.",
    ],
  ],
});
