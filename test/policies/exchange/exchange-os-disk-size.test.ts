import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeOsDiskSize as rule } from "../../../policies/exchange/exchange-os-disk-size";
import { judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const RULE = "exchange-os-disk-size";

function system(sizeGB: Plain, more: PlainObject = {}): PlainObject {
  return { name: "system", purpose: "operatingSystem", type: "fixed", sizeGB, ...more };
}

/** A server with 16 GB of memory. */
function server(disks: Plain, exchange: PlainObject = {}, more: PlainObject = {}): DeclaredResource {
  return mailbox("ex1", { memoryMB: 16384, disks, ...more }, exchange);
}

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

function finding(arithmetic: string, hasGB: string, version = "Exchange 2010 SP1") {
  const text = `needs ${arithmetic} GB on its operating system disk "system", which has ${hasGB} GB.`;
  return { findings: [`ex1: ex1 (${version}, Mailbox) ${text}`], undecided: [] };
}

describe("exchange-os-disk-size", () => {
  it("asks for 15 GB and the memory, and shows the sum", () => {
    assert.deepEqual(said(server([system(31)])), SILENT);
    assert.deepEqual(said(server([system(25)])), finding("15 + 16 (paging file for 16 GB) = 31", "25"));
    assert.deepEqual(said(server([system(30.999)])), finding("15 + 16 (paging file for 16 GB) = 31", "30.999"));
  });

  it("quotes the document of the version, and blocks", () => {
    const quoted = (version: string) => {
      const { messages, advisory } = judge(rule, [server([system(25)], { version })]);
      assert.deepEqual(advisory, []);
      return messages[0]?.split("\n").at(-1)?.split(",")[0];
    };
    assert.deepEqual(
      ["Exchange 2010", "Exchange 2010 SP1", "Exchange 2010 SP2", "Exchange 2010 SP3", "Exchange 2013"].map(quoted),
      [
        ...Array<string>(4).fill(
          "Source: Best Practices for Virtualizing Exchange Server 2010 with Windows Server 2008 R2 Hyper-V",
        ),
        "Source: Exchange 2013 virtualization",
      ],
    );
  });

  it("says nothing for later versions, whose documents no longer ask for it", () => {
    for (const version of ["Exchange 2016", "Exchange 2019", "Exchange SE"]) {
      assert.deepEqual(said(server([system(1)], { version })), SILENT);
      assert.deepEqual(said(server([system(UNKNOWN)], { version })), SILENT);
    }
  });

  it("adds what is declared to lie there too", () => {
    const extra = { managementSoftwareGB: 2, crashDumpGB: 16, serverRolesGB: 1.5 };
    assert.deepEqual(said(server([system(50.5)], extra)), SILENT);
    assert.deepEqual(
      said(server([system(50)], extra)),
      finding(
        "15 + 16 (paging file for 16 GB) + 2 (management software) + 16 (dump files) + 1.5 (server roles) = 50.5",
        "50",
      ),
    );
    assert.deepEqual(
      said(server([system(31)], { crashDumpGB: 1 })),
      finding("15 + 16 (paging file for 16 GB) + 1 (dump files) = 32", "31"),
    );
  });

  it("counts no paging file that another disk holds", () => {
    const paging = { name: "p", purpose: "pageFile", type: "fixed", sizeGB: 16 };
    assert.deepEqual(said(server([system(15), paging])), SILENT);
    assert.deepEqual(said(server([system(14), paging])), finding("15", "14"));
    const data = { name: "d", purpose: "data", alsoHolds: ["pageFile"], type: "fixed", sizeGB: 100 };
    assert.deepEqual(said(server([system(15), data])), SILENT);
    assert.deepEqual(
      said(server([system(15, { alsoHolds: ["pageFile"] })])),
      finding("15 + 16 (paging file for 16 GB) = 31", "15"),
    );
  });

  it("takes the most that dynamic memory may give", () => {
    const dynamic = { dynamicMemory: { minimumMB: 1024, maximumMB: 32768 } };
    assert.deepEqual(said(server([system(40)], {}, dynamic)), finding("15 + 32 (paging file for 32 GB) = 47", "40"));
  });

  it("does not round away what is missing", () => {
    assert.deepEqual(
      said(server([system(19.88)], {}, { memoryMB: 5000 })),
      finding("15 + 4.883 (paging file for 4.883 GB) = 19.883", "19.88"),
    );
  });

  it("finds any size that is too small, and no other", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 256 }), fc.integer({ min: 1, max: 400 }), (memoryGB, sizeGB) => {
        const { findings } = said(server([system(sizeGB)], {}, { memoryMB: memoryGB * 1024 }));
        assert.equal(findings.length, sizeGB < 15 + memoryGB ? 1 : 0);
      }),
    );
  });

  it("judges every operating system disk, and no machine without Exchange", () => {
    assert.equal(said(server([system(1), system(2, { name: "second" })])).findings.length, 2);
    assert.equal(judge(rule, [vm("a", { disks: [system(1)] })]).applied, 0);
  });

  it("asks for the disk where others are declared, and not where none is", () => {
    const data = { name: "d", purpose: "databases", type: "fixed", sizeGB: 100 };
    const missing = `a disk of purpose operatingSystem is not declared: not decidable at preview by ${RULE}.`;
    assert.deepEqual(said(server([data])), { findings: [], undecided: [`ex1: ${missing}`] });
    assert.deepEqual(said(mailbox("ex1")), SILENT);
  });

  it("cannot judge what is unknown, unless the rest is too much already", () => {
    const open = (property: string) => ({
      findings: [],
      undecided: [`ex1: ${property} is not known until deployment: not decidable at preview by ${RULE}.`],
    });
    assert.deepEqual(said(server(UNKNOWN)), open("disks"));
    assert.deepEqual(said(server([system(UNKNOWN)])), open("disks[0].sizeGB"));
    assert.deepEqual(said(server([system(20, { purpose: UNKNOWN })])), open("disks[0].purpose"));
    assert.deepEqual(said(server([system(20)], { version: UNKNOWN })), open("exchange.version"));
    assert.deepEqual(said(server([system(20)], {}, { memoryMB: UNKNOWN })), open("memoryMB"));
    assert.deepEqual(said(server([system(31)], { crashDumpGB: UNKNOWN })), open("exchange.crashDumpGB"));
    assert.deepEqual(said(vm("ex1", { exchange: UNKNOWN, disks: [system(1)] })), open("exchange"));
    const other: PlainObject = { name: "d", purpose: UNKNOWN, type: "fixed", sizeGB: 100 };
    assert.deepEqual(said(server([system(20), other])), open("disks[1].purpose"));
    assert.deepEqual(said(server([system(14)], {}, { memoryMB: UNKNOWN })), finding("15", "14"));
    assert.deepEqual(
      said(server([system(30)], { crashDumpGB: UNKNOWN })),
      finding("15 + 16 (paging file for 16 GB) = 31", "30"),
    );
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(server([system(30)], { version: value })), SILENT);
      assert.deepEqual(said(server([system(20)], {}, { memoryMB: value })), SILENT);
      assert.deepEqual(said(server([system(20, { purpose: value })])), SILENT);
      if (typeof value !== "number") assert.deepEqual(said(server([system(value)])), SILENT);
    }
  });
});
