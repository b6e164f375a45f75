import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { engineEnvironment, forgetLogs } from "./engine/environment.mjs";
import { findEngine } from "./engine/find-engine.mjs";
import { root } from "./paths.mjs";
import { run } from "./process.mjs";

const everyTest = "test/**/*.test.ts";

/**
 * `npm test [-- files or mocha's flags]`: all tests, or those of the files that are named.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function test(args) {
  await forgetLogs();
  const engine = await findEngine();
  const mocha = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");
  const { code } = await run(process.execPath, [mocha, ...args, ...specOf(args)], {
    cwd: root,
    env: { ...engineEnvironment(engine), HYPERV_GUARD_ENGINE: engine },
  });
  return code === 0 ? 0 : 1;
}

/**
 * Every test, unless the arguments name a file or a folder of tests.
 * @param {readonly string[]} args
 */
export function specOf(args) {
  // Mocha says of a file that is not there that there is none.
  const named = args.some((arg) => !arg.startsWith("-") && (arg.endsWith(".test.ts") || existsSync(join(root, arg))));
  return named ? [] : [everyTest];
}
