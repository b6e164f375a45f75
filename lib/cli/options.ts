import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { INPUT_OPTIONS, isInputOption, type InputFile, type InputOption } from "./input-options";
import { packageVersion } from "./package";
import { reportValues, withReports, type Output, type ReportValues } from "./report-options";
import { UserError } from "./user-error";

/** What is previewed, and with which configuration. */
export interface ProgramValues {
  readonly config?: string;
  /** Flags for the engine: those that the command knows, and all behind `--`. */
  readonly flags: readonly string[];
}

interface Values {
  readonly preview: ReportValues & ProgramValues & { readonly resources: boolean };
  readonly check: ReportValues &
    ProgramValues & { readonly files: readonly InputFile[]; readonly against?: string; readonly generate?: string };
  readonly fix: ProgramValues & {
    readonly files: readonly InputFile[];
    readonly write: boolean;
    readonly force: boolean;
  };
  readonly baseline: ProgramValues & { readonly days: number; readonly approvedBy?: string; readonly replace: boolean };
  readonly "check-config": { readonly file: string };
  readonly explain: { readonly rule: string; readonly from?: string };
  readonly rules: {
    readonly subject?: string;
    readonly level?: string;
    readonly profile?: string;
    readonly json: boolean;
  };
  readonly tables: { readonly version?: string; readonly guest?: string };
  readonly doctor: ProgramValues & { readonly files: readonly InputFile[] };
  readonly init: {
    readonly flags: readonly string[];
    readonly ci?: Pipeline;
    readonly profile?: string;
    readonly force: boolean;
  };
  readonly comment: { readonly file: string };
  readonly completion: { readonly shell: Shell };
  readonly "inventory-script": Readonly<Record<string, never>>;
}

/** Where a team's previews may run. */
export const PIPELINES = ["github", "azure-devops", "gitlab"] as const;
export type Pipeline = (typeof PIPELINES)[number];

/** The shells that can complete a command line. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

export type CommandName = keyof Values;

/** A command line, read. */
export type CommandLine<N extends CommandName = CommandName> = {
  readonly [C in N]: { readonly command: C; readonly values: Values[C] };
}[N];

export type ValuesOf<N extends CommandName> = Values[N];

/** What a command line asks for instead of a command: a text to be printed. */
export class TextRequest extends Error {}

type Take = (line: CommandLine) => void;

