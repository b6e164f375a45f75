import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { RULES, undecided } from "../../policies";
import type { FindingRecord } from "../judging/finding-record";
import type { JudgedSummary } from "../judging/judged-summary";
import { JOURNAL_VARIABLE, readJournal, VIEW_VARIABLE, type Journal } from "../reports/journal";
import { readJsonLines } from "../text/json-lines";
import { readConfigJson } from "./config-file";
import { readEvents, type EngineEvent, type EngineEvents } from "./engine-events";
import { runEngine, type EngineRun } from "./engine-process";
import { inTemporaryFolder } from "./files";
import type { CommandJudgement } from "./judgement";
import { projectFileIn } from "./locations";
import { packageFolder } from "./package";
import { NotJudgedError } from "./user-error";

/** A preview that has ended. */
export interface Preview extends EngineRun, Omit<EngineEvents, "shown">, CommandJudgement {
  /** What was judged; absent where nothing of Hyper-V is declared, and where the preview did not come so far. */
  readonly summary?: JudgedSummary;
}

export interface PreviewOptions {
  /** The configuration of the pack. */
  readonly config: string | undefined;
  /** Flags for the engine. */
  readonly flags: readonly string[];
  /** Whether what the engine prints is shown. */
  readonly shown?: boolean;
  /** Whether who runs where is wanted too. */
  readonly withView?: boolean;
}

/** The configuration file in the folder of the program, which is used by default. */
const CONFIG_FILE = "policy-config.json";

/** The first release that starts a pack as one executable file. */
const EXECUTABLE_SINCE = [3, 255] as const;

/** The folder of the program: the nearest one upwards from where the engine looks that has a project, as the engine finds it. */
export function programFolder(flags: readonly string[]): string {
  const start = startingFolder(flags);
  return projectAbove(start) ?? start;
}

/** What is missing in a folder that has no program, and what to do. */
export function withoutProgram(folder: string): string {
  if (!existsSync(folder)) return `there is no folder ${folder}`;
  return `${folder} has no Pulumi.yaml: go to the folder of your program, or name it with --cwd`;
}

function projectAbove(folder: string): string | undefined {
  if (projectFileIn(folder) !== undefined) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : projectAbove(parent);
}

function startingFolder(flags: readonly string[]): string {
  const places = flags.map((flag, index) => {
    if (flag === "--cwd" || flag === "-C") return flags[index + 1];
    return /^(?:--cwd=|-C=?)(.+)$/s.exec(flag)?.[1];
  });
  return resolve(places.findLast((place) => place !== undefined) ?? ".");
}

/** The path of the configuration file in the folder of the program, whether it exists or not. */
export function ownConfig(flags: readonly string[]): string {
  return join(programFolder(flags), CONFIG_FILE);
}

/** The configuration that a preview uses: the one that is named, else the one in the program's folder, if any. */
export function configOf(named: string | undefined, flags: readonly string[]): string | undefined {
  if (named !== undefined) return resolve(named);
  if (flags.some((flag) => flag.startsWith("--policy-pack-config"))) return undefined;
  const own = ownConfig(flags);
  return existsSync(own) ? own : undefined;
}

/**
 * Runs `pulumi preview` with this pack.
 * @throws NotJudgedError where it cannot be run
 * @throws UserError for a configuration that the engine would refuse
 */
export async function previewStack({
  config,
  flags,
  shown = false,
  withView = false,
}: PreviewOptions): Promise<Preview> {
  const folder = programFolder(flags);
  if (projectFileIn(folder) === undefined) {
    throw new NotJudgedError(`${withoutProgram(folder)}. hyperv-guard check --state FILE judges an exported stack.`);
  }
  if (config !== undefined) await readConfigJson(config);
  const pack = await packPath();
  return inTemporaryFolder(async (temporary) => {
    const [journal, events] = [join(temporary, "findings.jsonl"), join(temporary, "events.jsonl")];
    await Promise.all([writeFile(journal, ""), writeFile(events, "")]);
    const args = [
      "preview",
      ...["--policy-pack", pack, ...(config === undefined ? [] : ["--policy-pack-config", config])],
      ...["--event-log", events],
      ...(shown ? [] : ["--non-interactive"]),
      ...flags,
    ];
    // The engine accepts --event-log only with its debugging commands enabled.
    const env = {
      ...process.env,
      [JOURNAL_VARIABLE]: journal,
      [VIEW_VARIABLE]: withView ? "true" : "",
      PULUMI_DEBUG_COMMANDS: "true",
    };
    const ended = await runEngine(args, env, shown);
    const { values } = readJsonLines<EngineEvent>(readFileSync(events, "utf8"));
    const { shown: inEvents, ...others } = readEvents(values, [...RULES, undecided]);
    return { ...ended, ...others, ...complete(readJournal(journal), inEvents) };
  });
}

/** The findings of the journal, or those that the engine has shown where the journal has not all of them. */
function complete(
  { findings, summary, view, isDamaged }: Journal,
  shown: readonly FindingRecord[],
): Pick<Preview, "findings" | "summary" | "view" | "notes"> {
  const judged = { ...(summary === undefined ? {} : { summary }), ...(view === undefined ? {} : { view }) };
  if (!isDamaged && findings.length >= shown.length) return { findings, ...judged, notes: [] };
  const note = "The findings could not be recorded whole, so they are shown as the engine printed them.";
  return { findings: shown, ...judged, notes: [note] };
}

/** The message of a failure that is not a finding of this pack; undefined when there was none. */
export function failureOf({
  code,
  findings,
  errors,
  printedErrors,
  output,
  summary,
  stoppedBy,
}: Preview): string | undefined {
  if (stoppedBy !== undefined) return `The preview was stopped by ${stoppedBy} before its end.`;
  if (code === 0) return undefined;
  if (summary === undefined && CONNECTION_LOST.test(output)) return PACK_ENDED;
  const blocked = findings.some(({ enforcement }) => enforcement === "mandatory");
  if (!blocked) {
    // Of a program in YAML that has a wrong type, the engine passes on what its language host prints.
    const told = errors.length > 0 ? errors : printedErrors;
    return told.length === 0 ? output.trimEnd() : told.join("\n");
  }
  return errors.length === 0 ? undefined : errors.join("\n");
}

/** What the engine prints, once for each request, when a process that it works with is gone. */
const CONNECTION_LOST = /client connection is closing|error reading server preface|error reading from server/;

const PACK_ENDED =
  "The engine lost the policy pack hyperv-guard, or a provider, before the preview was over: not everything was judged.";

/** The pack in the form that starts fastest. */
async function packPath(): Promise<string> {
  const { code, output } = await runEngine(["version"], process.env, false);
  const [, major, minor] = /^v?(\d+)\.(\d+)\./m.exec(output) ?? [];
  if (code !== 0 || major === undefined || minor === undefined) {
    throw new NotJudgedError(`pulumi does not work:\n${output}`);
  }
  const [sinceMajor, sinceMinor] = EXECUTABLE_SINCE;
  const takesFile = Number(major) > sinceMajor || (Number(major) === sinceMajor && Number(minor) >= sinceMinor);
  // Windows starts no file without a suffix.
  return takesFile && process.platform !== "win32"
    ? join(packageFolder(), "bin", "standalone", "hyperv-guard")
    : packageFolder();
}
