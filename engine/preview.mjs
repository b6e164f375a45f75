import { basename } from "node:path";
import { loadBuilt } from "./built.mjs";
import { forgetLogs } from "./environment.mjs";
import { findEngine } from "./find-engine.mjs";
import { readFlags } from "./flags.mjs";
import { say } from "./log.mjs";
import { defaultPack, directoryPack, previewProgram } from "./preview-program.mjs";
import { exampleNames, findProgram } from "./program.mjs";

/**
 * `npm run preview [-- [example or directory] [flags of pulumi preview…]]`
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: the engine's for one program; for the examples, whether each did what its name says
 */
export async function preview([first, ...others]) {
  const chosen = first === undefined || first.startsWith("-") ? undefined : findProgram(first);
  const flags = readFlags(chosen === undefined && first !== undefined ? [first, ...others] : others);

  await forgetLogs();
  /** @type {import("./preview-program.mjs").PreviewOptions} */
  const options = {
    engine: await findEngine(),
    pack: flags.ownPack ? undefined : flags.directoryPack ? directoryPack : defaultPack,
    stack: flags.stack,
    configFile: flags.configFile,
    flags: flags.engine,
  };
  return chosen === undefined ? previewExamples(options) : (await previewAndSum(chosen, options)).code;
}

/**
 * Previews a program, and says what the findings of the pack add up to.
 * @param {import("./program.mjs").Program} program
 * @param {import("./preview-program.mjs").PreviewOptions} options
 */
async function previewAndSum(program, options) {
  const result = await previewProgram(program, options);
  const { summary } = /** @type {typeof import("../lib/cli/findings.js")} */ (loadBuilt("lib/cli/findings.js"));
  const total = summary(result.findings);
  if (total !== undefined) say(`${total}.`);
  return result;
}

/** @param {import("./preview-program.mjs").PreviewOptions} options */
async function previewExamples(options) {
  const outcomes = [];
  for (const program of exampleNames().map(findProgram)) {
    const name = basename(program.directory);
    const toBeBlocked = name.endsWith("-violations");
    say(`── ${name}: ${toBeBlocked ? "is to be blocked" : "is to pass"} ──`);

    const { code, events } = await previewAndSum(program, options);
    const violations = events.filter(({ policyEvent }) => policyEvent?.enforcementLevel === "mandatory").length;
    const outcome =
      code === 0 ? "passed" : violations > 0 ? `was blocked (mandatory findings: ${violations})` : "failed";
    const expected = toBeBlocked ? code !== 0 && violations > 0 : code === 0;
    outcomes.push({ expected, line: `${expected ? "as expected" : "NOT as expected"}: ${name} ${outcome}` });
  }
  for (const { line } of outcomes) say(line);
  return outcomes.every(({ expected }) => expected) ? 0 : 1;
}
