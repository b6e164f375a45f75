import { resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { FORMATS, showsEstate, type FileFormat } from "../reports/formats";
import { alternatives } from "../text/words";
import { UserError } from "./user-error";

/** A format in which findings are written: `text` is for people. */
export type Format = FileFormat | "text";

/** A report that the user wants. */
export interface Output {
  readonly format: Format;
  /** Absent for standard output. */
  readonly file?: string;
}

/** How findings are shown. */
export interface ReportValues {
  readonly outputs: readonly Output[];
  readonly details: boolean;
  readonly exempted: boolean;
}

/** Adds the options of reports to a command; `outputs` takes them in the order in which the user gives them. */
export function withReports(command: Command, outputs: Output[]): Command {
  return command
    .addOption(
      new Option("-f, --format <name>", `write findings in a format, repeatable: ${FORMAT_NAMES.join(", ")}`).argParser(
        (name: string) => {
          outputs.push({ format: formatNamed(name) });
        },
      ),
    )
    .addOption(
      new Option(
        "-o, --output <file>",
        "the file for the format before it, or for the one that its suffix names; - is standard output",
      ).argParser((file: string) => {
        const last = outputs.at(-1);
        if (last === undefined || last.file !== undefined) outputs.push({ format: formatOf(file), file });
        else outputs[outputs.length - 1] = { ...last, file };
      }),
    )
    .option("--json", "the same as --format json")
    .on("option:json", () => outputs.push({ format: "json" }))
    .addOption(
      new Option("--summary <file>", "the same as --format markdown --output <file>").argParser((file: string) => {
        outputs.push({ format: "markdown", file });
      }),
    )
    .option("--details", "also print why each finding matters and the title of its document")
    .option("--exempted", "also print exempted findings one by one");
}

/** What the options of reports come to: text on standard output unless something else goes there. */
export function reportValues(
  { details = false, exempted = false }: Partial<ReportValues>,
  given: readonly Output[],
): ReportValues {
  const outputs = given.map(({ format, file }) => (file === undefined || file === "-" ? { format } : { format, file }));
  refuseSameFile(outputs);
  const printed = outputs.filter(({ file }) => file === undefined);
  if (printed.length > 1) {
    throw new UserError(
      `${printed.map(({ format }) => format).join(" and ")} would both go to standard output: give --output to all but one`,
    );
  }
  // Who has reports written into files still wants to see what is found.
  return { outputs: printed.length === 0 ? [...outputs, { format: "text" }] : outputs, details, exempted };
}

/** @throws UserError where one report would replace another */
function refuseSameFile(outputs: readonly Output[]): void {
  const formats = new Map<string, Format>();
  for (const { format, file } of outputs) {
    if (file === undefined) continue;
    const path = resolve(file);
    const other = formats.get(path);
    if (other !== undefined) throw new UserError(`${other} and ${format} would both be written to ${file}`);
    formats.set(path, format);
  }
}

/** Whether a report is wanted that shows who runs where. */
export function wantsView({ outputs }: ReportValues): boolean {
  return outputs.some(({ format }) => showsEstate(format));
}

export const FORMAT_NAMES: readonly Format[] = ["text", ...(Object.keys(FORMATS) as FileFormat[])];

function formatNamed(name: string): Format {
  const format = FORMAT_NAMES.find((one) => one === name);
  if (format === undefined) throw new InvalidArgumentError(`It can be ${alternatives(FORMAT_NAMES)}.`);
  return format;
}

const SUFFIXES: Readonly<Record<string, Format>> = {
  ".json": "json",
  ".sarif": "sarif",
  ".xml": "junit",
  ".md": "markdown",
  ".html": "html",
  ".txt": "text",
};

function formatOf(file: string): Format {
  const format = Object.entries(SUFFIXES).find(([suffix]) => file.toLowerCase().endsWith(suffix))?.[1];
  if (format === undefined) throw new InvalidArgumentError("Name its format before it, with --format.");
  return format;
}
