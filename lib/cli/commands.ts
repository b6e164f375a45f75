import { relative, resolve } from "node:path";
import { summaryMarkdown } from "../reports/markdown";
import { findingsText } from "../reports/text";
import { makeBaseline } from "./baseline-file";
import { problemsOfFile, warningAbout } from "./config-file";
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
    output.error(`hyperv-guard: ${error.message}`);
    return USAGE_ERROR;
  }
}

/** Not the 1 of a preview that is blocked. */
const USAGE_ERROR = 2;

function print({ out }: CommandOutput, text: string): number {
  out(text);
  return 0;
}

async function preview({ values, flags }: CommandLine<"preview">, { out, error }: CommandOutput): Promise<number> {
  const { config, details = false, resources = false, summary } = values;
  const file = configOf(config, flags);
  const result = await previewStack({ config: file, flags, shown: resources });
  const failure = failureOf(result);
  const warning = file === undefined ? undefined : await warningAbout(file);
  if (file !== undefined && warning !== undefined) error(`${relative(process.cwd(), file)}: ${warning}`);
  if (failure !== undefined && !resources) error(failure);
  for (const line of findingsText(result.findings, details)) out(line);
  if (summary !== undefined) await writeText(resolve(summary), summaryMarkdown(result.findings, failure));
  return result.code;
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
