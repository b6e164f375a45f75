import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import published from "../../../lib/settings/config.schema.json";
import { checkConfiguration } from "../../../lib/settings/configuration";
import type { HypervGuardOptions } from "../../../lib/settings/options.generated";
import type { PackSettings } from "../../../lib/settings/pack-settings";
import { configSchema } from "../../../lib/settings/schema";
import { RULES, undecided } from "../../../policies";
import { ROOT } from "../../root";

const POLICIES = [...RULES, undecided];
const EXAMPLES = join(ROOT, "examples");

function validator() {
  const ajv = new Ajv({ strict: true });
  ajv.addFormat("date", /^\d{4}-\d{2}-\d{2}$/);
  ajv.addFormat("glob", true);
  return ajv.compile(published);
}

describe("the published schema of the configuration", () => {
  it("is the one that the rules give", () => {
    assert.deepEqual(published, JSON.parse(JSON.stringify(configSchema(POLICIES))));
  });

  it("has a level and exactly the parameters for each policy", () => {
    assert.deepEqual(Object.keys(published.properties), ["all", ...POLICIES.map(({ name }) => name)]);
    assert.deepEqual(
      published.definitions.ruleName.enum,
      POLICIES.map(({ name }) => name),
    );
    for (const { name, parameters = {} } of POLICIES) {
      const entry = Object.entries(published.properties).find(([key]) => key === name)?.[1];
      const own = entry?.anyOf[1];
      assert(own !== undefined && "properties" in own);
      assert.deepEqual(Object.keys(own.properties), ["enforcementLevel", ...Object.keys(parameters)], name);
    }
  });

  it("takes what the pack takes, and nothing else", () => {
    const validate = validator();
    for (const [configuration, valid] of [
      [{}, true],
      [{ all: "disabled", "guest-memory": { enforcementLevel: "advisory" } }, true],
      [{ estate: { asOf: "2026-01-01", hosts: [{ name: "hv1", memoryMB: 1 }] } }, true],
      [{ "guest-memory": "remediate" }, false],
      [{ "guest-memori": "advisory" }, false],
      [{ all: { asOf: "2026-01-01" } }, false],
      [{ estate: { exemptions: [{ rule: "guest-memory" }] } }, false],
      [{ "host-memory-capacity": { reserveMB: "1" } }, false],
      [{ "host-memory-capacity": 1 }, false],
    ] as const) {
      const text = JSON.stringify(configuration);
      assert.equal(validate(configuration), valid, text);
      assert.equal(checkConfiguration(configuration, POLICIES).problems.length === 0, valid, text);
    }
  });

  it("takes the configuration of every example", () => {
    const validate = validator();
    const examples = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("policy-config.json"))
      .filter((file) => !file.includes("node_modules"));
    assert.ok(examples.length >= 11);
    for (const example of examples) {
      const configuration: unknown = JSON.parse(readFileSync(join(EXAMPLES, example), "utf8"));
      assert.ok(validate(configuration), `${example}: ${JSON.stringify(validate.errors)}`);
      assert.deepEqual(checkConfiguration(configuration, POLICIES).problems, [], example);
    }
  });
});

describe("the type of the options", () => {
  it("knows rules, parameters and levels", () => {
    const right: HypervGuardOptions[] = [
      {},
      { all: "advisory", "guest-memory": "mandatory", "backup-coverage": { enforcementLevel: "disabled" } },
      { "host-memory-capacity": { reserveMB: 4096 }, estate: { profile: "2008r2", asOf: "2012-06-30" } },
      { estate: { exemptions: [{ rule: "guest-memory", resource: "*", reason: "Old.", expires: "2027-01-31" }] } },
    ];
    const wrong: HypervGuardOptions[] = [
      // @ts-expect-error -- no such rule
      { "guest-memori": "mandatory" },
      // @ts-expect-error -- no such level
      { "guest-memory": "remediate" },
      // @ts-expect-error -- no such parameter
      { "host-memory-capacity": { reserveMb: 4096 } },
      // @ts-expect-error -- not a number
      { "host-memory-capacity": { reserveMB: "4096" } },
      // @ts-expect-error -- no such profile
      { estate: { profile: "2008" } },
      // @ts-expect-error -- an exemption needs an end
      { estate: { exemptions: [{ rule: "guest-memory", resource: "*", reason: "Old." }] } },
      // @ts-expect-error -- no such rule
      { estate: { notExemptible: ["guest-memori"] } },
    ];
    const problems = (options: HypervGuardOptions) => checkConfiguration(options, POLICIES).problems.length;
    assert.deepEqual(
      right.map(problems),
      right.map(() => 0),
    );
    assert.deepEqual(
      wrong.map(problems),
      wrong.map(() => 1),
    );
  });

  it("has the settings of the pack, with the names that the model has", () => {
    type Estate = Exclude<NonNullable<HypervGuardOptions["estate"]>, string>;
    const keys = Object.keys(RULES[0]?.parameters ?? {});
    const settings = (estate: Estate): PackSettings => estate;
    const named = (pack: Required<PackSettings>): Record<Exclude<keyof Estate, "enforcementLevel">, unknown> => pack;
    const all: Required<PackSettings> = {
      asOf: "2026-01-01",
      profile: "2026.1",
      details: false,
      classify: [],
      hosts: [],
      clusters: [],
      exemptions: [],
      notExemptible: [],
    };
    assert.deepEqual(Object.keys(named(all)), keys);
    assert.deepEqual(settings({ details: true }), { details: true });
  });
});
