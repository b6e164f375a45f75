import assert from "node:assert/strict";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../../lib/cli/run-command";
import type { CommandOutput } from "../../../lib/cli/output";
import { outputTo } from "../../output";
import { temporaryFolder } from "../../previews/program";
import { ROOT } from "../../root";

const PLAN = join(ROOT, "examples", "terraform", "hyperv", "plan.json");
const CHECK = ["check", "--terraform-plan", PLAN];

async function run(...words: readonly string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runCommand(words, outputTo(out, error));
  return { code, out: out.join("\n"), error: error.join("\n") };
}

/** That a command line is refused in one line. */
async function refused(words: readonly string[], code: number, error: RegExp): Promise<void> {
  const result = await run(...words);
  assert.deepEqual([result.code, result.out], [code, ""], words.join(" "));
  assert.match(result.error, error);
  assert.ok(!result.error.includes("\n"), result.error);
}

describe("a configuration that no engine would take", () => {
  const DEEP = 1e6;
  const cases: readonly (readonly [what: string, content: string | Buffer, problem: RegExp])[] = [
    ["a million brackets", "[".repeat(DEEP) + "]".repeat(DEEP), /line 1, column 202: more than 200 brackets are open/],
    ["a million open objects", '{"a":'.repeat(DEEP), /line 1, column \d+: more than 200 brackets are open/],
    ["a list", "[]", /The configuration is \[\], which is not an object\. Give an object of policies/],
    ["null", "null", /The configuration is null, which is not an object/],
    ["a text", '"x"', /The configuration is "x", which is not an object/],
    ["a level that does not exist", '{ "all": "off" }', /all\.enforcementLevel is "off", which is not a valid value/],
    ["a level in an object", '{ "vmm-ports": { "enforcementLevel": 3 } }', /vmm-ports\.enforcementLevel is 3/],
    ["a policy that is a number", '{ "vmm-ports": 3 }', /vmm-ports is 3, which is not an object/],
    ["a byte order mark", "\ufeff{}", /begins with a byte order mark: save it as UTF-8 without one/],
    ["UTF-16", Buffer.from("\ufeff{}", "utf16le"), /the file is not UTF-8: save it as UTF-8/],
    ["nothing", "", /line 1, column 1: expected a value, but the file ends here/],
  ];
  for (const [what, content, problem] of cases) {
    it(`U4: is refused in the words of check-config: ${what}`, async () => {
      const file = join(temporaryFolder(), "config.json");
      writeFileSync(file, content);
      await refused([...CHECK, "--config", file], 2, problem);
      const { code, out } = await run("check-config", file);
      assert.equal(code, 1);
      assert.match(out, problem);
    });
  }

  it("U4: is refused by preview and fix too, before the engine starts", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "config.json");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: x\nruntime: yaml\n");
    writeFileSync(file, '{ "all": "off" }');
    for (const command of ["preview", "check", "fix"]) {
      await refused([command, "--cwd", folder, "--config", file], 2, /all\.enforcementLevel is "off"/);
    }
    await refused(
      ["preview", "--cwd", folder, "--config", join(folder, "none")],
      2,
      /none cannot be read: there is no/,
    );
  });

  it("is shown without what a terminal obeys", async () => {
    const file = join(temporaryFolder(), "config.json");
    writeFileSync(file, JSON.stringify({ "\u001b[31m\n::error::": 1 }));
    const { out } = await run("check-config", file);
    assert.match(out, /\\u001b\[31m ::error:: is not a policy/);
  });
});

