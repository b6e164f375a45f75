import type { Command } from "commander";
import { RULES, undecided } from "../../../policies";
import { PROFILE_NAMES } from "../../settings/profiles";
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
    options: command.options.map(({ short, long, flags, description, argChoices, required }) => ({
      names: [long, short].filter((name) => name !== undefined),
      description,
      takesValue: required,
      values: argChoices ?? valuesOf(long),
      takesFile: /<(?:file|folder)>/.test(flags),
    })),
  };
}

const POLICIES = [...RULES, undecided];

/** The values of an option that are checked where it is used. */
function valuesOf(option: string | undefined): readonly string[] {
  switch (option) {
    case "--format":
      return FORMAT_NAMES;
    case "--profile":
      return PROFILE_NAMES;
    case "--subject":
      return [...new Set(POLICIES.map(({ subject }) => subject))];
    case "--level":
      return [...new Set(POLICIES.map(({ level }) => level))];
    default:
      return [];
  }
}

function wordsOf(command: string): readonly string[] {
  return command === "explain" ? POLICIES.map(({ name }) => name).sort() : [];
}
