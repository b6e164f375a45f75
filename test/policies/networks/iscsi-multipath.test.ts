import assert from "node:assert/strict";
import { iscsiMultipath as rule } from "../../../policies/networks/iscsi-multipath";
import { host, MALFORMED, UNKNOWN } from "../../kit";
import { adapter, node, nodeWith, said, SILENT } from "./networks";

const ONE = adapter("NIC 1", "iscsi", { multipath: true });
const TWO = adapter("NIC 2", "iscsi", { multipath: true });

describe("iscsi-multipath", () => {
  it("accepts two adapters of their own with MPIO", () => {
    assert.deepEqual(said(rule, nodeWith([ONE, TWO])), SILENT);
    assert.deepEqual(said(rule, [host("hv1", { networkAdapters: [ONE, TWO] })]), SILENT);
    assert.deepEqual(said(rule, node("management; virtualMachines")), SILENT);
  });

  it("asks once for MPIO where no path says a word of it", () => {
    const asked = (place: string) => ({
      findings: [],
      undecided: [`hv1: ${place} is not declared: not checked by iscsi-multipath.`],
      advisory: [],
    });
    const silent = (name: string) => adapter(name, "iscsi");
    assert.deepEqual(said(rule, nodeWith([silent("A"), silent("B")])), asked("networkAdapters[0].multipath"));
    assert.deepEqual(said(rule, nodeWith([ONE, silent("B")])), asked("networkAdapters[1].multipath"));
    assert.deepEqual(said(rule, nodeWith([silent("A")])).undecided, []);
  });

  it("finds a team: not supported before Windows Server 2012, advised against since", () => {
    const teamed = [
      { ...ONE, team: "T" },
      { ...TWO, team: "T" },
    ];
    const expected = ["NIC 1", "NIC 2"].map((name) => `hv1: hv1 has "${name}" for iSCSI in the team "T".`);
    assert.deepEqual(said(rule, nodeWith(teamed)), { findings: expected, undecided: [], advisory: [] });
    const newer = said(rule, nodeWith(teamed, { operatingSystem: "Windows Server 2019" }));
    assert.deepEqual(newer, { findings: expected, undecided: [], advisory: ["hv1", "hv1"] });
  });

  it("finds a single path, also over two partitions of one port", () => {
    const single = {
      findings: ['hv1: hv1 reaches its iSCSI storage over one port, "NIC 1".'],
      undecided: [],
      advisory: ["hv1"],
    };
    assert.deepEqual(said(rule, nodeWith([ONE])), single);
    const partitions = [
      { ...ONE, physicalAdapter: "Port 1" },
      { ...TWO, physicalAdapter: "Port 1" },
    ];
    assert.deepEqual(said(rule, nodeWith(partitions)).findings, [
      'hv1: hv1 reaches its iSCSI storage over one port, "Port 1".',
    ]);
  });

  it("finds an adapter that carries something else", () => {
    const shared = nodeWith([ONE, TWO, adapter("NIC 1", "management"), adapter("nic 2", "liveMigration")]);
    assert.deepEqual(said(rule, shared), {
      findings: [
        'hv1: hv1 uses "NIC 1" for iSCSI and for management.',
        'hv1: hv1 uses "NIC 2" for iSCSI and for live migration.',
      ],
      undecided: [],
      advisory: ["hv1", "hv1"],
    });
  });

  it("accepts virtual adapters on one switch from Windows Server 2012 on", () => {
    const adapters = [
      adapter("NIC 1", "virtualMachines"),
      adapter("NIC 2", "virtualMachines"),
      adapter("iSCSI 1", "iscsi", { virtualSwitch: "LAN", multipath: true }),
      adapter("iSCSI 2", "iscsi", { virtualSwitch: "LAN", multipath: true }),
    ];
    const virtualSwitches = [{ name: "LAN", type: "external", networkAdapters: ["NIC 1", "NIC 2"] }];
    assert.deepEqual(
      said(rule, nodeWith(adapters, { virtualSwitches, operatingSystem: "Windows Server 2016" })),
      SILENT,
    );
    assert.equal(said(rule, nodeWith(adapters, { virtualSwitches })).findings.length, 1);
  });

  it("finds paths without MPIO", () => {
    assert.deepEqual(said(rule, nodeWith([{ ...ONE, multipath: false }, TWO])), {
      findings: ['hv1: hv1 has "NIC 1" for iSCSI without MPIO.'],
      undecided: [],
      advisory: ["hv1"],
    });
  });

  it("reports what is certain and says what is not", () => {
    const open = (property: string) => [
      `hv1: ${property} is not known until deployment: not checked by iscsi-multipath.`,
    ];
    const mixed = said(
      rule,
      nodeWith([
        { ...ONE, team: "T" },
        { ...TWO, team: UNKNOWN },
      ]),
    );
    assert.deepEqual(mixed.findings, ['hv1: hv1 has "NIC 1" for iSCSI in the team "T".']);
    assert.deepEqual(mixed.undecided, open("networkAdapters[1].team"));
    assert.deepEqual(
      said(rule, nodeWith([adapter("NIC 1", "x", { purpose: UNKNOWN })])).undecided,
      open("networkAdapters[0].purpose"),
    );
    assert.deepEqual(said(rule, nodeWith([ONE, TWO], { networkAdapters: UNKNOWN })).undecided, open("networkAdapters"));
    for (const value of MALFORMED) {
      if (Array.isArray(value)) continue;
      assert.deepEqual(said(rule, nodeWith([ONE, { ...TWO, purpose: value }])).undecided, []);
    }
  });
});
