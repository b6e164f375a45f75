import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { guestMemory as rule } from "../../../policies/guests/guest-memory";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const R2_SP1 = "Windows Server 2008 R2 SP1";
const GB = 1024;
const TB = 1024 * GB;

function judged(operatingSystem: string, properties: PlainObject) {
  return judge(rule, [host("hv1", { operatingSystem }), vm("vm1", { host: "hv1", ...properties })]);
}

function said(operatingSystem: string, properties: PlainObject) {
  const { findings, undecided } = judged(operatingSystem, properties);
  return { findings, undecided };
}

/** The most memory of a virtual machine in MB, in generation 1 and in generation 2 where the host has it. */
const LIMITS: readonly (readonly [string, ...(readonly number[])])[] = [
  ["Windows Server 2008", 64 * GB],
  ["Windows Server 2008 SP2", 64 * GB],
  ["Windows Server 2008 R2", 64 * GB],
  ["Windows Server 2008 R2 SP1", 64 * GB],
  ["Windows Server 2012", TB],
  ["Windows Server 2012 R2", TB, TB],
  ["Windows Server 2016", TB, 12 * TB],
  ["Windows Server 2019", TB, 12 * TB],
  ["Windows Server 2022", TB, 240 * TB],
  ["Windows Server 2025", TB, 240 * TB],
  ["Azure Stack HCI", TB, 12 * TB],
  ["Azure Local", TB, 240 * TB],
];

