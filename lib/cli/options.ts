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
} as const satisfies Readonly<Record<string, Command>>;

interface Command {
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** How many words it takes beside its options. */
  readonly operands: number;
}

export type CommandName = keyof typeof COMMANDS;

export const USAGE = `usage: hyperv-guard <command>

  preview [--details] [--resources] [--summary FILE] [--config FILE] [-- flags of pulumi preview]
      Previews the stack and prints a line for each finding: nothing when all is well.
      --details    why each matters and the document's title, too
      --resources  what pulumi itself prints, too
      --summary    writes the findings to a file as Markdown
      --config     the configuration of the pack; policy-config.json beside the program when there is one

  baseline [--config FILE] [--days 90] [--approved-by NAME] [--replace] [-- flags of pulumi preview]
      Previews the stack and writes its findings into the configuration, as exemptions for some days.
      --days         how many days they hold
      --approved-by  who has approved them
      --replace      in place of the stack's former baseline

  check-config FILE
      Says what is wrong in a configuration of the pack.
`;

/** A command line that has been read. */
export interface Words<N extends CommandName = CommandName> {
  readonly command: N;
  readonly values: Values<N>;
  readonly operands: readonly string[];
  /** What stands behind `--`: for the engine. */
  readonly flags: readonly string[];
}

type Values<N extends CommandName> = {
  readonly [O in keyof (typeof COMMANDS)[N]["options"]]?: (typeof COMMANDS)[N]["options"][O] extends { type: "boolean" }
    ? boolean
    : string;
};

export function isCommand(name: string): name is CommandName {
  return name in COMMANDS;
}

/** Reads the words behind the name of a command. */
export function readWords<N extends CommandName>(command: N, args: readonly string[]): Words<N> {
  const { options, operands }: Command = COMMANDS[command];
  const end = args.indexOf("--");
  const [own, flags] = end === -1 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
  try {
    const { values, positionals } = parseArgs({ args: [...own], options, allowPositionals: true });
    if (positionals.length !== operands) throw new UserError(misplaced(command, positionals, operands));
    return { command, values: values as Values<N>, operands: positionals, flags };
  } catch (error) {
    throw error instanceof TypeError ? new UserError(`${command}: ${error.message}`) : error;
  }
}

function misplaced(command: string, words: readonly string[], operands: number): string {
  if (operands > 0) return `${command}: name one file`;
  return `${command}: what is "${words[0] ?? ""}"? Flags of pulumi preview stand behind --`;
}

const BASELINE_DAYS = 90;

/** What is said of a baseline, with what holds where nothing is said. */
export function readBaselineOptions(values: Words<"baseline">["values"]): BaselineRequest {
  const { days = String(BASELINE_DAYS), replace = false, "approved-by": approvedBy } = values;
  if (!/^[1-9]\d{0,3}$/.test(days)) throw new UserError(`baseline: --days is "${days}": give a number from 1 to 9999`);
  return { days: Number(days), replace, ...(approvedBy === undefined ? {} : { approvedBy }) };
}
