import { createRequire } from "node:module";
import { engineEnvironment, forgetLogs } from "./environment.mjs";
import { findEngine } from "./find-engine.mjs";
import { root } from "./paths.mjs";
import { run } from "./process.mjs";

/**
 * `npm test [-- mocha's flags]`
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function test(args) {
  await forgetLogs();
  const engine = await findEngine();
  const mocha = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");
  const { code } = await run(process.execPath, [mocha, ...args], {
    cwd: root,
    env: { ...engineEnvironment(engine), HYPERV_GUARD_ENGINE: engine },
  });
  return code === 0 ? 0 : 1;
}
