import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { guestDiskSize as rule } from "../../../policies/guests/guest-disk-size";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const R2_SP1 = "Windows Server 2008 R2 SP1";
const TB = 1024;
const DATA = { name: "data", purpose: "data", type: "fixed", format: "VHD", sizeGB: 100 };

function judged(operatingSystem: string, disk: PlainObject, generation = 1) {
  const machine = vm("vm1", { host: "hv1", generation, disks: [{ ...DATA, ...disk }] });
  return judge(rule, [host("hv1", { operatingSystem }), machine]);
}

function said(operatingSystem: string, disk: PlainObject, generation = 1) {
  const { findings, undecided } = judged(operatingSystem, disk, generation);
  return { findings, undecided };
}

function undecided(property: string) {
  return [`vm1: ${property} is not known until deployment: not checked by guest-disk-size.`];
}

/** Host version, the largest VHD and VHDX in GB, and whether the figures stand in a document. */
const LIMITS: readonly (readonly [string, number, number | undefined, boolean])[] = [
  ["Windows Server 2008", 2040, undefined, false],
  ["Windows Server 2008 SP2", 2040, undefined, false],
  ["Windows Server 2008 R2", 2040, undefined, true],
  ["Windows Server 2008 R2 SP1", 2040, undefined, true],
  ["Windows Server 2012", 2040, 64 * TB, true],
  ["Windows Server 2012 R2", 2040, 64 * TB, true],
  ["Windows Server 2016", 2040, 64 * TB, true],
  ["Windows Server 2019", 2040, 64 * TB, true],
  ["Windows Server 2022", 2040, 64 * TB, true],
  ["Windows Server 2025", 2040, 64 * TB, true],
  ["Azure Local", 2040, 64 * TB, true],
];

