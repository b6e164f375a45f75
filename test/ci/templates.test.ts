import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { readCommandLine } from "../../lib/cli/options";
import { temporaryFolder } from "../previews/program";
import { ROOT } from "../root";
import { AZURE_STEPS, DEPENDABOT, GITHUB_ACTION, GITHUB_WORKFLOW, GITLAB_CI } from "./schemas";

const DEPENDABOT_FILE = ".github/dependabot.yml";
const WORKFLOWS = ".github/workflows";

/** The schema of each file that some pipeline reads. */
const FILES: Readonly<Record<string, object>> = {
  ...Object.fromEntries(readdirSync(join(ROOT, WORKFLOWS)).map((file) => [`${WORKFLOWS}/${file}`, GITHUB_WORKFLOW])),
  ".github/actions/hyperv-guard/action.yml": GITHUB_ACTION,
  "docs/ci/azure-pipelines.yml": AZURE_STEPS,
  "docs/ci/github-actions.yml": GITHUB_WORKFLOW,
  "docs/ci/gitlab-ci.yml": GITLAB_CI,
};

/** Those that run hyperv-guard for a team. */
const TEMPLATES = Object.keys(FILES).filter((file) => !/\/(ci|release)\.yml$/.test(file));

const hasBash = spawnSync("bash", ["--version"]).status === 0;

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** What is wrong with a file, by its schema. */
function faults(file: string, content: unknown): readonly string[] {
  return faultsOf(FILES[file] ?? false, content);
}

function faultsOf(schema: object | boolean, content: unknown): readonly string[] {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
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
    if (!["run", "bash", "script", "before_script", "after_script"].includes(key)) return scripts(value);
    const lines: unknown[] = Array.isArray(value) ? value : [value];
    return lines.filter((line) => typeof line === "string");
  });
}

/** The words of each call of hyperv-guard in a script. */
function calls(script: string): readonly (readonly string[])[] {
  return script.split("\n").flatMap((line) => {
    const [, words] = /\bnode \S+\/package\/bin\/lib\/cli\/main\.js"? (.+?)(?: \|\| .*|; fi)?$/.exec(line) ?? [];
    return words === undefined
      ? []
      : [(words.match(/(?:"[^"]*"|\$\{[^}]*\}|\S)+/g) ?? []).flatMap(optionalWords).map(unquoted)];
  });
}

function unquoted(word: string): string {
  return word.replace(/^"(.*)"$/, "$1");
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
      const [words = [], ...comments] = found;
      for (const more of comments) assert.equal(readCommandLine(more).command, "comment");
      assert.equal(comments.length, file.startsWith("docs/") ? 1 : 0);
      const line = readCommandLine(words);
      assert.equal(line.command, "preview");
      assert.ok(line.values.outputs.some(({ format }) => format === "markdown"));
      assert.deepEqual(line.values.flags, ["--stack", "$STACK"]);
    });

    it(`${file} names no version of the engine but the tested one`, async () => {
      const { version } = JSON.parse(read("package.json")) as { version: string };
      const { engineVersion } = await import("../../tools/engine/version.mjs");
      const numbers = [...read(file).matchAll(/(?<![\w.-])\d+\.\d+\.\d+(?![\w.-])/g)].map(([number]) => number);
      assert.deepEqual(
        numbers.filter((number) => number !== version && number !== engineVersion),
        [],
      );
    });
  }

  it("are all there", () => {
    for (const file of Object.keys(FILES)) assert.ok(existsSync(join(ROOT, file)), file);
    assert.equal(TEMPLATES.length, 5);
  });
});

describe("what the pipelines and the documents run", () => {
  for (const file of Object.keys(FILES)) {
    it(`F9: is pinned in ${file}`, () => {
      for (const script of scripts(parse(read(file)))) {
        assert.doesNotMatch(script, /\bnpx\b|\bnpm (exec|x)\b/, "runs what a registry has under a name");
        assert.doesNotMatch(script, /\bnpm (install|i|add) (?!--package-lock-only)/, "resolves dependencies afresh");
        assert.doesNotMatch(script, /\|\s*(sudo )?(ba)?sh\b/, "runs what a server sends");
        assert.equal(/\bcurl\b/.test(script), /sha512|sha256sum --check/.test(script) && script.includes("https:"));
      }
    });
  }

  for (const file of ["README.md", "SECURITY.md", ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`)]) {
    if (!file.endsWith(".md")) continue;
    it(`F9: comes from a tarball in ${file}, not from a name that nobody has registered`, () => {
      assert.doesNotMatch(read(file), /npx (?!--no -- )[^\n]*hyperv-guard|npm (install|i|add) (-\S+ )*hyperv-guard/);
    });
  }

  it("F9: is kept up to date by Dependabot: packages, actions and Go modules", () => {
    const content = parse(read(DEPENDABOT_FILE)) as { updates: { directory?: string; directories?: string[] }[] };
    assert.deepEqual(faultsOf(DEPENDABOT, content), []);
    const folders = content.updates.flatMap(({ directory, directories = [] }) => [directory ?? [], directories].flat());
    for (const folder of folders) assert.ok(existsSync(join(ROOT, folder)), folder);
    for (const folder of ["/", "/.github/actions/hyperv-guard", "/tools/engine/cli", "/tools/engine/yaml"]) {
      assert.ok(folders.includes(folder), folder);
    }
  });
});

describe("the script that installs hyperv-guard", () => {
  const installs = TEMPLATES.map(
    (file) => [file, scripts(parse(read(file))).filter((script) => script.includes("$INTEGRITY"))] as const,
  );

  for (const [file, found] of installs) {
    it(`in ${file} refuses a tarball of another integrity, before it runs any of it`, function () {
      if (!hasBash || spawnSync("openssl", ["version"]).status !== 0) this.skip();
      const [script = ""] = found;
      assert.equal(found.length, 1);
      const folder = temporaryFolder();
      const tarball = join(folder, "hyperv-guard.tgz");
      writeFileSync(tarball, "no tarball");
      const env = { ...process.env, RUNNER_TEMP: folder, AGENT_TEMPDIRECTORY: folder, PACKAGE: tarball };
      const run = (integrity: string) =>
        spawnSync("bash", ["-c", script.replaceAll("/tmp/hyperv-guard", join(folder, "hyperv-guard"))], {
          encoding: "utf8",
          env: { ...env, INTEGRITY: integrity },
        });
      const refused = run("sha512-AAAA");
      assert.equal(refused.status, 3);
      assert.match(refused.stderr, /^The integrity of .+ is sha512-.+==, not sha512-AAAA$/m);
      // With the right one it goes on, to find that this is no archive.
      const accepted = run(`sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`);
      assert.doesNotMatch(accepted.stderr, /integrity/);
      assert.match(accepted.stderr, /tar/);
    });
  }
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
      "/steps/3 must NOT have additional properties: working-directory",
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
      "an image without a digest",
      gitlab,
      /(image: \S+)@\S+/,
      "$1",
      '/hyperv-guard/image must match pattern "^[\\w./-]+:[\\w.-]+@(sha256:[0-9a-f]{64}|\\$\\w+)$"',
    ],
    [
      "an action by its tag",
      workflow,
      /actions\/checkout@\w+/,
      "actions/checkout@v4",
      '/jobs/preview/steps/0/uses must match pattern "^[\\w-]+/[\\w./-]+@[0-9a-f]{40}$"',
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
