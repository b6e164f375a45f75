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

/** Every way in which an estate may grow, as the benchmark names them. */
const GROWING = [
  ...["resources", "cluster", "hosts", "nodes", "dag", "rules", "names", "script", "text", "disks", "adapters", "H3"],
  ...["H4", "H5 hosts", "H5 firewalls", "H6", "H6 replicas", "H7", "H9"],
];

function judge({ resources, configuration }: Case): void {
  const policies = [...RULES, undecided];
  const options = configuration === undefined ? {} : { options: { estate: configuration } };
  const settings = new EffectiveSettings({ policies, ...options, today: "2026-01-01" });
  new Judge(RULES, undecided, settings).judgeAll(resources);
}

describe("the time of all rules", () => {
  for (const id of GROWING) grows(id);

  it("is looked at in every way in which the benchmark lets an estate grow", async () => {
    const { GROWTHS } = await import("../../tools/bench/growth.mjs");
    assert.deepEqual(
      GROWTHS.map(({ id }) => id),
      GROWING,
    );
  });
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
