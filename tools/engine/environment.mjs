import { rm } from "node:fs/promises";
import { delimiter, dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { builtEngines, engineFolder, root } from "../paths.mjs";
import { pathVariable, searchPath } from "../process.mjs";

const home = join(engineFolder, "home");

/** The component package as a plugin, for YAML programs. */
const pluginFolder = join(root, "bin", "plugin");

/**
 * The environment for a Pulumi engine that touches nothing of the user's: neither home, nor account, nor stacks.
 * @param {string} engine the `pulumi` executable
 * @param {string} [backend] the folder that takes the stacks' state
 * @returns {NodeJS.ProcessEnv}
 */
export function engineEnvironment(engine, backend = join(engineFolder, "state")) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: fileUrl(backend),
    PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DEBUG_COMMANDS: "true", // allows --event-log
  };
  // Who had to build the engine could not download it, and cannot download plugins either: fail at once, not after retries.
  if (engine.startsWith(builtEngines + sep)) env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] ??= "true";
  for (const name of ["PULUMI_STACK", "PULUMI_ACCESS_TOKEN", "PULUMI_IGNORE_AMBIENT_PLUGINS"]) {
    Reflect.deleteProperty(env, name);
  }

  // The engine's own folder first (its language hosts), this Node.js last (pack and plugin are started with `node`).
  env[pathVariable(env)] = [dirname(engine), pluginFolder, ...searchPath(), dirname(process.execPath)].join(delimiter);
  return env;
}

/**
 * Puts the stand-ins for providers of other makers on the path, behind whatever plugins are there.
 * @param {NodeJS.ProcessEnv} env
 */
export function addStandIns(env) {
  const name = pathVariable(env);
  env[name] = [env[name] ?? "", join(root, "tools", "engine", "stand-in")].join(delimiter);
}

/** The engine keeps a log of every run for ever, of megabytes in a big program. */
export async function forgetLogs() {
  // Windows does not let go of one that is still being written.
  await rm(join(home, "logs"), { recursive: true, force: true }).catch(() => undefined);
}

/**
 * The engine takes the text behind `file://` as a path, so a drive letter must not have the slash that the standard asks for.
 * @param {string} path
 */
function fileUrl(path) {
  return pathToFileURL(path).href.replace(/^file:\/\/\/(?=[A-Za-z]:)/, "file://");
}
