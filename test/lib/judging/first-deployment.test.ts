import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { Judge } from "../../../lib/judging/judge";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { fileConfiguration } from "../../../lib/settings/file-configuration";
import { RULES, undecided } from "../../../policies";
import { declared } from "../../example-program";
import { ROOT } from "../../root";

/** Examples in which nothing blocks: clusters, database availability groups, replicas and backups. */
const RIGHT = ["exchange-2010-compliant", "replica-and-backup", "cluster-networks"];

function blocking(example: string, estate: readonly DeclaredResource[], complete: boolean): readonly string[] {
  const policies = [...RULES, undecided];
  const settings = new EffectiveSettings({ policies, today: "2012-06-30" });
  const file = join(ROOT, "examples", example, "policy-config.json");
  if (existsSync(file)) {
    settings.configure(fileConfiguration(JSON.parse(readFileSync(file, "utf8")), policies, settings));
  }
  const { findings } = new Judge(RULES, undecided, settings).judgeAll(estate, complete);
  return findings
    .filter(
      ({ rule, enforcement, exempted }) =>
        rule !== undecided.name && enforcement === "mandatory" && exempted === undefined,
    )
    .map(({ problem }) => problem);
}

describe("a first deployment in any sequence of targets", () => {
  for (const example of RIGHT) {
    const whole = declared(example);

    it(`F2: is never blocked in ${example}, of which the whole is right`, () => {
      assert.deepEqual(blocking(example, whole, true), []);
      const order = fc.shuffledSubarray(whole.slice(), { minLength: whole.length, maxLength: whole.length });
      fc.assert(
        fc.property(order, fc.integer({ min: 1, max: 6 }), fc.boolean(), (sequence, step, namesRest) => {
          for (let end = step; end < sequence.length; end += step) {
            const there = sequence.slice(0, end);
            const rest = sequence.slice(end).map((one) => ({ ...one, properties: {}, isLeftOut: true }));
            assert.deepEqual(blocking(example, namesRest ? [...there, ...rest] : there, false), []);
          }
        }),
        { numRuns: 15, seed: 16 },
      );
    }).timeout(120_000);
  }
});
