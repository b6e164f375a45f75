import assert from "node:assert/strict";
import type { Plain } from "../../../lib/estate/plain";
import { clusterNetworkUse } from "../../../policies/networks/cluster-network-use";
import { liveMigrationOrder } from "../../../policies/networks/live-migration-order";
import { cluster, judge, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";
import { clusterWith, CSV, HEARTBEAT, ISCSI, MANAGEMENT, MIGRATION } from "./networks";

const NETWORKS = [MANAGEMENT, CSV, MIGRATION, HEARTBEAT, ISCSI];
const NEWER = ["Windows Server 2012", "Windows Server 2025"];

function ordered(liveMigrationNetworks: Plain, version?: string, networks = NETWORKS) {
  return clusterWith(networks, version, { liveMigrationNetworks });
}

function machine(name: string, liveMigrationNetworks: Plain, place: "cluster" | "host" = "cluster") {
  return vm(name, { [place]: place === "cluster" ? "c1" : "hv1", liveMigrationNetworks });
}

const MACHINES = [
  machine("vm1", ["Live Migration", "CSV"]),
  machine("vm2", ["live migration", "csv"]),
  machine("vm3", ["Live Migration"]),
  vm("vm4", { cluster: "c1" }),
  machine("vm5", ["Live Migration"], "host"),
];
const DIFFERING = [machine("vm2", ["Live Migration", "CSV"]), machine("vm3", ["Live Migration"])];
const CLOSED_MIGRATION = [MANAGEMENT, CSV, { ...MIGRATION, role: "none" }, HEARTBEAT];

/** Two machines with names that contradict each other where both are networks. */
const WITH_STRAY = ["Live Migration", "Live Migratoin"].map((name) => machine(name, [name]));

function contradicts(one: string, names: string, first: string, firstNames: string): string {
  return `${one}: ${one} declares live migration over ${names}, and ${first} over ${firstNames}: the order is one setting of the whole cluster.`;
}

const LATER_CONTRADICTS = contradicts("vm3", '"Live Migration"', "vm2", '"Live Migration", then "CSV"');

function unknown(place: string): string {
  return `${place} is not known until deployment: not checked by live-migration-order.`;
}

ruleTest(liveMigrationOrder, {
  passes: [
    [
      "Twice: an open storage network in the order, which cluster-network-use reports",
      clusterWith([MANAGEMENT, CSV, MIGRATION, { ...ISCSI, role: "cluster" }], "Windows Server 2008 R2", {
        liveMigrationNetworks: ["iSCSI", "Live Migration"],
      }),
    ],
    ...([CSV, MIGRATION] as const).map((closed): Passes => [
      `Twice: the closed network "${closed["name"] === "CSV" ? "CSV" : "Live Migration"}" in the order, which cluster-network-use reports`,
      clusterWith(
        [MANAGEMENT, HEARTBEAT, ...[CSV, MIGRATION].map((one) => (one === closed ? { ...one, role: "none" } : one))],
        "Windows Server 2008 R2",
        { liveMigrationNetworks: ["Live Migration", "CSV"] },
      ),
    ]),
    ...[["Live Migration"], ["live migration", "MANAGEMENT", "csv"], ["Live Migration", "Heartbeat", "CSV"]].map(
      (names): Passes => [names.join(", then "), ordered(names)],
    ),
    ["no order", clusterWith(NETWORKS)],
    ["an empty order", ordered([])],
    ...NEWER.map((version): Passes => [
      `any order behind the network for live migration on ${version}`,
      ordered(["Live Migration", "CSV", "Management"], version),
    ]),
    [
      "a closed network for live migration that is listed, which cluster-network-use reports",
      ordered(["Live Migration"], undefined, CLOSED_MIGRATION),
    ],
    [
      "a closed CSV network that is listed, which cluster-network-use reports",
      ordered(["Live Migration", "CSV"], undefined, [MANAGEMENT, { ...CSV, role: "none" }, MIGRATION, HEARTBEAT]),
    ],
    ["a name that no network has, from which nothing follows", ordered(["Live Migratoin"])],
    ["such a name in an order", ordered(["CSV", "Live Migratoin"])],
    ["such a name in one of two orders", [...clusterWith(NETWORKS), ...WITH_STRAY]],
    ...MALFORMED.map((value): Passes => [
      `${JSON.stringify(value)} as an order, which the estate rule reports`,
      ordered(value),
    ]),
  ],
  finds: [
    [
      "a network with a default gateway before one without",
      ordered(["Management", "Live Migration"]),
      'c1: c1 tries live migration over "Management", then "Live Migration": "Management" has a default gateway, and belongs behind the networks without.',
      {
        found: { value: ["Management", "Live Migration"], unit: "networks" },
        limit: { bound: "exactly", value: ["Live Migration", "Management"], unit: "networks" },
        change: { path: "liveMigrationNetworks", value: ["Live Migration", "Management"] },
        fix: 'Set liveMigrationNetworks of c1 to "Live Migration", then "Management".',
        source: "network-design-2011",
        advisory: true,
      },
    ],
    [
      "cluster and CSV traffic before another network",
      ordered(["Live Migration", "CSV", "Management"]),
      'c1: c1 tries live migration over "Live Migration", then "CSV", then "Management": "CSV" carries cluster and CSV traffic, and belongs last.',
      { advisory: true },
    ],
    [
      "an order without the network that is declared for it",
      ordered(["Management"]),
      'c1: c1 tries live migration over "Management", and not over "Live Migration", which is declared for it.',
      {
        found: { value: ["Management"], unit: "networks" },
        limit: { bound: "oneOf", value: ["Live Migration"], unit: "networks" },
        change: { path: "liveMigrationNetworks", value: ["Live Migration", "Management"] },
        fix: 'Set liveMigrationNetworks of c1 to "Live Migration", then "Management".',
        source: "live-migration-guide-2008-r2",
        advisory: true,
      },
    ],
    [
      "several mistakes in one order, with one fix",
      ordered(["CSV", "iSCSI", "Management"]),
      [
        'c1: c1 lists "iSCSI" for live migration, a network on which cluster communication is not allowed.',
        'c1: c1 tries live migration over "CSV", then "Management": "CSV" carries cluster and CSV traffic, and belongs last.',
        'c1: c1 tries live migration over "CSV", then "iSCSI", then "Management", and not over "Live Migration", which is declared for it.',
      ],
      { change: { path: "liveMigrationNetworks", value: ["Live Migration", "Management", "CSV"] } },
    ],
    ...NEWER.map((version): Finds => [
      `a network before the one that is declared for it on ${version}`,
      ordered(["CSV", "Live Migration"], version),
      'c1: c1 tries live migration over "CSV", then "Live Migration": "CSV" comes before the network that is declared for live migration.',
    ]),
    [
      "a network that live migration passes over",
      ordered(["Live Migration", "iSCSI"]),
      'c1: c1 lists "iSCSI" for live migration, a network on which cluster communication is not allowed.',
      {
        found: { value: ["iSCSI"], unit: "networks" },
        limit: { bound: "noneOf", value: ["iSCSI"], unit: "networks" },
        change: { path: "liveMigrationNetworks", value: ["Live Migration"] },
        fix: 'Set liveMigrationNetworks of c1 to "Live Migration".',
        source: "network-prioritization-2011",
        advisory: true,
      },
    ],
    [
      "a network that live migration passes over beside a name that no network has",
      ordered(["iSCSI", "Live Migratoin"]),
      'c1: c1 lists "iSCSI" for live migration, a network on which cluster communication is not allowed.',
      { fix: 'Remove "iSCSI" from liveMigrationNetworks.' },
    ],
    [
      "different orders of one cluster",
      [...clusterWith(NETWORKS), ...MACHINES],
      [
        contradicts("vm3", '"Live Migration"', "vm1", '"Live Migration", then "CSV"'),
        contradicts("vm5", '"Live Migration"', "vm1", '"Live Migration", then "CSV"'),
      ],
      {
        found: { value: ["Live Migration"], unit: "networks" },
        limit: { bound: "exactly", value: ["Live Migration", "CSV"], unit: "networks" },
        change: { path: "liveMigrationNetworks", value: ["Live Migration", "CSV"] },
        fix: "Declare the order once, as liveMigrationNetworks of the cluster, and remove it from the virtual machines.",
        source: "network-design-2011",
        advisory: false,
      },
    ],
    [
      "orders other than that of the cluster",
      [...ordered(["Live Migration"]), ...MACHINES],
      [
        contradicts("vm1", '"Live Migration", then "CSV"', "c1", '"Live Migration"'),
        contradicts("vm2", '"live migration", then "csv"', "c1", '"Live Migration"'),
      ],
      { fix: "Remove liveMigrationNetworks from vm1: c1 declares the order." },
    ],
    [
      "different orders while that of the cluster is not known",
      [...ordered(UNKNOWN), ...DIFFERING],
      LATER_CONTRADICTS,
      { undecided: [unknown("c1: liveMigrationNetworks")], advisory: false },
    ],
    [
      "different orders while that of the first machine is not known",
      [...clusterWith(NETWORKS), machine("vm1", UNKNOWN), ...DIFFERING],
      LATER_CONTRADICTS,
      { undecided: [unknown("vm1: liveMigrationNetworks")] },
    ],
    [
      "different orders while a name of the first machine is not known",
      [...clusterWith(NETWORKS), machine("vm1", ["CSV", UNKNOWN]), ...DIFFERING],
      LATER_CONTRADICTS,
      { undecided: [unknown("vm1: liveMigrationNetworks[1]")] },
    ],
    [
      "different orders while that of the last machine is not known",
      [...clusterWith(NETWORKS), ...DIFFERING, machine("vm4", UNKNOWN)],
      LATER_CONTRADICTS,
      { undecided: [unknown("vm4: liveMigrationNetworks")] },
    ],
    [
      "the order of a virtual machine, where the cluster declares none",
      [...clusterWith(NETWORKS), machine("vm1", ["CSV", "Live Migration"])],
      'vm1: vm1 tries live migration over "CSV", then "Live Migration": "CSV" carries cluster and CSV traffic, and belongs last.',
      { change: { path: "liveMigrationNetworks", value: ["Live Migration", "CSV"] } },
    ],
    [
      "the same order of two virtual machines, which would contradict each other if one changed",
      [...clusterWith(NETWORKS), machine("vm1", ["CSV", "Live Migration"]), machine("vm2", ["CSV", "Live Migration"])],
      'vm1: vm1 tries live migration over "CSV", then "Live Migration": "CSV" carries cluster and CSV traffic, and belongs last.',
      { fix: 'Set liveMigrationNetworks of vm1 and vm2 to "Live Migration", then "CSV".' },
    ],
  ],
  undecided: [
    [
      "an order of a cluster that declares no networks",
      [cluster("c1", { liveMigrationNetworks: ["A"] })],
      "c1: networks is not declared: not checked by live-migration-order.",
    ],
    ["an order that is not known", ordered(UNKNOWN), unknown("c1: liveMigrationNetworks")],
    [
      "a network whose name is not known, which may be the one that is meant",
      ordered(["LM"], undefined, [{ ...MIGRATION, name: UNKNOWN }, CSV]),
      unknown("c1: networks[0].name"),
    ],
  ],
});

describe("live-migration-order and cluster-network-use", () => {
  it("report a closed network for live migration once", () => {
    assert.deepEqual(judge(clusterNetworkUse, ordered(["Live Migration"], undefined, CLOSED_MIGRATION)).findings, [
      'c1: c1 does not allow cluster communication on "Live Migration", its network for live migration.',
    ]);
  });
});
