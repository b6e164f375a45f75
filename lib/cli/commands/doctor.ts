import { existsSync } from "node:fs";
import { join } from "node:path";
import { createColors } from "picocolors";
import { undecided } from "../../../policies";
import { judgedLine } from "../../reports/judged-line";
import { harmlessLine } from "../../text/harmless";
import { checkFiles } from "../check";
import { problemsOfFile, readConfigJson, warningAbout } from "../config-file";
import { configOf, failureOf, previewStack, programFolder, withoutProgram } from "../engine";
import { runEngine } from "../engine-process";
import { NOT_JUDGED } from "../exit-codes";
import type { CommandJudgement } from "../judgement";
import { fromRoot, projectFileIn, runtimeIn } from "../locations";
import type { ValuesOf } from "../options";
import type { CommandOutput } from "../output";
import { packageFolder, packageVersion } from "../package";
import { UserError } from "../user-error";

/** What was looked at, in a line. */
interface Diagnosis {
  /** `fails` is what keeps the program here from being judged. */
  readonly state: "ok" | "warning" | "fails";
  readonly text: string;
}

/** Says what works here and what does not, each with what to do. */
export async function doctor(values: ValuesOf<"doctor">, output: CommandOutput): Promise<number> {
  const engine = await diagnosedEngine(values.files.length > 0);
  const program = diagnosedProgram(values);
  const configuration = await diagnosedConfiguration(values);
  const setUp = [node(), pack(), engine, program, ...configuration];
  const isReady = [engine, program, ...configuration].every(({ state }) => state !== "fails");
  const all = [...setUp, ...(isReady ? await diagnosedReading(values, output) : [])];
  for (const one of all) output.out(shown(one, output.terminal.isColoured));
  return all.some(({ state }) => state === "fails") ? NOT_JUDGED : 0;
}

function shown({ state, text }: Diagnosis, isColoured: boolean): string {
  const { green, yellow, red } = createColors(isColoured);
  const paint = { ok: green, warning: yellow, fails: red }[state];
  return `${paint(state.padEnd("warning".length))}  ${harmlessLine(text)}`;
}

function node(): Diagnosis {
  return { state: "ok", text: `Node.js ${process.versions.node}` };
}

function pack(): Diagnosis {
  const folder = packageFolder();
  const missing = ["bin/standalone/hyperv-guard", "bin/index.js"].filter((file) => !existsSync(join(folder, file)));
  return missing.length === 0
    ? { state: "ok", text: `hyperv-guard ${packageVersion()}` }
    : {
        state: "fails",
        text: `hyperv-guard ${packageVersion()} is not whole: ${missing.join(", ")} is missing. Install it again.`,
      };
}

/** @param isOptional whether files are judged, which needs no engine */
async function diagnosedEngine(isOptional: boolean): Promise<Diagnosis> {
  const state = isOptional ? "warning" : "fails";
  try {
    const { code, output } = await runEngine(["version"], process.env, false);
    const [, version] = /^v?(\d+\.\d+\.\d+\S*)/m.exec(output) ?? [];
    if (code === 0 && version !== undefined) return { state: "ok", text: `pulumi ${version}` };
    return { state, text: `pulumi does not work: ${output}` };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { state, text: `${error.message}. hyperv-guard check --state judges an exported stack without it.` };
  }
}

function diagnosedProgram({ flags, files }: ValuesOf<"doctor">): Diagnosis {
  const folder = programFolder(flags);
  const file = projectFileIn(folder);
  if (file !== undefined)
    return { state: "ok", text: `${fromRoot(file)}: a program in ${runtimeIn(file) ?? "no runtime"}` };
  const text = `${withoutProgram(folder)}.`;
  return { state: files.length > 0 ? "warning" : "fails", text };
}

async function diagnosedConfiguration({ config, flags }: ValuesOf<"doctor">): Promise<readonly Diagnosis[]> {
  const file = configOf(config, flags);
  if (file === undefined) {
    return [
      { state: "ok", text: "no configuration: every rule judges at its own level. hyperv-guard init writes one." },
    ];
  }
  const refusal = await refusalOf(file);
  if (refusal !== undefined) return refusal.split("\n").map((text) => ({ state: "fails", text }));
  const problems = await problemsOfFile(file);
  const warning = await warningAbout(file);
  const wrong = [...problems, ...(warning === undefined ? [] : [warning])];
  if (wrong.length === 0) return [{ state: "ok", text: `${fromRoot(file)} is right` }];
  return wrong.map((text) => ({ state: "warning", text: `${fromRoot(file)}: ${text}` }));
}

/** Why a configuration keeps everything from being judged, a line for each problem; undefined where it does not. */
async function refusalOf(file: string): Promise<string | undefined> {
  try {
    await readConfigJson(file);
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}

/** What is read of the program or the files, and what could not be checked. */
async function diagnosedReading(values: ValuesOf<"doctor">, output: CommandOutput): Promise<readonly Diagnosis[]> {
  const config = configOf(values.config, values.flags);
  if (values.files.length > 0) return readingOf(await checkFiles(values.files, config));
  const preview = await output.during("previewing", () => previewStack({ config, flags: values.flags }));
  const failure = failureOf(preview);
  if (failure !== undefined) return [{ state: "fails", text: `The preview fails: ${failure}` }];
  return readingOf(preview);
}

function readingOf({ summary, resources, findings, notes }: CommandJudgement): readonly Diagnosis[] {
  const unchecked = findings.filter(({ rule }) => rule === undecided.name);
  return [
    { state: summary === undefined ? "warning" : "ok", text: judgedLine(summary, resources) },
    ...[...notes, ...unchecked.map(({ problem, fix }) => `${problem}${fix === undefined ? "" : ` ${fix}`}`)].map(
      (text): Diagnosis => ({ state: "warning", text }),
    ),
  ];
}