describe("a command line that cannot be meant", () => {
  it("is refused for an empty text, as of a variable that is not set", async () => {
    await refused([...CHECK, "--config", ""], 2, /: an empty text after --config: is a variable not set\?$/);
    await refused([...CHECK, "--config="], 2, /: an empty text after --config: is a variable not set\?$/);
    await refused(["check", "--state", ""], 2, /: an empty text after --state: /);
    await refused(["preview", "-s", ""], 2, /: an empty text after -s: /);
    await refused(["explain", ""], 2, /: an empty text after explain: /);
    await refused([""], 2, /: an empty text: is a variable not set\?$/);
  });

  it("is refused for two reports in one file, or two readers of standard input", async () => {
    const file = join(temporaryFolder(), "report.json");
    await refused([...CHECK, "-f", "json", "-o", file, "-f", "sarif", "-o", file], 2, /json and sarif would both be/);
    await refused([...CHECK, "--summary", file, "-o", file], 2, /: markdown and json would both be written to /);
    for (const words of [
      ["--state", "-", "--preview", "-"],
      ["--arm", "-", "--arm-parameters", "-"],
      ["--inventory", "-", "--against", "-"],
    ]) {
      await refused(["check", ...words], 2, /: standard input can be read only once: give - to one option$/);
    }
  });

  it("is refused for two files to compare with, of which one would be left out", async () => {
    await refused(
      ["check", "--inventory", "a", "--against", "b", "--against", "c"],
      2,
      /argument 'c' is invalid\. Give it/,
    );
  });

  it("is refused for a file without a word on what it is", async () => {
    await refused(["check", PLAN], 2, /Expected 0 arguments but got 1\. Say what a file is, as in --state FILE\.$/);
  });

  it("takes - as standard output", async () => {
    const { out } = await run(...CHECK, "--format", "json", "--output", "-");
    assert.ok(Array.isArray((JSON.parse(out) as { findings: unknown }).findings));
    assert.ok(!existsSync("-"));
    await refused([...CHECK, "-f", "json", "-o", "-", "-f", "sarif"], 2, /json and sarif would both go to standard/);
  });

  it("is answered in a line that is not longer for a longer word", async () => {
    const long = "x".repeat(1e6);
    for (const words of [
      ["explain", long],
      ["tables", long],
      ["check", "--state", long],
      [long],
      ["check", `--${long}`],
    ]) {
      const { code, error } = await run(...words);
      assert.ok(code === 2 || code === 3);
      assert.ok(error.length < 10_000, words[0]);
      assert.ok(!error.includes("\n"), words[0]);
    }
    assert.match(
      (await run("explain", "a\n::error::b")).error,
      /^hyperv-guard: "a\\n::error::b" is not a rule: [^\n]*$/,
    );
  });
});

describe("files that are none", () => {
  it("are named with what they are, in words", async () => {
    const folder = temporaryFolder();
    const loop = join(folder, "loop");
    symlinkSync(loop, loop);
    mkdirSync(join(folder, "a.json"));
    writeFileSync(join(folder, "file"), "");
    for (const option of ["state", "preview", "inventory", "terraform-plan", "arm"]) {
      await refused(["check", `--${option}`, folder], 3, /cannot be read: it is a folder$/);
      await refused(["check", `--${option}`, loop], 3, /cannot be read: its symbolic links lead in a circle$/);
      await refused(["check", `--${option}`, join(folder, "file", "x")], 3, /: a part of its path is no folder$/);
    }
    await refused(["check-config", folder], 2, /cannot be read: it is a folder$/);
    await refused(["comment", folder], 2, /cannot be read: it is a folder$/);
    const { code, out, error } = await run(...CHECK, "--output", join(folder, "a.json"));
    assert.equal(code, 2);
    assert.match(out, /findings/);
    assert.match(error, /a\.json cannot be written: it is a folder$/);
  });

  it("are no program", async () => {
    const folder = temporaryFolder();
    for (const command of ["preview", "check", "fix"]) {
      await refused(
        [command, "--cwd", folder],
        3,
        /has no Pulumi\.yaml: go to the folder .* check --state FILE judges/,
      );
      await refused([command, "--cwd", join(folder, "none")], 3, /: there is no folder .*none\. hyperv-guard check/);
    }
  });
});

describe("a fault of the command itself", () => {
  it("is said in a line, with exit code 3: 1 would say that something blocks", async () => {
    const error: string[] = [];
    const failing: CommandOutput = {
      ...outputTo([], error),
      out: () => {
        throw new TypeError("x is not\na function");
      },
    };
    assert.equal(await runCommand(["rules"], failing), 3);
    assert.equal(error.length, 1);
    assert.match(
      error[0] ?? "",
      /^hyperv-guard: a fault of hyperv-guard: x is not a function\. Nothing was judged\. Report/,
    );
  });
});
