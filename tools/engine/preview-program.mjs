import { existsSync } from "node:fs";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { addStandIns, engineEnvironment } from "./environment.mjs";
import { engineFolder, root } from "../paths.mjs";
import { isExample } from "./program.mjs";
import { findProgramIn, run, searchPath } from "../process.mjs";
import { openStack } from "./stack.mjs";

/** The pack as one executable file, which starts fastest; Windows cannot start such a file, so there it is the directory. */
export const directoryPack = root;
export const executablePack = join(root, "bin", "standalone", "hyperv-guard");
export const defaultPack = process.platform === "win32" ? directoryPack : executablePack;

/** @typedef {import("../../lib/judging/finding-record.js").FindingRecord} FindingRecord */
/** @typedef {import("../../lib/judging/judged-summary.js").JudgedSummary} JudgedSummary */

/**
 * An event of the engine, as in `--event-log`: exactly one of the named fields is set.
 * @typedef {object} EngineEvent
 * @property {PolicyEvent} [policyEvent]
 * @property {{ message: string, severity: string }} [diagnosticEvent]
 * @property {{ metadata: { urn: string } }} [resourcePreEvent]
 */

/**
 * @typedef {object} PolicyEvent
 * @property {string} [resourceUrn]
 * @property {string} message
 * @property {string} policyName
 * @property {string} policyPackName
 * @property {string} enforcementLevel
 * @property {string} [severity]
 */

/**
 * @typedef {object} PreviewOptions
 * @property {string} engine the `pulumi` executable
 * @property {string | undefined} [pack] the policy pack; none when undefined
 * @property {string} [stack]
 * @property {string | undefined} [configFile] a stack configuration to use instead of the program's own
 * @property {readonly string[]} [flags] further flags for the engine
 * @property {NodeJS.ProcessEnv} [env] further variables
 * @property {boolean} [standIns] whether stand-ins take the place of provider plugins that are not installed; only for
 *   the bundled examples by default
 * @property {"inherit" | "capture"} [output]
 */

/**
 * Previews a program with the real engine.
 * @param {import("./program.mjs").Program} program
 * @param {PreviewOptions} options
 * @returns {Promise<import("../process.mjs").RunResult & { events: EngineEvent[], findings: FindingRecord[], summary?: JudgedSummary }>}
 */
export async function previewProgram(
  program,
  { engine, pack, stack: name = "preview", configFile, flags = [], standIns = isExample(program), ...rest },
) {
  const stack = await openStack(engine, program, name, configFile);
  try {
    const [events, journal] = [join(stack.folder, "events.jsonl"), join(stack.folder, "findings.jsonl")];
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...engineEnvironment(engine, stack.folder), HYPERV_GUARD_FINDINGS: journal, ...rest.env };
    if (standIns) addStandIns(env);
    const args = [
      "--stack",
      name,
      "--config-file",
      stack.configFile,
      ...(pack === undefined ? [] : ["--policy-pack", pack, ...ownConfiguration(program.directory, flags)]),
    ];
    const options = { env, output: rest.output ?? "inherit" };

    if (program.runtime === "nodejs") env["NODE_PATH"] = await packagesPath(env);
    const inProcess = program.runtime === "nodejs" && !hasLanguageHost(engine, env);
    const result = inProcess
      ? await run(process.execPath, [inlineScript, engine, program.directory, events, ...args, ...flags], options)
      : await run(engine, ["preview", "--cwd", program.directory, "--event-log", events, ...args, ...flags], options);
    const lines = /** @type {(FindingRecord | JudgedSummary)[]} */ (await readLines(journal));
    const summary = lines.filter((line) => "judged" in line).at(-1);
    return {
      ...result,
      events: /** @type {EngineEvent[]} */ (await readLines(events)),
      findings: lines.filter((line) => "rule" in line),
      ...(summary === undefined ? {} : { summary }),
    };
  } finally {
    await stack.close();
  }
}

const inlineScript = join(root, "tools", "engine", "inline.mjs");

/**
 * The configuration of the pack that lies beside a program, unless another one is given.
 * @param {string} directory
 * @param {readonly string[]} flags
 */
function ownConfiguration(directory, flags) {
  const file = join(directory, "policy-config.json");
  const given = flags.some((flag) => flag.startsWith("--policy-pack-config"));
  return given || !existsSync(file) ? [] : ["--policy-pack-config", file];
}

/**
 * @param {string} engine
 * @param {NodeJS.ProcessEnv} env
 */
function hasLanguageHost(engine, env) {
  return findProgramIn("pulumi-language-nodejs", [dirname(engine), ...searchPath(env)]) !== undefined;
}

/**
 * Where a Node.js program finds `hyperv-guard` and `@pulumi/pulumi` when it has not installed them itself.
 * @param {NodeJS.ProcessEnv} env
 */
async function packagesPath(env) {
  const packages = join(engineFolder, "node_modules");
  const ourselves = join(packages, "hyperv-guard");
  await mkdir(packages, { recursive: true });
  if (!existsSync(ourselves)) await symlink(root, ourselves, "junction");
  return [env["NODE_PATH"] ?? "", packages, join(root, "node_modules")].filter(Boolean).join(delimiter);
}

/**
 * Reads a file with JSON in each line, which is not there when there was nothing to write.
 * @param {string} file
 * @returns {Promise<unknown[]>}
 */
async function readLines(file) {
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, "utf8")).split("\n").filter(Boolean);
  return lines.map((line) => /** @type {unknown} */ (JSON.parse(line)));
}
