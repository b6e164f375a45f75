import assert from "node:assert/strict";
import { nicPartitioning as rule } from "../../../policies/networks/nic-partitioning";
import { MALFORMED, UNKNOWN } from "../../kit";
import { adapter, nodeWith, said, SILENT } from "./networks";

/** So many partitions on each port. */
function partitions(...numbers: readonly number[]) {
  return numbers.flatMap((number, port) =>
    Array.from({ length: number }, (_, index) =>
      adapter(`P${String(port)}.${String(index)}`, "backup", { physicalAdapter: `Port ${String(port)}` }),
    ),
  );
}

describe("nic-partitioning", () => {
  it("advises that Microsoft does not support partitions", () => {
    assert.deepEqual(said(rule, nodeWith(partitions(4, 4, 4, 4))), {
      findings: ["hv1: hv1 has 16 NPAR partitions on 4 ports."],
      undecided: [],
      advisory: ["hv1"],
    });
    assert.deepEqual(said(rule, nodeWith(partitions(1))).findings, ["hv1: hv1 has 1 NPAR partition on 1 port."]);
  });

  it("stops more than four on a port, and more than sixteen in all", () => {
    assert.deepEqual(said(rule, nodeWith(partitions(5, 4))), {
      findings: [
        'hv1: hv1 has 5 NPAR partitions on the port "Port 0". A port has at most 4.',
        "hv1: hv1 has 9 NPAR partitions on 2 ports.",
      ],
      undecided: [],
      advisory: ["hv1"],
    });
    assert.deepEqual(said(rule, nodeWith(partitions(4, 4, 4, 4, 1))).findings, [
      "hv1: hv1 has 17 NPAR partitions on 5 ports.",
      "hv1: hv1 has 17 NPAR partitions on 5 ports. A host has at most 16 partitions.",
    ]);
  });

  it("counts a partition with two purposes once, and a port that is an adapter itself not at all", () => {
    const twice = [...partitions(4), adapter("P0.0", "replica", { physicalAdapter: "port 0" })];
    assert.deepEqual(said(rule, nodeWith(twice)).findings, ["hv1: hv1 has 4 NPAR partitions on 1 port."]);
    assert.deepEqual(said(rule, nodeWith([adapter("NIC 1", "backup", { physicalAdapter: "nic 1" })])), SILENT);
  });

  it("speaks of the time of the article, and of hosts with partitions", () => {
    assert.deepEqual(said(rule, nodeWith(partitions(8), { operatingSystem: "Windows Server 2012" })), SILENT);
    assert.deepEqual(said(rule, nodeWith([adapter("NIC 1", "backup")])), SILENT);
  });

  it("says what cannot be decided, and leaves what is malformed to the estate rule", () => {
    assert.deepEqual(said(rule, nodeWith([adapter("P1", "backup", { physicalAdapter: UNKNOWN })])).undecided, [
      "hv1: networkAdapters[0].physicalAdapter is not known until deployment: not checked by nic-partitioning.",
    ]);
    const more = [...partitions(4, 4, 4, 4), adapter("P4.0", "backup", { physicalAdapter: UNKNOWN })];
    assert.deepEqual(said(rule, nodeWith(more)), {
      findings: ["hv1: hv1 has 16 NPAR partitions on 4 ports."],
      undecided: [
        "hv1: networkAdapters[16].physicalAdapter is not known until deployment: not checked by nic-partitioning.",
      ],
      advisory: ["hv1"],
    });
    for (const value of MALFORMED) {
      if (typeof value === "string" || typeof value === "number") continue;
      assert.deepEqual(said(rule, nodeWith([adapter("P1", "backup", { physicalAdapter: value })])), SILENT);
    }
  });
});
