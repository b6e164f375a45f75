import type { Command } from "commander";
import { RULES, undecided } from "../../../policies";
import { INPUT_OPTIONS } from "../input-options";
import { commandSyntax, type Shell, type ValuesOf } from "../options";
import type { CommandOutput } from "../output";
import { FORMAT_NAMES } from "../report-options";
import { bashScript, fishScript, powershellScript, zshScript, type CompletedCommand } from "../shell-scripts";

const SCRIPTS: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** Prints the script that completes command lines in a shell. */
export function completion({ shell }: ValuesOf<"completion">, { out }: CommandOutput): Promise<number> {
  out(SCRIPTS[shell](commandSyntax().map(completed)).trimEnd());
  return Promise.resolve(0);
}

function completed(command: Command): CompletedCommand {
  return {
    name: command.name(),
    description: command.description(),
    words: [...command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices), ...wordsOf(command.name())],
    options: command.options.map(({ short, long, description, argChoices, required }) => ({
      names: [long, short].filter((name) => name !== undefined),
      description,
      takesValue: required,
      values: long === "--format" ? FORMAT_NAMES : (argChoices ?? []),
      takesFile: FILES.has(long ?? ""),
    })),
  };
}

/** The options whose values are files or folders. */
const FILES: ReadonlySet<string> = new Set([
  ...["--output", "--summary", "--config", "--cwd"],
  ...Object.keys(INPUT_OPTIONS).map((name) => `--${name}`),
]);

function wordsOf(command: string): readonly string[] {
  return command === "explain" ? [...RULES, undecided].map(({ name }) => name).sort() : [];
}
