import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { COMMAND_NAMES, SHELLS } from "../../../lib/cli/options";
import { FORMAT_NAMES } from "../../../lib/cli/report-options";
import { runCommand } from "../../../lib/cli/run-command";
import { PROFILE_NAMES } from "../../../lib/settings/profiles";
import { RULES } from "../../../policies";
import { outputTo } from "../../output";

async function scriptFor(shell: string): Promise<string> {
  const out: string[] = [];
  assert.equal(await runCommand(["completion", shell], outputTo(out)), 0);
  return out.join("\n");
}

const has = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;

/** What bash offers for a command line, the last word of which is being written. */
function offered(script: string, ...words: readonly string[]): readonly string[] {
  const line = words.map((word) => `'${word}'`).join(" ");
  const program = `${script}\nCOMP_WORDS=(hyperv-guard ${line}); COMP_CWORD=${String(words.length)}; _hyperv_guard; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", program], { encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout.split("\n").filter((word) => word !== "");
}

describe("hyperv-guard completion", () => {
  it("completes commands, options, formats and rules in bash", async function () {
    if (!has("bash")) this.skip();
    const script = await scriptFor("bash");
    assert.deepEqual([...offered(script, "")].sort(), [...COMMAND_NAMES, "--help", "--version"].sort());
    assert.deepEqual(offered(script, "che"), ["check", "check-config"]);
    assert.deepEqual(offered(script, "preview", "--su"), ["--summary"]);
    assert.deepEqual([...offered(script, "check", "--format", "")].sort(), [...FORMAT_NAMES].sort());
    assert.deepEqual(offered(script, "check", "-f", "sar"), ["sarif"]);
    assert.deepEqual(offered(script, "check", "--output", ""), [], "files");
    assert.deepEqual(
      offered(script, "explain", "guest-").filter((name) => !name.startsWith("--")),
      [...RULES.map(({ name }) => name).filter((name) => name.startsWith("guest-"))].sort(),
    );
    assert.deepEqual(offered(script, "completion", "po"), ["powershell"]);
    assert.deepEqual(offered(script, "rules", "--subject", "v"), ["vmm"]);
    assert.deepEqual(offered(script, "rules", "--level", "u"), ["unsupported"]);
    for (const command of ["rules", "init"]) {
      assert.deepEqual([...offered(script, command, "--profile", "")].sort(), [...PROFILE_NAMES].sort());
    }
  });

  it("offers files for every option that takes one", async () => {
    const script = await scriptFor("fish");
    for (const option of ["state", "against", "arm-parameters", "config", "output", "cwd"]) {
      assert.match(script, new RegExp(`-l ${option}(?: -s [a-zA-Z])? -r -F `), option);
    }
  });

  for (const shell of SHELLS) {
    it(`names every command and every format in a script for ${shell}`, async () => {
      const script = await scriptFor(shell);
      for (const word of [...COMMAND_NAMES, ...FORMAT_NAMES]) assert.ok(script.includes(word), word);
    });

    it(`is read by ${shell}, where it is installed`, async function () {
      if (shell === "powershell" || !has(shell)) this.skip();
      const { status, stderr } = spawnSync(shell, ["-n"], { input: await scriptFor(shell), encoding: "utf8" });
      assert.deepEqual([status, stderr], [0, ""]);
    });
  }
});