describe("guest-disk-size", () => {
  for (const [operatingSystem, vhd, vhdx, documented] of LIMITS) {
    it(`knows the largest virtual disks of ${operatingSystem}`, () => {
      const formats = [
        { format: "VHD", limit: vhd },
        { format: "VHDX", limit: vhdx },
      ];
      for (const { format, limit } of formats) {
        if (limit === undefined) continue;
        for (const sizeGB of [limit - 1, limit]) assert.deepEqual(said(operatingSystem, { format, sizeGB }), SILENT);
        const { findings, advisory } = judged(operatingSystem, { format, sizeGB: limit + 0.5 });
        assert.equal(findings.length, 1);
        assert.deepEqual(advisory, documented ? [] : ["vm1"]);
      }
    });
  }

  it("says the numbers", () => {
    assert.deepEqual(said(R2_SP1, { sizeGB: 2048 }).findings, [
      'vm1: vm1 has the virtual disk "data" of 2048 GB in generation 1. On Windows Server 2008 R2 with Service Pack 1 a VHD ' +
        "has at most 2,040 GB.",
    ]);
    assert.deepEqual(said("Windows Server 2022", { format: "VHDX", sizeGB: 65537 }, 2).findings, [
      'vm1: vm1 has the virtual disk "data" of 65537 GB in generation 2. On Windows Server 2022 a VHDX has at most 64 TB.',
    ]);
  });

  it("knows which hosts have no VHDX, whatever its size, declared or by the file's name", () => {
    for (const version of ["2008", "2008 SP2", "2008 R2", "2008 R2 SP1"]) {
      const operatingSystem = `Windows Server ${version}`;
      assert.equal(said(operatingSystem, { format: "VHDX" }).findings.length, 1, version);
      assert.equal(said(operatingSystem, { format: undefined, path: "D:\\vm\\a.VHDX" }).findings.length, 1, version);
    }
    assert.deepEqual(said(R2_SP1, { format: "VHDX", sizeGB: 3000 }), {
      findings: [
        'vm1: vm1 has the virtual disk "data" in VHDX format, which Windows Server 2008 R2 with Service Pack 1 does not know.',
      ],
      undecided: [],
    });
  });

  it("limits the startup disk of generation 1 from Windows Server 2016 on", () => {
    const startup = { purpose: "operatingSystem", format: "VHDX" };
    for (const version of ["2016", "2019", "2022", "2025"]) {
      const operatingSystem = `Windows Server ${version}`;
      assert.deepEqual(said(operatingSystem, { ...startup, sizeGB: 2048 }), SILENT);
      assert.deepEqual(said(operatingSystem, { ...startup, sizeGB: 2049 }).findings, [
        'vm1: vm1 has the virtual disk "data" of 2049 GB in generation 1. On ' +
          `${operatingSystem} the startup disk of that generation has at most 2 TB.`,
      ]);
      assert.deepEqual(said(operatingSystem, { ...startup, sizeGB: 65536 }, 2), SILENT);
      assert.equal(said(operatingSystem, { ...startup, sizeGB: 65537 }, 2).findings.length, 1);
      assert.deepEqual(said(operatingSystem, { ...startup, format: "VHD", sizeGB: 2045 }).findings, [
        `vm1: vm1 has the virtual disk "data" of 2045 GB in generation 1. On ${operatingSystem} a VHD has at most 2,040 GB.`,
      ]);
    }
  });

  it("gives a disk of no declared format the larger limit", () => {
    assert.deepEqual(said("Windows Server 2022", { format: undefined, sizeGB: 65536 }).findings, []);
    assert.equal(said("Windows Server 2022", { format: undefined, sizeGB: 65537 }).findings.length, 1);
    assert.equal(said(R2_SP1, { format: undefined, sizeGB: 2041 }).findings.length, 1);
  });

  it("asks for the format where it makes the difference", () => {
    const asked = ["vm1: disks[0].format is not declared: not checked by guest-disk-size."];
    for (const sizeGB of [2041, 65536])
      assert.deepEqual(said("Windows Server 2022", { format: undefined, sizeGB }).undecided, asked);
    assert.deepEqual(said("Windows Server 2022", { format: undefined, sizeGB: 2040 }), SILENT);
    assert.deepEqual(said("Windows Server 2022", { format: undefined, sizeGB: 2041 }, 2), SILENT);
    assert.deepEqual(said(R2_SP1, { format: undefined, sizeGB: 2040 }), SILENT);
  });

  it("finds a VHD in generation 2, whatever its size, declared or by the file's name", () => {
    for (const on of ["2012 R2", "2016", "2019", "2022", "2025"].map((version) => `Windows Server ${version}`)) {
      assert.equal(said(on, { format: undefined, path: "D:\\vm\\a.vhd", sizeGB: 0.5 }, 2).findings.length, 1, on);
      assert.deepEqual(said(on, { format: "VHD" }, 1), SILENT);
      assert.deepEqual(said(on, { format: "VHDX" }, 2), SILENT);
    }
    for (const on of ["Azure Local", "Azure Stack HCI"]) assert.equal(said(on, {}, 2).findings.length, 1, on);
    const { findings, messages, advisory } = judged("Windows Server 2012 R2", { sizeGB: 3000 }, 2);
    assert.deepEqual(findings, [
      'vm1: vm1 has the virtual disk "data" in VHD format, which a virtual machine of generation 2 does not take.',
    ]);
    assert.match(messages[0] ?? "", /\nFix: Convert the disk to VHDX\.\nSource: Generation 2 Virtual Machine Overview/);
    assert.deepEqual(advisory, []);
  });

  it("finds a disk on a file share before Windows Server 2012", () => {
    for (const version of ["2008", "2008 SP2", "2008 R2", "2008 R2 SP1"])
      assert.equal(said(`Windows Server ${version}`, { type: "smb" }).findings.length, 1, version);
    for (const on of ["Windows Server 2012", "Windows Server 2025", "Azure Stack HCI", "Azure Local"])
      assert.deepEqual(said(on, { type: "smb", format: "VHDX" }), SILENT, on);
    const { findings, messages, advisory } = judged(R2_SP1, { type: "smb", format: "VHDX", sizeGB: 3000 });
    assert.deepEqual(findings, [
      'vm1: vm1 has the virtual disk "data" on a file share, which Windows Server 2008 R2 with Service Pack 1 does not support.',
    ]);
    assert.match(
      messages[0] ?? "",
      /\nFix: Put the disk on local storage or on a LUN \(Fibre Channel, iSCSI\), or use Windows Server 2012 or later\.\n/,
    );
    assert.deepEqual(advisory, []);
  });

  it("limits the disks on file shares too", () => {
    assert.equal(said("Windows Server 2022", { type: "smb", format: "VHDX", sizeGB: 65537 }).findings.length, 1);
  });

  it("calls a disk without a known name a virtual disk", () => {
    assert.deepEqual(said(R2_SP1, { name: UNKNOWN, format: "VHDX" }).findings, [
      "vm1: vm1 has a virtual disk in VHDX format, which Windows Server 2008 R2 with Service Pack 1 does not know.",
    ]);
  });

  it("judges differencing and dynamic disks too, and no disk that is not a file of Hyper-V", () => {
    for (const type of ["dynamic", "differencing"])
      assert.equal(said(R2_SP1, { type, sizeGB: 2041 }).findings.length, 1, type);
    for (const type of ["passThrough", "iscsi"])
      assert.deepEqual(said(R2_SP1, { type, format: undefined, sizeGB: 65537 }), SILENT, type);
  });

  it("judges Azure Stack HCI as its build, and leaves a missing size to the estate rule", () => {
    assert.deepEqual(said("Azure Stack HCI", { format: "VHDX", sizeGB: 65_536 }), SILENT);
    assert.equal(said("Azure Stack HCI", { format: "VHDX", sizeGB: 65_537 }).findings.length, 1);
    assert.deepEqual(said(R2_SP1, { sizeGB: undefined }), SILENT);
  });

  it("finds what is wrong with a disk whose size is missing or not known", () => {
    for (const sizeGB of [undefined, UNKNOWN] as const) {
      assert.equal(said(R2_SP1, { format: "VHDX", sizeGB }).findings.length, 1);
      assert.deepEqual(said(R2_SP1, { format: "VHDX", sizeGB }).undecided, []);
    }
  });

  it("asks for a host", () => {
    const { findings, undecided: open } = judge(rule, [vm("vm1", { disks: [{ ...DATA, sizeGB: 3000 }] })]);
    assert.deepEqual(findings, []);
    assert.deepEqual(open, ["vm1: host is not declared: not checked by guest-disk-size."]);
  });

  it("finds each disk on its own", () => {
    const disks = [2041, 2040, 2042].map((sizeGB, index) => ({ ...DATA, name: `d${String(index)}`, sizeGB }));
    const { findings } = judge(rule, [host("hv1"), vm("vm1", { host: "hv1", disks })]);
    assert.deepEqual(
      findings.map((text) => text.slice(0, text.indexOf(" in generation"))),
      ['vm1: vm1 has the virtual disk "d0" of 2041 GB', 'vm1: vm1 has the virtual disk "d2" of 2042 GB'],
    );
  });

  it("judges a floating virtual machine by every node of its cluster, and says it once", () => {
    const nodes = ["Windows Server 2012", "Windows Server 2008 R2", R2_SP1].map((operatingSystem, index) =>
      host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
    );
    const disks = [{ ...DATA, format: "VHDX" }];
    assert.deepEqual(judge(rule, [cluster("c1"), ...nodes, vm("vm1", { cluster: "c1", disks })]).findings, [
      'vm1: vm1 has the virtual disk "data" in VHDX format, which Windows Server 2008 R2 does not know.',
    ]);
  });

  it("says what cannot be decided", () => {
    for (const property of ["sizeGB", "type"])
      assert.deepEqual(said(R2_SP1, { [property]: UNKNOWN }), {
        findings: [],
        undecided: undecided(`disks[0].${property}`),
      });
    const machine = vm("vm1", { host: "hv1", disks: UNKNOWN });
    assert.deepEqual(judge(rule, [host("hv1"), machine]).undecided, undecided("disks"));
  });

  it("cannot decide an unknown format or purpose where it makes the difference", () => {
    assert.deepEqual(said("Windows Server 2022", { format: UNKNOWN, sizeGB: 3000 }), {
      findings: [],
      undecided: undecided("disks[0].format"),
    });
    assert.deepEqual(said("Windows Server 2022", { purpose: UNKNOWN, format: "VHDX", sizeGB: 3000 }), {
      findings: [],
      undecided: undecided("disks[0].purpose"),
    });
  });

  it("says nothing of an unknown format or purpose where it makes no difference", () => {
    for (const property of ["format", "purpose"])
      assert.deepEqual(said("Windows Server 2022", { [property]: UNKNOWN, sizeGB: 2040 }), SILENT);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      for (const property of ["sizeGB", "type", "format", "purpose"])
        if (property !== "sizeGB" || value !== 0.5)
          assert.deepEqual(said(R2_SP1, { [property]: value }), SILENT, property);
      assert.deepEqual(judge(rule, [host("hv1"), vm("vm1", { host: "hv1", disks: value })]).findings, []);
    }
  });
});
