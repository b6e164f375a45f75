import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeFixedDisks as rule } from "../../../policies/exchange/exchange-fixed-disks";
import { cluster, host, judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const LATER = "not known until deployment: not checked by exchange-fixed-disks.";
const FORMAT_MISSING = "ex1: disks[0].format is not declared: not checked by exchange-fixed-disks.";

function disk(type: Plain, more: PlainObject = {}): PlainObject {
  return { name: "D1", purpose: "databases", type, ...more };
}

function server(disks: Plain, version = "Exchange 2010 SP1", more: PlainObject = {}): DeclaredResource {
  return mailbox("ex1", { disks, ...more }, { version });
}

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

/** What is said of one disk: nothing, a finding that blocks, or one that advises. */
function verdict(version: string, type: string, format: string): string {
  const { findings, undecided, advisory } = judge(rule, [server([disk(type, { format })], version)]);
  assert.deepEqual(undecided, []);
  if (findings.length === 0) return "accepts";
  return advisory.length > 0 ? "advises" : "blocks";
}

describe("exchange-fixed-disks", () => {
  describe("judges each kind of virtual disk by the version of Exchange", () => {
    const table: readonly (readonly [string, readonly string[]])[] = [
      // Fixed VHD and VHDX, dynamic VHD and VHDX, differencing VHD and VHDX.
      ["Exchange 2010", ["accepts", "accepts", "blocks", "blocks", "blocks", "blocks"]],
      ["Exchange 2010 SP1", ["accepts", "accepts", "blocks", "blocks", "blocks", "blocks"]],
      ["Exchange 2010 SP3", ["accepts", "accepts", "blocks", "blocks", "blocks", "blocks"]],
      ["Exchange 2013", ["accepts", "accepts", "blocks", "accepts", "blocks", "blocks"]],
      ["Exchange 2016", ["accepts", "accepts", "blocks", "accepts", "blocks", "blocks"]],
      ["Exchange 2019", ["accepts", "accepts", "blocks", "accepts", "blocks", "blocks"]],
      ["Exchange SE", ["accepts", "accepts", "blocks", "accepts", "blocks", "blocks"]],
    ];
    for (const [version, verdicts] of table) {
      it(version, () => {
        const kinds = ["fixed", "dynamic", "differencing"].flatMap((type) =>
          ["VHD", "VHDX"].map((format) => verdict(version, type, format)),
        );
        assert.deepEqual(kinds, verdicts);
      });
    }
  });

  it("says which disk, what it holds and what the document says", () => {
    const disks = [
      disk("fixed", { name: "C", purpose: "operatingSystem" }),
      disk("dynamic", { name: "D", format: "VHD" }),
      disk("differencing", { name: "E", purpose: "transactionLogs", path: "E:\\e.vhdx" }),
    ];
    const { findings, messages } = judge(rule, [server(disks)]);
    assert.deepEqual(findings, [
      'ex1: ex1 (Exchange 2010 SP1, Mailbox) has the differencing VHDX "E" (transactionLogs).',
      'ex1: ex1 (Exchange 2010 SP1, Mailbox) has the dynamically expanding VHD "D" (databases).',
    ]);
    assert.deepEqual(messages[1]?.split("\n").slice(1), [
      "Why: Microsoft recommends fixed VHDs for Exchange 2010. A disk that grows or depends on a parent disk costs " +
        "Exchange the disk performance it was sized for, and may fill the volume below it.",
      "Fix: Convert the disk to a fixed disk, and set its type to fixed.",
      "Source: Best Practices for Virtualizing Exchange Server 2010 with Windows Server 2008 R2 Hyper-V, " +
        "https://www.microsoft.com/download/details.aspx?id=2428",
    ]);
  });

  it("looks at disks of every purpose", () => {
    for (const purpose of ["operatingSystem", "data", "databases", "transactionLogs", "contentIndex", "messageQueue"]) {
      assert.equal(said(server([disk("dynamic", { purpose })])).findings.length, 1, purpose);
    }
  });

  it("accepts disks that are no virtual disks of the host", () => {
    for (const type of ["passThrough", "iscsi"]) assert.deepEqual(said(server([disk(type)])), SILENT);
  });

  describe("judges the storage of Exchange data by the version", () => {
    const SHARE = { path: "\\\\fs\\exchange\\d.vhdx" };
    const table: readonly (readonly [string, readonly string[]])[] = [
      // smb; fixed and dynamic VHDX on a share; a folder of a share; nfs.
      ["Exchange 2010", ["blocks", "blocks", "blocks", "blocks", "blocks"]],
      ["Exchange 2010 SP3", ["blocks", "blocks", "blocks", "blocks", "blocks"]],
      ["Exchange 2013", ["accepts", "accepts", "accepts", "blocks", "blocks"]],
      ["Exchange 2016", ["accepts", "accepts", "blocks", "blocks", "blocks"]],
      ["Exchange 2019", ["accepts", "accepts", "blocks", "blocks", "blocks"]],
      ["Exchange SE", ["accepts", "accepts", "blocks", "blocks", "blocks"]],
    ];
    for (const [version, verdicts] of table) {
      it(version, () => {
        const kinds = [
          disk("smb"),
          disk("fixed", SHARE),
          disk("dynamic", SHARE),
          disk("smb", { path: "\\\\fs\\exchange" }),
          disk("nfs"),
        ];
        const found = kinds.map((one) => {
          const { findings, undecided, advisory } = judge(rule, [server([one], version)]);
          assert.deepEqual(undecided, []);
          return findings.length === 0 ? "accepts" : advisory.length > 0 ? "advises" : "blocks";
        });
        assert.deepEqual(found, verdicts);
      });
    }

    it("and says where the data lies", () => {
      const ex1 = "ex1: ex1 (Exchange 2016, Mailbox) has the";
      const on = (one: PlainObject) => said(server([one], "Exchange 2016")).findings;
      assert.deepEqual(on(disk("nfs")), [`${ex1} disk "D1" (databases) on an NFS share.`]);
      assert.deepEqual(on(disk("dynamic", SHARE)), [
        `${ex1} disk "D1" (databases) as a dynamically expanding disk on an SMB share.`,
      ]);
      assert.deepEqual(on(disk("smb", { path: "\\\\fs\\exchange" })), [
        `${ex1} disk "D1" (databases) as a folder of an SMB share.`,
      ]);
      // One finding for one disk.
      assert.deepEqual(on(disk("differencing", SHARE)), [`${ex1} differencing VHDX "D1" (databases).`]);
    });

    it("but not that of the operating system", () => {
      for (const purpose of ["operatingSystem", "pageFile"])
        assert.deepEqual(said(server([disk("nfs", { purpose })])), SILENT);
      const both = disk("nfs", { purpose: "operatingSystem", alsoHolds: ["messageQueue"] });
      assert.equal(said(server([both])).findings.length, 1);
    });

    it("and cannot judge what is unknown, where it matters", () => {
      const undecided = (path: string) => ({ findings: [], undecided: [`ex1: ${path} is ${LATER}`] });
      assert.deepEqual(said(server([disk("nfs", { purpose: UNKNOWN })])), undecided("disks[0].purpose"));
      assert.deepEqual(said(server([disk("smb", { path: UNKNOWN })], "Exchange 2016")), undecided("disks[0].path"));
      assert.equal(said(server([disk("smb", { path: UNKNOWN })], "Exchange 2010")).findings.length, 1);
      assert.deepEqual(
        said(mailbox("ex1", { disks: [disk("nfs")] }, { version: UNKNOWN })),
        undecided("exchange.version"),
      );
    });
  });

  it("accepts a server without disks, and machines without Exchange", () => {
    assert.deepEqual(said(server([])), SILENT);
    assert.deepEqual(said(mailbox("ex1")), SILENT);
    assert.equal(judge(rule, [vm("a", { disks: [disk("dynamic")] })]).applied, 0);
    assert.deepEqual(said(vm("a", { disks: [disk("dynamic")] })), SILENT);
  });

  describe("takes a format that is not declared", () => {
    const on = (operatingSystem: Plain, version: string, type = "dynamic") =>
      said(host("hv1", { operatingSystem }), server([disk(type)], version, { host: "hv1" }));

    it("for VHD on hosts that know no other", () => {
      const found = {
        findings: ['ex1: ex1 (Exchange 2013, Mailbox) has the dynamically expanding VHD "D1" (databases).'],
        undecided: [],
      };
      for (const version of ["2008 SP2", "2008 R2", "2008 R2 SP1"]) {
        assert.deepEqual(on(`Windows Server ${version}`, "Exchange 2013"), found);
      }
    });

    it("for either on later hosts, so that it cannot be judged where it matters", () => {
      for (const version of ["2012", "2012 R2", "2016", "2019", "2022", "2025"]) {
        assert.deepEqual(on(`Windows Server ${version}`, "Exchange 2013"), {
          findings: [],
          undecided: [FORMAT_MISSING],
        });
      }
    });

    it("and where it does not matter it says neither", () => {
      const disks = 'ex1: ex1 (Exchange 2010 SP1, Mailbox) has the dynamically expanding disk "D1" (databases).';
      assert.deepEqual(on("Windows Server 2012", "Exchange 2010 SP1"), { findings: [disks], undecided: [] });
      assert.deepEqual(said(server([disk("dynamic")])), { findings: [disks], undecided: [] });
      assert.deepEqual(on("Windows Server 2019", "Exchange 2019", "differencing").findings, [
        'ex1: ex1 (Exchange 2019, Mailbox) has the differencing disk "D1" (databases).',
      ]);
    });

    it("for either on an unknown host, or none", () => {
      const versions: readonly Plain[] = [UNKNOWN, "nonsense"];
      for (const operatingSystem of versions) {
        assert.deepEqual(on(operatingSystem, "Exchange 2013"), { findings: [], undecided: [FORMAT_MISSING] });
      }
      const undecided = { findings: [], undecided: [FORMAT_MISSING] };
      assert.deepEqual(said(server([disk("dynamic")], "Exchange 2013", { host: UNKNOWN })), undecided);
      assert.deepEqual(said(server([disk("dynamic")], "Exchange 2013")), undecided);
    });

    it("for VHD in a cluster only when none of its nodes knows another", () => {
      const floating = server([disk("dynamic")], "Exchange 2013", { cluster: "c1" });
      const nodes = (...versions: readonly string[]) =>
        versions.map((version, index) =>
          host(`hv${String(index)}`, { cluster: "c1", operatingSystem: `Windows Server ${version}` }),
        );
      assert.equal(said(cluster("c1"), ...nodes("2008 R2", "2008 R2 SP1"), floating).findings.length, 1);
      assert.deepEqual(said(cluster("c1"), ...nodes("2008 R2", "2012"), floating), {
        findings: [],
        undecided: [FORMAT_MISSING],
      });
    });
  });

  it("reads the format from the name of the file", () => {
    assert.deepEqual(said(server([disk("dynamic", { path: "D:\\a.vhdx" })], "Exchange 2013")), SILENT);
    assert.equal(said(server([disk("dynamic", { path: "D:\\a.vhd" })], "Exchange 2013")).findings.length, 1);
  });

  it("cannot judge what is unknown", () => {
    const undecided = (property: string) => ({ findings: [], undecided: [`ex1: ${property} is ${LATER}`] });
    assert.deepEqual(said(server(UNKNOWN)), undecided("disks"));
    assert.deepEqual(said(server([UNKNOWN])), undecided("disks[0].type"));
    assert.deepEqual(said(server([disk(UNKNOWN)])), undecided("disks[0].type"));
    assert.deepEqual(
      said(server([disk("dynamic", { format: UNKNOWN })], "Exchange 2013")),
      undecided("disks[0].format"),
    );
    assert.deepEqual(said(server([disk("dynamic", { path: UNKNOWN })], "Exchange 2013")), undecided("disks[0].path"));
    assert.deepEqual(
      said(mailbox("ex1", { disks: [disk("dynamic")] }, { version: UNKNOWN })),
      undecided("exchange.version"),
    );
    assert.deepEqual(said(vm("ex1", { exchange: UNKNOWN, disks: [disk("dynamic")] })), undecided("exchange"));
  });

  it("judges what is known although something else is not", () => {
    assert.equal(said(server([disk("dynamic", { format: UNKNOWN })])).findings.length, 1);
    assert.deepEqual(said(server([UNKNOWN, disk("dynamic", { name: UNKNOWN, purpose: UNKNOWN })])), {
      findings: ['ex1: ex1 (Exchange 2010 SP1, Mailbox) has the dynamically expanding disk "a disk".'],
      undecided: [`ex1: disks[0].type is ${LATER}`],
    });
  });

  it("has nothing open about a fixed disk, whatever else is unknown", () => {
    const fixed = disk("fixed", { format: UNKNOWN, name: UNKNOWN });
    assert.deepEqual(said(mailbox("ex1", { disks: [fixed] }, { version: UNKNOWN })), SILENT);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(server([disk(value)])), SILENT);
      assert.deepEqual(said(server([disk("dynamic", { format: value })], "Exchange 2013")), SILENT);
      assert.deepEqual(said(mailbox("ex1", { disks: [disk("dynamic")] }, { version: value })), SILENT);
      assert.deepEqual(said(server([value])), SILENT);
      if (!Array.isArray(value)) assert.deepEqual(said(server(value)), SILENT);
    }
  });
});
