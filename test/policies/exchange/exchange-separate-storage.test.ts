import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeSeparateStorage as rule } from "../../../policies/exchange/exchange-separate-storage";
import { judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const RULE = "exchange-separate-storage";

function disk(name: string, purpose: Plain, more: PlainObject = {}): PlainObject {
  return { name, purpose, type: "fixed", sizeGB: 100, ...more };
}

const SYSTEM = disk("C", "operatingSystem", { storage: "Spindles 1" });

function server(disks: Plain, version: Plain = "Exchange 2010 SP1"): DeclaredResource {
  return mailbox("ex1", { disks }, { version });
}

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

function finding(disk: string, place: string, version = "Exchange 2010 SP1") {
  const text = `has the disk ${disk} on ${place}, where its operating system disk "C" lies too.`;
  return { findings: [`ex1: ex1 (${version}, Mailbox) ${text}`], undecided: [] };
}

function open(property: string, why = "not known until deployment") {
  return { findings: [], undecided: [`ex1: ${property} is ${why}: not checked by ${RULE}.`] };
}

describe("exchange-separate-storage", () => {
  it("accepts other storage, and objects to the same, whatever its case", () => {
    assert.deepEqual(said(server([SYSTEM, disk("D", "databases", { storage: "Spindles 2" })])), SILENT);
    assert.deepEqual(
      said(server([SYSTEM, disk("D", "databases", { storage: "SPINDLES 1" })])),
      finding('"D" (databases)', "SPINDLES 1"),
    );
  });

  it("only advises, and says what the document says", () => {
    const { messages, advisory } = judge(rule, [server([SYSTEM, disk("D", "databases", { storage: "Spindles 1" })])]);
    assert.equal(rule.level, "recommended");
    assert.deepEqual(advisory, []);
    assert.match(
      messages.join(),
      /\nWhy: Microsoft's best practice: storage used by Exchange should be hosted in disk/,
    );
  });

  it("looks at what the document of the version means", () => {
    const verdicts = (version: string) =>
      ["databases", "transactionLogs", "contentIndex", "messageQueue", "data", "pageFile"].map(
        (purpose) => said(server([SYSTEM, disk("D", purpose, { storage: "spindles 1" })], version)).findings.length,
      );
    for (const version of ["Exchange 2010", "Exchange 2010 SP1", "Exchange 2010 SP2", "Exchange 2010 SP3"]) {
      assert.deepEqual(verdicts(version), [1, 1, 1, 1, 0, 0], version);
    }
    // Later documents allow the queue on the system drive.
    for (const version of ["Exchange 2013", "Exchange 2016", "Exchange 2019", "Exchange SE"]) {
      assert.deepEqual(verdicts(version), [1, 1, 1, 0, 0, 0], version);
    }
  });

  it("objects to what lies on the operating system disk itself", () => {
    assert.deepEqual(said(server([disk("C", "operatingSystem", { alsoHolds: ["messageQueue", "databases"] })])), {
      findings: [
        "ex1: ex1 (Exchange 2010 SP1, Mailbox) has the databases and the message queue database and its logs on its " +
          'operating system disk "C".',
      ],
      undecided: [],
    });
    const allowed = disk("C", "operatingSystem", { alsoHolds: ["messageQueue", "pageFile"] });
    assert.deepEqual(said(server([allowed], "Exchange 2016")), SILENT);
  });

  it("looks at what a disk also holds", () => {
    const data = disk("D", "data", { alsoHolds: ["transactionLogs"], storage: "Spindles 1" });
    assert.deepEqual(said(server([SYSTEM, data])), finding('"D" (data)', "Spindles 1"));
  });

  describe("without declared storage", () => {
    const at = (systemPath: string, path: string) =>
      said(server([disk("C", "operatingSystem", { path: systemPath }), disk("D", "databases", { path })]));

    it("compares the volumes of the paths", () => {
      assert.deepEqual(at("D:\\vm\\c.vhd", "d:\\data\\d.vhd"), finding('"D" (databases)', "d:"));
      assert.deepEqual(at("D:\\vm\\c.vhd", "E:\\data\\d.vhd"), SILENT);
      const volume = "C:\\ClusterStorage\\Volume1";
      assert.deepEqual(at(`${volume}\\c.vhd`, `${volume}\\d.vhd`), finding('"D" (databases)', volume));
      assert.deepEqual(at(`${volume}\\c.vhd`, "C:\\ClusterStorage\\Volume2\\d.vhd"), SILENT);
      assert.deepEqual(at("\\\\fs\\a\\c.vhdx", "\\\\FS\\a\\d.vhdx"), finding('"D" (databases)', "\\\\FS\\a"));
      assert.deepEqual(at("\\\\fs\\a\\c.vhdx", "\\\\fs\\b\\d.vhdx"), SILENT);
    });

    it("says nothing where neither is declared, and asks where one is", () => {
      assert.deepEqual(said(server([disk("C", "operatingSystem"), disk("D", "databases")])), SILENT);
      assert.deepEqual(said(server([SYSTEM, disk("D", "databases")])), open("disks[1].storage", "not declared"));
      const passThrough = disk("D", "databases", { type: "passThrough", path: "D:\\" });
      assert.deepEqual(said(server([disk("C", "operatingSystem", { path: "D:\\c.vhd" }), passThrough])), SILENT);
    });
  });

  it("says nothing without disks, without an operating system disk, or without Exchange", () => {
    assert.deepEqual(said(mailbox("ex1")), SILENT);
    assert.deepEqual(said(server([disk("D", "databases", { storage: "a" })])), SILENT);
    assert.equal(judge(rule, [vm("a", { disks: [SYSTEM] })]).applied, 0);
  });

  it("cannot judge what is unknown", () => {
    assert.deepEqual(said(server(UNKNOWN)), open("disks"));
    assert.deepEqual(said(server([SYSTEM], UNKNOWN)), open("exchange.version"));
    assert.deepEqual(said(server([SYSTEM, disk("D", "databases", { storage: UNKNOWN })])), open("disks[1].storage"));
    assert.deepEqual(said(server([SYSTEM, disk("D", UNKNOWN, { storage: "Spindles 1" })])), open("disks[1].purpose"));
    assert.deepEqual(said(server([SYSTEM, disk("D", UNKNOWN, { storage: "Spindles 2" })])), SILENT);
    assert.deepEqual(said(server([{ ...SYSTEM, alsoHolds: UNKNOWN }])), open("disks[0].alsoHolds"));
    const both = [disk("D", "databases", { storage: "Spindles 1" }), disk("E", "databases", { storage: UNKNOWN })];
    const { findings, undecided } = said(server([SYSTEM, ...both]));
    assert.deepEqual([findings.length, undecided.length], [1, 1]);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(server([SYSTEM, disk("D", value, { storage: "Spindles 1" })])), SILENT);
      assert.deepEqual(said(server([SYSTEM, disk("D", "databases")], value)), SILENT);
      if (!Array.isArray(value)) assert.deepEqual(said(server(value)), SILENT);
    }
    assert.deepEqual(said(server([SYSTEM, disk("D", "databases", { storage: {} })])), SILENT);
  });
});
