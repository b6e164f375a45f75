import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { problemsOfFile, readConfigFile } from "../../../lib/cli/config-file";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";

const EXEMPTION = { rule: "guest-processor-count", resource: "vm1", reason: "Old.", expires: "2027-01-31" };
const WRONG = {
  "guest-memory": { enforcementLevel: "advisory" },
  estate: {
    enforcementLevel: "disabled",
    profile: "2008r2",
    exemptions: [EXEMPTION, { ...EXEMPTION, reason: "Older." }, { ...EXEMPTION, rule: "estate" }],
  },
} as const;

describe("a configuration file", () => {
  let folder: string;
  let file: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
    file = join(folder, "policy-config.json");
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("has all the problems that a preview finds in it", async () => {
    writeFileSync(file, JSON.stringify(WRONG));
    const settings = new EffectiveSettings({ policies: [...RULES, undecided] });
    const policies = Object.entries(WRONG).map(
      ([policy, { enforcementLevel: level, ...properties }]) => [policy, { level, properties }] as const,
    );
    settings.configure(new Map(policies));
    const problems = await problemsOfFile(file);
    assert.deepEqual(
      problems,
      settings.problems.map(({ problem, fix }) => `${problem} ${fix}`),
    );
    assert.deepEqual(problems, [
      'estate is disabled, but contains settings of the whole pack: "exemptions", "profile". ' +
        'Give it the level "advisory" or "mandatory".',
      'estate.exemptions exempts guest-processor-count for "vm1" more than once. Remove all but one.',
      'estate.exemptions exempts estate for "vm1", but findings of estate cannot be exempted. ' +
        "Remove the exemption, and fix what the rule finds.",
      "guest-memory is configured, but is not in the profile 2008r2. Remove it, or choose another profile.",
    ]);
    await assert.rejects(readConfigFile(file), { name: "Error", message: /more than once/ });
  });

  it("that is right has none", async () => {
    const config = { all: "disabled", estate: { enforcementLevel: "advisory", exemptions: [EXEMPTION] } };
    writeFileSync(file, JSON.stringify(config));
    assert.deepEqual(await problemsOfFile(file), []);
    assert.deepEqual(await readConfigFile(file), config);
  });
});
