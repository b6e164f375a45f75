import { relative, resolve } from "node:path";
import type { FindingRecord } from "../judging/finding-record";
import { fateOf } from "../reports/finding-groups";
import { findingsJson } from "../reports/json";
import { judgedLine } from "../reports/judged-line";
import { summaryMarkdown } from "../reports/markdown";
import { findingsText } from "../reports/text";
import { harmless } from "../text/harmless";
import { makeBaseline } from "./baseline-file";
import { checkFiles, type InputFile } from "./check";
import { problemsOfFile, warningAbout } from "./config-file";
import { configOf, failureOf, ownConfig, previewStack } from "./engine";
import { BLOCKED, NOT_JUDGED } from "./exit-codes";
import { writeText } from "./files";
import type { CommandJudgement } from "./judgement";
import {
  isCommand,
  readBaselineOptions,
  readCommandLine,
  readFormat,
  USAGE,
  type CommandLine,
  type Format,
} from "./options";
import type { CommandOutput } from "./output";
import { quickAnswer } from "./quick-answer";
import { UserError } from "./user-error";

/**
 * Runs the command that the arguments name.
 * @returns the exit code
 */
export async function runCommand(words: readonly string[], output: CommandOutput): Promise<number> {
  const answer = quickAnswer(words);
  if (answer !== undefined) return print(output, answer);
  const [name = "", ...args] = words;
  try {
    if (!isCommand(name)) throw new UserError(`"${name}" is not a command\n${USAGE.trimEnd()}`);
    switch (name) {
      case "preview":
        return await preview(readCommandLine(name, args), output);
      case "check":
        return await check(readCommandLine(name, args), output);
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

function print({ out }: CommandOutput, text: string): number {
  out(text);
  return 0;
}

async function preview({ values, flags }: CommandLine<"preview">, output: CommandOutput): Promise<number> {
  const { config, resources = false, ...shown } = values;
  const format = readFormat(values.format);
  const file = configOf(config, flags);
  await warnAbout(file, output);
  const result = await previewStack({ config: file, flags, shown: resources });
  const failure = failureOf(result);
  if (failure !== undefined && (!resources || result.stoppedBy !== undefined)) output.error(harmless(failure));
  await report(result, { ...shown, format }, output, failure);
  if (failure !== undefined) return NOT_JUDGED;
  const isWhole = result.code === 0 || result.summary !== undefined;
  output.error(isWhole ? judgedLine(result.summary, result.resources) : STOPPED);
  return exitCode(result.findings);
}

async function check(line: CommandLine<"check">, output: CommandOutput): Promise<number> {
  const { config, state = [], preview: previews = [], ...shown } = line.values;
  const files = [
    ...state.map((file): InputFile => ({ option: "state", file })),
    ...previews.map((file): InputFile => ({ option: "preview", file })),
  ];
  if (files.length === 0)
    return preview({ ...line, command: "preview", values: { ...shown, ...named(config) } }, output);
  if (line.flags.length > 0) throw new UserError("check: flags of pulumi preview are only for a check without files");
  const format = readFormat(shown.format);
  const file = configOf(config, []);
  await warnAbout(file, output);
  const judgement = await checkFiles(files, file);
  await report(judgement, { ...shown, format }, output);
  output.error(judgedLine(judgement.summary, judgement.resources));
  return exitCode(judgement.findings);
}

/** Says what is hardly meant in a configuration. */
async function warnAbout(file: string | undefined, { error }: CommandOutput): Promise<void> {
  const warning = file === undefined ? undefined : await warningAbout(file);
  if (file !== undefined && warning !== undefined) error(harmless(`${relative(process.cwd(), file)}: ${warning}`));
}

function named(config: string | undefined): { readonly config?: string } {
  return config === undefined ? {} : { config };
}

interface Shown {
  readonly format: Format;
  readonly details?: boolean;
  /** A file for the findings as Markdown. */
  readonly summary?: string;
}

/** Prints findings, and writes them where the user wants them. */
async function report(
  { findings, summary, notes }: CommandJudgement,
  shown: Shown,
  { out, error }: CommandOutput,
  failure?: string,
): Promise<void> {
  for (const note of notes) error(harmless(note));
  const lines =
    shown.format === "json"
      ? [findingsJson(findings, summary).trimEnd()]
      : findingsText(findings, shown.details ?? false);
  for (const line of lines) out(line);
  if (shown.summary !== undefined) await writeText(resolve(shown.summary), summaryMarkdown(findings, failure));
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
  const warning = await warningAbout(file);
  for (const line of [...problems, ...(warning === undefined ? [] : [warning])]) out(`${file}: ${line}`);
  return problems.length === 0 ? 0 : 1;
}
