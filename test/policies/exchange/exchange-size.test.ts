import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain } from "../../../lib/estate/plain";
import { exchangeSize as rule } from "../../../policies/exchange/exchange-size";
import { judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const GB = 1024;

function server(version: Plain, processorCount: Plain, memoryMB: Plain, roles: Plain = ["Mailbox"]): DeclaredResource {
  return mailbox("ex1", { processorCount, memoryMB }, { version, roles });
}

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

/** `blocks`, `advises`, or nothing. */
function verdict(version: string, processors: number, memoryMB: number, role: string): string {
  const { findings, advisory } = judge(rule, [server(version, processors, memoryMB, [role])]);
  return findings.length === 0 ? "" : advisory.length > 0 ? "advises" : "blocks";
}

describe("exchange-size", () => {
  it("knows the least memory of each version and role, to the MB", () => {
    for (const [version, role, gigabytes, below] of [
      ["2010", "Mailbox", 4, "advises"],
      ["2010 SP1", "Hub Transport", 4, "advises"],
      ["2010 SP3", "Edge", 4, "advises"],
      ["2013", "Mailbox", 8, "blocks"],
      ["2013", "CAS", 4, "blocks"],
      ["2013", "Edge", 4, "blocks"],
      ["2016", "Mailbox", 8, "blocks"],
      ["2016", "Edge", 4, "blocks"],
      ["2019", "Mailbox", 128, "advises"],
      ["2019", "Edge", 64, "advises"],
      ["SE", "Mailbox", 128, "advises"],
      ["SE", "Edge", 64, "advises"],
    ] as const) {
      assert.equal(verdict(version, 4, gigabytes * GB, role), "", `${version} ${role}`);
      assert.equal(verdict(version, 4, gigabytes * GB - 1, role), below, `${version} ${role}`);
    }
  });

  it("knows the most memory and processors, and only advises against more", () => {
    for (const [version, processors, gigabytes] of [
      ["2013", 24, 96],
      ["2016", 24, 192],
      ["2019", 48, 256],
      ["SE", 48, 256],
    ] as const) {
      assert.equal(verdict(version, processors, gigabytes * GB, "Mailbox"), "", version);
      assert.equal(verdict(version, processors + 1, gigabytes * GB, "Mailbox"), "advises", version);
      assert.equal(verdict(version, processors, gigabytes * GB + 1, "Mailbox"), "advises", version);
    }
    assert.equal(verdict("2010 SP3", 64, 1024 * GB, "Mailbox"), "");
  });

  it("knows the least processors of Exchange 2010", () => {
    assert.deepEqual(
      ["Mailbox", "CAS", "UM", "HT", "Edge"].map((role) => verdict("2010 SP1", 1, 8 * GB, role)),
      ["advises", "advises", "advises", "", ""],
    );
    assert.equal(verdict("2010 SP1", 2, 8 * GB, "Mailbox"), "");
    assert.equal(verdict("2016", 1, 8 * GB, "Mailbox"), "");
  });

  it("says what it has and what it should have", () => {
    assert.deepEqual(said(server("2016", 25, 4096)).findings, [
      "ex1: ex1 (Exchange 2016, Mailbox) has 25 virtual processors. Exchange 2016 should have at most 24 processors.",
      "ex1: ex1 (Exchange 2016, Mailbox) has 4096 MB of memory. Exchange 2016 needs at least 8 GB, which is 8192 MB.",
    ]);
  });

  it("takes the larger need of several roles", () => {
    assert.equal(said(server("2013", 4, 6 * GB, ["CAS"])).findings.length, 0);
    assert.equal(said(server("2013", 4, 6 * GB, ["CAS", "MBX"])).findings.length, 1);
  });

  it("cannot judge what is unknown, where it matters", () => {
    const open = (path: string) => ({
      findings: [],
      undecided: [`ex1: ${path} is not known until deployment: not checked by exchange-size.`],
    });
    assert.deepEqual(said(server("2016", 4, UNKNOWN)), open("memoryMB"));
    assert.deepEqual(said(server("2016", UNKNOWN, 8 * GB)), open("processorCount"));
    assert.deepEqual(said(server(UNKNOWN, 4, 8 * GB)), open("exchange.version"));
    assert.deepEqual(said(server("2013", 4, 6 * GB, ["CAS", UNKNOWN])), open("exchange.roles[1]"));
    assert.deepEqual(said(server("2013", 4, 8 * GB, ["CAS", UNKNOWN])), SILENT);
    assert.deepEqual(said(server("2013", 4, 6 * GB, UNKNOWN)), open("exchange.roles"));
    assert.equal(said(server("2013", 4, 3 * GB, ["CAS", UNKNOWN])).findings.length, 1);
    assert.deepEqual(said(vm("ex1", { exchange: UNKNOWN })), open("exchange"));
  });

  it("leaves malformed declarations to the estate rule, and machines without Exchange alone", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(server("2016", value, 8 * GB)), SILENT);
      assert.deepEqual(said(server("2016", 4, value)), SILENT);
      assert.deepEqual(said(server(value, 4, 1)), SILENT);
    }
    assert.equal(judge(rule, [vm("a", { memoryMB: 64 })]).applied, 0);
  });
});
