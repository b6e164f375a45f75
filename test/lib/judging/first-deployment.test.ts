import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { isPlainArray, isPlainObject, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { Judge } from "../../../lib/judging/judge";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { fileConfiguration } from "../../../lib/settings/file-configuration";
import { RULES, undecided } from "../../../policies";
import { resource } from "../../kit";
import { ROOT } from "../../root";

/** Examples in which nothing blocks: clusters, database availability groups, replicas and backups. */
const RIGHT = ["exchange-2010-compliant", "replica-and-backup", "cluster-networks"];

interface Program {
  readonly variables?: Readonly<Record<string, Plain>>;
  readonly resources: Readonly<Record<string, { readonly type: string; readonly properties?: PlainObject }>>;
}

/** The resources of a program, with its variables and the names of others in their place. */
function declared(example: string): readonly DeclaredResource[] {
  const text = readFileSync(join(ROOT, "examples", example, "Pulumi.yaml"), "utf8");
  const { variables = {}, resources } = parse(text) as Program;
  const meant = (reference: string): Plain => {
    const [name = "", property] = reference.split(".");
    return property === undefined ? resolved(variables[name]) : (resources[name]?.properties?.["name"] ?? name);
  };
  const resolved = (plain: Plain | undefined): Plain => {
    if (isPlainArray(plain)) return plain.map(resolved);
    if (isPlainObject(plain))
      return Object.fromEntries(Object.entries(plain).map(([key, item]) => [key, resolved(item)]));
    if (typeof plain !== "string") return plain ?? null;
    const [, whole] = /^\$\{([^}]+)\}$/.exec(plain) ?? [];
    if (whole !== undefined) return meant(whole);
    return plain.replace(/\$\{([^}]+)\}/g, (_, reference: string) => textOf(meant(reference)));
  };
  return Object.entries(resources).map(([name, { type, properties = {} }]) => {
    const token = type.split(":").length === 2 ? type.replace(":", ":index:") : type;
    const own = Object.fromEntries(Object.entries(properties).map(([key, item]) => [key, resolved(item)]));
    return resource(token, name, { name, ...own });
  });
}

function textOf(plain: Plain): string {
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}

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
