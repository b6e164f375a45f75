import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { hostMemoryCapacity as rule } from "../../../policies/hosts/host-memory-capacity";
import { cluster, host, judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const GB = 1024;

function judged(resources: readonly DeclaredResource[], configuration: object = {}) {
  return judge(rule, [host("hv1", { memoryMB: 32 * GB }), ...resources], configuration);
}

function said(resources: readonly DeclaredResource[], configuration: object = {}) {
  const { findings, undecided } = judged(resources, configuration);
  return { findings, undecided };
}

function machine(name: string, memoryMB: number) {
  return vm(name, { host: "hv1", memoryMB });
}

describe("host-memory-capacity", () => {
  it("accepts what leaves the parent partition its 2 GB", () => {
    assert.deepEqual(said([]), SILENT);
    assert.deepEqual(said([machine("a", 14 * GB), machine("b", 16 * GB)]), SILENT);
  });

  it("advises where the parent partition gets less than the table's reserve, which no document states", () => {
    for (const memoryMB of [30 * GB + 1, 32 * GB]) {
      const { findings, advisory, messages } = judged([machine("a", memoryMB)]);
      assert.equal(findings.length, 1);
      assert.deepEqual(advisory, ["hv1"]);
      assert.match(messages[0] ?? "", /Note: no document was found/);
    }
    assert.deepEqual(said([machine("a", 30 * GB + 1)]).findings, [
      "hv1: hv1 has 32768 MB of memory, and its virtual machines may use 30721 MB. With 2048 MB for the parent partition " +
        "that is 1 MB too much.",
    ]);
  });

  it("blocks what does not fit at all", () => {
    const { findings, advisory } = judged([machine("a", 16 * GB), machine("b", 16 * GB + 1)]);
    assert.deepEqual(findings, [
      "hv1: hv1 has 32768 MB of memory, and its virtual machines may use 32769 MB: 1 MB too much.",
    ]);
    assert.deepEqual(advisory, []);
  });

  it("takes the user's own reserve, which blocks", () => {
    assert.deepEqual(said([machine("a", 28 * GB)], { reserveMB: 4096 }), SILENT);
    const { findings, advisory } = judged([machine("a", 28 * GB + 1)], { reserveMB: 4096 });
    assert.deepEqual(findings, [
      "hv1: hv1 has 32768 MB of memory, and its virtual machines may use 28673 MB. With 4096 MB for the parent partition " +
        "that is 1 MB too much.",
    ]);
    assert.deepEqual(advisory, []);
    assert.deepEqual(said([machine("a", 32 * GB)], { reserveMB: 0 }), SILENT);
  });

  it("counts the maximum of dynamic memory", () => {
    const dynamic = (maximumMB: number) =>
      vm("a", { host: "hv1", memoryMB: 1024, dynamicMemory: { minimumMB: 512, maximumMB } });
    assert.deepEqual(said([dynamic(30 * GB)]), SILENT);
    assert.equal(said([dynamic(32 * GB + 1)]).findings.length, 1);
  });

  it("does not count what floats in the cluster, nor what runs on other hosts", () => {
    const others = [cluster("c1", { nodes: ["hv1"] }), vm("a", { cluster: "c1", memoryMB: 40 * GB })];
    assert.deepEqual(said([...others, host("hv2"), vm("b", { host: "hv2", memoryMB: 40 * GB })]), SILENT);
  });

  it("leaves a host that runs Exchange to exchange-dynamic-memory", () => {
    const { findings, applied } = judged([mailbox("a", { host: "hv1", memoryMB: 40 * GB })]);
    assert.deepEqual([findings, applied], [[], 0]);
  });

  it("cannot judge an unknown size, unless the others are too large already", () => {
    const unknown = vm("u", { host: "hv1", memoryMB: UNKNOWN });
    assert.deepEqual(said([machine("a", GB), unknown]), {
      findings: [],
      undecided: ["u: memoryMB is not known until deployment: not checked by host-memory-capacity."],
    });
    assert.deepEqual(said([machine("a", 33 * GB), unknown]).undecided, []);
    assert.deepEqual(judge(rule, [host("hv1", { memoryMB: UNKNOWN }), machine("a", 999 * GB)]), {
      findings: [],
      undecided: ["hv1: memoryMB is not known until deployment: not checked by host-memory-capacity."],
      applied: 1,
      messages: [],
      violations: [],
      advisory: [],
    });
  });

  it("compares the memory also while the version of the host is unknown", () => {
    const unknown = host("hv1", { operatingSystem: UNKNOWN, memoryMB: 32 * GB });
    assert.equal(judge(rule, [unknown, machine("a", 32 * GB + 1)]).findings.length, 1);
    assert.deepEqual(judge(rule, [unknown, machine("a", 32 * GB)]).findings, []);
  });

  it("leaves malformed declarations to the estate rule, and counts the rest", () => {
    for (const value of MALFORMED) {
      const broken = vm("m", { host: "hv1", memoryMB: value });
      assert.deepEqual(said([broken, machine("a", GB)]), SILENT);
      assert.equal(said([broken, machine("a", 33 * GB)]).findings.length, 1);
      assert.deepEqual(judge(rule, [host("hv1", { memoryMB: value }), machine("a", 999 * GB)]).findings, []);
    }
  });
});
