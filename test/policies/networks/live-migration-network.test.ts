import assert from "node:assert/strict";
import { hostNetworkRoles } from "../../../policies/networks/host-network-roles";
import { liveMigrationNetwork } from "../../../policies/networks/live-migration-network";
import { judge, MALFORMED, UNKNOWN } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";
import { FOLLOWED, NOT_RECOMMENDED, SEPARATE } from "./model/layouts";
import { adapter, clusterWith, network, node, nodeWith } from "./networks";

const VERSIONS = ["Windows Server 2008 R2", "Windows Server 2022"];
const SHARED_WITH_MORE_MISSING = node("virtualMachines+liveMigration 1; cluster 1");
const NEAREST = "the nearest other layout needs three adapters of 1 Gbps (supported)";
const TITLES: Readonly<Record<string, string>> = {
  "two-1-gbps": "two adapters of 1 Gbps",
  "three-1-gbps-public-team": "three adapters of 1 Gbps, two of them teamed for the public link",
  "one-10-gbps-one-1-gbps": "one adapter of 10 Gbps and one of 1 Gbps",
};

function slow(operatingSystem: string) {
  return nodeWith([adapter("NIC 1", "liveMigration", { speedMbps: 999 })], { operatingSystem });
}

function slowNetwork(speedMbps: number, operatingSystem: string) {
  return clusterWith([network("LM", "liveMigration", "cluster", { speedMbps })], operatingSystem);
}

/** Virtual adapters on one switch. */
function virtual(adapters: readonly (readonly [name: string, purpose: string])[], properties = {}) {
  const virtualSwitches = [{ name: "S", type: "external", networkAdapters: ["NIC 1", "NIC 2"] }];
  return nodeWith(
    adapters.map(([name, purpose]) => adapter(name, purpose, { virtualSwitch: "S", ...properties })),
    { operatingSystem: "Windows Server 2019", virtualSwitches },
  );
}

