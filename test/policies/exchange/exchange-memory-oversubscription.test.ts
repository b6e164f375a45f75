import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { exchangeMemoryOversubscription as rule } from "../../../policies/exchange/exchange-memory-oversubscription";
import { cluster, host, judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const SILENT = { findings: [], undecided: [] };
const DYNAMIC = { minimumMB: 2048, maximumMB: 8192 };

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

ruleTest(rule, {
  passes: [
    ["B12: static memory that fits", [host("hv1"), mailbox("ex1", { host: "hv1" })]],
    [
      "B12: dynamic memory that fits, which exchange-dynamic-memory finds",
      [host("hv1"), mailbox("ex1", { host: "hv1", dynamicMemory: DYNAMIC })],
    ],
  ],
  finds: [
    [
      "B12: a host with too little memory",
      [host("hv1", { memoryMB: 16384 }), mailbox("ex1", { host: "hv1", memoryMB: 16385 })],
      "hv1: hv1 has 16384 MB of memory, and its virtual machines may use 16385 MB: 1 MB too much. It runs Exchange, and " +
        "what does not fit into its memory does not start.",
      {
        found: { value: 16385, unit: "MB" },
        limit: { bound: "atMost", value: 16384, unit: "MB" },
        fix:
          "Move virtual machines to other hosts, or give them less memory, until they may use 14336 MB or less in total; " +
          "or add memory to the host until it has 18433 MB or more.",
        source: "exchange-2010-best-practices",
        advisory: false,
      },
    ],
    [
      "B12: a cluster with too little memory",
      [
        cluster("c1", { nodes: ["hv1"] }),
        host("hv1", { memoryMB: 16384 }),
        mailbox("ex1", { cluster: "c1", memoryMB: 16385 }),
      ],
      "c1: c1 has 16384 MB of memory on 1 node, and its Exchange servers may use 16385 MB: 1 MB too much. It runs " +
        "Exchange, and what does not fit into its memory does not start.",
      {
        found: { value: 16385, unit: "MB" },
        limit: { bound: "atMost", value: 16384, unit: "MB" },
        fix: "Add memory or nodes to the cluster, or give the virtual machines less memory.",
        advisory: false,
      },
    ],
  ],
});

describe("exchange-memory-oversubscription on a host with too little memory", () => {
  const message = (properties: PlainObject): string =>
    judge(rule, [
      host("hv1", { memoryMB: 16384 }),
      mailbox("ex1", { host: "hv1", memoryMB: 16384 }),
      vm("a", { host: "hv1", memoryMB: 1024, ...properties }),
    ]).messages.join();

  it("does not speak of dynamic memory where all memory is static", () => {
    assert.doesNotMatch(message({}), /dynamic/i);
    assert.match(message({}), /does not start\./);
  });

  it("quotes what is said of dynamic memory where some is dynamic", () => {
    assert.match(message({ dynamicMemory: DYNAMIC }), /dynamic adjustment of virtual machine memory must be disabled/);
  });
});

describe("exchange-memory-oversubscription", () => {
  /** A host with 16 GB, of which the parent partition keeps 2. */
  const hv1 = (properties: PlainObject = {}) => host("hv1", { memoryMB: 16384, ...properties });
  const ex1 = (memoryMB: PlainObject["memoryMB"]) => mailbox("ex1", { host: "hv1", memoryMB });
  const other = (properties: PlainObject) => vm("a", { host: "hv1", ...properties });

  it("accepts memory for all its machines and the parent partition", () => {
    assert.deepEqual(said(hv1(), ex1(8192), other({ memoryMB: 6144 })), SILENT);
  });

  it("objects to machines that may use more than there is", () => {
    assert.deepEqual(said(hv1(), ex1(8192), other({ memoryMB: 8193 })), {
      findings: [
        "hv1: hv1 has 16384 MB of memory, and its virtual machines may use 16385 MB: 1 MB too much. It runs Exchange, and what does not fit " +
          "into its memory does not start.",
      ],
      undecided: [],
    });
    const { messages, advisory } = judge(rule, [hv1(), ex1(16385)]);
    assert.deepEqual(messages[0]?.split("\n").slice(2), [
      "Fix: Move virtual machines to other hosts, or give them less memory, until they may use 14336 MB or less in total; " +
        "or add memory to the host until it has 18433 MB or more.",
      "Source: Best Practices for Virtualizing Exchange Server 2010 with Windows Server 2008 R2 Hyper-V, " +
        "https://www.microsoft.com/download/details.aspx?id=2428",
    ]);
    assert.deepEqual(advisory, []);
  });

  it("quotes the surest document of the servers' versions, and none of another version", () => {
    const sources = (...versions: readonly PlainObject["version"][]) => {
      const servers = versions.map((version, index) =>
        mailbox(`ex${String(index)}`, { host: "hv1", memoryMB: 16385 }, { version }),
      );
      const lines = judge(rule, [hv1(), ...servers]).messages.flatMap((message) => message.split("\n"));
      return lines.filter((line) => line.startsWith("Source: ")).map((line) => line.split(", http")[0]);
    };
    assert.deepEqual(sources(UNKNOWN, "2016"), ["Source: Exchange Server virtualization (2016 and 2019)"]);
    assert.deepEqual(sources("2010 SP1", "2013"), ["Source: Exchange 2013 virtualization"]);
    assert.deepEqual(sources(UNKNOWN), []);
    assert.deepEqual(sources("nonsense"), []);
  });

  it("only advises where nothing is left for the parent partition, since no document says how much it needs", () => {
    const { findings, advisory } = judge(rule, [hv1(), ex1(14337)]);
    assert.deepEqual(findings, [
      "hv1: hv1 has 16384 MB of memory, and its virtual machines may use 14337 MB. With 2048 MB for the parent " +
        "partition that is 1 MB too much. It runs Exchange, and what does not fit " +
        "into its memory does not start.",
    ]);
    assert.deepEqual(advisory, ["hv1"]);
  });

  it("tells what is just enough for the machines from what is too much", () => {
    const { findings, advisory } = judge(rule, [hv1(), ex1(16384)]);
    assert.deepEqual([findings.length, advisory], [1, ["hv1"]]);
    assert.match(findings.join(), /may use 16384 MB\. With 2048 MB for the parent partition/);
    assert.deepEqual(judge(rule, [hv1(), ex1(16384)], { reserveMB: 0 }).findings, []);
  });

  it("blocks by the figure that the user has set", () => {
    const judged = (memoryMB: number) => {
      const { findings, advisory } = judge(rule, [hv1(), ex1(memoryMB)], { reserveMB: 4096 });
      return { findings: findings.length, advisory };
    };
    assert.deepEqual(judged(12288), { findings: 0, advisory: [] });
    assert.deepEqual(judged(12289), { findings: 1, advisory: [] });
  });

  it("counts the maximum of machines with dynamic memory", () => {
    const machine = (maximumMB: number) => other({ memoryMB: 512, dynamicMemory: { minimumMB: 512, maximumMB } });
    assert.deepEqual(said(hv1(), ex1(8192), machine(6144)), SILENT);
    assert.match(said(hv1(), ex1(8192), machine(8193)).findings.join(), /may use 16385 MB: 1 MB too much/);
  });

  it("counts the machines of its own host only", () => {
    const elsewhere = [vm("b", { host: "hv2", memoryMB: 90000 }), vm("c", { memoryMB: 90000 })];
    assert.deepEqual(said(hv1(), host("hv2"), ex1(4096), ...elsewhere), SILENT);
  });

  it("judges hosts of Exchange only", () => {
    const resources = [hv1(), host("hv2", { memoryMB: 1 }), ex1(4096), vm("b", { host: "hv2" })];
    const { findings, applied } = judge(rule, resources);
    assert.deepEqual([findings, applied], [[], 1]);
  });

  it("judges a cluster by machines that float in it, and not its nodes", () => {
    const c1 = cluster("c1", { nodes: ["hv1", "hv2"] });
    const floating = (memoryMB: PlainObject["memoryMB"]) => mailbox("ex1", { cluster: "c1", memoryMB });
    const hv2 = host("hv2", { memoryMB: 16384 });
    assert.deepEqual(said(c1, hv1(), hv2, floating(32768)), SILENT);
    assert.deepEqual(said(c1, hv1(), hv2, floating(32769)), {
      findings: [
        "c1: c1 has 32768 MB of memory on 2 nodes, and its Exchange servers may use 32769 MB: 1 MB too much. It runs " +
          "Exchange, and what does not fit into its memory does not start.",
      ],
      undecided: [],
    });
    assert.deepEqual(said(cluster("c1"), floating(90000)), SILENT);
    const both = judge(rule, [c1, hv1(), hv2, floating(4096), vm("a", { cluster: "c1", memoryMB: 30000 })]);
    assert.deepEqual(both.findings, [
      "c1: c1 has 32768 MB of memory on 2 nodes, and its virtual machines may use 34096 MB: 1328 MB too much. It runs " +
        "Exchange, and what does not fit into its memory does not start.",
    ]);
    assert.deepEqual(both.advisory, ["c1"]);
    assert.deepEqual(said(c1, hv1(), hv2, floating(UNKNOWN)), {
      findings: [],
      undecided: ["ex1: memoryMB is not known until deployment: not checked by exchange-memory-oversubscription."],
    });
  });

  it("cannot judge unknown memory, unless the rest is too much already", () => {
    const later = "not known until deployment: not checked by exchange-memory-oversubscription.";
    assert.deepEqual(said(hv1(), ex1(8192), other({ memoryMB: UNKNOWN })), {
      findings: [],
      undecided: [`a: memoryMB is ${later}`],
    });
    assert.deepEqual(said(hv1({ memoryMB: UNKNOWN }), ex1(8192)), {
      findings: [],
      undecided: [`hv1: memoryMB is ${later}`],
    });
    assert.deepEqual(said(hv1(), ex1(8192), other({ dynamicMemory: UNKNOWN })), {
      findings: [],
      undecided: [`a: dynamicMemory is ${later}`],
    });
    const { findings, undecided } = said(hv1(), ex1(16385), other({ memoryMB: UNKNOWN }));
    assert.deepEqual([findings.length, undecided], [1, []]);
  });

  it("compares the memory also while the version of the host is unknown", () => {
    assert.equal(said(hv1({ operatingSystem: UNKNOWN }), ex1(16385)).findings.length, 1);
  });

  it("does not say that a host runs Exchange while that is not known", () => {
    const { findings } = said(hv1(), other({ exchange: UNKNOWN, memoryMB: 16385 }));
    assert.deepEqual(
      findings.filter((finding) => finding.includes("It runs Exchange")),
      [],
    );
  });

  it("leaves malformed memory to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(hv1({ memoryMB: value }), ex1(90000)), SILENT);
      assert.deepEqual(said(hv1(), ex1(value)), SILENT);
    }
  });
});
