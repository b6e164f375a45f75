import assert from "node:assert/strict";
import { clusterNetworkUse as rule } from "../../../policies/networks/cluster-network-use";
import { cluster, host, MALFORMED, UNKNOWN } from "../../kit";
import { clusterWith, CSV, HEARTBEAT, ISCSI, MANAGEMENT, MIGRATION, network, said, SILENT } from "./networks";

describe("cluster-network-use", () => {
  it("accepts iSCSI that is closed and private networks that are open, on every version", () => {
    for (const version of [
      "Windows Server 2008",
      "Windows Server 2008 R2",
      "Windows Server 2012",
      "Windows Server 2022",
    ]) {
      assert.deepEqual(said(rule, clusterWith([MANAGEMENT, CSV, MIGRATION, HEARTBEAT, ISCSI], version)), SILENT);
    }
    assert.deepEqual(said(rule, [cluster("c1")]), SILENT);
    assert.deepEqual(said(rule, clusterWith([])), SILENT);
  });

  it("stops iSCSI that is open to cluster communication", () => {
    assert.deepEqual(said(rule, clusterWith([MANAGEMENT, CSV, { ...ISCSI, role: "cluster" }])), {
      findings: ['c1: c1 opens the iSCSI network "iSCSI" to cluster communication.'],
      undecided: [],
      advisory: [],
    });
    const low = { ...ISCSI, role: "clusterAndClient", metric: 500 };
    assert.deepEqual(said(rule, clusterWith([MANAGEMENT, CSV, low], "Windows Server 2022")).findings, [
      'c1: c1 opens the iSCSI network "iSCSI" to cluster communication and clients, and its metric 500 is not even the highest: "CSV" has 900.',
    ]);
    const high = { ...ISCSI, role: "cluster", metric: 901 };
    assert.match(said(rule, clusterWith([CSV, high])).findings.join(), /cluster communication\.$/);
  });

  it("stops a cluster that may use no network", () => {
    assert.deepEqual(
      said(
        rule,
        clusterWith([
          { ...MANAGEMENT, role: "none" },
          { ...CSV, role: "none" },
        ]),
      ),
      {
        findings: ["c1: c1 does not allow cluster communication on any of its networks."],
        undecided: [],
        advisory: [],
      },
    );
  });

  it("stops a network that is closed to what it is for", () => {
    assert.deepEqual(said(rule, clusterWith([MANAGEMENT, CSV, { ...MIGRATION, role: "none" }])).findings, [
      'c1: c1 does not allow cluster communication on "Live Migration", its network for live migration.',
    ]);
  });

  it("wants a private network: required on Windows Server 2008 R2, advised since", () => {
    const networks = [MANAGEMENT, { ...ISCSI, role: "none" }];
    const findings = [
      "c1: c1 has no private network: every network that it may use has a default gateway or is for iSCSI.",
    ];
    assert.deepEqual(said(rule, clusterWith(networks)), { findings, undecided: [], advisory: [] });
    assert.deepEqual(said(rule, clusterWith(networks, "Windows Server 2019")), {
      findings,
      undecided: [],
      advisory: ["c1"],
    });
    assert.deepEqual(said(rule, clusterWith(networks, "Windows Server 2008")), SILENT);
  });

  it("advises against a default gateway on the heartbeat", () => {
    assert.deepEqual(said(rule, clusterWith([MANAGEMENT, CSV, { ...HEARTBEAT, defaultGateway: true }])), {
      findings: [
        'c1: c1 has a default gateway on "Heartbeat", its network for cluster communication, which is to be private.',
      ],
      undecided: [],
      advisory: ["c1"],
    });
  });

  it("advises the recommended roles from Windows Server 2012 on", () => {
    const networks = [
      { ...MANAGEMENT, role: "cluster" },
      CSV,
      { ...MIGRATION, role: 3 },
      network("Guests", "virtualMachines", "cluster"),
      network("Replica", "replica", "clusterAndClient"),
      network("Backup", "backup", "none"),
    ];
    assert.deepEqual(said(rule, clusterWith(networks)), SILENT);
    assert.deepEqual(said(rule, clusterWith(networks, "Windows Server 2016")), {
      findings: [
        'c1: c1 has the role cluster on "Guests", its network for virtual machines. Microsoft recommends none.',
        'c1: c1 has the role cluster on "Management", its network for management. Microsoft recommends clusterAndClient.',
        'c1: c1 has the role clusterAndClient on "Live Migration", its network for live migration. Microsoft recommends cluster.',
      ],
      undecided: [],
      advisory: ["c1", "c1", "c1"],
    });
  });

  it("reports what is certain, says what is not, and leaves what is malformed to the estate rule", () => {
    const open = said(rule, clusterWith([{ ...ISCSI, role: "cluster" }, CSV, { ...MIGRATION, role: UNKNOWN }]));
    assert.equal(open.findings.length, 1);
    assert.deepEqual(open.undecided, [
      "c1: networks[2].role is not known until deployment: not checked by cluster-network-use.",
    ]);
    assert.deepEqual(said(rule, clusterWith([MANAGEMENT, { ...CSV, defaultGateway: UNKNOWN }])).undecided, [
      "c1: networks[1].defaultGateway is not known until deployment: not checked by cluster-network-use.",
    ]);
    const heartbeat = clusterWith([MANAGEMENT, CSV, { ...HEARTBEAT, defaultGateway: UNKNOWN }]);
    assert.deepEqual(said(rule, heartbeat).undecided, [
      "c1: networks[2].defaultGateway is not known until deployment: not checked by cluster-network-use.",
    ]);
    const version = [
      cluster("c1", { networks: [MANAGEMENT, CSV], nodes: ["hv1"] }),
      host("hv1", { operatingSystem: UNKNOWN }),
    ];
    assert.deepEqual(said(rule, version).undecided, [
      "hv1: operatingSystem is not known until deployment: not checked by cluster-network-use.",
    ]);
    for (const value of MALFORMED) assert.deepEqual(said(rule, clusterWith([CSV, { ...ISCSI, role: value }])), SILENT);
  });
});
