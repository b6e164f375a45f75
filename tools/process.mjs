import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const windows = process.platform === "win32";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {"inherit" | "stderr" | "capture"} [output] where the output goes: through, all to our standard error, or into the result
 * @property {boolean} [shell]
 */

/**
 * @typedef {object} RunResult
 * @property {number} code
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a program to its end. A non-zero exit code is a result, not an error; a program that cannot be started is an error.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { cwd, env, output = "inherit", shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      shell,
      windowsHide: true,
      stdio: output === "inherit" ? "inherit" : output === "stderr" ? ["ignore", 2, 2] : ["ignore", "pipe", "pipe"],
    });
    /** @type {Buffer[]} */
    const stdout = [];
    /** @type {Buffer[]} */
    const stderr = [];
    child.stdout?.on("data", (/** @type {Buffer} */ data) => stdout.push(data));
    child.stderr?.on("data", (/** @type {Buffer} */ data) => stderr.push(data));

    // Ctrl-C reaches the child too: wait for it to clean up instead of leaving before it.
    const wait = () => undefined;
    process.on("SIGINT", wait);
    child.on("error", (error) => {
      process.off("SIGINT", wait);
      reject(error);
    });
    child.on("close", (code) => {
      process.off("SIGINT", wait);
      resolve({ code: code ?? 1, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}

/**
 * Runs npm, also where it is a batch file that only a shell can start.
 * @param {readonly string[]} args
 * @param {RunOptions} options
 */
export function runNpm(args, options) {
  const npm = process.env["npm_execpath"];
  return npm?.endsWith("npm-cli.js")
    ? run(process.execPath, [npm, ...args], options)
    : run("npm", args, { ...options, shell: windows });
}

/**
 * The file that a command name stands for.
 * @param {string} name
 * @param {readonly string[]} folders
 * @returns {string | undefined}
 */
export function findProgramIn(name, folders) {
  const names = windows ? [`${name}.exe`, `${name}.cmd`, `${name}.bat`] : [name];
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find(isExecutable);
}

/**
 * The folders of a search path.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string[]}
 */
export function searchPath(env = process.env) {
  return (env[pathVariable(env)] ?? "").split(delimiter).filter((folder) => folder !== "");
}

/**
 * The search path's variable under the name it has: a copy of Windows' environment is case-sensitive, and two would clash.
 * @param {NodeJS.ProcessEnv} env
 */
export function pathVariable(env) {
  return Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
