import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "../../engine/preview-program.mjs" with { "resolution-mode": "import" };
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

/**
 * Writes a YAML program whose resources are given as in JSON: type without the package, and properties. Lifecycles are
 * judged for a day when the guests of the tests were in support.
 */
export function yamlProgram(resources: Record<string, { type: string; properties: object }>): string {
  const folder = temporaryFolder();
  const named = Object.entries(resources).map(([name, { type, properties }]) => [
    name,
    { type: type.includes(":") ? type : `hyperv-guard:index:${type}`, properties },
  ]);
  const program = { name: "program", runtime: "yaml", resources: Object.fromEntries(named) as object };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify(program, null, 2));
  writeFileSync(join(folder, "policy-config.json"), JSON.stringify({ estate: { asOf: "2012-06-30" } }));
  return folder;
}

/** `level policy resource: first line of what is wrong`, sorted: what a preview found, and nothing else. */
export function findings(events: readonly EngineEvent[]): string[] {
  return events
    .flatMap(({ policyEvent }) => (policyEvent === undefined ? [] : [policyEvent]))
    .map(({ enforcementLevel, policyName, resourceUrn, message }) => {
      const [, problem = ""] = stripColor(message).split("\n");
      return `${enforcementLevel} ${policyName} ${nameOf(resourceUrn)}: ${problem}`;
    })
    .sort();
}

function stripColor(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "");
}
