import { resolve } from "node:path";
import { FORMATS, limitsOf } from "../reports/formats";
import type { Report } from "../reports/report";
import { findingsText } from "../reports/text";
import { harmless } from "../text/harmless";
import { writeText } from "./files";
import type { CommandJudgement } from "./judgement";
import { fromRoot, withLocations, type Locations } from "./locations";
import type { CommandOutput } from "./output";
import { packageVersion } from "./package";
import type { Output, ReportValues } from "./report-options";

/**
 * Writes findings in every format that the user wants, into files or to standard output.
 * @throws UserError for a file that cannot be written; the others are written all the same
 */
export async function writeReports(
  { findings, summary, view, notes, failure }: CommandJudgement & { readonly failure?: string },
  locations: Locations,
  values: ReportValues,
  output: CommandOutput,
): Promise<void> {
  for (const note of notes) output.error(harmless(note));
  const report: Report = {
    findings: withLocations(findings, locations),
    ...(summary === undefined ? {} : { summary }),
    ...(view === undefined ? {} : { view }),
    ...(failure === undefined ? {} : { failure }),
    ...(locations.file === undefined ? {} : { file: locations.file }),
    notes,
    version: packageVersion(),
  };
  // What goes to standard output comes first: it must not be lost with a file that cannot be written.
  const ordered = [...values.outputs].sort(
    (one, other) => Number(one.file !== undefined) - Number(other.file !== undefined),
  );
  const failed: unknown[] = [];
  for (const wanted of ordered) {
    try {
      await write(wanted, report, values, output);
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

async function write(
  { format, file }: Output,
  report: Report,
  values: ReportValues,
  output: CommandOutput,
): Promise<void> {
  if (format === "text") {
    if (file === undefined)
      for (const line of findingsText(report.findings, {
        ...values,
        ...output.terminal,
        folder: fromRoot(process.cwd()),
      }))
        output.out(line);
    else await writeText(resolve(file), lines(findingsText(report.findings, values)));
    return;
  }
  for (const limit of limitsOf(format, report.findings.length)) output.error(limit);
  const text = FORMATS[format](report);
  if (file !== undefined) await writeText(resolve(file), text);
  else if (text !== "") output.out(text.trimEnd());
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}
