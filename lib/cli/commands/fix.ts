import type { FindingRecord } from "../../judging/finding-record";
import { fateOf } from "../../reports/finding-groups";
import { harmless } from "../../text/harmless";
import { count } from "../../text/words";
import { checkFiles } from "../check";
import { configOf, failureOf, previewStack, programFolder } from "../engine";
import { exitCodeOf } from "../exit-codes";
import { writeText } from "../files";
import { fromRoot } from "../locations";
import type { ValuesOf } from "../options";
import type { CommandOutput } from "../output";
import { changedProgram, changesOf, changeText, coloured, type ProgramChanges } from "../program-changes";
import { NotJudgedError, UserError } from "../user-error";
import { isClean } from "../work-tree";
import { preview } from "./preview";

/** Prints the changes that fix findings, or makes them and judges again. */
export async function fix(values: ValuesOf<"fix">, output: CommandOutput): Promise<number> {
  const findings = await judged(values, output);
  const changes = await changedProgram(programFolder(values.flags), changesOf(findings));
  print(changes, findings, values.write, output);
  if (values.write && changes.left.length > 0 && !changes.isChanged) output.error(unchanged(changes));
  if (!values.write || changes.file === undefined || !changes.isChanged) return exitCodeOf(findings);
  await confirm(changes.file, values.force, output);
  await writeText(changes.file, changes.text);
  output.error(`${fromRoot(changes.file)}: ${count(changes.applied.length, "change")} made.`);
  if (values.files.length > 0) {
    output.error("The judged files have the former values: preview or export the stack again to judge the changes.");
    return exitCodeOf(findings);
  }
  const reports = { outputs: [{ format: "text" }], details: false, exempted: false, resources: false } as const;
  return preview({ ...values, ...reports }, output);
}

/** Why nothing is written: nobody should take the listed changes for made. */
function unchanged({ file }: ProgramChanges): string {
  const why = file === undefined ? "there is no program in YAML or JSON that can be read" : "others share the values";
  return `Nothing was changed, because ${why}: make these changes by hand.`;
}

async function judged(values: ValuesOf<"fix">, output: CommandOutput): Promise<readonly FindingRecord[]> {
  const config = configOf(values.config, values.flags);
  const { files } = values;
  if (files.length > 0) return (await checkFiles(files, config)).findings;
  const result = await output.during("previewing", () => previewStack({ config, flags: values.flags }));
  const failure = failureOf(result);
  if (failure !== undefined) throw new NotJudgedError(failure);
  return result.findings;
}

/** The diff alone goes to standard output, so that git can read it; without one, the list does. */
function print(
  { diff, isChanged, left, applied }: ProgramChanges,
  findings: readonly FindingRecord[],
  isWritten: boolean,
  { out, error, terminal }: CommandOutput,
): void {
  if (diff !== "") out(coloured(diff, terminal.isColoured));
  else if (isChanged) {
    error("The diff would show a secret, or text that a terminal obeys. The changes are:");
    for (const line of new Set(applied.map(changeText))) out(line);
  }
  if (left.length > 0) {
    const list = isChanged ? error : out;
    if (isChanged) error("Not changed, because others share the value or it is computed:");
    for (const line of new Set(left.map(changeText))) list(line);
  }
  const others = findings.filter((finding) => fateOf(finding) !== "exempted").length - applied.length - left.length;
  if (others > 0)
    error(harmless(`${count(others, "finding")} cannot be fixed by one value: hyperv-guard preview shows them.`));
  else if (applied.length + left.length === 0) error("There is nothing to fix.");
  if (isChanged && !isWritten) error("hyperv-guard fix --write makes these changes.");
}

/** @throws UserError where a change could not be taken back, and the user does not want it */
async function confirm(file: string, isForced: boolean, { ask }: CommandOutput): Promise<void> {
  if (isForced || (await isClean(file))) return;
  const answer = await ask?.(`${fromRoot(file)} is not in a clean git work tree. Change it? [y/N]`);
  if (answer !== undefined && /^y(?:es)?$/i.test(answer.trim())) return;
  throw new UserError(`${fromRoot(file)} is not in a clean git work tree: commit what has changed, or use --force`);
}
