import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { hostVirtualMachines as rule } from "../../../policies/hosts/host-virtual-machines";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };

function machines(number: number, properties: PlainObject = { host: "hv1" }): readonly DeclaredResource[] {
  return Array.from({ length: number }, (_, index) => vm(`vm${String(index)}`, properties));
}

function judged(operatingSystem: PlainObject[string], number: number) {
  return judge(rule, [host("hv1", { operatingSystem }), ...machines(number)]);
}

function said(operatingSystem: PlainObject[string], number: number) {
  const { findings, undecided } = judged(operatingSystem, number);
  return { findings, undecided };
}

/** Host version, the most virtual machines, and whether the figure stands in a document. */
const LIMITS: readonly (readonly [string, number, boolean])[] = [
  ["Windows Server 2008", 128, false],
  ["Windows Server 2008 SP2", 192, true],
  ["Windows Server 2008 R2", 384, true],
  ["Windows Server 2008 R2 SP1", 384, true],
  ["Windows Server 2012", 1024, true],
  ["Windows Server 2012 R2", 1024, true],
  ["Windows Server 2016", 1024, true],
  ["Windows Server 2019", 1024, true],
  ["Windows Server 2022", 1024, true],
  ["Windows Server 2025", 1024, true],
  ["Azure Stack HCI", 1024, true],
];

describe("host-virtual-machines", () => {
  for (const [operatingSystem, limit, documented] of LIMITS) {
    it(`allows ${String(limit)} on ${operatingSystem}`, () => {
      for (const number of [0, limit - 1, limit]) assert.deepEqual(said(operatingSystem, number), SILENT);
      const { findings, advisory } = judged(operatingSystem, limit + 1);
      assert.equal(findings.length, 1);
      assert.deepEqual(advisory, documented ? [] : ["hv1"]);
    });
  }

  it("says the numbers", () => {
    assert.deepEqual(said("Windows Server 2008 R2", 385).findings, [
      "hv1: hv1 runs 385 virtual machines. Windows Server 2008 R2 supports at most 384.",
    ]);
    assert.deepEqual(said("Windows Server 2022", 1025).findings, [
      "hv1: hv1 runs 1025 virtual machines. Windows Server 2022 supports at most 1,024.",
    ]);
  });

  it("counts what is declared on the host, also with its cluster, and nothing that floats", () => {
    const nodes = [cluster("c1"), host("hv1", { cluster: "c1" })];
    assert.deepEqual(judge(rule, [...nodes, ...machines(385, { cluster: "c1" })]).findings, []);
    assert.equal(judge(rule, [...nodes, ...machines(385, { host: "HV1", cluster: "c1" })]).findings.length, 1);
  });

  it("says what cannot be decided, and leaves malformed declarations to the estate rule", () => {
    assert.deepEqual(said(UNKNOWN, 400), {
      findings: [],
      undecided: ["hv1: operatingSystem is not known until deployment: not checked by host-virtual-machines."],
    });
    for (const value of MALFORMED) assert.deepEqual(said(value, 400), SILENT);
  });
});
