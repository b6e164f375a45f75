import { resolve } from "node:path";
import type { FindingRecord } from "../judging/finding-record";
import { fateOf } from "../reports/finding-groups";
import { judgedLine } from "../reports/judged-line";
import { summaryMarkdown } from "../reports/markdown";
import { findingsText } from "../reports/text";
import { harmless } from "../text/harmless";
import { makeBaseline } from "./baseline-file";
import { problemsOfFile } from "./config-file";
import { configOf, failureOf, ownConfig, previewStack } from "./engine";
import { writeText } from "./files";
import { isCommand, readBaselineOptions, readCommandLine, USAGE, type CommandLine } from "./options";
import type { CommandOutput } from "./output";
import { packageVersion } from "./package";
import { UserError } from "./user-error";

/**
 * Runs the command that the arguments name.
 * @returns the exit code
 */
export async function runCommand(words: readonly string[], output: CommandOutput): Promise<number> {
  const [name = "--help", ...args] = words;
  try {
    if (name === "--version") return print(output, packageVersion());
    if (name === "--help" || args[0] === "--help") return print(output, USAGE.trimEnd());
    if (!isCommand(name)) throw new UserError(`"${name}" is not a command\n${USAGE.trimEnd()}`);
    switch (name) {
      case "preview":
        return await preview(readCommandLine(name, args), output);
      case "baseline":
        return await baseline(readCommandLine(name, args), output);
      case "check-config":
        return await checkConfig(readCommandLine(name, args), output);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    output.error(`hyperv-guard: ${harmless(error.message)}`);
    return error.exitCode;
  }
}

/** Something blocks. */
const BLOCKED = 1;

/** The preview or a file has failed. */
const NOT_JUDGED = 3;

function print({ out }: CommandOutput, text: string): number {
  out(text);
  return 0;
}

async function preview({ values, flags }: CommandLine<"preview">, { out, error }: CommandOutput): Promise<number> {
  const { config, details = false, resources = false, summary } = values;
  const result = await previewStack({ config: configOf(config, flags), flags, shown: resources });
  const failure = failureOf(result);
  if (failure !== undefined && (!resources || result.stoppedBy !== undefined)) error(harmless(failure));
  if (result.note !== undefined) error(result.note);
  for (const line of findingsText(result.findings, details)) out(line);
  if (failure === undefined)
    error(result.code === 0 || result.summary ? judgedLine(result.summary, result.resources) : STOPPED);
  if (summary !== undefined) await writeText(resolve(summary), summaryMarkdown(result.findings, failure));
  return failure === undefined ? exitCode(result.findings) : NOT_JUDGED;
}

/** What blocks at a resource ends the preview before the stack as a whole is judged. */
const STOPPED =
  "hyperv-guard judged resource by resource until the preview was stopped; fix what blocks to see the rest.";

function exitCode(findings: readonly FindingRecord[]): number {
  return findings.some((finding) => fateOf(finding) === "mandatory") ? BLOCKED : 0;
}

function baseline({ values, flags }: CommandLine<"baseline">, output: CommandOutput): Promise<number> {
  const file = resolve(values.config ?? ownConfig(flags));
  return makeBaseline(file, readBaselineOptions(values), (config) => previewStack({ config, flags }), output);
}

async function checkConfig(
  { operands: [file = ""] }: CommandLine<"check-config">,
  { out }: CommandOutput,
): Promise<number> {
  const problems = await problemsOfFile(file);
  for (const problem of problems) out(`${file}: ${problem}`);
  return problems.length === 0 ? 0 : 1;
}
