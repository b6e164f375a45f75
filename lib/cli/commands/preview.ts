import { judgedLine } from "../../reports/judged-line";
import { harmless } from "../../text/harmless";
import { configOf, failureOf, previewStack, programFolder } from "../engine";
import { exitCodeOf, NOT_JUDGED } from "../exit-codes";
import { locationsIn } from "../locations";
import type { ValuesOf } from "../options";
import { warnAbout } from "../config-file";
import type { CommandOutput } from "../output";
import { wantsView } from "../report-options";
import { writeReports } from "../write-reports";

/** Previews the stack of a program, and reports what is found. */
export async function preview(values: ValuesOf<"preview">, output: CommandOutput): Promise<number> {
  const { config, flags, resources } = values;
  const file = configOf(config, flags);
  await warnAbout(file, output);
  const result = await output.during("previewing", () =>
    previewStack({ config: file, flags, shown: resources, withView: wantsView(values) }),
  );
  const failure = failureOf(result);
  if (failure !== undefined && (!resources || result.stoppedBy !== undefined)) output.error(harmless(failure));
  const locations = locationsIn(programFolder(flags));
  await writeReports({ ...result, ...(failure === undefined ? {} : { failure }) }, locations, values, output);
  if (failure !== undefined) return NOT_JUDGED;
  const isWhole = result.code === 0 || result.summary !== undefined;
  output.error(isWhole ? judgedLine(result.summary, result.resources) : STOPPED);
  return exitCodeOf(result.findings);
}

/** What blocks at a resource ends the preview before the stack as a whole is judged. */
const STOPPED =
  "hyperv-guard judged resource by resource until the preview was stopped; fix what blocks to see the rest.";
