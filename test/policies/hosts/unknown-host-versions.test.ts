import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { allows, hostVersions, limitOf, type LimitItem } from "../../../lib/tables/host-versions";
import { RULES } from "../../../policies";
import { generousVersions } from "../../../policies/hosts/shared/host-version-cases";
import { cluster, host, judge, UNKNOWN, vm } from "../../kit";

const BEST_CASE = "That is the best case: its operating system is not known.";

function ruleNamed(name: string) {
  const rule = RULES.find((one) => one.name === name);
  assert.ok(rule !== undefined, name);
  return rule;
}

/** A host of which the version is known only after the deployment, with that many virtual processors in its guests. */
function hostWith(properties: object, processorCounts: readonly number[] = []): readonly DeclaredResource[] {
  const guests = processorCounts.map((processorCount, index) =>
    vm(`vm${String(index)}`, { host: "hv1", processorCount }),
  );
  return [host("hv1", { operatingSystem: UNKNOWN, ...properties }), ...guests];
}

function clusterWith(nodes: number): readonly DeclaredResource[] {
  const names = Array.from({ length: nodes }, (_, index) => `n${String(index)}`);
  return [cluster("c1", { nodes: names }), ...names.map((name) => host(name, { operatingSystem: UNKNOWN }))];
}

const threads = (coresPerSocket: number) => ({ processors: { sockets: 8, coresPerSocket, threadsPerCore: 2 } });

describe("hosts of unknown version", () => {
  const cases: readonly (readonly [
    rule: string,
    wrong: readonly DeclaredResource[],
    says: RegExp,
    right: readonly DeclaredResource[],
  ])[] = [
    [
      "host-logical-processors",
      hostWith(threads(129)),
      /2064 logical processors.*at most 2,048/,
      hostWith(threads(128)),
    ],
    [
      "host-virtual-processors",
      hostWith({}, [1024, 1024, 1]),
      /runs 2049 virtual processors.*at most 2,048/,
      hostWith({}, [1024, 1024]),
    ],
  ];
  for (const [rule, wrong, says, right] of cases) {
    it(`S2: ${rule} finds what no version supports`, () => {
      const { findings, undecided } = judge(ruleNamed(rule), wrong);
      assert.equal(findings.length, 1);
      assert.match(findings[0] ?? "", says);
      assert.ok(findings[0]?.endsWith(BEST_CASE), findings[0]);
      assert.deepEqual(undecided, []);
    });

    it(`S2: ${rule} is undecided about what some version supports`, () => {
      const { findings, undecided } = judge(ruleNamed(rule), right);
      assert.deepEqual(findings, []);
      assert.match(undecided.join("\n"), /operatingSystem/);
    });
  }

  it("S2: host-virtual-machines is undecided: no document has the number of Azure Local", () => {
    const crowd = hostWith(
      {},
      Array.from({ length: 1025 }, () => 1),
    );
    const { findings, undecided } = judge(ruleNamed("host-virtual-machines"), crowd);
    assert.deepEqual(findings, []);
    assert.equal(undecided.length, 1);
  });

  it("S2: cluster-size finds more nodes than any version supports", () => {
    const rule = ruleNamed("cluster-size");
    assert.deepEqual(judge(rule, clusterWith(65)).findings, [
      "c1: c1 has 65 nodes. Azure Local supports at most 64 in a disaggregated deployment. That is the best case: the operating system of its nodes is not known.",
    ]);
    assert.deepEqual(judge(rule, clusterWith(64)).findings, []);
  });
});

describe("the versions that may have the most generous limit", () => {
  const items: readonly LimitItem[] = [
    "logicalProcessors",
    "memory",
    "virtualProcessors",
    "virtualMachines",
    "clusterNodes",
  ];
  for (const item of items) {
    it(`include all with an official one, and the newest without: ${item}`, () => {
      const generous = generousVersions(item);
      const official = hostVersions().filter(({ id }) => {
        const limit = limitOf(id, item);
        return limit !== undefined && limit.confidence !== "unverified";
      });
      for (const { id } of official) assert.ok(generous.includes(id), id);
      const limits = (ids: readonly { readonly id: string }[]): readonly number[] =>
        ids.flatMap(({ id }) => limitOf(id, item) ?? []).map(allows);
      const others = hostVersions().filter(({ id }) => !generous.includes(id));
      assert.ok(Math.max(...limits(others)) <= Math.max(...limits(official)));
    });
  }
});
