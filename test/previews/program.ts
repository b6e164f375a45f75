import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "../../tools/engine/preview-program.mjs" with { "resolution-mode": "import" };
import { preview } from "../engine";
import { nameOf } from "../kit";

const folders: string[] = [];

/** An empty folder outside of the repository, which is gone after the tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
  folders.push(folder);
  return folder;
}

after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** By name: the type without the package, and the properties. */
export type Resources = Record<string, { type: string; properties: object }>;

/**
 * Writes a YAML program whose resources are given as in JSON: type without the package, and properties. Lifecycles are
 * judged for a day when the guests of the tests were in support; `configuration` is that of other policies, by name.
 */
export function yamlProgram(resources: Resources, asOf = "2012-06-30", configuration: object = {}): string {
  const folder = temporaryFolder();
  const named = Object.entries(resources).map(([name, { type, properties }]) => [
    name,
    { type: type.includes(":") ? type : `hyperv-guard:index:${type}`, properties },
  ]);
  const program = { name: "program", runtime: "yaml", resources: Object.fromEntries(named) as object };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify(program, null, 2));
  writeFileSync(join(folder, "policy-config.json"), JSON.stringify({ estate: { asOf }, ...configuration }));
  return folder;
}

/** Where the text ends that tests compare: before the fix, or before the document. */
export const BEFORE_FIX = / (?:Fix|Note|Source): |\n/;
export const BEFORE_SOURCE = / (?:Note|Source): |\n/;

/** `level policy resource: what is wrong`, sorted: what a preview found, and nothing else. */
export function findings(events: readonly EngineEvent[], end = BEFORE_FIX): string[] {
  return events
    .flatMap(({ policyEvent }) => (policyEvent === undefined ? [] : [policyEvent]))
    .map(({ enforcementLevel, policyName, resourceUrn, message }) => {
      const [problem = ""] = stripColor(message).split(end);
      return `${enforcementLevel} ${policyName} ${nameOf(resourceUrn)}: ${problem}`;
    })
    .sort();
}

/** Previews resources as a program, and tells whether that passed and what was found. */
export async function found(resources: Resources, asOf?: string, configuration?: object) {
  const { code, events } = await preview(yamlProgram(resources, asOf, configuration));
  return { passed: code === 0, findings: findings(events) };
}

/** Whole messages of one policy, without colours. */
export function messagesOf(policy: string, events: readonly EngineEvent[]): string[] {
  return events
    .flatMap(({ policyEvent }) => (policyEvent?.policyName === policy ? [policyEvent] : []))
    .map(({ message }) => stripColor(message).trimEnd());
}

/** Previews what is right alone, then together with what is wrong: nothing is found but that. */
export function estate(
  name: string,
  asOf: string,
  right: Resources,
  wrong: Resources,
  expected: readonly string[],
): void {
  describe(name, () => {
    it("passes without a word where everything is right", async () => {
      assert.deepEqual(await found(right, asOf), { passed: true, findings: [] });
    });

    it("is blocked, with a finding for each mistake and no other", async () => {
      assert.deepEqual(await found({ ...right, ...wrong }, asOf), { passed: false, findings: [...expected].sort() });
    });
  });
}

function stripColor(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "");
}
