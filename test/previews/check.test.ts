import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { FindingRecord } from "../../lib/judging/finding-record";
import { engine, preview } from "../engine";
import { ROOT } from "../root";
import { temporaryFolder } from "./program";
import { COMMAND } from "./workplace";

const EXAMPLES = join(ROOT, "examples");

const NAMES = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, "Pulumi.yaml")));

/** Those that the engine can run by itself. */
const YAML_EXAMPLES = NAMES.filter((name) => {
  const program = parse(readFileSync(join(EXAMPLES, name, "Pulumi.yaml"), "utf8")) as { runtime: unknown };
  return program.runtime === "yaml";
});

/** Those whose resources are all components, so that an update creates nothing. */
const COMPONENT_EXAMPLES = YAML_EXAMPLES.filter((name) => {
  const { resources } = parse(readFileSync(join(EXAMPLES, name, "Pulumi.yaml"), "utf8")) as {
    resources: Record<string, { type: string }>;
  };
  return Object.values(resources).every(({ type }) => type.startsWith("hyperv-guard:"));
});

/** Rule, level, place and words of each finding, in one order. */
function said(findings: readonly FindingRecord[]): readonly string[] {
  return findings
    .map(({ rule, enforcement, urn = "", property = "", problem, fix = "" }) =>
      [rule, enforcement, urn, property, problem, fix].join(" | "),
    )
    .sort();
}

/** Runs `hyperv-guard check` on a file, by the configuration of an example. */
function check(option: string, text: string, example: string) {
  const file = join(temporaryFolder(), "input.json");
  writeFileSync(file, text);
  const config = join(EXAMPLES, example, "policy-config.json");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [COMMAND, "check", option, file, "--format", "json", ...(existsSync(config) ? ["--config", config] : [])],
    { encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  const { findings } = JSON.parse(stdout) as { findings: readonly FindingRecord[] };
  return { status, findings, stderr };
}

/** What `pulumi preview --json` writes of an example. */
async function previewJson(example: string): Promise<string> {
  const options = { pack: undefined, standIns: true, flags: ["--json"] };
  const { code, stdout, stderr } = await preview(join(EXAMPLES, example), options);
  assert.equal(code, 0, stderr);
  return stdout;
}

/** What `pulumi stack export` writes of an example after an update. */
async function exportedStack(example: string): Promise<string> {
  const { engineEnvironment } = await import("../../tools/engine/environment.mjs");
  const { openStack } = await import("../../tools/engine/stack.mjs");
  const { readProgram } = await import("../../tools/engine/program.mjs");
  const { run } = await import("../../tools/process.mjs");
  const program = readProgram(join(EXAMPLES, example));
  const stack = await openStack(engine(), program, "preview");
  try {
    const env = engineEnvironment(engine(), stack.folder);
    const place = ["--stack", "preview", "--cwd", program.directory];
    const options = { env, output: "capture" } as const;
    const flags = ["--yes", "--skip-preview", "--non-interactive", "--config-file", stack.configFile];
    const up = await run(engine(), ["up", ...flags, ...place], options);
    assert.equal(up.code, 0, up.stderr);
    return (await run(engine(), ["stack", "export", ...place], options)).stdout;
  } finally {
    await stack.close();
  }
}

describe("hyperv-guard check, beside previews by the real engine", () => {
  for (const example of NAMES) {
    it(`finds the same in ${example} as a preview: same rules, same places, same words`, async () => {
      const { findings } = await preview(join(EXAMPLES, example), { standIns: true });
      const ofPreview = check("--preview", await previewJson(example), example);
      assert.deepEqual(said(ofPreview.findings), said(findings));
      assert.equal(ofPreview.status, findings.some(({ enforcement }) => enforcement === "mandatory") ? 1 : 0);
      if (!COMPONENT_EXAMPLES.includes(example)) return;
      const ofState = check("--state", await exportedStack(example), example);
      assert.deepEqual(said(ofState.findings), said(findings));
    }).timeout(120_000);
  }

  it("has examples of each kind", () => {
    assert.ok(COMPONENT_EXAMPLES.length >= 4 && YAML_EXAMPLES.length > COMPONENT_EXAMPLES.length);
    assert.ok(NAMES.length > YAML_EXAMPLES.length);
  });
});