ruleTest(liveMigrationNetwork, {
  passes: [
    ...FOLLOWED.map(([id, adapters]): Passes => [id, node(adapters)]),
    ["a shared adapter that host-network-roles lists with what else is missing", SHARED_WITH_MORE_MISSING],
    [
      "virtual adapters on one switch, from Windows Server 2012 on",
      virtual([
        ["Migration", "liveMigration"],
        ["Cluster", "cluster"],
      ]),
    ],
    ...VERSIONS.map((version): Passes => [`a cluster network of 1 Gbps on ${version}`, slowNetwork(1000, version)]),
    [
      "Windows Server 2008, which does not live migrate",
      nodeWith([adapter("NIC 1", "liveMigration", { speedMbps: 100 })], { operatingSystem: "Windows Server 2008 SP2" }),
    ],
    ["a slow adapter for something else", nodeWith([adapter("NIC 1", "management", { speedMbps: 100 })])],
    ["no adapters", nodeWith([])],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [
        `${JSON.stringify(value)} as a speed, which the estate rule reports`,
        nodeWith([adapter("NIC 1", "liveMigration", { speedMbps: value })]),
      ],
      [
        `${JSON.stringify(value)} as a version, which the estate rule reports`,
        node(SEPARATE, { operatingSystem: value }),
      ],
    ]),
  ],
  finds: [
    ...NOT_RECOMMENDED.map(([id, adapters]): Finds => [
      `${id}, by its name`,
      node(adapters),
      `hv1: hv1 uses "NIC ${id === "three-1-gbps-public-team" ? "3" : "2"}" for live migration and for cluster communication and Cluster Shared Volumes. ` +
        `The network layout "${TITLES[id] ?? ""}" has that, but Microsoft does not recommend it; ${NEAREST}.`,
      { source: "live-migration-guide-2008-r2", advisory: true },
    ]),
    [
      "an adapter that is shared in no layout",
      node("virtualMachines+liveMigration 1; management 1; cluster 1"),
      'hv1: hv1 uses "NIC 1" for live migration and for virtual machines. The nearest documented network layout needs four adapters of 1 Gbps (recommended).',
      {
        found: { value: ["virtual machines", "live migration"], unit: "kinds of traffic" },
        limit: { bound: "exactly", value: "live migration" },
        fix: 'To match that layout, give hv1 an adapter of its own for live migration, which now shares "NIC 1" with virtual machines.',
        source: "live-migration-guide-2008-r2",
        advisory: true,
      },
    ],
    [
      "an adapter below a virtual switch that is shared by default",
      node("liveMigration 1; cluster 1; virtualMachines 1", {
        virtualSwitches: [{ name: "LAN", type: "external", networkAdapters: ["NIC 1"] }],
      }),
      'hv1: hv1 uses "NIC 1" for live migration and for management (by default). The nearest documented network layout needs four adapters of 1 Gbps (recommended).',
    ],
    [
      "one virtual adapter for two purposes",
      virtual([
        ["Both", "liveMigration"],
        ["both", "cluster"],
      ]),
      'hv1: hv1 uses "Both" of the virtual switch "S" for live migration and for cluster communication.',
      {
        found: { value: ["live migration", "cluster communication"], unit: "kinds of traffic" },
        limit: { bound: "exactly", value: "live migration" },
        fix: "Give live migration an adapter of its own, physical or virtual, in a VLAN of its own.",
        source: "network-recommendations-2025",
        advisory: true,
      },
    ],
    [
      "one virtual adapter for two purposes with a weight, which a new one needs too",
      virtual(
        [
          ["Both", "liveMigration"],
          ["Both", "cluster"],
        ],
        { minimumBandwidthWeight: 40 },
      ),
      'hv1: hv1 uses "Both" of the virtual switch "S" for live migration and for cluster communication.',
      {
        fix:
          "Give live migration an adapter of its own, physical or virtual, in a VLAN of its own; " +
          "a virtual one needs a minimumBandwidthWeight, as the others on its virtual switch have.",
      },
    ],
    [
      "one physical adapter for two purposes",
      nodeWith([adapter("NIC 1", "management"), adapter("NIC 1", "liveMigration")], {
        operatingSystem: "Windows Server 2022",
      }),
      'hv1: hv1 uses "NIC 1" for live migration and for management.',
    ],
    ...VERSIONS.flatMap((version): readonly Finds[] => [
      [
        `an adapter of less than 1 Gbps on ${version}`,
        slow(version),
        'hv1: hv1 has "NIC 1" with 999 Mbps for live migration, which needs 1 Gbps or more.',
        {
          found: { value: 999, unit: "Mbps" },
          limit: { bound: "atLeast", value: 1000, unit: "Mbps" },
          fix: "Use a link of 1 Gbps or more for live migration: adapters and switch ports.",
          source: version === "Windows Server 2022" ? "bpa-2016" : "live-migration-guide-2008-r2",
          advisory: false,
        },
      ],
      [
        `a cluster network of less than 1 Gbps on ${version}`,
        slowNetwork(100, version),
        'c1: c1 has the network "LM" with 100 Mbps for live migration, which needs 1 Gbps or more.',
        { advisory: false },
      ],
    ]),
  ],
  undecided: [
    [
      "a speed that is not known",
      nodeWith([adapter("NIC 1", "liveMigration", { speedMbps: UNKNOWN })]),
      "hv1: networkAdapters[0].speedMbps is not known until deployment: not checked by live-migration-network.",
    ],
  ],
});

describe("live-migration-network and host-network-roles", () => {
  it("report a shared adapter once, with what else is missing", () => {
    assert.match(
      judge(hostNetworkRoles, SHARED_WITH_MORE_MISSING).findings.join(),
      /an adapter for management; an adapter of its own for live migration, which now shares "NIC 1" with virtual machines/,
    );
    assert.deepEqual(judge(liveMigrationNetwork, SHARED_WITH_MORE_MISSING).findings, []);
  });
});
