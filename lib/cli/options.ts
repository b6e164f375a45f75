import { parseArgs, type ParseArgsConfig } from "node:util";
import type { BaselineRequest } from "./baseline";
import { UserError } from "./user-error";

/** The commands and their options, as `util.parseArgs` takes them. */
export const COMMANDS = {
  preview: {
    options: {
      config: { type: "string" },
      details: { type: "boolean" },
      resources: { type: "boolean" },
      summary: { type: "string" },
    },
    operands: 0,
  },
  baseline: {
    options: {
      config: { type: "string" },
      days: { type: "string" },
      "approved-by": { type: "string" },
      replace: { type: "boolean" },
    },
    operands: 0,
  },
  "check-config": { options: {}, operands: 1 },
} as const satisfies Readonly<Record<string, CommandSyntax>>;

interface CommandSyntax {
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** How many arguments it takes apart from its options. */
  readonly operands: number;
}

export type CommandName = keyof typeof COMMANDS;

export const USAGE = `usage: hyperv-guard <command>

  preview [--details] [--resources] [--summary FILE] [--config FILE] [-- flags of pulumi preview]
      Previews the stack and prints one line for each finding, or nothing if there is none.
      --details    also prints why each finding matters and the title of its document
      --resources  also prints what pulumi prints
      --summary    writes the findings to a Markdown file
      --config     the configuration of the pack (default: policy-config.json in the program's folder, if it exists)

  baseline [--config FILE] [--days 90] [--approved-by NAME] [--replace] [-- flags of pulumi preview]
      Previews the stack and adds its findings to the configuration, as exemptions with an expiry date.
      --days         for how many days they hold
      --approved-by  who has approved them
      --replace      replaces the stack's former baseline

  check-config FILE
      Checks a configuration of the pack and lists what is wrong in it.
`;

/** A command line, read. */
export interface CommandLine<N extends CommandName = CommandName> {
  readonly command: N;
  readonly values: OptionValues<N>;
  readonly operands: readonly string[];
  /** What follows `--`: flags of the engine. */
  readonly flags: readonly string[];
}

type OptionValues<N extends CommandName> = {
  readonly [O in keyof (typeof COMMANDS)[N]["options"]]?: (typeof COMMANDS)[N]["options"][O] extends { type: "boolean" }
    ? boolean
    : string;
};

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** Reads the arguments after the name of a command. */
export function readCommandLine<N extends CommandName>(command: N, args: readonly string[]): CommandLine<N> {
  const { options, operands }: CommandSyntax = COMMANDS[command];
  const end = args.indexOf("--");
  const [own, flags] = end === -1 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
  try {
    const { values, positionals } = parseArgs({ args: [...own], options, allowPositionals: true });
    if (positionals.length !== operands) throw new UserError(misplaced(command, positionals, operands));
    return { command, values: values as OptionValues<N>, operands: positionals, flags };
  } catch (error) {
    throw error instanceof TypeError ? new UserError(`${command}: ${error.message}`) : error;
  }
}

function misplaced(command: string, words: readonly string[], operands: number): string {
  if (operands > 0) return `${command}: name one file`;
  return `${command}: unexpected argument "${words[0] ?? ""}". Flags of pulumi preview go after --`;
}

const BASELINE_DAYS = 90;

/** The options of a baseline, with their defaults. */
export function readBaselineOptions(values: CommandLine<"baseline">["values"]): BaselineRequest {
  const { days = String(BASELINE_DAYS), replace = false, "approved-by": approvedBy } = values;
  if (!/^[1-9]\d{0,3}$/.test(days)) throw new UserError(`baseline: --days is "${days}": give a number from 1 to 9999`);
  return { days: Number(days), replace, ...(approvedBy === undefined ? {} : { approvedBy }) };
}
