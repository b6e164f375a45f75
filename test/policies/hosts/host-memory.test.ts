import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { hostMemory as rule } from "../../../policies/hosts/host-memory";
import { host, judge, MALFORMED, UNKNOWN } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const TB = 1024 * 1024;
const PB = 1024 * TB;

function judged(properties: PlainObject) {
  return judge(rule, [host("hv1", properties)]);
}

function said(properties: PlainObject) {
  const { findings, undecided } = judged(properties);
  return { findings, undecided };
}

/** Host version, the most memory in MB, and whether the figure stands in a document. */
const LIMITS: readonly (readonly [string, number, boolean])[] = [
  ["Windows Server 2008", TB, false],
  ["Windows Server 2008 SP2", TB, false],
  ["Windows Server 2008 R2", TB, true],
  ["Windows Server 2008 R2 SP1", TB, true],
  ["Windows Server 2012", 4 * TB, true],
  ["Windows Server 2012 R2", 4 * TB, true],
  ["Windows Server 2016", 24 * TB, true],
  ["Windows Server 2019", 24 * TB, true],
  ["Azure Stack HCI", 24 * TB, true],
  ["Azure Local", 24 * TB, true],
];

describe("host-memory", () => {
  for (const [operatingSystem, limit, documented] of LIMITS) {
    it(`allows ${String(limit)} MB on ${operatingSystem}`, () => {
      for (const memoryMB of [32 * 1024, limit - 1, limit])
        assert.deepEqual(said({ operatingSystem, memoryMB }), SILENT);
      const { findings, advisory } = judged({ operatingSystem, memoryMB: limit + 1 });
      assert.equal(findings.length, 1);
      assert.deepEqual(advisory, documented ? [] : ["hv1"]);
    });
  }

  it("allows 4 PB from Windows Server 2022 on, the most that can be declared", () => {
    for (const operatingSystem of ["Windows Server 2022", "Windows Server 2025"])
      for (const memoryMB of [4 * PB, 4 * PB + 1]) assert.deepEqual(said({ operatingSystem, memoryMB }), SILENT);
  });

  it("says the numbers", () => {
    assert.deepEqual(said({ memoryMB: 2 * TB }).findings, [
      "hv1: hv1 has 2097152 MB of memory (2 TB). Windows Server 2008 R2 with Service Pack 1 supports at most 1 TB.",
    ]);
    assert.deepEqual(said({ operatingSystem: "Windows Server 2012 R2", memoryMB: 4 * TB + 1 }).findings, [
      "hv1: hv1 has 4194305 MB of memory (4,194,305 MB). Windows Server 2012 R2 supports at most 4 TB.",
    ]);
  });

  it("says what cannot be decided, and leaves malformed declarations to the estate rule", () => {
    for (const property of ["operatingSystem", "memoryMB"]) {
      assert.deepEqual(said({ memoryMB: 2 * TB, [property]: UNKNOWN }), {
        findings: [],
        undecided: [`hv1: ${property} is not known until deployment: not decidable at preview by host-memory.`],
      });
      for (const value of MALFORMED) assert.deepEqual(said({ memoryMB: 2 * TB, [property]: value }), SILENT);
    }
  });
});
