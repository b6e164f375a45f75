import assert from "node:assert/strict";
import { hostNetworkRoles } from "../../../policies/networks/host-network-roles";
import { liveMigrationNetwork as rule } from "../../../policies/networks/live-migration-network";
import { MALFORMED, UNKNOWN } from "../../kit";
import { FOLLOWED, NOT_RECOMMENDED, SEPARATE } from "./model/layouts";
import { adapter, clusterWith, network, node, nodeWith, said, SILENT } from "./networks";

describe("live-migration-network", () => {
  for (const [id, adapters] of FOLLOWED) {
    it(`accepts ${id}`, () => {
      assert.deepEqual(said(rule, node(adapters)), SILENT);
    });
  }

  for (const [id, adapters] of NOT_RECOMMENDED) {
    it(`advises against ${id}, by its name`, () => {
      const { findings, advisory } = said(rule, node(adapters));
      assert.deepEqual(advisory, ["hv1"]);
      assert.match(
        findings.join(),
        /^hv1: hv1 uses "NIC \d" for live migration and for cluster communication and Cluster Shared Volumes\. That is (two|three|one) adapters? of .*, which Microsoft does not recommend; the nearest network layout that it does is three adapters of 1 Gbps \(supported\)\.$/,
      );
    });
  }

  it("finds an adapter that is shared in no layout", () => {
    assert.deepEqual(said(rule, node("virtualMachines+liveMigration 1; management 1; cluster 1")), {
      findings: [
        'hv1: hv1 uses "NIC 1" for live migration and for virtual machines. The nearest documented network layout is four adapters of 1 Gbps (recommended).',
      ],
      undecided: [],
      advisory: ["hv1"],
    });
  });

  it("says nothing of a shared adapter that host-network-roles lists with what else is missing", () => {
    const shared = node("virtualMachines+liveMigration 1; cluster 1");
    assert.deepEqual(said(rule, shared), SILENT);
    assert.match(
      said(hostNetworkRoles, shared).findings.join(),
      /an adapter for management; an adapter of its own for live migration, which now shares "NIC 1" with virtual machines/,
    );
  });

  it("accepts virtual adapters on one switch from Windows Server 2012 on, and not one adapter for two purposes", () => {
    const operatingSystem = "Windows Server 2019";
    const virtual = (name: string, purpose: string) => adapter(name, purpose, { virtualSwitch: "S" });
    const virtualSwitches = [{ name: "S", type: "external", networkAdapters: ["NIC 1", "NIC 2"] }];
    const own = [virtual("Migration", "liveMigration"), virtual("Cluster", "cluster")];
    assert.deepEqual(said(rule, nodeWith(own, { operatingSystem, virtualSwitches })), SILENT);
    const both = [virtual("Both", "liveMigration"), virtual("Both", "cluster")];
    assert.deepEqual(said(rule, nodeWith(both, { operatingSystem, virtualSwitches })), {
      findings: [
        'hv1: hv1 uses one adapter of the virtual switch "S" for live migration and for cluster communication.',
      ],
      undecided: [],
      advisory: ["hv1"],
    });
  });

  it("stops less than 1 Gbps, of adapters and of cluster networks", () => {
    for (const operatingSystem of ["Windows Server 2008 R2", "Windows Server 2022"]) {
      const slow = nodeWith([adapter("NIC 1", "liveMigration", { speedMbps: 999 })], { operatingSystem });
      assert.deepEqual(said(rule, slow), {
        findings: ['hv1: hv1 has "NIC 1" for live migration, with 999 Mbps. It takes 1 Gbps or more.'],
        undecided: [],
        advisory: [],
      });
      const networks = (speedMbps: number) =>
        clusterWith([network("LM", "liveMigration", "cluster", { speedMbps })], operatingSystem);
      assert.deepEqual(said(rule, networks(1000)), SILENT);
      assert.deepEqual(said(rule, networks(100)).findings, [
        'c1: c1 has the network "LM" for live migration, with 100 Mbps. It takes 1 Gbps or more.',
      ]);
    }
  });

  it("has nothing to say of what does not live migrate", () => {
    const old = { operatingSystem: "Windows Server 2008 SP2" };
    assert.deepEqual(said(rule, nodeWith([adapter("NIC 1", "liveMigration", { speedMbps: 100 })], old)), SILENT);
    assert.deepEqual(said(rule, nodeWith([adapter("NIC 1", "management", { speedMbps: 100 })])), SILENT);
    assert.deepEqual(said(rule, nodeWith([])), SILENT);
  });

  it("says what cannot be decided, and leaves what is malformed to the estate rule", () => {
    const slow = [adapter("NIC 1", "liveMigration", { speedMbps: UNKNOWN })];
    assert.deepEqual(said(rule, nodeWith(slow)).undecided, [
      "hv1: networkAdapters[0].speedMbps is not known until deployment: not checked by live-migration-network.",
    ]);
    for (const value of MALFORMED) {
      assert.deepEqual(said(rule, nodeWith([adapter("NIC 1", "liveMigration", { speedMbps: value })])), SILENT);
      assert.deepEqual(said(rule, node(SEPARATE, { operatingSystem: value })), SILENT);
    }
  });
});
