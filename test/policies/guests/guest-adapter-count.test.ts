import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { guestAdapterCount as rule } from "../../../policies/guests/guest-adapter-count";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const R2_SP1 = "Windows Server 2008 R2 SP1";

function adapters(number: number, properties: PlainObject = {}): readonly PlainObject[] {
  return Array.from({ length: number }, (_, index) => ({ name: `net${String(index)}`, ...properties }));
}

const synthetic = (number: number) => adapters(number, { kind: "synthetic" });
const legacy = (number: number) => adapters(number, { kind: "legacy" });

function judged(operatingSystem: string, networkAdapters: PlainObject[string], generation = 1) {
  const machine = vm("vm1", { host: "hv1", generation, networkAdapters });
  return judge(rule, [host("hv1", { operatingSystem }), machine]);
}

function said(operatingSystem: string, networkAdapters: PlainObject[string], generation = 1) {
  const { findings, undecided } = judged(operatingSystem, networkAdapters, generation);
  return { findings, undecided };
}

/** Host version, generation, the most synthetic and legacy adapters. */
const LIMITS: readonly (readonly [string, 1 | 2, number, number])[] = [
  ["Windows Server 2008", 1, 8, 4],
  ["Windows Server 2008 SP2", 1, 8, 4],
  ["Windows Server 2008 R2", 1, 8, 4],
  ["Windows Server 2008 R2 SP1", 1, 8, 4],
  ["Windows Server 2012", 1, 8, 4],
  ["Windows Server 2012 R2", 1, 8, 4],
  ["Windows Server 2012 R2", 2, 8, 0],
  ["Windows Server 2016", 1, 8, 4],
  ["Windows Server 2016", 2, 8, 0],
  ["Windows Server 2019", 1, 8, 4],
  ["Windows Server 2019", 2, 64, 0],
  ["Windows Server 2022", 1, 8, 4],
  ["Windows Server 2022", 2, 64, 0],
  ["Windows Server 2025", 1, 8, 4],
  ["Windows Server 2025", 2, 64, 0],
  ["Azure Local", 1, 8, 4],
  ["Azure Local", 2, 64, 0],
];

describe("guest-adapter-count", () => {
  for (const [operatingSystem, generation, most, mostLegacy] of LIMITS) {
    it(`knows the adapters of generation ${String(generation)} on ${operatingSystem}`, () => {
      for (const number of [0, most - 1, most])
        assert.deepEqual(said(operatingSystem, synthetic(number), generation), SILENT);
      assert.deepEqual(said(operatingSystem, [...synthetic(most), ...legacy(mostLegacy)], generation), SILENT);
      assert.equal(said(operatingSystem, synthetic(most + 1), generation).findings.length, 1);
      assert.equal(said(operatingSystem, legacy(mostLegacy + 1), generation).findings.length, 1);
      assert.equal(said(operatingSystem, [...synthetic(65), ...legacy(5)], generation).findings.length, 2);
    });
  }

  it("says the numbers; an adapter of no declared kind is synthetic", () => {
    assert.deepEqual(said(R2_SP1, [...adapters(9), ...legacy(5)]), {
      findings: [
        "vm1: vm1 has 5 legacy network adapters in generation 1. Windows Server 2008 R2 with Service Pack 1 allows 4.",
        "vm1: vm1 has 9 synthetic network adapters in generation 1. Windows Server 2008 R2 with Service Pack 1 allows 8.",
      ],
      undecided: [],
    });
    assert.deepEqual(said("Windows Server 2012 R2", legacy(1), 2).findings, [
      "vm1: vm1 has 1 legacy network adapter in generation 2. Windows Server 2012 R2 allows 0.",
    ]);
  });

  it("only advises where no document was found, and finds too many on Azure Stack HCI as on its build", () => {
    assert.deepEqual(judged("Windows Server 2008", adapters(9)).advisory, ["vm1"]);
    assert.deepEqual(judged(R2_SP1, adapters(9)).advisory, []);
    assert.deepEqual(said("Azure Stack HCI", adapters(8)), SILENT);
    assert.deepEqual(said("Azure Stack HCI", adapters(9)).findings, [
      "vm1: vm1 has 9 synthetic network adapters in generation 1. Azure Stack HCI allows 8.",
    ]);
  });

  it("cannot decide unknown kinds only where they make the difference", () => {
    const unknown = adapters(1, { kind: UNKNOWN });
    assert.deepEqual(said(R2_SP1, [...synthetic(7), ...legacy(3), ...unknown]), SILENT);
    assert.deepEqual(said(R2_SP1, [...synthetic(8), ...unknown]), {
      findings: [],
      undecided: ["vm1: networkAdapters[8].kind is not known until deployment: not checked by guest-adapter-count."],
    });
    assert.equal(said(R2_SP1, [...synthetic(9), ...unknown]).findings.length, 1);
  });

  it("says what cannot be decided at all", () => {
    assert.deepEqual(said(R2_SP1, UNKNOWN).undecided, [
      "vm1: networkAdapters is not known until deployment: not checked by guest-adapter-count.",
    ]);
  });

  it("judges a floating virtual machine by every node of its cluster, and says it once", () => {
    const nodes = ["Windows Server 2019", "Windows Server 2016", "Windows Server 2012 R2"].map(
      (operatingSystem, index) => host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
    );
    const machine = vm("vm1", { cluster: "c1", generation: 2, networkAdapters: adapters(9) });
    assert.deepEqual(judge(rule, [cluster("c1"), ...nodes, machine]).findings, [
      "vm1: vm1 has 9 synthetic network adapters in generation 2. Windows Server 2016 allows 8.",
    ]);
  });

  it("finds what is wrong on one node, also where another node is not decidable and comes first", () => {
    const networkAdapters = [...synthetic(60), ...adapters(5, { kind: UNKNOWN })];
    const machine = vm("vm1", { cluster: "c1", generation: 2, networkAdapters });
    for (const names of [
      ["hv1", "hv2"],
      ["hv2", "hv1"],
    ] as const) {
      const nodes = [
        host(names[0], { operatingSystem: "Windows Server 2019", cluster: "c1" }),
        host(names[1], { operatingSystem: "Windows Server 2016", cluster: "c1" }),
      ];
      assert.equal(judge(rule, [cluster("c1"), ...nodes, machine]).findings.length, 1, names.join());
    }
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(R2_SP1, value), SILENT);
      assert.deepEqual(said(R2_SP1, [...synthetic(8), ...adapters(1, { kind: value })]), SILENT);
    }
  });
});
