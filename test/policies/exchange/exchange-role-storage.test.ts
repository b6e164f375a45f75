import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeRoleStorage as rule } from "../../../policies/exchange/exchange-role-storage";
import { judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const RULE = "exchange-role-storage";

function disks(...purposes: readonly Plain[]): readonly PlainObject[] {
  return purposes.map((purpose, index) => {
    return { name: `D${String(index)}`, purpose, type: "fixed", sizeGB: 100 };
  });
}

function server(roles: Plain, held: Plain, version: Plain = "Exchange 2010 SP1"): DeclaredResource {
  return mailbox("ex1", { disks: held }, { version, roles });
}

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

function finding(...servers: readonly (readonly [server: string, missing: string])[]) {
  return {
    findings: servers.map(([name, missing]) => `ex1: ex1 (${name}) has no disk for ${missing}.`),
    undecided: [],
  };
}

function open(properties: string, why = "is not known until deployment") {
  return { findings: [], undecided: [`ex1: ${properties} ${why}: not checked by ${RULE}.`] };
}

const QUEUE = "the message queue database and its logs";

describe("exchange-role-storage", () => {
  it("asks a Hub Transport server for its message queue", () => {
    assert.deepEqual(said(server(["HT"], disks("operatingSystem", "messageQueue"))), SILENT);
    assert.deepEqual(
      said(server(["HT"], disks("operatingSystem"))),
      finding(["Exchange 2010 SP1, Hub Transport", QUEUE]),
    );
  });

  it("asks a Mailbox server for databases, transaction logs and the content index", () => {
    const all = disks("operatingSystem", "databases", "transactionLogs", "contentIndex");
    assert.deepEqual(said(server(["MBX"], all)), SILENT);
    const name = "Exchange 2010 SP1, Mailbox";
    assert.deepEqual(said(server(["MBX"], all.slice(0, 2))), finding([name, "the transaction logs"]));
    assert.deepEqual(
      said(server(["MBX"], disks("operatingSystem"))),
      finding([name, "the databases, the transaction logs and the content index"]),
    );
  });

  it("takes the content index to lie beside the databases, unless it is declared apart", () => {
    const name = "Exchange 2010 SP1, Mailbox";
    assert.deepEqual(said(server(["MBX"], disks("databases", "transactionLogs"))), SILENT);
    assert.deepEqual(said(server(["MBX"], disks("contentIndex", "transactionLogs"))), finding([name, "the databases"]));
    assert.deepEqual(
      said(server(["MBX"], disks("transactionLogs"))),
      finding([name, "the databases and the content index"]),
    );
  });

  it("asks each role on its own, and others for nothing", () => {
    const both = "Exchange 2010 SP1, Mailbox, Hub Transport";
    assert.deepEqual(
      said(server(["MBX", "HT"], disks("databases", "contentIndex"))),
      finding([both, QUEUE], [both, "the transaction logs"]),
    );
    for (const role of ["CAS", "UM", "Edge"]) assert.deepEqual(said(server([role], disks("operatingSystem"))), SILENT);
  });

  it("takes what a disk also holds", () => {
    const [system, databases] = disks("operatingSystem", "databases");
    const held = [
      { ...system, alsoHolds: ["messageQueue"] },
      { ...databases, alsoHolds: ["transactionLogs", "contentIndex"] },
    ];
    assert.deepEqual(said(server(["MBX", "HT"], held)), SILENT);
  });

  it("asks later versions for databases and their logs, and leaves the queues in their default place", () => {
    for (const version of ["Exchange 2013", "Exchange 2016", "Exchange 2019"]) {
      assert.deepEqual(said(server(["MBX"], disks("databases", "transactionLogs"), version)), SILENT);
      assert.deepEqual(said(server(["MBX"], disks("databases", "transactionLogs", "messageQueue"), version)), SILENT);
      assert.deepEqual(
        said(server(["MBX"], disks("databases", "contentIndex"), version)),
        finding([`${version}, Mailbox`, "the transaction logs"]),
      );
      assert.deepEqual(said(server(["Edge"], disks("operatingSystem"), version)), SILENT);
    }
    assert.equal(said(server(["MBX"], disks("operatingSystem"), "Exchange SE")).findings.length, 1);
    assert.deepEqual(said(server(["CAS"], disks("operatingSystem"), "Exchange 2013")), SILENT);
  });

  it("does not claim that a disk of data is not the one", () => {
    assert.deepEqual(
      said(server(["HT"], disks("operatingSystem", "data"))),
      open("a disk of purpose messageQueue", "is not declared"),
    );
  });

  it("asks once for the disks where none is declared", () => {
    assert.deepEqual(said(mailbox("ex1")), open("disks", "is not declared"));
    assert.deepEqual(said(mailbox("ex1", {}, { roles: ["CAS"] })), SILENT);
    assert.equal(judge(rule, [vm("a")]).applied, 0);
  });

  it("only advises, quoting the document", () => {
    assert.equal(rule.level, "recommended");
    const quoted = ["Exchange 2010", "Exchange 2013", "Exchange 2016", "Exchange SE"].map((version) =>
      judge(rule, [server(["MBX"], disks("operatingSystem"), version)])
        .messages[0]?.split("\n")
        .at(-1),
    );
    assert.deepEqual(
      quoted.map((source) => source?.split(", http")[0]),
      [
        "Source: Best Practices for Virtualizing Exchange Server 2010 with Windows Server 2008 R2 Hyper-V",
        "Source: Exchange 2013 virtualization",
        "Source: Exchange Server virtualization (2016 and 2019)",
        "Source: Exchange Server virtualization (2016 and 2019)",
      ],
    );
  });

  it("cannot judge what is unknown", () => {
    assert.deepEqual(said(server(["HT"], UNKNOWN)), open("disks"));
    assert.deepEqual(said(server(["HT"], disks("operatingSystem", UNKNOWN))), open("disks[1].purpose"));
    assert.deepEqual(said(server(["HT"], disks("messageQueue", UNKNOWN))), SILENT);
    assert.deepEqual(said(server(["HT"], disks("operatingSystem"), UNKNOWN)), open("exchange.version"));
    assert.deepEqual(said(server(UNKNOWN, disks("operatingSystem"))), open("exchange.roles"));
    assert.deepEqual(said(server([UNKNOWN, "CAS"], disks("operatingSystem"))), open("exchange.roles[0]"));
    const all = disks("databases", "transactionLogs", "contentIndex", "messageQueue");
    assert.deepEqual(said(server(UNKNOWN, all)), SILENT);
    assert.deepEqual(said(server(["HT", UNKNOWN], disks("operatingSystem"))), {
      findings: finding(["Exchange 2010 SP1, Hub Transport", QUEUE]).findings,
      undecided: open("exchange.roles[1]").undecided,
    });
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(server(["HT"], disks("operatingSystem", value))), SILENT);
      assert.deepEqual(said(server(["HT"], disks("operatingSystem"), value)), SILENT);
      assert.deepEqual(said(server([value], disks("operatingSystem"))), SILENT);
    }
  });
});
