import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withBaseline } from "../lib/cli/baseline";
import { runCommand } from "../lib/cli/commands";
import type { DeclaredResource } from "../lib/estate/declared";
import { isPlainArray, isPlainObject, type Plain } from "../lib/estate/plain";
import { SECRET, SIGNATURE } from "../lib/inputs/pulumi-values";
import type { FindingRecord } from "../lib/judging/finding-record";
import { findingsJson } from "../lib/reports/json";
import { summaryMarkdown } from "../lib/reports/markdown";
import { findingsText } from "../lib/reports/text";

/** Findings in every format, and as exemptions of a baseline. */
export function everyReport(findings: readonly FindingRecord[]): readonly string[] {
  const baseline = withBaseline({}, findings, {
    stack: "kit/test",
    today: "2026-11-23",
    days: 90,
    replace: false,
    notShown: new Set(),
    notExemptible: new Set(),
  });
  return [
    ...findingsText(findings, false),
    ...findingsText(findings, true),
    findingsJson(findings, undefined),
    summaryMarkdown(findings, undefined),
    JSON.stringify(baseline),
  ];
}

/** All that `check` prints and writes of resources in a file, in every format. */
export async function outputOfCheck(resources: readonly DeclaredResource[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
  const [state, summary] = [join(folder, "stack.json"), join(folder, "summary.md")];
  const printed: string[] = [];
  const print = (line: string): void => {
    printed.push(line);
  };
  try {
    writeFileSync(state, JSON.stringify(exported(resources)));
    for (const options of [
      ["--details", "--summary", summary],
      ["--format", "json"],
    ]) {
      await runCommand(["check", "--state", state, ...options], { out: print, error: print });
    }
    return [...printed, readFileSync(summary, "utf8")].join("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A stack as `pulumi stack export --show-secrets` writes it. */
export function exported(resources: readonly DeclaredResource[]): object {
  return {
    version: 3,
    deployment: {
      resources: resources.map(({ urn, type, properties }) => ({ urn, type, inputs: inClear(properties) })),
    },
  };
}

/** Values with secrets as a stack holds them in the clear. */
function inClear(plain: Plain | undefined): unknown {
  if (isPlainArray(plain)) return plain.map(inClear);
  if (!isPlainObject(plain)) return plain;
  if (plain[SIGNATURE] === SECRET) return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(plain["value"]) };
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, inClear(value)]));
}
