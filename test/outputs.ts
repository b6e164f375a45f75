import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withBaseline } from "../lib/cli/baseline";
import { checkFiles } from "../lib/cli/check";
import { runCommand } from "../lib/cli/run-command";
import type { DeclaredResource } from "../lib/estate/declared";
import { isPlainArray, isPlainObject, type Plain } from "../lib/estate/plain";
import { SECRET, SIGNATURE } from "../lib/inputs/pulumi-values";
import type { FindingRecord } from "../lib/judging/finding-record";
import { FORMATS } from "../lib/reports/formats";
import { htmlReport } from "../lib/reports/html/html";
import type { Report } from "../lib/reports/report";
import { findingsText } from "../lib/reports/text";
import { outputTo } from "./output";

/** Every format as it is written, with an empty page around the data of the HTML report: the build makes that. */
export const WRITERS: Readonly<Record<string, (report: Report) => string>> = {
  ...FORMATS,
  html: (report) => htmlReport(report, { script: "", styles: "" }),
};

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
    ...findingsText(findings),
    ...findingsText(findings, { details: true, exempted: true }),
    ...Object.values(WRITERS).map((write) => write({ findings, notes: [], version: "1.2.3" })),
    JSON.stringify(baseline),
  ];
}

/** All that `check` prints and writes of resources in a file, in every format. */
export async function outputOfCheck(resources: readonly DeclaredResource[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
  const [state, summary] = [join(folder, "stack.json"), join(folder, "summary.md")];
  const printed: string[] = [];
  try {
    writeFileSync(state, JSON.stringify(exported(resources)));
    for (const options of [
      ["--details", "--summary", summary],
      ...Object.keys(FORMATS)
        .filter((format) => format !== "html")
        .map((format) => ["--format", format]),
    ]) {
      await runCommand(["check", "--state", state, ...options], outputTo(printed));
    }
    const judgement = await checkFiles([{ option: "state", file: state }], undefined, true);
    const html = WRITERS["html"]?.({ ...judgement, version: "1.2.3" }) ?? "";
    return [...printed, readFileSync(summary, "utf8"), html].join("\n");
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
