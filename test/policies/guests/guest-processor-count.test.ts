import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { guestProcessorCount as rule } from "../../../policies/guests/guest-processor-count";
import { cluster, host, judge, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };

function said(guestOs: string, processorCount: number | typeof UNKNOWN, more: PlainObject = {}) {
  const { findings, undecided } = judge(rule, [
    host("hv1"),
    vm("vm1", { host: "hv1", guestOs, processorCount, ...more }),
  ]);
  return { findings, undecided };
}

describe("guest-processor-count", () => {
  it("accepts exactly the numbers that the list gives: 1, 2 or 4, so not 3", () => {
    for (const count of [1, 2, 4]) assert.deepEqual(said("Windows Server 2008 R2 SP1", count), SILENT);
    assert.deepEqual(said("Windows Server 2008 R2 SP1", 3).findings, [
      "vm1: vm1 has 3 virtual processors, but the guest Windows Server 2008 R2 with Service Pack 1 may have 1, 2 or 4 on " +
        "Windows Server 2008 R2 with Service Pack 1.",
    ]);
    assert.equal(said("Windows Server 2008 R2 SP1", 5).findings.length, 1);
  });

  it("knows guests with fewer", () => {
    assert.deepEqual(said("Windows Server 2003 R2 x64 SP2", 2), SILENT);
    assert.equal(said("Windows Server 2003 R2 x64 SP2", 3).findings.length, 1);
    assert.deepEqual(said("Windows Home Server 2011", 1), SILENT);
    assert.equal(said("Windows Home Server 2011", 2).findings.length, 1);
  });

  it("tells editions apart, and asks for the edition only when it matters", () => {
    assert.deepEqual(said("Windows Small Business Server 2011", 2), SILENT);
    assert.deepEqual(said("Windows Small Business Server 2011", 4), {
      findings: [],
      undecided: ["vm1: edition is not declared: not decidable at preview by guest-processor-count."],
    });
    assert.deepEqual(said("Windows Small Business Server 2011", 2, { edition: UNKNOWN }), SILENT);
    assert.deepEqual(said("Windows Small Business Server 2011", 4, { edition: UNKNOWN }), {
      findings: [],
      undecided: ["vm1: edition is not known until deployment: not decidable at preview by guest-processor-count."],
    });
    assert.equal(said("Windows Small Business Server 2011", 8, { edition: UNKNOWN }).findings.length, 1);
    assert.deepEqual(said("Windows Small Business Server 2011", 4, { edition: "Standard" }), SILENT);
    assert.equal(said("Windows Small Business Server 2011 Essentials", 4).findings.length, 1);
  });

  it("says that an unknown number cannot be decided", () => {
    assert.deepEqual(said("Windows Server 2008 R2 SP1", UNKNOWN), {
      findings: [],
      undecided: [
        "vm1: processorCount is not known until deployment: not decidable at preview by guest-processor-count.",
      ],
    });
  });

  it("judges by every node of a cluster, and asks for a host", () => {
    const nodes = [host("hv1", { cluster: "c1" }), cluster("c1")];
    assert.equal(judge(rule, [...nodes, vm("vm1", { cluster: "c1", processorCount: 3 })]).findings.length, 1);
    const { findings, undecided } = judge(rule, [...nodes, vm("vm1", { processorCount: 3 })]);
    assert.deepEqual(findings, []);
    assert.deepEqual(undecided, ["vm1: host is not declared: not decidable at preview by guest-processor-count."]);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const guestOs of ["Windows Server 2008 R3", 7, {}]) {
      const { findings, undecided } = judge(rule, [
        host("hv1"),
        vm("vm1", { host: "hv1", guestOs, processorCount: 3 }),
      ]);
      assert.deepEqual({ findings, undecided }, SILENT);
    }
  });
});
