import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { isCommand, readCommandLine } from "../../lib/cli/options";
import { ROOT } from "../root";
import { AZURE_STEPS, GITHUB_ACTION, GITHUB_WORKFLOW, GITLAB_CI } from "./schemas";

const WORKFLOWS = ".github/workflows";

/** The schema of each file that some pipeline reads. */
const FILES: Readonly<Record<string, object>> = {
  ...Object.fromEntries(readdirSync(join(ROOT, WORKFLOWS)).map((file) => [`${WORKFLOWS}/${file}`, GITHUB_WORKFLOW])),
  ".github/actions/hyperv-guard/action.yml": GITHUB_ACTION,
  "docs/ci/azure-pipelines.yml": AZURE_STEPS,
  "docs/ci/gitlab-ci.yml": GITLAB_CI,
};

/** Those that run hyperv-guard for a team. */
const TEMPLATES = Object.keys(FILES).filter((file) => !file.endsWith("/ci.yml"));

const hasBash = spawnSync("bash", ["--version"]).status === 0;

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** What is wrong with a file, by its schema. */
function faults(file: string, content: unknown): readonly string[] {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(FILES[file] ?? false);
  validate(content);
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== "if")
    .map(({ instancePath, message, params }) => {
      const key: unknown = params["additionalProperty"];
      return `${instancePath} ${message ?? ""}${typeof key === "string" ? `: ${key}` : ""}`;
    });
}

/** Every text in a file that a shell runs. */
function scripts(content: unknown): readonly string[] {
  if (Array.isArray(content)) return content.flatMap(scripts);
  if (typeof content !== "object" || content === null) return [];
  return Object.entries(content).flatMap(([key, value]) => {
    if (!["run", "bash", "script", "before_script"].includes(key)) return scripts(value);
    const lines: unknown[] = Array.isArray(value) ? value : [value];
    return lines.filter((line) => typeof line === "string");
  });
}

/** The words of each call of hyperv-guard in a script. */
function calls(script: string): readonly (readonly string[])[] {
  return script.split("\n").flatMap((line) => {
    const [, words] = /\bnpx --yes "hyperv-guard@\$VERSION" (.+?)(?: \|\| .*)?$/.exec(line) ?? [];
    return words === undefined ? [] : [(words.match(/(?:"[^"]*"|\$\{[^}]*\}|\S)+/g) ?? []).flatMap(optionalWords)];
  });
}

/** `${CONFIG:+--config "$CONFIG"}` are two words where there is a configuration. */
function optionalWords(word: string): readonly string[] {
  const [, words] = /^\$\{\w+:\+(.*)\}$/.exec(word) ?? [];
  return words?.split(" ") ?? [word];
}

describe("the pipeline templates", () => {
  for (const file of Object.keys(FILES)) {
    it(`${file} has what its system allows, where it allows it, and nothing else`, () => {
      assert.deepEqual(faults(file, parse(read(file), { strict: true, uniqueKeys: true })), []);
    });

    it(`${file} has scripts that a shell can read, and none that an expression is pasted into`, function () {
      const all = scripts(parse(read(file)));
      assert.ok(all.length > 0);
      for (const script of all) assert.doesNotMatch(script, /\$\{\{/);
      if (!hasBash) this.skip();
      for (const script of all) {
        const { status, stderr } = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
        assert.deepEqual([status, stderr], [0, ""], script);
      }
    });
  }

  for (const file of TEMPLATES) {
    it(`${file} calls a command that there is, with options that it has`, () => {
      const found = scripts(parse(read(file))).flatMap(calls);
      assert.equal(found.length, 1);
      const [[command = "", ...words] = []] = found;
      assert.ok(isCommand(command), command);
      const { values, flags } = readCommandLine(command, words);
      assert.ok("summary" in values);
      assert.deepEqual(flags, ["--stack", '"$STACK"']);
    });

    it(`${file} pins the versions of this package and of the engine`, async () => {
      const { version } = JSON.parse(read("package.json")) as { version: string };
      const { engineVersion } = await import("../../tools/engine/version.mjs");
      const numbers = [...read(file).matchAll(/(?<![\w.-])\d+\.\d+\.\d+(?![\w.-])/g)].map(([number]) => number);
      assert.ok(numbers.includes(version), file);
      assert.deepEqual(
        numbers.filter((number) => number !== version && number !== engineVersion),
        [],
      );
    });
  }

  it("are all there", () => {
    for (const file of Object.keys(FILES)) assert.ok(existsSync(join(ROOT, file)), file);
    assert.equal(TEMPLATES.length, 4);
  });
});

describe("the schemas of the templates", () => {
  const [action, azure, gitlab] = [
    ".github/actions/hyperv-guard/action.yml",
    "docs/ci/azure-pipelines.yml",
    "docs/ci/gitlab-ci.yml",
  ];
  const workflow = `${WORKFLOWS}/preview-with-hyperv-guard.yml`;

  const mistakes: readonly (readonly [what: string, file: string, from: RegExp, to: string, fault: string])[] = [
    [
      "an unknown key",
      workflow,
      /timeout-minutes/,
      "timeout",
      "/jobs/preview must NOT have additional properties: timeout",
    ],
    [
      "a key of a step in its job",
      workflow,
      /runs-on/,
      "shell: bash\n    runs-on",
      "/jobs/preview must NOT have additional properties: shell",
    ],
    [
      "an input without a type",
      workflow,
      / {8}type: string\n/,
      "",
      "/on/workflow_call/inputs/stack-name must have required property 'type'",
    ],
    [
      "a composite action's step without a shell",
      action,
      / {6}shell: bash\n/,
      "",
      "/runs/steps/0 must have required property 'shell'",
    ],
    ["an unknown key of an action", action, /runs:/, "run:", " must have required property 'runs'"],
    [
      "a working directory as GitHub calls it",
      azure,
      /workingDirectory: \$/,
      "working-directory: $",
      "/steps/2 must NOT have additional properties: working-directory",
    ],
    ["a task without a version", azure, /UseNode@1/, "UseNode", '/steps/0/task must match pattern "^\\w+@\\d+$"'],
    [
      "a job without a script",
      gitlab,
      / {2}script:\n/,
      "  scripts:\n",
      "/hyperv-guard must have required property 'script'",
    ],
    [
      "an image without a version",
      gitlab,
      /(image: \S+):\S+/,
      "$1",
      '/hyperv-guard/image must match pattern "^[\\w./-]+:[\\w.-]+$"',
    ],
  ];
  for (const [what, file, from, to, fault] of mistakes) {
    it(`find ${what}`, () => {
      const text = read(file).replace(from, to);
      assert.notEqual(text, read(file));
      assert.ok(faults(file, parse(text)).includes(fault), faults(file, parse(text)).join("\n"));
    });
  }
});
