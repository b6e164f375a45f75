import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { clusterSize } from "../../../policies/hosts/cluster-size";
import { cluster, host, judge, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

/** A cluster of Azure Local with some nodes. */
function nodes(count: number, deployment?: Plain, properties: (index: number) => PlainObject = () => ({})) {
  return [
    cluster("c1", deployment === undefined ? {} : { deployment }),
    ...Array.from({ length: count }, (_, index) =>
      host(`n${String(index)}`, {
        operatingSystem: "Azure Local",
        cluster: "c1",
        memoryMB: 65536,
        ...properties(index),
      }),
    ),
  ];
}

const found = (estate: readonly DeclaredResource[]) => {
  const { findings, advisory } = judge(clusterSize, estate);
  return { findings, advisory };
};

ruleTest(clusterSize, {
  passes: [
    ["B5: 16 nodes, however they are deployed", nodes(16)],
    ["B5: 16 hyperconverged nodes", nodes(16, "hyperconverged")],
    ["B5: 64 disaggregated nodes", nodes(64, "disaggregated")],
    ["3 nodes of low capacity", nodes(3, "lowCapacity")],
  ],
  finds: [],
  undecided: [
    [
      "B5: 17 nodes of a deployment that nobody tells",
      nodes(17),
      "c1: deployment is not declared: not checked by cluster-size.",
    ],
    [
      "B5: 17 nodes of a deployment that only Azure tells",
      nodes(17, UNKNOWN),
      "c1: deployment is not known until deployment: not checked by cluster-size.",
    ],
  ],
});

describe("cluster-size by deployment", () => {
  it("B5: finds more nodes than the deployment of Azure Local may have", () => {
    for (const [deployment, name, most] of [
      ["hyperconverged", "hyperconverged", 16],
      ["disaggregated", "disaggregated", 64],
      ["lowCapacity", "low capacity", 3],
    ] as const) {
      assert.deepEqual(found(nodes(most + 1, deployment)), {
        findings: [
          `c1: c1 has ${String(most + 1)} nodes. Azure Local supports at most ${String(most)} in a ${name} deployment.`,
        ],
        advisory: [],
      });
    }
  });

  it("B5: finds what no deployment may have", () => {
    assert.equal(found(nodes(65)).findings.length, 1);
    assert.equal(found(nodes(65, UNKNOWN)).findings.length, 1);
  });

  it("B12: requires processors of one vendor on Azure Local alone", () => {
    const processors = { sockets: 2, coresPerSocket: 4, threadsPerCore: 2 };
    const vendors = (operatingSystem: string) =>
      nodes(2, undefined, (index) => ({
        operatingSystem,
        processors: { ...processors, vendor: index === 0 ? "AMD" : "Intel" },
      }));
    assert.deepEqual(found(vendors("Azure Local")).advisory, []);
    assert.equal(found(vendors("Azure Local")).findings.length, 1);
    for (const operatingSystem of ["Windows Server 2008 R2", "Windows Server 2025"])
      assert.deepEqual(found(vendors(operatingSystem)).advisory, ["c1"], operatingSystem);
  });
});
