import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { hostVirtualProcessors as rule } from "../../../policies/hosts/host-virtual-processors";
import { host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };

/** A host with enough processors that no ratio limits it. */
const LARGE = { processors: { sockets: 8, coresPerSocket: 10, threadsPerCore: 2 } };

function said(properties: PlainObject, ...counts: readonly PlainObject["processorCount"][]) {
  const machines = counts.map((processorCount, index) => vm(`vm${String(index)}`, { host: "hv1", processorCount }));
  const { findings, undecided } = judge(rule, [host("hv1", { ...LARGE, ...properties }), ...machines]);
  return { findings, undecided };
}

describe("host-virtual-processors", () => {
  it("allows 512 on Windows Server 2008 R2, with or without Service Pack 1", () => {
    for (const operatingSystem of ["Windows Server 2008 R2", "Windows Server 2008 R2 SP1"]) {
      assert.deepEqual(said({ operatingSystem }, 500, 12), SILENT);
      assert.equal(said({ operatingSystem }, 500, 13).findings.length, 1);
    }
    assert.deepEqual(said({}, 500, 13), {
      findings: [
        "hv1: hv1 runs 513 virtual processors. Windows Server 2008 R2 with Service Pack 1 runs at most 512 on one host.",
      ],
      undecided: [],
    });
  });

  it("allows 2048 from Windows Server 2012 on, whatever the processors", () => {
    for (const version of ["2012", "2012 R2", "2016", "2019", "2022", "2025"]) {
      const operatingSystem = `Windows Server ${version}`;
      assert.deepEqual(said({ operatingSystem }, 2048), SILENT);
      assert.equal(said({ operatingSystem }, 2048, 1).findings.length, 1, version);
      const processors = { sockets: 1, coresPerSocket: 1, threadsPerCore: 1 };
      assert.equal(said({ operatingSystem, processors }, 2049).findings.length, 1, version);
    }
    assert.deepEqual(said({ operatingSystem: "Windows Server 2012 R2" }, 2049).findings, [
      "hv1: hv1 runs 2049 virtual processors. Windows Server 2012 R2 runs at most 2048 on one host.",
    ]);
  });

  it("says why, what to do and where it is written", () => {
    const { messages, advisory, applied } = judge(rule, [
      host("hv1", LARGE),
      vm("a", { host: "hv1", processorCount: 513 }),
    ]);
    assert.deepEqual(messages[0]?.split("\n").slice(1), [
      "Why: Beyond its maximum Hyper-V does not start further virtual machines, and Microsoft does not support it.",
      "Fix: Move virtual machines to another host, or give them fewer virtual processors.",
      "Source: Requirements and Limits for Virtual Machines and Hyper-V in Windows Server 2008 R2, " +
        "http://technet.microsoft.com/en-us/library/ee405267(WS.10).aspx",
    ]);
    assert.deepEqual([advisory, applied], [[], 1]);
  });

  it("cannot judge an unknown number, unless the others are too many already", () => {
    const undecided = ["vm1: processorCount is not known until deployment: not checked by host-virtual-processors."];
    assert.deepEqual(said({}, 512, UNKNOWN), { findings: [], undecided });
    assert.deepEqual(said({}, 513, UNKNOWN).findings.length, 1);
    assert.deepEqual(said({}, 513, UNKNOWN).undecided, []);
  });

  it("cannot judge a host whose version is unknown; its processors do not matter", () => {
    assert.deepEqual(said({ operatingSystem: UNKNOWN }, 513), {
      findings: [],
      undecided: ["hv1: operatingSystem is not known until deployment: not checked by host-virtual-processors."],
    });
    assert.equal(said({ processors: UNKNOWN }, 513).findings.length, 1);
  });

  it("counts the machines of its own host only", () => {
    const machines = [vm("a", { host: "hv1", processorCount: 400 }), vm("b", { host: "hv2", processorCount: 400 })];
    const { findings, applied } = judge(rule, [host("hv1", LARGE), host("hv2", LARGE), ...machines, vm("c")]);
    assert.deepEqual([findings, applied], [[], 2]);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said({ operatingSystem: value }, 513), SILENT);
      assert.deepEqual(said({}, value), SILENT);
      assert.equal(said({ processors: value }, 513, value).findings.length, 1);
    }
  });
});
