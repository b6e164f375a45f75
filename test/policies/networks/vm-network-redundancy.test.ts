import assert from "node:assert/strict";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { hostNetworkRoles } from "../../../policies/networks/host-network-roles";
import { vmNetworkRedundancy as rule } from "../../../policies/networks/vm-network-redundancy";
import { MALFORMED, UNKNOWN } from "../../kit";
import { FOLLOWED } from "./model/layouts";
import { adapter, node, nodeWith, said, SILENT } from "./networks";

const ONE = adapter("NIC 1", "virtualMachines", { speedMbps: 10000 });
const TWO = adapter("NIC 2", "virtualMachines", { speedMbps: 10000 });
const TEAM: PlainObject[] = [
  { ...ONE, team: "LAN" },
  { ...TWO, team: "LAN" },
];

function onSwitch(adapters: PlainObject[], operatingSystem: string, properties: PlainObject = {}) {
  const names = adapters.map(({ name }) => name ?? "");
  const virtualSwitches = [{ name: "S", type: "external", networkAdapters: names, ...properties }];
  return said(rule, nodeWith(adapters, { operatingSystem, virtualSwitches }));
}

describe("vm-network-redundancy", () => {
  it("accepts both readings of the article: a team, or one adapter each for dynamic and reserved addresses", () => {
    assert.deepEqual(said(rule, nodeWith(TEAM)), SILENT);
    const split = [
      { ...ONE, dynamicAddresses: true },
      { ...TWO, dynamicAddresses: false },
    ];
    assert.deepEqual(said(rule, nodeWith(split)), SILENT);
  });

  it("advises against one adapter, and against two that are neither", () => {
    assert.deepEqual(said(rule, nodeWith([ONE])), {
      findings: ['hv1: hv1 connects its virtual machines over "NIC 1" alone.'],
      undecided: [],
      advisory: ["hv1"],
    });
    const neither =
      'hv1: hv1 connects its virtual machines over "NIC 1" and "NIC 2", which are neither teamed nor split for dynamic and reserved addresses.';
    assert.deepEqual(said(rule, nodeWith([ONE, TWO])).findings, [neither]);
    const alike = [
      { ...ONE, dynamicAddresses: true },
      { ...TWO, dynamicAddresses: true },
    ];
    assert.deepEqual(said(rule, nodeWith(alike)).findings, [neither]);
  });

  it("sees through a team of partitions of one port", () => {
    const partitions = TEAM.map((one) => ({ ...one, physicalAdapter: "Port 1" }));
    assert.deepEqual(said(rule, nodeWith(partitions)).findings, [
      'hv1: hv1 connects its virtual machines over the team "LAN" alone.',
    ]);
  });

  for (const [id, adapters] of FOLLOWED) {
    it(`${id === "four-1-gbps" ? "advises" : "asks nothing of"} a host that follows ${id}`, () => {
      assert.equal(said(rule, node(adapters)).findings.length, id === "four-1-gbps" ? 1 : 0);
    });
  }

  it("says nothing of an adapter for virtual machines that host-network-roles lists with what else is missing", () => {
    // Slow adapters follow no layout of 1 Gbps: those of the design for high availability come nearest.
    const slow = "virtualMachines 0.1; 2 iscsi; cluster 0.1; liveMigration 1; clusterSharedVolumes 0.1";
    assert.match(
      said(hostNetworkRoles, node(slow)).findings.join(),
      /there is missing: an adapter for management; 2 adapters for virtual machines instead of 1\.$/,
    );
    assert.deepEqual(said(rule, node(slow)), SILENT);
    assert.deepEqual(said(hostNetworkRoles, node(`management 0.1; ${slow}`)), SILENT);
    assert.equal(said(rule, node(`management 0.1; ${slow}`)).findings.length, 1);
  });

  it("has nothing to say of hosts without adapters for virtual machines", () => {
    assert.deepEqual(said(rule, node("management; cluster")), SILENT);
    assert.deepEqual(said(rule, nodeWith([])), SILENT);
  });

  it("lets NIC teams below virtual switches be until Windows Server 2019", () => {
    for (const version of ["2008 R2", "2012", "2012 R2", "2016", "2019"]) {
      assert.deepEqual(onSwitch(TEAM, `Windows Server ${version}`), SILENT);
      assert.deepEqual(onSwitch(TEAM, `Windows Server ${version}`, { networkAdapters: ["lan"] }), SILENT);
    }
  });

  it("stops NIC teams below virtual switches from Windows Server 2022 on, and on Azure", () => {
    for (const version of ["Windows Server 2022", "Windows Server 2025", "Azure Stack HCI", "Azure Local"]) {
      const isDeprecated = version === "Windows Server 2022";
      const state = isDeprecated ? `which is deprecated in ${version}` : `which ${version} no longer supports`;
      const found = {
        findings: [`hv1: hv1 binds the virtual switch "S" to the NIC team "LAN", ${state}.`],
        undecided: [],
        advisory: isDeprecated ? ["hv1"] : [],
      };
      assert.deepEqual(onSwitch(TEAM, version, { embeddedTeaming: false }), found);
      assert.deepEqual(onSwitch(TEAM, version).undecided, [
        "hv1: virtualSwitches[0].embeddedTeaming is not declared: not checked by vm-network-redundancy.",
      ]);
      assert.deepEqual(onSwitch(TEAM, version, { embeddedTeaming: true }), SILENT);
      const settings: PlainObject[] = [{}, { embeddedTeaming: true }, { embeddedTeaming: UNKNOWN }];
      for (const setting of settings) {
        const named = { networkAdapters: ["lan"], ...setting };
        assert.deepEqual(onSwitch(TEAM, version, named), found);
      }
    }
  });

  it("stops adapters below one virtual switch that are in no team", () => {
    const finding = {
      findings: ['hv1: hv1 binds the virtual switch "S" to "NIC 1" and "NIC 2", which are not in a team.'],
      undecided: [],
      advisory: [],
    };
    for (const version of ["Windows Server 2008 R2", "Windows Server 2012", "Windows Server 2012 R2"]) {
      assert.deepEqual(onSwitch([ONE, TWO], version), finding, version);
    }
    for (const version of ["Windows Server 2016", "Windows Server 2025", "Azure Local"]) {
      assert.deepEqual(onSwitch([ONE, TWO], version, { embeddedTeaming: false }), finding, version);
      assert.deepEqual(onSwitch([ONE, TWO], version), {
        findings: [],
        undecided: ["hv1: virtualSwitches[0].embeddedTeaming is not declared: not checked by vm-network-redundancy."],
        advisory: [],
      });
    }
    assert.deepEqual(onSwitch([ONE], "Windows Server 2008 R2").findings, [
      'hv1: hv1 connects its virtual machines over "NIC 1" alone.',
    ]);
  });

  it("knows Switch Embedded Teaming from Windows Server 2016 on", () => {
    assert.deepEqual(onSwitch([ONE, TWO], "Windows Server 2016", { embeddedTeaming: true }), SILENT);
    for (const version of ["Windows Server 2008 R2", "Windows Server 2012 R2"]) {
      assert.deepEqual(onSwitch([ONE, TWO], version, { embeddedTeaming: true }).findings, [
        `hv1: hv1 has the virtual switch "S" with Switch Embedded Teaming, which ${version} does not have.`,
      ]);
    }
  });

  it("takes up to eight adapters of one speed into an embedded team", () => {
    const many = (number: number) =>
      Array.from({ length: number }, (_, index) => ({ ...ONE, name: `NIC ${String(index)}` }));
    const settings = { embeddedTeaming: true };
    assert.deepEqual(onSwitch(many(8), "Windows Server 2019", settings), SILENT);
    assert.deepEqual(onSwitch(many(9), "Windows Server 2019", settings).findings, [
      'hv1: hv1 has the virtual switch "S" with 9 adapters in its embedded team. It takes at most 8.',
    ]);
    assert.deepEqual(onSwitch([ONE, { ...TWO, speedMbps: 1000 }], "Windows Server 2019", settings).findings, [
      'hv1: hv1 has the virtual switch "S" with adapters of 10 Gbps and 1 Gbps in its embedded team.',
    ]);
  });

  it("cannot tell whether an embedded team has one speed while one of them is open", () => {
    const open = (speedMbps: Plain | undefined, others: PlainObject[] = []) => {
      const two = adapter("NIC 2", "virtualMachines", speedMbps === undefined ? {} : { speedMbps });
      return onSwitch([ONE, two, ...others], "Windows Server 2019", { embeddedTeaming: true });
    };
    const asked = (reason: string) => ({
      findings: [],
      undecided: [`hv1: networkAdapters[1].speedMbps is not ${reason}: not checked by vm-network-redundancy.`],
      advisory: [],
    });
    assert.deepEqual(open(UNKNOWN), asked("known until deployment"));
    assert.deepEqual(open(undefined), asked("declared"));
    // What is known tells already.
    const slow = adapter("NIC 3", "virtualMachines", { speedMbps: 1000 });
    assert.deepEqual(open(UNKNOWN, [slow]), {
      findings: ['hv1: hv1 has the virtual switch "S" with adapters of 10 Gbps and 1 Gbps in its embedded team.'],
      undecided: [],
      advisory: [],
    });
    // Who declares no speed at all is not asked for any.
    const none = [adapter("NIC 1", "virtualMachines"), adapter("NIC 2", "virtualMachines")];
    assert.deepEqual(onSwitch(none, "Windows Server 2019", { embeddedTeaming: true }), SILENT);
  });

  it("advises against RDMA in a NIC team, below a virtual switch or not", () => {
    const [first, second] = TEAM;
    const storage = (properties: PlainObject): PlainObject[] => [{ ...first, ...properties }, { ...second }];
    const finding = {
      findings: ['hv1: hv1 wants RDMA of "NIC 1", which is in the NIC team "LAN".'],
      undecided: [],
      advisory: ["hv1"],
    };
    const open = (property: string) => ({
      findings: [],
      undecided: [
        `hv1: networkAdapters[0].${property} is not known until deployment: not checked by vm-network-redundancy.`,
      ],
      advisory: [],
    });
    const version = "Windows Server 2016";
    const bare = (properties: PlainObject) => said(rule, nodeWith(storage(properties), { operatingSystem: version }));
    for (const found of [bare, (properties: PlainObject) => onSwitch(storage(properties), version)]) {
      assert.deepEqual(found({ rdma: true }), finding);
      assert.deepEqual(found({ rdma: false }), SILENT);
      assert.deepEqual(found({ rdma: UNKNOWN }), open("rdma"));
    }
    assert.deepEqual(bare({ rdma: true, team: UNKNOWN }), open("team"));
    assert.deepEqual(onSwitch(storage({ rdma: true }), version, { embeddedTeaming: true }), SILENT);
    assert.deepEqual(said(rule, nodeWith(storage({ rdma: true }))), SILENT);
  });

  it("says what cannot be decided, and leaves what is malformed to the estate rule", () => {
    const text = (property: string) => [
      `hv1: ${property} is not known until deployment: not checked by vm-network-redundancy.`,
    ];
    assert.deepEqual(said(rule, nodeWith([{ ...ONE, team: UNKNOWN }])).undecided, text("networkAdapters[0].team"));
    const split: PlainObject[] = [
      { ...ONE, dynamicAddresses: true },
      { ...TWO, dynamicAddresses: UNKNOWN },
    ];
    assert.deepEqual(said(rule, nodeWith(split)).undecided, text("networkAdapters[1].dynamicAddresses"));
    assert.deepEqual(
      onSwitch(TEAM, "Windows Server 2022", { embeddedTeaming: UNKNOWN }).undecided,
      text("virtualSwitches[0].embeddedTeaming"),
    );
    for (const value of MALFORMED) {
      assert.deepEqual(said(rule, nodeWith([{ ...ONE, purpose: value }])), SILENT);
      assert.deepEqual(said(rule, nodeWith([ONE], { operatingSystem: value })), SILENT);
    }
  });
});
