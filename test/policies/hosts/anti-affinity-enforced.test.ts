import { antiAffinityEnforced } from "../../../policies/hosts/anti-affinity-enforced";
import { cluster, host, mailbox, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const nodes = (count: number) =>
  Array.from({ length: count }, (_, at) => host(`hv${String(at + 1)}`, { cluster: "c1" }));

const machines = (count: number, name = "web") =>
  Array.from({ length: count }, (_, at) =>
    vm(`web${String(at + 1)}`, { cluster: "c1", antiAffinityClassNames: [at === 0 ? name.toUpperCase() : name] }),
  );

ruleTest(antiAffinityEnforced, {
  passes: [
    ["as many machines as nodes", [cluster("c1"), ...nodes(2), ...machines(2)]],
    ["machines of no class", [cluster("c1"), ...nodes(1), vm("a", { cluster: "c1" }), vm("b", { cluster: "c1" })]],
    [
      "a database availability group, of which exchange-dag-anti-affinity says it",
      [
        cluster("c1"),
        ...nodes(1),
        ...["ex1", "ex2"].map((name) =>
          mailbox(name, { cluster: "c1", antiAffinityClassNames: ["DAG1"] }, { databaseAvailabilityGroup: "DAG1" }),
        ),
      ],
    ],
    [
      "machines of two classes",
      [
        cluster("c1"),
        ...nodes(1),
        vm("a", { cluster: "c1", antiAffinityClassNames: ["x"] }),
        vm("b", { cluster: "c1", antiAffinityClassNames: ["y"] }),
      ],
    ],
  ],
  finds: [
    [
      "a machine more than nodes, which then runs beside another one",
      [cluster("c1"), ...nodes(2), ...machines(3)],
      "c1: c1 has 3 virtual machines of the anti-affinity class WEB (web1, web2 and web3) and 2 nodes: 1 of them runs beside another one.",
      {
        found: { value: 3, unit: "virtual machines" },
        limit: { bound: "atMost", value: 2, unit: "virtual machines" },
        fix: "Add 1 node, or take 1 virtual machine out of the class.",
        source: "cluster-affinity",
        advisory: true,
      },
    ],
    [
      "the same where the cluster enforces the class",
      [cluster("c1", { enforcedAntiAffinity: true }), ...nodes(1), ...machines(3)],
      "c1: c1 has 3 virtual machines of the anti-affinity class WEB (web1, web2 and web3) and 1 node: 2 of them stay off, since the cluster enforces the class.",
    ],
  ],
  undecided: [
    [
      "a property of the cluster that only the deployment knows",
      [cluster("c1", { enforcedAntiAffinity: UNKNOWN }), ...nodes(1), ...machines(2)],
      "c1: enforcedAntiAffinity is not known until deployment: not checked by anti-affinity-enforced.",
    ],
  ],
});
