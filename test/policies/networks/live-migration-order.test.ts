import assert from "node:assert/strict";
import type { Plain } from "../../../lib/estate/plain";
import { liveMigrationOrder as rule } from "../../../policies/networks/live-migration-order";
import { cluster, MALFORMED, UNKNOWN, vm } from "../../kit";
import { clusterWith, CSV, HEARTBEAT, ISCSI, MANAGEMENT, MIGRATION, said, SILENT } from "./networks";

const NETWORKS = [MANAGEMENT, CSV, MIGRATION, HEARTBEAT, ISCSI];

function ordered(names: string[], version?: string) {
  return said(rule, clusterWith(NETWORKS, version, { liveMigrationNetworks: names }));
}

describe("live-migration-order", () => {
  it("accepts networks without a default gateway first, and CSV and cluster traffic last", () => {
    for (const names of [
      ["Live Migration"],
      ["live migration", "MANAGEMENT", "csv"],
      ["Live Migration", "Heartbeat", "CSV"],
    ]) {
      assert.deepEqual(ordered(names), SILENT);
    }
    assert.deepEqual(said(rule, clusterWith(NETWORKS)), SILENT);
    assert.deepEqual(ordered([]), SILENT);
  });

  it("advises against any other order", () => {
    const finding = (problem: string) => ({
      findings: [`c1: c1 tries live migration over ${problem}`],
      undecided: [],
      advisory: ["c1"],
    });
    assert.deepEqual(
      ordered(["Management", "Live Migration"]),
      finding(
        '"Management", then "Live Migration": "Management" has a default gateway, and belongs behind the networks without.',
      ),
    );
    assert.deepEqual(
      ordered(["Live Migration", "CSV", "Management"]),
      finding(
        '"Live Migration", then "CSV", then "Management": "CSV" carries cluster and CSV traffic, and belongs last.',
      ),
    );
    assert.deepEqual(
      ordered(["Management"]),
      finding('"Management", and not over "Live Migration", which is declared for it.'),
    );
  });

  it("asks newer versions only for the network that is declared for it", () => {
    for (const version of ["Windows Server 2012", "Windows Server 2025"]) {
      assert.deepEqual(ordered(["Live Migration", "CSV", "Management"], version), SILENT);
      assert.deepEqual(ordered(["CSV", "Live Migration"], version).findings, [
        'c1: c1 tries live migration over "CSV", then "Live Migration": "CSV" comes before the network that is declared for live migration.',
      ]);
    }
  });

  it("advises against networks that live migration passes over", () => {
    assert.deepEqual(ordered(["Live Migration", "iSCSI"]).findings, [
      'c1: c1 lists "iSCSI" for live migration, a network on which cluster communication is not allowed.',
    ]);
  });

  it("stops different orders of one cluster", () => {
    const machine = (name: string, names: string[]) => vm(name, { cluster: "c1", liveMigrationNetworks: names });
    const orders = [
      machine("vm1", ["Live Migration", "CSV"]),
      machine("vm2", ["live migration", "csv"]),
      machine("vm3", ["Live Migration"]),
      vm("vm4", { cluster: "c1" }),
      vm("vm5", { host: "hv1", liveMigrationNetworks: ["Live Migration"] }),
    ];
    assert.deepEqual(said(rule, [...clusterWith(NETWORKS), ...orders]), {
      findings: [
        'vm3: vm3 declares live migration over "Live Migration", and vm1 over "Live Migration", then "CSV": the order is one setting of the whole cluster.',
        'vm5: vm5 declares live migration over "Live Migration", and vm1 over "Live Migration", then "CSV": the order is one setting of the whole cluster.',
      ],
      undecided: [],
      advisory: [],
    });
    const declared = clusterWith(NETWORKS, undefined, { liveMigrationNetworks: ["Live Migration"] });
    assert.deepEqual(
      said(rule, [...declared, ...orders]).findings.map((line) => line.slice(0, 3)),
      ["vm1", "vm2"],
    );
  });

  it("stops different orders also while that of the cluster or of another virtual machine is unknown", () => {
    const machine = (name: string, order: Plain) => vm(name, { cluster: "c1", liveMigrationNetworks: order });
    const differing = [machine("vm2", ["Live Migration", "CSV"]), machine("vm3", ["Live Migration"])];
    const findings = [
      'vm3: vm3 declares live migration over "Live Migration", and vm2 over "Live Migration", then "CSV": the order is one setting of the whole cluster.',
    ];
    const open = (place: string) => [`${place} is not known until deployment: not checked by live-migration-order.`];
    const unknown = clusterWith(NETWORKS, undefined, { liveMigrationNetworks: UNKNOWN });
    assert.deepEqual(said(rule, [...unknown, ...differing]), {
      findings,
      undecided: open("c1: liveMigrationNetworks"),
      advisory: [],
    });
    for (const [order, place] of [
      [UNKNOWN, "vm1: liveMigrationNetworks"],
      [["CSV", UNKNOWN], "vm1: liveMigrationNetworks[1]"],
    ] as const) {
      const resources = [...clusterWith(NETWORKS), machine("vm1", order), ...differing];
      assert.deepEqual(said(rule, resources), { findings, undecided: open(place), advisory: [] });
    }
    const last = [...clusterWith(NETWORKS), ...differing, machine("vm4", UNKNOWN)];
    assert.deepEqual(said(rule, last), { findings, undecided: open("vm4: liveMigrationNetworks"), advisory: [] });
  });

  it("follows nothing from a name that no network has", () => {
    assert.deepEqual(ordered(["Live Migratoin"]), SILENT);
    assert.deepEqual(ordered(["CSV", "Live Migratoin"]), SILENT);
    const machines = ["Live Migration", "Live Migratoin"].map((name) =>
      vm(name, { cluster: "c1", liveMigrationNetworks: [name] }),
    );
    assert.deepEqual(said(rule, [...clusterWith(NETWORKS), ...machines]), SILENT);
    const unnamed = clusterWith([{ ...MIGRATION, name: UNKNOWN }, CSV], undefined, { liveMigrationNetworks: ["LM"] });
    assert.deepEqual(said(rule, unnamed).undecided, [
      "c1: networks[0].name is not known until deployment: not checked by live-migration-order.",
    ]);
  });

  it("judges the order of the virtual machine that declares it, where the cluster does not", () => {
    const machine = vm("vm1", { cluster: "c1", liveMigrationNetworks: ["CSV", "Live Migration"] });
    assert.deepEqual(said(rule, [...clusterWith(NETWORKS), machine]).findings, [
      'vm1: vm1 tries live migration over "CSV", then "Live Migration": "CSV" carries cluster and CSV traffic, and belongs last.',
    ]);
  });

  it("says what cannot be decided, and leaves what is malformed to the estate rule", () => {
    assert.deepEqual(said(rule, [cluster("c1", { liveMigrationNetworks: ["A"] })]).undecided, [
      "c1: networks is not declared: not checked by live-migration-order.",
    ]);
    const undecided = (value: typeof UNKNOWN) =>
      said(rule, clusterWith(NETWORKS, undefined, { liveMigrationNetworks: value })).undecided;
    assert.deepEqual(undecided(UNKNOWN), [
      "c1: liveMigrationNetworks is not known until deployment: not checked by live-migration-order.",
    ]);
    for (const value of MALFORMED) {
      assert.deepEqual(said(rule, clusterWith(NETWORKS, undefined, { liveMigrationNetworks: value })), SILENT);
    }
  });
});
