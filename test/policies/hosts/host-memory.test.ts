import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import { Estate } from "../../../lib/estate/estate";
import type { PlainObject } from "../../../lib/estate/plain";
import { unknown } from "../../../lib/estate/value";
import { hostMemory as rule } from "../../../policies/hosts/host-memory";
import { host, judge, MALFORMED, NO_FACTS, UNKNOWN } from "../../kit";

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

/** Host version, the maximum memory in MB, and whether the figure stands in a document. */
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

  it("advises what Standard of Windows Server 2008 and 2008 R2 uses, and no other edition", () => {
    const most = 32 * 1024;
    for (const version of ["2008 Standard", "2008 Standard SP2", "2008 R2 Standard", "2008 R2 Standard SP1"]) {
      const operatingSystem = `Windows Server ${version}`;
      assert.deepEqual(said({ operatingSystem, memoryMB: most }), SILENT);
      const { findings, advisory } = judged({ operatingSystem, memoryMB: most + 1 });
      assert.deepEqual([findings.length, advisory], [1, ["hv1"]], operatingSystem);
    }
    for (const version of ["2008 R2", "2008 R2 Enterprise", "2008 R2 Datacenter", "2012 Standard", "2025 Standard"])
      assert.deepEqual(said({ operatingSystem: `Windows Server ${version}`, memoryMB: 2 * most }), SILENT, version);
    assert.deepEqual(said({ operatingSystem: "Hyper-V Server 2008 R2", memoryMB: 2 * most }), SILENT);
    assert.deepEqual(said({ operatingSystem: "Windows Server 2008 R2 Standard", memoryMB: 2 * most }), {
      findings: [
        "hv1: hv1 has 65536 MB of memory (64 GB). The Standard edition of Windows Server 2008 R2 uses at most 32 GB.",
      ],
      undecided: [],
    });
  });

  it("says once what is too much for the version and the edition", () => {
    const { findings, advisory } = judged({ operatingSystem: "Windows Server 2008 R2 Standard", memoryMB: 2 * TB });
    assert.deepEqual(findings, [
      "hv1: hv1 has 2097152 MB of memory (2 TB). Windows Server 2008 R2 supports at most 1 TB.",
    ]);
    assert.deepEqual(advisory, []);
  });

  it("cannot decide an edition that only the deployment tells, where it matters", () => {
    const on = (operatingSystem: string, memoryMB: number) => {
      const [declared] = readEstate([host("hv1", { operatingSystem, memoryMB })], true).hosts;
      assert(declared !== undefined);
      const edition = unknown({ urn: declared.urn, path: "edition" });
      const estate = new Estate({ ...NO_FACTS, hosts: [{ ...declared, edition }] }, true);
      return rule
        .judge(estate, { asOf: "2012-06-30", parameters: {} })
        .verdicts.map((verdict) => (verdict.kind === "undecided" ? verdict.missing.path : verdict.problem));
    };
    assert.deepEqual(on("Windows Server 2008 R2", 32 * 1024), []);
    assert.deepEqual(on("Windows Server 2008 R2", 32 * 1024 + 1), ["edition"]);
    assert.deepEqual(on("Windows Server 2012", 32 * 1024 + 1), []);
  });

  it("asks 32 GB of Azure Local, and nothing of the others", () => {
    assert.deepEqual(said({ operatingSystem: "Azure Local", memoryMB: 32767 }), {
      findings: ["hv1: hv1 has 32767 MB of memory (32,767 MB). Azure Local needs at least 32 GB."],
      undecided: [],
    });
    const { messages, advisory } = judged({ operatingSystem: "Azure Local", memoryMB: 16384 });
    assert.deepEqual(advisory, []);
    assert.match(messages[0] ?? "", /\nFix: Add memory to the host\.\n/);
    for (const operatingSystem of ["Azure Stack HCI", "Windows Server 2025", "Windows Server 2008"])
      assert.deepEqual(said({ operatingSystem, memoryMB: 1 }), SILENT);
  });

  it("says what cannot be decided, and leaves malformed declarations to the estate rule", () => {
    for (const property of ["operatingSystem", "memoryMB"]) {
      assert.deepEqual(said({ memoryMB: 2 * TB, [property]: UNKNOWN }), {
        findings: [],
        undecided: [`hv1: ${property} is not known until deployment: not checked by host-memory.`],
      });
      for (const value of MALFORMED) assert.deepEqual(said({ memoryMB: 2 * TB, [property]: value }), SILENT);
    }
  });
});
