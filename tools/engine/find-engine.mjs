import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { builtEngine, buildEngine } from "./build-engine.mjs";
import { downloadedEngine, downloadEngine } from "./download-engine.mjs";
import { engineEnvironment } from "./environment.mjs";
import { oneLine, say, UserError } from "../log.mjs";
import { calledFrom } from "../paths.mjs";
import { findProgramIn, run, searchPath } from "../process.mjs";

/** The first release that runs executable packs. */
const minimum = [3, 255, 0];

/**
 * The `pulumi` executable to use: one that is here already, else the official download, else a build from Go modules.
 * @returns {Promise<string>}
 */
export async function findEngine() {
  const chosen = process.env["HYPERV_GUARD_ENGINE"];
  if (chosen) {
    const engine = resolve(calledFrom, chosen);
    if (!existsSync(engine)) throw new UserError(`HYPERV_GUARD_ENGINE names a file that does not exist: ${engine}`);
    return engine;
  }

  const onPath = await attempt(engineOnPath);
  if (onPath.engine !== undefined) return onPath.engine;
  const kept = downloadedEngine() ?? builtEngine();
  if (kept !== undefined) return kept;

  say(onPath.failure);
  for (const way of [downloadEngine, buildEngine]) {
    const { engine, failure } = await attempt(way);
    if (engine !== undefined) return engine;
    say(failure);
  }
  throw new UserError(
    "no Pulumi engine: install the Pulumi CLI (https://www.pulumi.com/docs/install) or Go, then try again",
  );
}

/**
 * @param {() => Promise<string>} way
 * @returns {Promise<{ engine: string, failure?: never } | { engine?: never, failure: string }>}
 */
async function attempt(way) {
  try {
    return { engine: await way() };
  } catch (error) {
    return { failure: oneLine(error) };
  }
}

/** @returns {Promise<string>} */
async function engineOnPath() {
  const engine = findProgramIn("pulumi", searchPath());
  if (engine === undefined) throw new UserError("no pulumi on PATH");

  const env = engineEnvironment(engine);
  const { stdout } = await run(engine, ["version"], { env, output: "capture" });
  if (!isNewEnough(stdout)) {
    throw new UserError(`the pulumi on PATH is ${stdout.trim()}, older than ${minimum.join(".")}: ${engine}`);
  }
  if (findProgramIn("pulumi-language-yaml", [dirname(engine), ...searchPath(env)]) === undefined) {
    throw new UserError(`the pulumi on PATH comes without its YAML language host: ${engine}`);
  }
  return engine;
}

/** @param {string} text what `pulumi version` prints, for example v3.259.0 */
function isNewEnough(text) {
  const version = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number);
  if (version === undefined) return false;
  const different = minimum.findIndex((part, index) => part !== version[index]);
  return different === -1 || Number(version[different]) > Number(minimum[different]);
}
