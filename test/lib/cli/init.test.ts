import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PIPELINES } from "../../../lib/cli/options";
import type { CommandOutput } from "../../../lib/cli/output";
import { runCommand } from "../../../lib/cli/run-command";
import { PROFILE_NAMES } from "../../../lib/settings/profiles";
import { outputTo } from "../../output";
import { temporaryFolder } from "../../previews/program";

/** A repository with a program in a folder of it. */
function repository(): { readonly root: string; readonly folder: string } {
  const root = temporaryFolder();
  const folder = join(root, "estate");
  mkdirSync(join(root, ".git"));
  mkdirSync(folder);
  writeFileSync(join(folder, "Pulumi.yaml"), "name: estate\nruntime: yaml\n");
  return { root, folder };
}

async function init(folder: string, words: readonly string[], more: Partial<CommandOutput> = {}) {
  const lines: string[] = [];
  const code = await runCommand(["init", "-C", folder, ...words], { ...outputTo(lines), ...more });
  return { code, said: lines.join("\n") };
}

describe("hyperv-guard init", () => {
  for (const ci of PIPELINES) {
    it(`writes a configuration that is right, and a pipeline for ${ci}`, async () => {
      const { root, folder } = repository();
      const { code, said } = await init(folder, ["--ci", ci, "--profile", "2026.1"]);
      assert.equal(code, 0);
      assert.match(said, /policy-config\.json written\.[^]*\.yml written\.[^]*Next: hyperv-guard preview/);
      const config = join(folder, "policy-config.json");
      assert.deepEqual(JSON.parse(readFileSync(config, "utf8")), { estate: { profile: "2026.1" } });
      assert.equal(await runCommand(["check-config", config], outputTo([])), 0);
      const file = join(root, ci === "github" ? ".github/workflows/hyperv-guard.yml" : "hyperv-guard.yml");
      assert.match(readFileSync(file, "utf8"), /INTEGRITY/);
    });
  }

  it("replaces nothing unless it is told to", async () => {
    const { folder } = repository();
    const config = join(folder, "policy-config.json");
    writeFileSync(config, "{}");
    assert.match(
      (await init(folder, ["--profile", "2026.2"])).said,
      /policy-config\.json is there already: --force replaces it/,
    );
    assert.equal(readFileSync(config, "utf8"), "{}");
    await init(folder, ["--profile", "2026.2", "--force"]);
    assert.match(readFileSync(config, "utf8"), /2026\.2/);
  });

  it("asks on a terminal for what the options do not say, and takes nothing for an answer", async () => {
    const { root, folder } = repository();
    const questions: string[] = [];
    const answers = ["2026.2", "gitlab"];
    const ask = (question: string): Promise<string> => {
      questions.push(question);
      return Promise.resolve(answers.shift() ?? "");
    };
    await init(folder, [], { ask });
    assert.deepEqual(questions, [
      `Which profile? ${PROFILE_NAMES.join(", ")}, or nothing:`,
      "Which pipeline? github, azure-devops, gitlab, or nothing:",
    ]);
    assert.ok(existsSync(join(root, "hyperv-guard.yml")));
    const silent = repository();
    await init(silent.folder, [], { ask });
    assert.deepEqual(JSON.parse(readFileSync(join(silent.folder, "policy-config.json"), "utf8")), { estate: {} });
    assert.ok(!existsSync(join(silent.root, "hyperv-guard.yml")));
  });

  it("says where there is no program, and which profiles there are", async () => {
    const nowhere = await init(temporaryFolder(), []);
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.said, /has no Pulumi\.yaml: go to the folder of your program, or name it with --cwd$/);
    const wrong = await init(repository().folder, ["--profile", "2031"]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.said, /"2031" is not a profile: use 2008r2, 2026\.1 or 2026\.2$/);
  });

  it("says where a folder cannot be made", async () => {
    const { root, folder } = repository();
    writeFileSync(join(root, ".github"), "a file");
    const { code, said } = await init(folder, ["--ci", "github"]);
    assert.equal(code, 2);
    assert.match(said, /\.github\/workflows cannot be made: a part of its path is no folder$/m);
  });
});
