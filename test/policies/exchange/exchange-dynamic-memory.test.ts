import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { exchangeDynamicMemory as rule } from "../../../policies/exchange/exchange-dynamic-memory";
import { host, judge, mailbox, MALFORMED, resource, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const SILENT = { findings: [], undecided: [] };
const OF_2016 = {
  settings: { classify: [{ match: { name: "ex1" }, exchange: { version: "Exchange 2016", roles: ["Mailbox"] } }] },
} as const;
const DYNAMIC = { minimumMB: 2048, maximumMB: 8192 };

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

ruleTest(rule, {
  passes: [
    ["static memory", [mailbox("ex1")]],
    [
      "B12: static memory on a host that has too little, which exchange-memory-oversubscription finds",
      [host("hv1", { memoryMB: 8192 }), mailbox("ex1", { host: "hv1", memoryMB: 16384 })],
    ],
  ],
  finds: [
    [
      "dynamic memory",
      [mailbox("ex1", { dynamicMemory: DYNAMIC })],
      "ex1: ex1 (Exchange 2010 SP1, Mailbox) has dynamic memory, from 2048 to 8192 MB.",
      {
        found: { value: "dynamic" },
        limit: { bound: "exactly", value: "static" },
        source: "exchange-2010-best-practices",
        advisory: false,
      },
    ],
    [
      "Badly: what nobody declared is not told as if it were",
      [resource("hyperv:index/machineInstance:MachineInstance", "ex1", { name: "ex1", dynamicMemory: true })],
      "ex1: ex1 (Exchange 2016, Mailbox) has dynamic memory.",
      OF_2016,
    ],
    [
      "Badly: the most that is declared, without the least that is not",
      [
        resource("hyperv:index/machineInstance:MachineInstance", "ex1", {
          name: "ex1",
          dynamicMemory: true,
          memoryMaximumBytes: 8 * 1024 ** 3,
        }),
      ],
      "ex1: ex1 (Exchange 2016, Mailbox) has dynamic memory, up to 8192 MB.",
      OF_2016,
    ],
  ],
});

describe("exchange-dynamic-memory", () => {
  it("accepts static memory", () => {
    assert.deepEqual(said(mailbox("ex1")), SILENT);
  });

  it("objects to dynamic memory, of any size", () => {
    assert.deepEqual(said(mailbox("ex1", { dynamicMemory: DYNAMIC })), {
      findings: ["ex1: ex1 (Exchange 2010 SP1, Mailbox) has dynamic memory, from 2048 to 8192 MB."],
      undecided: [],
    });
    const fixed = { minimumMB: 4096, maximumMB: 4096 };
    assert.deepEqual(said(mailbox("ex1", { dynamicMemory: fixed })).findings, [
      "ex1: ex1 (Exchange 2010 SP1, Mailbox) has dynamic memory, from 4096 to 4096 MB.",
    ]);
  });

  it("names all roles, and does without those that are not known", () => {
    const named = (exchange: PlainObject) =>
      said(mailbox("ex1", { dynamicMemory: DYNAMIC }, exchange)).findings.map((text) => text.split(" has ")[0]);
    assert.deepEqual(named({ roles: ["CAS", "HT"] }), ["ex1: ex1 (Exchange 2010 SP1, Client Access, Hub Transport)"]);
    assert.deepEqual(named({ roles: UNKNOWN }), ["ex1: ex1 (Exchange 2010 SP1)"]);
    assert.deepEqual(named({ version: UNKNOWN, roles: [UNKNOWN, "UM"] }), ["ex1: ex1 (Exchange, Unified Messaging)"]);
  });

  it("quotes what the document of the version says, and never only advises", () => {
    const quoted = (version: string) => {
      const { messages, advisory } = judge(rule, [mailbox("ex1", { dynamicMemory: DYNAMIC }, { version })]);
      assert.deepEqual(advisory, []);
      return messages[0]?.split("\n").slice(1);
    };
    const why =
      "Exchange saves disk reads by caching in memory; when memory is taken away, the performance it was sized for " +
      "cannot be reached.";
    const fix =
      "Fix: Turn off dynamic memory: remove dynamicMemory, and set memoryMB to the memory that the server was sized for.";
    const article = [
      "Why: Microsoft does not support it for Exchange 2010 in production: memory oversubscription and dynamic " +
        `adjustment of virtual machine memory must be disabled. ${why}`,
      fix,
      "Source: Best Practices for Virtualizing Exchange Server 2010 with Windows Server 2008 R2 Hyper-V, " +
        "https://www.microsoft.com/download/details.aspx?id=2428",
    ];
    assert.deepEqual(quoted("Exchange 2010"), article);
    assert.deepEqual(quoted("Exchange 2010 SP3"), article);
    const first = (version: string) => quoted(version)?.[0]?.replace(` ${why}`, "");
    assert.deepEqual(["Exchange 2013", "Exchange 2016", "Exchange 2019", "Exchange SE"].map(first), [
      "Why: Microsoft does not support it for Exchange 2013.",
      "Why: Microsoft does not support it for Exchange 2016 and 2019.",
      "Why: Microsoft does not support it for Exchange 2016 and 2019.",
      "Why: Microsoft's HealthChecker reports it as not supported.",
    ]);
  });

  it("does not care for machines without Exchange", () => {
    const { findings, undecided, applied } = judge(rule, [vm("a", { dynamicMemory: DYNAMIC })]);
    assert.deepEqual({ findings, undecided, applied }, { ...SILENT, applied: 0 });
  });

  it("cannot judge what is unknown", () => {
    const later = "not known until deployment: not checked by exchange-dynamic-memory.";
    assert.deepEqual(said(mailbox("ex1", { dynamicMemory: UNKNOWN })), {
      findings: [],
      undecided: [`ex1: dynamicMemory is ${later}`],
    });
    assert.deepEqual(said(vm("a", { exchange: UNKNOWN, dynamicMemory: DYNAMIC })), {
      findings: [],
      undecided: [`a: exchange is ${later}`],
    });
    assert.deepEqual(said(mailbox("ex1", { dynamicMemory: { minimumMB: UNKNOWN, maximumMB: 1 } })).findings, [
      "ex1: ex1 (Exchange 2010 SP1, Mailbox) has dynamic memory, up to 1 MB.",
    ]);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED.filter((one) => JSON.stringify(one) !== "{}")) {
      assert.deepEqual(said(mailbox("ex1", { dynamicMemory: value })), SILENT);
      assert.deepEqual(said(vm("a", { exchange: value, dynamicMemory: DYNAMIC })), SILENT);
    }
    assert.deepEqual(said(mailbox("ex1", { dynamicMemory: {} })).findings, [
      "ex1: ex1 (Exchange 2010 SP1, Mailbox) has dynamic memory.",
    ]);
  });
});