describe("guest-memory", () => {
  for (const [operatingSystem, ...limits] of LIMITS) {
    it(`knows the most memory of a virtual machine on ${operatingSystem}`, () => {
      for (const [index, limit] of limits.entries()) {
        const generation = index + 1;
        for (const memoryMB of [limit - 1, limit])
          assert.deepEqual(said(operatingSystem, { generation, memoryMB }), SILENT);
        const { findings, advisory } = judged(operatingSystem, { generation, memoryMB: limit + 1 });
        assert.equal(findings.length, 1);
        assert.deepEqual(advisory, []);
      }
    });
  }

  it("says the numbers", () => {
    assert.deepEqual(said(R2_SP1, { memoryMB: 66000 }).findings, [
      "vm1: vm1 may use 66000 MB of memory. Windows Server 2008 R2 with Service Pack 1 gives a virtual machine of " +
        "generation 1 at most 64 GB, which is 65536 MB.",
    ]);
    assert.deepEqual(said("Windows Server 2019", { generation: 2, memoryMB: 12_582_913 }).findings, [
      "vm1: vm1 may use 12582913 MB of memory. Windows Server 2019 gives a virtual machine of generation 2 at most " +
        "12 TB, which is 12582912 MB.",
    ]);
  });

  it("counts the maximum of dynamic memory, and not what it starts with", () => {
    const dynamic = (maximumMB: number) => ({ memoryMB: 4096, dynamicMemory: { minimumMB: 4096, maximumMB } });
    assert.deepEqual(said(R2_SP1, dynamic(65536)), SILENT);
    assert.deepEqual(said(R2_SP1, dynamic(65537)).findings, [
      "vm1: vm1 may use 65537 MB of memory. Windows Server 2008 R2 with Service Pack 1 gives a virtual machine of " +
        "generation 1 at most 64 GB, which is 65536 MB.",
    ]);
  });

  it("knows what Best Practices Analyzer asks for at least, and advises below what it recommends", () => {
    // guest, least memory, recommended memory
    const rows = [
      ["Windows Server 2003 R2 SP2", 128, 256],
      ["Windows Server 2008 R2 SP1", 512, 2048],
      ["Windows Server 2012 R2", 512, 2048],
      ["Windows Server 2016", 512, 1024],
      ["Windows XP SP3", 64, 128],
      ["Windows 7 SP1", 512, 1024],
      ["Windows 10", 512, 1024],
    ] as const;
    for (const [guestOs, minimum, recommended] of rows) {
      const at = (memoryMB: number) => judged("Windows Server 2016", { guestOs, memoryMB });
      assert.deepEqual([at(minimum - 1).findings.length, at(minimum - 1).advisory], [1, []], guestOs);
      for (const memoryMB of [minimum, recommended - 1])
        assert.deepEqual([at(memoryMB).findings.length, at(memoryMB).advisory], [1, ["vm1"]], guestOs);
      assert.deepEqual(at(recommended).findings, [], guestOs);
    }
  });

  it("says the least and the recommended memory", () => {
    assert.deepEqual(said(R2_SP1, { memoryMB: 511 }).findings, [
      "vm1: vm1 has 511 MB of memory; Windows Server 2008 R2 with Service Pack 1 needs at least 512 MB.",
    ]);
    assert.deepEqual(said(R2_SP1, { memoryMB: 1024 }).findings, [
      "vm1: vm1 has 1024 MB of memory; Microsoft recommends at least 2 GB for Windows Server 2008 R2 with Service Pack 1.",
    ]);
  });

  it("asks of dynamic memory what it starts with, what it may shrink to and what it may grow to", () => {
    const dynamic = (minimumMB: number, memoryMB: number, maximumMB: number, guestOs = R2_SP1) =>
      said(R2_SP1, { guestOs, memoryMB, dynamicMemory: { minimumMB, maximumMB } });
    const needs = (size: string, least: number) => [
      `vm1: vm1 has ${size} memory; Windows Server 2008 R2 with Service Pack 1 needs at least ${String(least)} MB.`,
    ];
    assert.deepEqual(dynamic(256, 512, 2048), SILENT);
    assert.deepEqual(dynamic(255, 512, 2048).findings, needs("255 MB of minimum", 256));
    assert.deepEqual(dynamic(256, 511, 2048).findings, needs("511 MB of startup", 512));
    assert.deepEqual(dynamic(256, 512, 511).findings, needs("511 MB of maximum", 512));
    assert.deepEqual(dynamic(255, 511, 511).findings, [
      ...needs("255 MB of minimum", 256),
      ...needs("511 MB of maximum", 512),
      ...needs("511 MB of startup", 512),
    ]);
    assert.deepEqual(dynamic(128, 128, 256, "Windows Server 2003 R2 SP2"), SILENT);
  });

  it("only advises where a size of dynamic memory is below what is recommended, and says which to change", () => {
    const dynamicMemory = { minimumMB: 128, maximumMB: 255 };
    const { messages, advisory } = judged(R2_SP1, {
      guestOs: "Windows Server 2003 R2 SP2",
      memoryMB: 128,
      dynamicMemory,
    });
    assert.deepEqual(
      messages.map((message) => message.split("\n").filter((line) => !line.startsWith("Why"))),
      [
        [
          "vm1 has 255 MB of maximum memory; Microsoft recommends at least 256 MB for Windows Server 2003 R2 with Service Pack 2.",
          "Fix: Set dynamicMemory.maximumMB to 256 or more.",
          "Source: Best Practices Analyzer for Hyper-V, rules of Windows Server 2012",
        ],
      ],
    );
    assert.deepEqual(advisory, ["vm1"]);
  });

  it("finds one size of dynamic memory too small while the others are not known", () => {
    const dynamicMemory: PlainObject = { minimumMB: 255, maximumMB: UNKNOWN };
    const { findings, undecided } = said(R2_SP1, { memoryMB: UNKNOWN, dynamicMemory });
    assert.deepEqual(findings, [
      "vm1: vm1 has 255 MB of minimum memory; Windows Server 2008 R2 with Service Pack 1 needs at least 256 MB.",
    ]);
    assert.deepEqual(undecided, [
      "vm1: dynamicMemory.maximumMB and memoryMB are not known until deployment: not checked by guest-memory.",
    ]);
  });

  it("judges the least memory without a host, and guests that no document speaks of not at all", () => {
    const { findings, undecided } = judge(rule, [vm("vm1", { memoryMB: 511 })]);
    assert.deepEqual(findings, [
      "vm1: vm1 has 511 MB of memory; Windows Server 2008 R2 with Service Pack 1 needs at least 512 MB.",
    ]);
    assert.deepEqual(undecided, ["vm1: host is not declared: not checked by guest-memory."]);
    assert.deepEqual(said("Windows Server 2022", { guestOs: "Ubuntu 22.04", memoryMB: 1 }), SILENT);
  });

  it("judges a floating virtual machine by every node of its cluster, and says it once", () => {
    const versions = ["Windows Server 2019", "Windows Server 2008 R2", R2_SP1];
    const nodes = versions.map((operatingSystem, index) =>
      host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
    );
    const { findings } = judge(rule, [cluster("c1"), ...nodes, vm("vm1", { cluster: "c1", memoryMB: 65537 })]);
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? "", /Windows Server 2008 R2 gives/);
  });

  it("says what cannot be decided", () => {
    const text = (property: string) => [`vm1: ${property} is not known until deployment: not checked by guest-memory.`];
    for (const property of ["memoryMB", "dynamicMemory", "generation", "host", "guestOs"])
      assert.deepEqual(said(R2_SP1, { [property]: UNKNOWN }), { findings: [], undecided: text(property) });
    const dynamicMemory: PlainObject = { minimumMB: 512, maximumMB: UNKNOWN };
    assert.deepEqual(said(R2_SP1, { dynamicMemory }).undecided, text("dynamicMemory.maximumMB"));
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      for (const property of ["memoryMB", "generation", "guestOs"])
        assert.deepEqual(said(R2_SP1, { [property]: value }), SILENT);
      assert.deepEqual(said(R2_SP1, { dynamicMemory: value }), SILENT);
      assert.deepEqual(said(R2_SP1, { dynamicMemory: { minimumMB: 512, maximumMB: value } }), SILENT);
    }
  });
});
