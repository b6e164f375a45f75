import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { guestDiskCount as rule } from "../../../policies/guests/guest-disk-count";
import { host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const R2_SP1 = "Windows Server 2008 R2 SP1";
const LATER = "is not known until deployment: not checked by guest-disk-count.";

function some(number: number, properties: PlainObject = {}): readonly PlainObject[] {
  return Array.from({ length: number }, (_, index) => ({
    name: `d${String(index)}`,
    purpose: "data",
    type: "fixed",
    sizeGB: 1,
    ...properties,
  }));
}

function judged(operatingSystem: string, disks: PlainObject[string], generation: PlainObject[string] = 1) {
  return judge(rule, [host("hv1", { operatingSystem }), vm("vm1", { host: "hv1", generation, disks })]);
}

function said(operatingSystem: string, disks: PlainObject[string], generation: PlainObject[string] = 1) {
  const { findings, undecided } = judged(operatingSystem, disks, generation);
  return { findings, undecided };
}

/** Host version, the disks that a virtual machine of generation 1 and 2 takes, and whether the figures stand in a document. */
const LIMITS: readonly (readonly [string, readonly number[], boolean])[] = [
  ["Windows Server 2008", [260], false],
  ["Windows Server 2008 SP2", [260], false],
  ["Windows Server 2008 R2", [260], true],
  ["Windows Server 2008 R2 SP1", [260], true],
  ["Windows Server 2012", [260], true],
  ["Windows Server 2012 R2", [260, 256], true],
  ["Windows Server 2016", [260, 256], true],
  ["Windows Server 2019", [260, 256], true],
  ["Windows Server 2022", [260, 256], true],
  ["Windows Server 2025", [260, 256], true],
  ["Azure Local", [260, 256], true],
];

describe("guest-disk-count", () => {
  for (const [operatingSystem, limits, documented] of LIMITS) {
    it(`knows how many disks ${operatingSystem} attaches`, () => {
      for (const [index, limit] of limits.entries()) {
        for (const number of [0, 1, limit - 1, limit])
          assert.deepEqual(said(operatingSystem, some(number), index + 1), SILENT);
        const { findings, advisory } = judged(operatingSystem, some(limit + 1), index + 1);
        assert.equal(findings.length, 1);
        assert.deepEqual(advisory, documented ? [] : ["vm1"]);
      }
    });
  }

  it("says the numbers", () => {
    assert.deepEqual(said(R2_SP1, some(261)), {
      findings: [
        "vm1: vm1 has 261 disks in generation 1. Windows Server 2008 R2 with Service Pack 1 attaches 260: 4 to IDE and 256 " +
          "to SCSI controllers.",
      ],
      undecided: [],
    });
    assert.deepEqual(said("Windows Server 2025", some(300), 2).findings, [
      "vm1: vm1 has 300 disks in generation 2. Windows Server 2025 attaches 256: 0 to IDE and 256 to SCSI controllers.",
    ]);
  });

  it("counts every disk that hangs on a controller, and no LUN that the guest connects to itself", () => {
    for (const type of ["fixed", "dynamic", "differencing", "passThrough", "smb"]) {
      assert.deepEqual(said(R2_SP1, some(260, { type })), SILENT, type);
      assert.equal(said(R2_SP1, some(261, { type })).findings.length, 1, type);
    }
    assert.deepEqual(said(R2_SP1, [...some(260), ...some(100, { type: "iscsi" })]), SILENT);
  });

  it("cannot decide an unknown type only where it makes the difference", () => {
    const unknown = some(1, { type: UNKNOWN });
    assert.deepEqual(said(R2_SP1, [...some(259), ...unknown]), SILENT);
    assert.deepEqual(said(R2_SP1, [...some(260), ...unknown]), {
      findings: [],
      undecided: [`vm1: disks[260].type ${LATER}`],
    });
    assert.equal(said(R2_SP1, [...some(261), ...unknown]).findings.length, 1);
    assert.deepEqual(said(R2_SP1, [...some(261), ...unknown]).undecided, []);
  });

  it("says what cannot be decided at all", () => {
    assert.deepEqual(said(R2_SP1, UNKNOWN).undecided, [`vm1: disks ${LATER}`]);
    assert.deepEqual(said(R2_SP1, some(261), UNKNOWN).undecided, [`vm1: generation ${LATER}`]);
  });

  it("does not apply to a virtual machine without declared disks", () => {
    assert.equal(judged(R2_SP1, undefined).applied, 0);
    assert.deepEqual(said("Azure Stack HCI", some(260)), SILENT);
    assert.equal(said("Azure Stack HCI", some(261)).findings.length, 1);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      if (!Array.isArray(value)) assert.deepEqual(said(R2_SP1, value), SILENT);
      assert.deepEqual(said(R2_SP1, [...some(260), ...some(1, { type: value })]), SILENT);
      assert.deepEqual(said(R2_SP1, some(261), value), SILENT);
    }
  });
});