/** The commands, by name: each adds its syntax to a program. */
const COMMANDS: Readonly<Record<CommandName, (program: Command, flags: readonly string[], take: Take) => void>> = {
  preview: (program, behind, take) => {
    const outputs: Output[] = [];
    withProgram(
      withReports(command(program, "preview", "Preview the stack of this program and print what is found."), outputs),
    )
      .option("--resources", "also print what pulumi prints")
      .addHelpText("after", AFTER_FLAGS)
      .action((options: RawValues) => {
        const values = { ...reportValues(options, outputs), ...programValues(options, behind) };
        take({ command: "preview", values: { ...values, resources: options.resources ?? false } });
      });
  },
  check: (program, behind, take) => {
    const outputs: Output[] = [];
    const summary =
      "Judge files without an engine, several of them as one estate; without a file, preview the program here.";
    const files: InputFile[] = [];
    withProgram(withFiles(withReports(command(program, "check", summary), outputs), files))
      .addOption(
        new Option(
          "--against <file>",
          "compare the inventory with what is declared: any file that check reads",
        ).argParser(once),
      )
      .addOption(
        new Option("--generate <file>", "write the virtual machines of --rvtools into a new program in YAML").argParser(
          once,
        ),
      )
      .action(({ against, generate, ...options }: RawValues) => {
        const values = { ...reportValues(options, outputs), ...programValues(options, behind) };
        const more = {
          ...(against === undefined ? {} : { against }),
          ...(generate === undefined ? {} : { generate }),
        };
        take({ command: "check", values: { ...values, files, ...more } });
      });
  },
  fix: (program, behind, take) => {
    const summary =
      "Print the changes of a YAML or JSON program that fix findings, as a diff; for other languages, as a list.";
    const files: InputFile[] = [];
    withProgram(withFiles(command(program, "fix", summary), files, ["state", "preview"]))
      .option("--write", "make the changes, in a clean git work tree, and judge again")
      .option("--force", "make them in any folder")
      .addHelpText("after", AFTER_FLAGS)
      .action((options: RawValues) => {
        const { write = false, force = false } = options;
        take({ command: "fix", values: { ...programValues(options, behind), files, write, force } });
      });
  },
  baseline: (program, behind, take) => {
    const summary = "Preview the stack and add its findings to the configuration, as exemptions with an expiry date.";
    withProgram(command(program, "baseline", summary))
      .option("--days <number>", "for how many days they hold", wholeDays, BASELINE_DAYS)
      .option("--approved-by <name>", "who has approved them")
      .option("--replace", "replace the stack's former baseline")
      .addHelpText("after", AFTER_FLAGS)
      .action((options: RawValues) => {
        const { days = BASELINE_DAYS, replace = false, approvedBy } = options;
        const values = { ...programValues(options, behind), days, replace };
        take({ command: "baseline", values: { ...values, ...(approvedBy === undefined ? {} : { approvedBy }) } });
      });
  },
  "check-config": (program, _, take) => {
    command(program, "check-config", "Check a configuration of the pack and list what is wrong in it.")
      .addArgument(new Argument("<file>", "the configuration"))
      .action((file: string) => {
        take({ command: "check-config", values: { file } });
      });
  },
  explain: (program, _, take) => {
    command(program, "explain", "Explain a rule: what it judges, why, how to fix it, with an example of each verdict.")
      .addArgument(
        new Argument(
          "<rule>",
          "the name of the rule, as findings show it; with --from also a resource, its URN, a place (file:line) or a fingerprint",
        ),
      )
      .option("--from <file>", "explain the findings of a JSON report that the argument names; - is standard input")
      .action((rule: string, { from }: { readonly from?: string }) => {
        take({ command: "explain", values: { rule, ...(from === undefined ? {} : { from }) } });
      });
  },
  rules: (program, _, take) => {
    command(program, "rules", "List the rules.")
      .option("--subject <name>", "only those of a subject, such as guests")
      .option("--level <name>", "only those of a level, such as unsupported")
      .option("--profile <name>", "only those of a profile, with the levels that it gives them")
      .option("--json", "as JSON")
      .action(({ json = false, ...others }: RuleFilter & { readonly json?: boolean }) => {
        take({ command: "rules", values: { ...others, json } });
      });
  },
  tables: (program, _, take) => {
    command(program, "tables", "Print what Microsoft's documents support, with the source of each figure.")
      .addArgument(new Argument("[version]", 'a version of a host, Exchange or VMM, such as "2008 R2 SP1"'))
      .addArgument(new Argument("[guest]", "a guest operating system on that host"))
      .action((version: string | undefined, guest: string | undefined) => {
        const values = { ...(version === undefined ? {} : { version }), ...(guest === undefined ? {} : { guest }) };
        take({ command: "tables", values });
      });
  },
  doctor: (program, behind, take) => {
    const files: InputFile[] = [];
    const summary =
      "Say what works here and what does not: the engine, the pack, the configuration, what is read of the program.";
    withProgram(withFiles(command(program, "doctor", summary), files)).action((options: RawValues) => {
      take({ command: "doctor", values: { ...programValues(options, behind), files } });
    });
  },
  init: (program, _, take) => {
    command(program, "init", "Write a configuration and a pipeline, after asking or as the options say.")
      .addOption(new Option("--ci <name>", "the system of the pipeline").choices(PIPELINES))
      .option("--profile <name>", "the profile of the configuration")
      .option("--force", "replace files that are there")
      .option("-C, --cwd <folder>", "the folder of the program")
      .action(({ force = false, cwd, ...others }: InitOptions) => {
        take({ command: "init", values: { ...others, force, flags: cwd === undefined ? [] : ["--cwd", cwd] } });
      });
  },
  comment: (program, _, take) => {
    const summary =
      "Put a Markdown report on the pull request of this pipeline: once, and in the same place when it changes.";
    command(program, "comment", summary)
      .addArgument(new Argument("<file>", "the report, as --summary writes it"))
      .addHelpText("after", COMMENT_VARIABLES)
      .action((file: string) => {
        take({ command: "comment", values: { file } });
      });
  },
  completion: (program, _, take) => {
    command(program, "completion", "Print a script that lets a shell complete command lines of hyperv-guard.")
      .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
      .action((shell: Shell) => {
        take({ command: "completion", values: { shell } });
      });
  },
  "inventory-script": (program, _, take) => {
    const summary = "Print a PowerShell script that reads what runs on Hyper-V hosts, for check --inventory.";
    command(program, "inventory-script", summary).action(() => {
      take({ command: "inventory-script", values: {} });
    });
  },
};

interface InitOptions {
  readonly ci?: Pipeline;
  readonly profile?: string;
  readonly force?: boolean;
  readonly cwd?: string;
}

const COMMENT_VARIABLES = `
GitHub Actions: GITHUB_TOKEN with pull-requests: write. Azure Pipelines: SYSTEM_ACCESSTOKEN. GitLab: GITLAB_TOKEN with api.
Outside of a pull request it does nothing.`;

type RuleFilter = Omit<Values["rules"], "json">;

export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);

/**
 * Reads a command line.
 * @throws UserError for one that cannot be followed
 * @throws TextRequest for one that asks for help or the version
 */
