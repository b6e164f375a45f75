import { resolve } from "node:path";
import { judgedLine } from "../../reports/judged-line";
import { checkFiles } from "../check";
import { warnAbout } from "../config-file";
import { configOf } from "../engine";
import { exitCodeOf } from "../exit-codes";
import { refuseToGenerate, writeGeneratedProgram } from "../generated-program";
import type { InputFile } from "../input-options";
import { fromRoot, type Locations } from "../locations";
import type { ValuesOf } from "../options";
import type { CommandOutput } from "../output";
import { wantsView } from "../report-options";
import { UserError } from "../user-error";
import { writeReports } from "../write-reports";
import { preview } from "./preview";

/** Judges files without an engine; without a file, it previews the program here. */
export async function check(values: ValuesOf<"check">, output: CommandOutput): Promise<number> {
  const { files, against, generate } = values;
  if (against !== undefined && !files.some(({ option }) => option === "inventory")) {
    throw new UserError("check: --against compares what runs with what is declared, so give --inventory too");
  }
  if (generate !== undefined) refuseToGenerate(files, generate);
  if (files.length === 0) return preview({ ...values, resources: false }, output);
  if (values.flags.length > 0)
    throw new UserError(
      "check: --stack, --cwd and what stands behind -- are for a preview: leave them out, or the files",
    );
  const config = configOf(values.config, []);
  await warnAbout(config, output);
  const judgement = await checkFiles(files, config, wantsView(values), against);
  await writeReports(judgement, locationsOf(files), values, output);
  if (generate !== undefined) await writeGeneratedProgram(files, generate, output);
  output.error(judgedLine(judgement.summary, judgement.resources));
  return exitCodeOf(judgement.findings);
}

/** A file that Pulumi has written has no lines that a person could go to: a finding stands at its resource's URN in it. */
function locationsOf(files: readonly InputFile[]): Locations {
  const first = files.map(({ file }) => file).find((file) => file !== "-");
  return first === undefined ? {} : { file: fromRoot(resolve(first)) };
}
