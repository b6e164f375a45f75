import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { nameInUrn } from "../estate/declared";
import type { FindingRecord } from "../judging/finding-record";
import { JOURNAL_VARIABLE, readFindings } from "../reports/journal";
import { readJsonLines } from "../text/json-lines";
import { packageFolder } from "./package";
import { UserError } from "./user-error";

/** A preview that has ended. */
export interface Preview {
  /** The engine's exit code. */
  readonly code: number;
  readonly findings: readonly FindingRecord[];
  /** The engine's errors, except for findings of this pack. */
  readonly errors: readonly string[];
  /** All that the engine has printed, where it was not shown. */
  readonly output: string;
  /** `project/stack`; undefined where the engine stopped before that. */
  readonly stack: string | undefined;
}

export interface PreviewOptions {
  /** The configuration of the pack. */
  readonly config: string | undefined;
  /** Flags for the engine. */
  readonly flags: readonly string[];
  /** Whether what the engine prints is shown. */
  readonly shown?: boolean;
}

/** The configuration file in the folder of the program, which is used by default. */
const CONFIG_FILE = "policy-config.json";

/** The first release that starts a pack as one executable file. */
const EXECUTABLE_SINCE = [3, 255] as const;

/** The folder of the program: where the engine looks for it. */
export function programFolder(flags: readonly string[]): string {
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

/** Runs `pulumi preview` with this pack. */
export async function previewStack({ config, flags, shown = false }: PreviewOptions): Promise<Preview> {
  const pack = await packPath();
  const folder = await mkdtemp(join(tmpdir(), "hyperv-guard-"));
  try {
    const [journal, events] = [join(folder, "findings.jsonl"), join(folder, "events.jsonl")];
    await Promise.all([writeFile(journal, ""), writeFile(events, "")]);
    const args = [
      "preview",
      ...["--policy-pack", pack, ...(config === undefined ? [] : ["--policy-pack-config", config])],
      ...["--event-log", events],
      ...(shown ? [] : ["--non-interactive"]),
      ...flags,
    ];
    // The engine accepts --event-log only with its debugging commands enabled.
    const env = { ...process.env, [JOURNAL_VARIABLE]: journal, PULUMI_DEBUG_COMMANDS: "true" };
    const { code, output } = await run(args, env, shown);
    const log = readJsonLines<EngineEvent>(readFileSync(events, "utf8"));
    return { code, output, findings: readFindings(journal), ...readEvents(log) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The message of a failure that is not a finding of this pack; undefined when there was none. */
export function failureOf({ code, findings, errors, output }: Preview): string | undefined {
  if (code === 0) return undefined;
  const blocked = findings.some(({ enforcement }) => enforcement === "mandatory");
  if (!blocked) return output.trimEnd();
  return errors.length === 0 ? undefined : errors.join("\n");
}

/** The pack in the form that starts fastest. */
async function packPath(): Promise<string> {
  const { code, output } = await run(["version"], process.env, false);
  const [, major, minor] = /^v?(\d+)\.(\d+)\./m.exec(output) ?? [];
  if (code !== 0 || major === undefined || minor === undefined) throw new UserError(`pulumi does not work:\n${output}`);
  const [sinceMajor, sinceMinor] = EXECUTABLE_SINCE;
  const takesFile = Number(major) > sinceMajor || (Number(major) === sinceMajor && Number(minor) >= sinceMinor);
  // Windows starts no file without a suffix.
  return takesFile && process.platform !== "win32"
    ? join(packageFolder(), "bin", "standalone", "hyperv-guard")
    : packageFolder();
}

/** What is read of an event of the engine. */
export interface EngineEvent {
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string; readonly urn?: string };
  readonly policyEvent?: {
    readonly policyPackName: string;
    readonly policyName: string;
    readonly enforcementLevel: string;
    readonly message: string;
    readonly resourceUrn?: string;
  };
  readonly resourcePreEvent?: { readonly metadata: { readonly urn: string } };
}

/** Errors and the stack, from the engine's events. */
export function readEvents(events: readonly EngineEvent[]): Pick<Preview, "errors" | "stack"> {
  const errors = events.flatMap(({ diagnosticEvent, policyEvent }) => {
    if (diagnosticEvent?.severity === "error") {
      return [plain(diagnosticEvent.message)].filter((message) => message !== FINAL_ERROR);
    }
    if (policyEvent === undefined || policyEvent.policyPackName === PACK) return [];
    if (policyEvent.enforcementLevel !== "mandatory") return [];
    const { policyPackName, policyName, resourceUrn, message } = policyEvent;
    const name = resourceUrn === undefined ? "the stack" : nameInUrn(resourceUrn);
    return [`[mandatory] ${policyName} of the pack ${policyPackName}: ${name}: ${plain(message)}`];
  });
  const urns = events.map(({ resourcePreEvent }) => resourcePreEvent?.metadata.urn ?? "");
  const [, stack, project] =
    urns.map((urn) => /^urn:pulumi:(.+?)::(.+?)::/.exec(urn)).find((urn) => urn !== null) ?? [];
  return { errors, stack: stack === undefined || project === undefined ? undefined : `${project}/${stack}` };
}

const PACK = "hyperv-guard";

/** The last error of every preview that was stopped. */
const FINAL_ERROR = "preview failed";

/** A message without the engine's marks of colour. */
function plain(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "").trim();
}

interface Ran {
  readonly code: number;
  readonly output: string;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv, shown: boolean): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, {
      env,
      windowsHide: true,
      stdio: shown ? "inherit" : ["inherit", "pipe", "pipe"],
    });
    const output: Buffer[] = [];
    child.stdout?.on("data", (data: Buffer) => output.push(data));
    child.stderr?.on("data", (data: Buffer) => output.push(data));
    // Ctrl-C reaches the engine too, which cleans up before it ends.
    const wait = (): void => undefined;
    process.on("SIGINT", wait);
    child.on("error", (error) => {
      process.off("SIGINT", wait);
      reject(new UserError(`pulumi cannot be started (${error.message}): see https://www.pulumi.com/docs/install`));
    });
    child.on("close", (code) => {
      process.off("SIGINT", wait);
      resolve({ code: code ?? 1, output: Buffer.concat(output).toString() });
    });
  });
}
