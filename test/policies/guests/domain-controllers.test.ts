import type { PlainObject } from "../../../lib/estate/plain";
import { domainControllers } from "../../../policies/guests/domain-controllers";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

/** A domain controller as it should be. */
function controller(name: string, properties: PlainObject = {}) {
  return vm(name, {
    role: ["domain controller"],
    checkpoints: "disabled",
    integrationServices: { timeSynchronization: false },
    ...properties,
  });
}

const hosts = [host("hv1"), host("hv2")];
const pair = [...hosts, controller("dc1", { host: "hv1" }), controller("dc2", { host: "hv2" })];
const nodes = (domain?: string) => [
  cluster("c1"),
  ...["n1", "n2"].map((name) => host(name, { cluster: "c1", ...(domain === undefined ? {} : { domain }) })),
];
const inCluster = [controller("dc1", { cluster: "c1" }), controller("dc2", { cluster: "c1" })];
const SECOND = "is the only domain controller that is declared.";

ruleTest(domainControllers, {
  passes: [
    ["two on two hosts", pair],
    ["an estate without one", [...hosts, vm("web", { host: "hv1", role: ["web server"], checkpoints: "standard" })]],
    ["two in the cluster of a workgroup", [...nodes("workgroup"), ...inCluster]],
    [
      "one in a cluster and one outside of it",
      [...hosts, ...nodes("contoso.com"), controller("dc1", { cluster: "c1" }), controller("dc2", { host: "hv1" })],
    ],
    [
      "one of a name that means it",
      [
        ...hosts,
        controller("dc1", { host: "hv1", role: ["AD DS", "DNS"] }),
        controller("dc2", { host: "hv2", role: ["RODC"] }),
      ],
    ],
    ["a role that is malformed", [...hosts, vm("dc1", { host: "hv1", role: 7 })]],
  ],
  finds: [
    [
      "one alone",
      [...hosts, controller("dc1", { host: "hv1" })],
      `dc1: dc1 ${SECOND}`,
      {
        found: { value: 1, unit: "virtual machines" },
        limit: { bound: "atLeast", value: 2, unit: "virtual machines" },
        source: "virtual-domain-controllers",
      },
    ],
    [
      "one in each of two domains",
      [...hosts, controller("dc1", { host: "hv1", group: "A" }), controller("dc2", { host: "hv2", group: "B" })],
      [`dc1: dc1 ${SECOND}`, `dc2: dc2 ${SECOND}`],
    ],
    [
      "two on one host",
      [...hosts, controller("dc1", { host: "hv1" }), controller("dc2", { host: "hv1" })],
      "dc2: dc2 runs on hv1, as the other domain controller.",
      { found: { value: 1, unit: "hosts" }, limit: { bound: "atLeast", value: 2, unit: "hosts" } },
    ],
    [
      "three on one host, once",
      [...hosts, ...["dc1", "dc2", "dc3"].map((name) => controller(name, { host: "hv1" }))],
      "dc3: dc3 runs on hv1, as all 3 domain controllers.",
    ],
    [
      "all in the cluster that is a member of the domain, by advice",
      [...nodes("contoso.com"), ...inCluster],
      "dc2: dc2 runs in c1, as the other domain controller, and the nodes of c1 are members of a domain.",
      { advisory: true },
    ],
    [
      "checkpoints",
      [...pair.slice(0, 3), controller("dc2", { host: "hv2", checkpoints: "production" })],
      "dc2: dc2 is a domain controller and allows checkpoints (production).",
      { change: { path: "checkpoints", value: "disabled" } },
    ],
    [
      "the time of the host",
      [...pair.slice(0, 3), controller("dc2", { host: "hv2", integrationServices: { timeSynchronization: true } })],
      "dc2: dc2 is a domain controller and takes the time of its host.",
      { change: { path: "integrationServices.timeSynchronization", value: false } },
    ],
    [
      "a differencing disk",
      [
        ...pair.slice(0, 3),
        controller("dc2", {
          host: "hv2",
          disks: [{ name: "os", purpose: "operatingSystem", type: "differencing", sizeGB: 60 }],
        }),
      ],
      'dc2: dc2 is a domain controller and has the differencing disk "os".',
    ],
  ],
  undecided: [
    [
      "the host of one is not known before the deployment",
      [...hosts, controller("dc1", { host: "hv1" }), controller("dc2", { host: UNKNOWN })],
      "dc2: host is not known until deployment: not checked by domain-controllers.",
    ],
    [
      "whether the guest takes the time of the host",
      [...pair.slice(0, 3), controller("dc2", { host: "hv2", integrationServices: undefined })],
      "dc2: integrationServices is not declared: not checked by domain-controllers.",
    ],
    [
      "checkpoints that are not known",
      [...pair.slice(0, 3), controller("dc2", { host: "hv2", checkpoints: UNKNOWN })],
      "dc2: checkpoints is not known until deployment: not checked by domain-controllers.",
    ],
  ],
});
