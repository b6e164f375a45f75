import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../../lib/cli/run-command";
import { problemsOfFile, readConfigFile, warningAbout } from "../../../lib/cli/config-file";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";
import { outputTo } from "../../output";

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

  it("S7: has the problems of the facts that it declares", async () => {
    const estate = {
      hosts: [{ name: "hv1", memoryGB: 64 }],
      classify: [
        { match: { name: "vm1" }, guestOs: "Windows Server 2091" },
        { match: { name: "ex1" }, exchange: { version: "Exchange 2019", roles: ["Maibox"] } },
        { match: { name: "vm2" }, host: "hv1" },
      ],
    };
    writeFileSync(file, JSON.stringify({ estate }));
    const problems = await problemsOfFile(file);
    assert.deepEqual(
      problems.map((problem) => problem.split(/[:.] [A-Zn]/)[0]),
      [
        "estate.hosts[0].memoryGB is not a known property",
        "estate.hosts[0].operatingSystem is missing",
        "estate.hosts[0].processors is missing",
        'estate.classify[0].guestOs is "Windows Server 2091"',
        'estate.classify[1].exchange.roles[0] is "Maibox"',
      ],
    );
    assert.deepEqual(await readConfigFile(file), { estate });
  });

  it("that is right has none", async () => {
    const config = { all: "disabled", estate: { enforcementLevel: "advisory", exemptions: [EXEMPTION] } };
    writeFileSync(file, JSON.stringify(config));
    assert.deepEqual(await problemsOfFile(file), []);
    assert.deepEqual(await readConfigFile(file), config);
  });

  for (const [content, warns] of [
    [{ all: "disabled" }, true],
    [{ all: { enforcementLevel: "disabled" } }, true],
    [Object.fromEntries(RULES.map(({ name }) => [name, "disabled"])), true],
    [{ all: "disabled", "guest-memory": "advisory" }, false],
    [{ "guest-memory": "disabled" }, false],
    [{}, false],
  ] as const) {
    it(`F10: ${warns ? "is warned about" : "is not warned about"}: ${JSON.stringify(content).slice(0, 60)}`, async () => {
      writeFileSync(file, JSON.stringify(content));
      assert.equal(await warningAbout(file), warns ? "Every rule is disabled: nothing is judged." : undefined);
      const lines: string[] = [];
      assert.equal(await runCommand(["check-config", file], outputTo(lines)), 0);
      assert.deepEqual(lines, warns ? [`${file}: Every rule is disabled: nothing is judged.`] : []);
    });
  }

  it("that is not there or cannot be read is not warned about: others say that", async () => {
    assert.equal(await warningAbout(join(folder, "nowhere.json")), undefined);
    writeFileSync(file, "{");
    assert.equal(await warningAbout(file), undefined);
  });
});
