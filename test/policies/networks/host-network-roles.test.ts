import assert from "node:assert/strict";
import { hostNetworkRoles as rule } from "../../../policies/networks/host-network-roles";
import { cluster, host, MALFORMED, UNKNOWN } from "../../kit";
import { FOLLOWED, NOT_RECOMMENDED, parseAdapters, SEPARATE } from "./model/layouts";
import { adapter, node, nodeWith, said, SILENT } from "./networks";

const NONE =
  "hv1: hv1 follows none of the network layouts that are documented for Windows Server 2008 R2 with Service Pack 1.";

describe("host-network-roles", () => {
  for (const [id, adapters] of [...FOLLOWED, ["two-10-gbps-two-1-gbps", SEPARATE] as const]) {
    it(`accepts ${id}, on both versions of Windows Server 2008 R2`, () => {
      for (const operatingSystem of ["2008 R2", "2008 R2 SP1"]) {
        assert.deepEqual(said(rule, node(adapters, { operatingSystem })), SILENT);
      }
    });
  }

  it("accepts both readings of the article on virtual machines: a team, or one adapter each for dynamic and reserved addresses", () => {
    const others = "management; 2 iscsi; cluster; liveMigration; clusterSharedVolumes";
    const split = [true, false].map((dynamicAddresses, index) =>
      adapter(`VM ${String(index)}`, "virtualMachines", { dynamicAddresses }),
    );
    assert.deepEqual(said(rule, nodeWith([...split, ...parseAdapters(others)])), SILENT);
    assert.deepEqual(said(rule, node(`team of 2 virtualMachines; ${others}`)), SILENT);
  });

  for (const [id, adapters] of NOT_RECOMMENDED) {
    it(`leaves ${id} to live-migration-network`, () => {
      assert.deepEqual(said(rule, node(adapters)), SILENT);
    });
  }

  it("finds a purpose without an adapter, and says which layout comes nearest", () => {
    assert.deepEqual(said(rule, node("virtualMachines 1; management 1; cluster 1")).findings, [
      `${NONE} The nearest documented network layout is four adapters of 1 Gbps (recommended); to match it, there is missing: an adapter for live migration.`,
    ]);
    assert.deepEqual(said(rule, node("management; team of 2 virtualMachines; 2 iscsi; liveMigration")).findings, [
      `${NONE} The nearest documented network layout is four adapters of 1 Gbps (recommended); to match it, there is missing: an adapter for cluster communication and Cluster Shared Volumes.`,
    ]);
  });

  it("finds kinds of traffic that share an adapter in no layout", () => {
    assert.deepEqual(said(rule, node("virtualMachines 1; management+cluster 1; liveMigration 1")).findings, [
      `${NONE} The nearest documented network layout is four adapters of 1 Gbps (recommended); to match it, there is missing: an adapter of its own for management, which now shares "NIC 2" with cluster communication.`,
    ]);
  });

  it("finds virtual machines on the adapter of cluster communication, teamed or not", () => {
    for (const [link, name] of [
      ["virtualMachines+cluster 1", '"NIC 1"'],
      ["team of 2 virtualMachines+cluster 1", 'the team "Team team of 2 virtualMachines+cluster 1"'],
    ] as const) {
      assert.deepEqual(said(rule, node(`${link}; management 1; liveMigration 1`)).findings, [
        `${NONE} The nearest documented network layout is four adapters of 1 Gbps (recommended); to match it, there is missing: an adapter of its own for virtual machines, which now shares ${name} with cluster communication.`,
      ]);
    }
  });

  it("finds one adapter for everything", () => {
    const { findings } = said(rule, node("virtualMachines+management+cluster+liveMigration 10"));
    assert.deepEqual(findings, [
      `${NONE} The nearest documented network layout is two adapters of 10 Gbps (supported); to match it, there is missing: ` +
        'an adapter of its own for live migration and cluster communication, which now shares "NIC 1" with management and virtual machines; ' +
        'a cap of 1 % for management on "NIC 1"; a cap of 50 % for live migration on "NIC 1".',
    ]);
  });

  it("finds an adapter that is too slow for the layout", () => {
    assert.deepEqual(said(rule, node("virtualMachines 1; management 0.1; cluster 1; liveMigration 1")).findings, [
      `${NONE} The nearest documented network layout is four adapters of 1 Gbps (recommended); to match it, there is missing: 1 Gbps on "NIC 2" instead of 100 Mbps.`,
    ]);
  });

  it("cannot tell a layout of 10 Gbps without speeds", () => {
    const text = (what: string) => [`hv1: ${what}: not checked by host-network-roles.`];
    assert.deepEqual(
      said(rule, node("virtualMachines+management(1); cluster+liveMigration(50)")).undecided,
      text("networkAdapters[0].speedMbps and networkAdapters[2].speedMbps are not declared"),
    );
    const open = parseAdapters("virtualMachines 1; management 1; cluster 1").concat([
      adapter("NIC 4", "liveMigration", { speedMbps: UNKNOWN }),
    ]);
    assert.deepEqual(
      said(rule, nodeWith(open)).undecided,
      text("networkAdapters[3].speedMbps is not known until deployment"),
    );
  });

  it("takes NPAR partitions for the adapters that they are to the host", () => {
    const partitions = parseAdapters(FOLLOWED[0]?.[1] ?? "").map((one, index) => ({
      ...one,
      physicalAdapter: `Port ${String(index % 4)}`,
    }));
    assert.deepEqual(said(rule, nodeWith(partitions)), SILENT);
  });

  it("finds the management operating system on a switch that it shares, when no adapter is for management", () => {
    const properties = { virtualSwitches: [{ name: "LAN", type: "external", networkAdapters: ["NIC 1"] }] };
    assert.deepEqual(said(rule, node("virtualMachines 1; cluster 1; liveMigration 1", properties)), SILENT);
    const own = {
      virtualSwitches: [{ name: "LAN", type: "external", networkAdapters: ["NIC 1"], allowManagementOs: false }],
    };
    assert.deepEqual(said(rule, node("virtualMachines 1; cluster 1; liveMigration 1", own)).findings, [
      `${NONE} The nearest documented network layout is four adapters of 1 Gbps (recommended); to match it, there is missing: an adapter for management.`,
    ]);
  });

  it("asks newer versions for more than one adapter, and for no layout", () => {
    for (const operatingSystem of ["Windows Server 2012", "Windows Server 2022", "Azure Local"]) {
      assert.deepEqual(said(rule, node("virtualMachines; management+cluster", { operatingSystem })), SILENT);
      assert.deepEqual(said(rule, node("virtualMachines+management+liveMigration", { operatingSystem })).findings, [
        'hv1: hv1 has 1 physical network adapter for all of its traffic, "NIC 1".',
      ]);
      assert.equal(
        said(rule, [host("hv1", { operatingSystem, networkAdapters: parseAdapters("public") })]).findings.length,
        1,
      );
    }
  });

  it("has nothing to say of hosts without a cluster, of older hosts and of those without adapters", () => {
    assert.deepEqual(said(rule, [host("hv1", { networkAdapters: parseAdapters("virtualMachines 1") })]), SILENT);
    assert.deepEqual(said(rule, node("virtualMachines 1", { operatingSystem: "Windows Server 2008" })), SILENT);
    assert.deepEqual(said(rule, nodeWith([])), SILENT);
    assert.deepEqual(said(rule, [cluster("c1", { nodes: ["hv1"] }), host("hv1")]), SILENT);
  });

  it("asks for the adapters of a node when others declare theirs", () => {
    const nodes = [...node(SEPARATE), host("hv2", { cluster: "c1" })];
    assert.deepEqual(said(rule, nodes).undecided, [
      "hv2: networkAdapters is not declared: not checked by host-network-roles.",
    ]);
  });

  it("says what cannot be decided, and leaves what is malformed to the estate rule", () => {
    const undecided = (property: string) => [
      `hv1: ${property} is not known until deployment: not checked by host-network-roles.`,
    ];
    const adapters = parseAdapters("virtualMachines 1");
    const open = [host("hv1", { networkAdapters: adapters, cluster: UNKNOWN })];
    assert.deepEqual(said(rule, open).undecided, undecided("cluster"));
    const purpose = [...adapters, adapter("NIC 2", "x", { purpose: UNKNOWN })];
    assert.deepEqual(said(rule, nodeWith(purpose)).undecided, undecided("networkAdapters[1].purpose"));
    for (const value of MALFORMED) {
      assert.deepEqual(said(rule, nodeWith([...adapters, adapter("NIC 2", "x", { purpose: value })])), SILENT);
      assert.deepEqual(said(rule, node("virtualMachines 1", { operatingSystem: value })), SILENT);
    }
  });
});
