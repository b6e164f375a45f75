import assert from "node:assert/strict";
import { Judge } from "../../lib/judging/judge";
import { EffectiveSettings } from "../../lib/settings/effective-settings";
import { RULES, undecided } from "../../policies";
import type { Case } from "../../tools/bench/growth.mjs" with { "resolution-mode": "import" };
import { processorTime } from "./processor-time";

/** Four times as much may take that many times as long: what grows as a square would take sixteen times. */
const ALLOWED = 9;

/** Less is not measured well enough for a ratio. */
const SHORTEST_MS = 20;

/**
 * What is known to grow faster, with what each pair or each node costs: a group and a cluster have few of them, and each pair
 * of hosts is a connection of VMM.
 */
const SQUARES: ReadonlySet<string> = new Set(["dag", "nodes", "adapters", "H4"]);

function judge({ resources, configuration }: Case): void {
  const policies = [...RULES, undecided];
  const options = configuration === undefined ? {} : { options: { estate: configuration } };
  const settings = new EffectiveSettings({ policies, ...options, today: "2026-01-01" });
  new Judge(RULES, undecided, settings).judgeAll(resources);
}

describe("the time of all rules", () => {
  for (const id of ["resources", "cluster", "hosts", "rules", "names", "script", "text", "disks", "H3", "H5 hosts"]) {
    grows(id);
  }
  for (const id of ["H5 firewalls", "H6", "H6 replicas", "H7", "H9"]) grows(id);

  it("is looked at in every way in which the benchmark lets an estate grow", async () => {
    const { GROWTHS } = await import("../../tools/bench/growth.mjs");
    assert.equal(GROWTHS.length, 15 + SQUARES.size);
    assert.ok([...SQUARES].every((id) => GROWTHS.some((growth) => growth.id === id)));
  });

  it("stays small for 64 hosts behind one security group of 100 rules (H4)", async () => {
    const { GROWTHS } = await import("../../tools/bench/growth.mjs");
    const growth = GROWTHS.find(({ id }) => id === "H4");
    assert.ok(growth !== undefined);
    const one = growth.make(8);
    const many = growth.make(64);
    judge(one);
    const small = processorTime(() => {
      judge(one);
    });
    // Eight times as many hosts are 64 times as many pairs; compared rule by rule they would take that many times as long.
    const large = processorTime(() => {
      judge(many);
    });
    assert.ok(large <= 20 * Math.max(small, SHORTEST_MS), `it takes ${(large / small).toFixed(1)} times as long`);
  }).timeout(120_000);
});

function grows(id: string): void {
  it(`grows as the estate does, and not faster (${id})`, async () => {
    const { GROWTHS } = await import("../../tools/bench/growth.mjs");
    const growth = GROWTHS.find((one) => one.id === id);
    assert.ok(growth !== undefined, `tools/bench/growth.mjs has no ${id}`);
    const few = growth.make(growth.size);
    const many = growth.make(4 * growth.size);
    judge(few);
    const small = processorTime(() => {
      judge(few);
    });
    const large = processorTime(() => {
      judge(many);
    });
    const ratio = large / Math.max(small, SHORTEST_MS);
    assert.ok(ratio <= ALLOWED, `four times as much takes ${ratio.toFixed(1)} times as long`);
  }).timeout(120_000);
}