export function readCommandLine(words: readonly string[]): CommandLine {
  const end = words.indexOf("--");
  const [own, behind] = end === -1 ? [words, []] : [words.slice(0, end), words.slice(end + 1)];
  refuseEmpty(own);
  const printed: string[] = [];
  let line: CommandLine | undefined;
  const program = syntax(behind, printed, (read) => {
    line = read;
  });
  try {
    program.parse(own.length === 0 ? ["--help"] : [...own], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // The library has nothing to say about a command that it does not have.
    if (error.code === "commander.help" && printed.length === 0)
      throw new UserError(`unknown command '${own.at(-1) ?? ""}'`);
    if (error.exitCode === 0 || error.code === "commander.help") throw new TextRequest(printed.join("").trimEnd());
    throw new UserError(`${error.message.replace(/^error: /, "").replace(/\n(\(.*\))$/, " $1")}${hintFor(error, own)}`);
  }
  if (line === undefined) throw new TextRequest(printed.join("").trimEnd());
  return line;
}

/** An empty text is no value: it comes from a variable of a script that is not set, and would stand for the folder here. */
function refuseEmpty(words: readonly string[]): void {
  const empty = words.findIndex((word) => word === "" || /^--[a-z-]+=$/.test(word));
  if (empty < 0) return;
  const place = words[empty] === "" ? words[empty - 1] : words[empty]?.slice(0, -1);
  throw new UserError(`an empty text${place === undefined ? "" : ` after ${place}`}: is a variable not set?`);
}

/** What to do instead of naming files without saying what they are. */
function hintFor({ code }: CommanderError, [command]: readonly string[]): string {
  const takesFiles = command === "check" || command === "fix" || command === "doctor";
  return code === "commander.excessArguments" && takesFiles ? " Say what a file is, as in --state FILE." : "";
}

/** The commands with their options, for what describes them. */
export function commandSyntax(): readonly Command[] {
  return syntax([], [], () => undefined).commands;
}

/** The syntax of all commands. */
function syntax(behind: readonly string[], printed: string[], take: Take): Command {
  const program = new Command("hyperv-guard")
    .description(
      "Stops a preview when a declared Hyper-V or Exchange estate would leave Microsoft's support or break high availability.",
    )
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "explain the command, or a command: hyperv-guard preview --help")
    .exitOverride()
    .configureOutput({ writeOut: (text) => printed.push(text), writeErr: () => undefined })
    .addHelpText("after", EXIT_CODES);
  for (const add of Object.values(COMMANDS)) add(program, behind, take);
  return program;
}

const EXIT_CODES = `
Exit codes: 0 nothing blocks; 1 something blocks; 2 used wrongly; 3 could not judge.`;

const AFTER_FLAGS = `
Flags of pulumi preview go behind --, as in: hyperv-guard preview -- --target URN`;

function command(program: Command, name: string, summary: string): Command {
  return program
    .command(name)
    .description(summary)
    .allowExcessArguments(false)
    .helpOption("-h, --help", "explain the command");
}

/** The values as the library gives them, under the names that it makes of options. */
interface RawValues {
  readonly details?: boolean;
  readonly exempted?: boolean;
  readonly resources?: boolean;
  readonly config?: string;
  readonly stack?: string;
  readonly cwd?: string;
  readonly days?: number;
  readonly approvedBy?: string;
  readonly replace?: boolean;
  readonly write?: boolean;
  readonly force?: boolean;
  readonly against?: string;
  readonly generate?: string;
}

function withProgram(command: Command): Command {
  return command
    .option("--config <file>", "the configuration of the pack (default: policy-config.json in the program's folder)")
    .option("-s, --stack <name>", "the stack")
    .option("-C, --cwd <folder>", "the folder of the program");
}

function programValues({ config, stack, cwd }: RawValues, behind: readonly string[]): ProgramValues {
  const flags = [
    ...(stack === undefined ? [] : ["--stack", stack]),
    ...(cwd === undefined ? [] : ["--cwd", cwd]),
    ...behind,
  ];
  return { ...(config === undefined ? {} : { config }), flags };
}

/** Adds the options for files that are judged without an engine, and puts those that are given in a list, in their order. */
function withFiles(
  command: Command,
  files: InputFile[],
  names: readonly InputOption[] = Object.keys(INPUT_OPTIONS).filter(isInputOption),
): Command {
  for (const option of names) {
    const take = (file: string): void => {
      files.push({ option, file });
    };
    command.addOption(new Option(`--${option} <file>`, INPUT_OPTIONS[option]).argParser(take));
  }
  if (names.includes("arm")) {
    const summary = "the parameters file of the template before it";
    command.addOption(new Option("--arm-parameters <file>", summary).argParser(takeParameters(files)));
  }
  return command;
}

/** The first file would be left out in silence. */
function once(file: string, former?: string): string {
  if (former !== undefined) throw new InvalidArgumentError("Give it once.");
  return file;
}

function takeParameters(files: InputFile[]): (file: string) => void {
  return (parameters) => {
    const last = files.at(-1);
    if (last?.option !== "arm" || last.parameters !== undefined) {
      throw new InvalidArgumentError("Give it once, directly after its --arm.");
    }
    files[files.length - 1] = { ...last, parameters };
  };
}

const BASELINE_DAYS = 90;

function wholeDays(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("Give a number from 1 to 9999.");
  return Number(text);
}
