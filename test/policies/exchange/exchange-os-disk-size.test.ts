import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeOsDiskSize as rule } from "../../../policies/exchange/exchange-os-disk-size";
import { judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

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

/** Where the operating system alone does not fit. */
function only15(hasGB: string) {
  const text = `needs 15 GB (operating system) on its operating system disk "system", which has ${hasGB} GB.`;
  return { findings: [`ex1: ex1 (Exchange 2010 SP1, Mailbox) ${text}`], undecided: [] };
}

ruleTest(rule, {
  passes: [["what the fix asks for", [server([system(31)])]]],
  finds: [
    [
      "a disk that is too small",
      [server([system(25)])],
      finding("15 (operating system) + 16 (paging file for 16 GB) = 31", "25").findings,
      {
        found: { value: 25, unit: "GB" },
        limit: { bound: "atLeast", value: 31, unit: "GB" },
        change: { path: "disks[0].sizeGB", value: 31 },
        fix:
          "Set the sizeGB of the disk to 31 or more, or give the paging file a disk of its own (purpose pageFile) of 16 GB " +
          "or more.",
        source: "exchange-2010-best-practices",
        advisory: false,
      },
    ],
    [
      "a disk on which not even the operating system fits",
      [server([system(14)])],
      finding("15 (operating system) + 16 (paging file for 16 GB) = 31", "14").findings,
      { fix: "Set the sizeGB of the disk to 31 or more." },
    ],
    [
      "a disk of the paging file that is too small",
      [server([system(500), { name: "p", purpose: "pageFile", type: "fixed", sizeGB: 15 }])],
      'ex1: ex1 (Exchange 2010 SP1, Mailbox) needs 16384 MB (as much as its memory) for its paging file. The disk "p" ' +
        "(pageFile) has 15360 MB.",
      {
        found: { value: 15360, unit: "MB" },
        limit: { bound: "atLeast", value: 16384, unit: "MB" },
        change: { path: "disks[1].sizeGB", value: 16 },
      },
    ],
    [
      "less than the user asks for",
      [server([system(40)])],
      'ex1: ex1 (Exchange 2010 SP1, Mailbox) has 40 GB on its operating system disk "system". The parameter minimumGB of ' +
        "this rule asks for 60 GB.",
      {
        configuration: { minimumGB: 60 },
        found: { value: 40, unit: "GB" },
        limit: { bound: "atLeast", value: 60, unit: "GB" },
        change: { path: "disks[0].sizeGB", value: 60 },
        fix: "Set the sizeGB of the disk to 60 or more.",
      },
    ],
  ],
});

describe("exchange-os-disk-size", () => {
  it("asks for 15 GB and the memory, and shows the sum", () => {
    assert.deepEqual(said(server([system(31)])), SILENT);
    assert.deepEqual(
      said(server([system(25)])),
      finding("15 (operating system) + 16 (paging file for 16 GB) = 31", "25"),
    );
    assert.deepEqual(
      said(server([system(30.999)])),
      finding("15 (operating system) + 16 (paging file for 16 GB) = 31", "30.999"),
    );
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

  describe("of Exchange 2016 and later", () => {
    const of = (version: string, sizeGB: Plain, ...others: readonly Plain[]) =>
      server([system(sizeGB), ...others], { version });
    const program = (sizeGB: Plain, more: PlainObject = {}): PlainObject => ({
      name: "program",
      purpose: "data",
      type: "fixed",
      sizeGB,
      ...more,
    });
    const SE = "Exchange Server Subscription Edition";
    const PAGING: Readonly<Record<string, readonly [arithmetic: string, enough: number]>> = {
      "Exchange 2016": ["30 (free to install Exchange) + 16.01 (paging file for 16 GB) = 46.01", 46.01],
      "Exchange 2019": ["30 (free to install Exchange) + 4 (paging file for 16 GB) = 34", 34],
      [SE]: ["30 (free to install Exchange) + 4 (paging file for 16 GB) = 34", 34],
    };

    for (const [version, [arithmetic, enough]] of Object.entries(PAGING)) {
      it(`asks ${version} for the free space to install it, and its paging file`, () => {
        assert.deepEqual(said(of(version, enough)), SILENT);
        assert.deepEqual(said(of(version, enough - 1)), finding(arithmetic, String(enough - 1), version));
        assert.deepEqual(judge(rule, [of(version, enough - 1)]).advisory, []);
      });

      it(`says nothing of ${version} on another disk of data that is large enough`, () => {
        assert.deepEqual(said(of(version, 20, program(30))), SILENT);
        assert.deepEqual(said(of(version, 20, program(29.9))), finding(arithmetic, "20", version));
        const logs: PlainObject = { ...program(500), purpose: "transactionLogs" };
        assert.deepEqual(said(of(version, 20, logs)), finding(arithmetic, "20", version));
        assert.deepEqual(said(of(version, 20, { ...logs, alsoHolds: ["data"] })), SILENT);
      });
    }

    it("asks for the free space of the system drive even then", () => {
      assert.deepEqual(said(of("Exchange 2016", 16.206, program(100))), SILENT);
      assert.deepEqual(
        said(of("Exchange 2016", 16.2, program(100))),
        finding("0.195 (free space) + 16.01 (paging file for 16 GB) = 16.205", "16.2", "Exchange 2016"),
      );
      assert.deepEqual(
        said(of("Exchange 2019", 4, program(100))),
        finding("0.195 (free space) + 4 (paging file for 16 GB) = 4.195", "4", "Exchange 2019"),
      );
    });

    it("counts no more than 32778 MB for the paging file of Exchange 2016", () => {
      const large = (sizeGB: number) => server([system(sizeGB)], { version: "Exchange 2016" }, { memoryMB: 131_072 });
      assert.deepEqual(said(large(62.01)), SILENT);
      assert.deepEqual(
        said(large(62)),
        finding("30 (free to install Exchange) + 32.01 (paging file for 128 GB) = 62.01", "62", "Exchange 2016"),
      );
    });

    it("counts the server roles once, as far as they take more than the installation", () => {
      const roles = (serverRolesGB: Plain, sizeGB: number) =>
        server([system(sizeGB)], { version: "Exchange 2019", serverRolesGB, managementSoftwareGB: 1 });
      assert.deepEqual(said(roles(30, 35)), SILENT);
      assert.deepEqual(said(roles(40, 45)), SILENT);
      assert.deepEqual(
        said(roles(40, 44)),
        finding(
          "30 (free to install Exchange) + 4 (paging file for 16 GB) + 1 (management software) + " +
            "10 (server roles beyond 30) = 45",
          "44",
          "Exchange 2019",
        ),
      );
    });

    it("quotes the document of the version, and what would do", () => {
      const lastLines = (version: string) =>
        judge(rule, [of(version, 20)])
          .messages[0]?.split("\n")
          .slice(2);
      const fix = (sizeGB: number) =>
        `Fix: Set the sizeGB of the disk to ${String(sizeGB)} or more, or install Exchange on a disk of its own (purpose ` +
        "data) of 30 GB or more.";
      const requirements =
        "Source: Exchange Server system requirements (2016 and 2019), " +
        "https://learn.microsoft.com/exchange/plan-and-deploy/system-requirements";
      assert.deepEqual(lastLines("Exchange 2016"), [fix(47), requirements]);
      assert.deepEqual(lastLines("Exchange 2019"), [fix(34), requirements]);
      assert.deepEqual(lastLines("Exchange SE"), [
        fix(34),
        "Source: Exchange Server Roadmap Update, " +
          "https://techcommunity.microsoft.com/t5/exchange-team-blog/exchange-server-roadmap-update/ba-p/4132742",
      ]);
    });

    it("cannot tell while it is open where Exchange is installed, unless either would not do", () => {
      const open = (property: string) => ({
        findings: [],
        undecided: [`ex1: ${property} is not known until deployment: not checked by ${RULE}.`],
      });
      assert.deepEqual(said(of("Exchange 2019", 20, program(UNKNOWN))), open('sizeGB of the disk "program"'));
      assert.deepEqual(said(of("Exchange 2019", 34, program(UNKNOWN))), SILENT);
      assert.deepEqual(said(of("Exchange 2019", UNKNOWN)), open('sizeGB of the disk "system"'));
      assert.deepEqual(
        said(of("Exchange 2019", 4, program(UNKNOWN))),
        finding("0.195 (free space) + 4 (paging file for 16 GB) = 4.195", "4", "Exchange 2019"),
      );
      assert.deepEqual(
        said(of("Exchange 2019", 20, program(100, { purpose: UNKNOWN }))),
        open('purpose of the disk "program"'),
      );
      assert.deepEqual(
        said(server([system(35)], { version: "Exchange 2019", serverRolesGB: UNKNOWN })),
        open("exchange.serverRolesGB"),
      );
    });

    it("leaves malformed declarations to the estate rule", () => {
      for (const value of MALFORMED) {
        assert.deepEqual(said(of("Exchange 2019", 20, program(100, { purpose: value }))), SILENT);
        if (typeof value !== "number") assert.deepEqual(said(of("Exchange 2019", 20, program(value))), SILENT);
      }
    });
  });

  describe("of the paging file's own disk", () => {
    const paging = (sizeGB: Plain): PlainObject => ({ name: "p", purpose: "pageFile", type: "fixed", sizeGB });
    const on = (version: string, memoryMB: Plain, ...disks: readonly Plain[]) =>
      said(server([system(500), ...disks], { version }, { memoryMB }));
    const tooSmall = (version: string, needs: string, has: string) => ({
      findings: [`ex1: ex1 (${version}, Mailbox) needs ${needs} for its paging file. ${has} MB.`],
      undecided: [],
    });

    it("asks for what the document of the version says", () => {
      for (const version of ["Exchange 2010 SP1", "Exchange 2010 SP2", "Exchange 2010 SP3"]) {
        assert.deepEqual(on(version, 16384, paging(16)), SILENT);
        assert.deepEqual(
          on(version, 16384, paging(15)),
          tooSmall(version, "16384 MB (as much as its memory)", 'The disk "p" (pageFile) has 15360'),
        );
      }
      for (const version of ["Exchange 2013", "Exchange 2016"]) {
        assert.deepEqual(on(version, 16384, paging(16.01)), SILENT);
        assert.deepEqual(
          on(version, 16384, paging(16)),
          tooSmall(version, "16384 + 10 = 16394 MB", 'The disk "p" (pageFile) has 16384'),
        );
        assert.deepEqual(on(version, 131072, paging(33)), SILENT);
        assert.deepEqual(
          on(version, 131072, paging(32)),
          tooSmall(version, "32778 MB (the most, for 131072 MB of memory)", 'The disk "p" (pageFile) has 32768'),
        );
      }
      for (const version of ["Exchange 2019", "Exchange Server Subscription Edition"]) {
        assert.deepEqual(on(version, 131072, paging(32)), SILENT);
        assert.deepEqual(
          on(version, 131072, paging(31)),
          tooSmall(version, "25% of 131072 = 32768 MB", 'The disk "p" (pageFile) has 31744'),
        );
      }
    });

    it("blocks, on the disk, with the document", () => {
      const { messages, advisory } = judge(rule, [server([system(500), paging(1)], { version: "Exchange 2013" })]);
      assert.deepEqual(advisory, []);
      assert.deepEqual(messages[0]?.split("\n").slice(1), [
        "Why: The page file size minimum and maximum must be set to physical RAM plus 10 MB, at most 32778 MB. A server " +
          "whose system disk is full cannot page, write dump files or install updates, and Exchange stops accepting mail.",
        'Fix: Set the sizeGB of the disk "p" (pageFile) to 17 or more.',
        "Source: Exchange 2013 system requirements, " +
          "https://learn.microsoft.com/exchange/exchange-2013-system-requirements-exchange-2013-help",
      ]);
    });

    it("adds up the disks that hold it", () => {
      const second = { name: "d", purpose: "data", alsoHolds: ["pageFile"], type: "fixed", sizeGB: 8 };
      assert.deepEqual(on("Exchange 2010 SP1", 16384, paging(8), second), SILENT);
      assert.deepEqual(
        on("Exchange 2010 SP1", 16384, paging(7.5), second),
        tooSmall(
          "Exchange 2010 SP1",
          "16384 MB (as much as its memory)",
          'The disks "p" (pageFile) and "d" (data) have 7680 + 8192 = 15872',
        ),
      );
      const both = server([system(31, { alsoHolds: ["pageFile"] }), paging(1)]);
      assert.deepEqual(said(both), SILENT);
    });

    it("cannot judge what is unknown, and leaves what is malformed to the estate rule", () => {
      const open = (property: string) => ({
        findings: [],
        undecided: [`ex1: ${property} is not known until deployment: not checked by ${RULE}.`],
      });
      assert.deepEqual(on("Exchange 2016", 16384, paging(UNKNOWN)), open('sizeGB of the disk "p"'));
      assert.deepEqual(on("Exchange 2016", UNKNOWN, paging(1)), open("memoryMB"));
      const other: PlainObject = { name: "d", purpose: "data", alsoHolds: [UNKNOWN], type: "fixed", sizeGB: 100 };
      assert.deepEqual(on("Exchange 2016", 16384, paging(1), other), open("disks[2].alsoHolds[0]"));
      for (const value of MALFORMED) {
        if (typeof value !== "number") assert.deepEqual(on("Exchange 2016", 16384, paging(value)), SILENT);
        assert.deepEqual(on("Exchange 2016", value, paging(1)), SILENT);
      }
    });
  });

  it("adds what is declared to lie there too", () => {
    const extra = { managementSoftwareGB: 2, crashDumpGB: 16, serverRolesGB: 1.5 };
    assert.deepEqual(said(server([system(50.5)], extra)), SILENT);
    assert.deepEqual(
      said(server([system(50)], extra)),
      finding(
        "15 (operating system) + 16 (paging file for 16 GB) + 2 (management software) + 16 (dump files) + 1.5 (server roles) = 50.5",
        "50",
      ),
    );
    assert.deepEqual(
      said(server([system(31)], { crashDumpGB: 1 })),
      finding("15 (operating system) + 16 (paging file for 16 GB) + 1 (dump files) = 32", "31"),
    );
  });

  it("counts no paging file that another disk holds", () => {
    const paging = { name: "p", purpose: "pageFile", type: "fixed", sizeGB: 16 };
    assert.deepEqual(said(server([system(15), paging])), SILENT);
    assert.deepEqual(said(server([system(14), paging])), only15("14"));
    const data = { name: "d", purpose: "data", alsoHolds: ["pageFile"], type: "fixed", sizeGB: 100 };
    assert.deepEqual(said(server([system(15), data])), SILENT);
    assert.deepEqual(
      said(server([system(15, { alsoHolds: ["pageFile"] })])),
      finding("15 (operating system) + 16 (paging file for 16 GB) = 31", "15"),
    );
  });

  it("takes the most that dynamic memory may give", () => {
    const dynamic = { dynamicMemory: { minimumMB: 1024, maximumMB: 32768 } };
    assert.deepEqual(
      said(server([system(40)], {}, dynamic)),
      finding("15 (operating system) + 32 (paging file for 32 GB) = 47", "40"),
    );
  });

  it("does not round away what is missing", () => {
    assert.deepEqual(
      said(server([system(19.88)], {}, { memoryMB: 5000 })),
      finding("15 (operating system) + 4.883 (paging file for 4.883 GB) = 19.883", "19.88"),
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
    const missing = `a disk of purpose operatingSystem is not declared: not checked by ${RULE}.`;
    assert.deepEqual(said(server([data])), { findings: [], undecided: [`ex1: ${missing}`] });
    assert.deepEqual(said(mailbox("ex1")), SILENT);
    // Later documents ask for room where Exchange is installed, which may be on a disk that is not declared.
    assert.deepEqual(said(server([data], { version: "Exchange 2019" })), SILENT);
  });

  it("cannot judge what is unknown, unless the rest is too much already", () => {
    const open = (property: string) => ({
      findings: [],
      undecided: [`ex1: ${property} is not known until deployment: not checked by ${RULE}.`],
    });
    assert.deepEqual(said(server(UNKNOWN)), open("disks"));
    assert.deepEqual(said(server([system(UNKNOWN)])), open('sizeGB of the disk "system"'));
    assert.deepEqual(said(server([system(20, { purpose: UNKNOWN })])), open('purpose of the disk "system"'));
    assert.deepEqual(said(server([system(20)], { version: UNKNOWN })), open("exchange.version"));
    assert.deepEqual(said(server([system(20)], {}, { memoryMB: UNKNOWN })), open("memoryMB"));
    assert.deepEqual(said(server([system(31)], { crashDumpGB: UNKNOWN })), open("exchange.crashDumpGB"));
    assert.deepEqual(said(vm("ex1", { exchange: UNKNOWN, disks: [system(1)] })), open("exchange"));
    const other: PlainObject = { name: "d", purpose: UNKNOWN, type: "fixed", sizeGB: 100 };
    assert.deepEqual(said(server([system(20), other])), open('purpose of the disk "d"'));
    assert.deepEqual(said(server([system(14)], {}, { memoryMB: UNKNOWN })), only15("14"));
    assert.deepEqual(
      said(server([system(30)], { crashDumpGB: UNKNOWN })),
      finding("15 (operating system) + 16 (paging file for 16 GB) = 31", "30"),
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
