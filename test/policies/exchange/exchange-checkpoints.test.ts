import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain } from "../../../lib/estate/plain";
import { exchangeCheckpoints as rule } from "../../../policies/exchange/exchange-checkpoints";
import { host, judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const LATER = "not known until deployment: not checked by exchange-checkpoints.";

function server(checkpoints: Plain, version: Plain = "Exchange 2016"): DeclaredResource {
  return mailbox("ex1", { checkpoints, host: "hv1" }, { version });
}

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

describe("exchange-checkpoints", () => {
  it("accepts a server without, and objects to every kind", () => {
    assert.deepEqual(said(server("disabled")), SILENT);
    for (const kind of ["standard", "production", "productionOnly"]) {
      assert.deepEqual(said(server(kind)), {
        findings: [`ex1: ex1 (Exchange 2016, Mailbox) allows checkpoints (${kind}).`],
        undecided: [],
      });
    }
  });

  it("suspects nobody who declares nothing, whatever the host takes by default", () => {
    for (const operatingSystem of ["Windows Server 2008 R2", "Windows Server 2022"]) {
      assert.deepEqual(said(host("hv1", { operatingSystem }), mailbox("ex1", { host: "hv1" })), SILENT);
    }
    assert.equal(judge(rule, [vm("a", { checkpoints: "standard" })]).applied, 0);
  });

  it("blocks where a document says so, and only advises for Exchange 2010", () => {
    const advises = (version: string) => judge(rule, [server("standard", version)]).advisory.length > 0;
    assert.deepEqual(["2010", "2010 SP1", "2010 SP2", "2010 SP3"].map(advises), [true, true, true, true]);
    assert.deepEqual(["2013", "2016", "2019", "SE"].map(advises), [false, false, false, false]);
    const { messages } = judge(rule, [server("standard")]);
    assert.match(
      messages.join(),
      /\nWhy: Making virtual machine snapshots of an Exchange guest virtual machine isn't supp/,
    );
  });

  it("cannot judge what is unknown", () => {
    assert.deepEqual(said(server(UNKNOWN)), { findings: [], undecided: [`ex1: checkpoints is ${LATER}`] });
    assert.deepEqual(said(server("standard", UNKNOWN)), {
      findings: [],
      undecided: [`ex1: exchange.version is ${LATER}`],
    });
    assert.deepEqual(said(server("disabled", UNKNOWN)), SILENT);
    assert.deepEqual(said(vm("ex1", { exchange: UNKNOWN, checkpoints: "standard" })), {
      findings: [],
      undecided: [`ex1: exchange is ${LATER}`],
    });
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(server(value)), SILENT);
      assert.deepEqual(said(server("standard", value)), SILENT);
    }
  });
});
