import { basename } from "node:path";
import { loadBuilt } from "./built.mjs";
import { forgetLogs } from "./engine/environment.mjs";
import { findEngine } from "./engine/find-engine.mjs";
import { readFlags } from "./flags.mjs";
import { say } from "./log.mjs";
import { defaultPack, directoryPack, previewProgram } from "./engine/preview-program.mjs";
import { exampleNames, findProgram } from "./engine/program.mjs";

const USAGE = `usage: npm run preview [-- [<example or directory>] [flags of pulumi preview]]
  Previews a program with the pack, or all examples when none is named. policy-config.json beside a program is its configuration.

  --directory-pack  starts the pack from its folder, not as one executable file
  --stack NAME      previews as this stack; "preview" when none is named
  All other flags go to pulumi preview; "pulumi preview --help" lists them.

examples:
`;

/**
 * `npm run preview [-- [example or directory] [flags of pulumi preview…]]`
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: the engine's for one program; for the examples, whether each did what its name says
 */
export async function preview([first, ...others]) {
  if ([first, ...others].some((word) => word === "--help" || word === "-h")) {
    process.stdout.write(
      USAGE +
        exampleNames()
          .map((name) => `  ${name}\n`)
          .join(""),
    );
    return 0;
  }
  const chosen = first === undefined || first.startsWith("-") ? undefined : findProgram(first);
  const flags = readFlags(chosen === undefined && first !== undefined ? [first, ...others] : others);

  await forgetLogs();
  /** @type {import("./engine/preview-program.mjs").PreviewOptions} */
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
 * @param {import("./engine/program.mjs").Program} program
 * @param {import("./engine/preview-program.mjs").PreviewOptions} options
 */
async function previewAndSum(program, options) {
  const result = await previewProgram(program, options);
  const { summary } = /** @type {typeof import("../lib/reports/finding-groups.js")} */ (
    loadBuilt("lib/reports/finding-groups.js")
  );
  const total = summary(result.findings);
  if (total !== undefined) say(`${total}.`);
  return result;
}

/** @param {import("./engine/preview-program.mjs").PreviewOptions} options */
async function previewExamples(options) {
  const outcomes = [];
  for (const program of exampleNames().map(findProgram)) {
    const name = basename(program.directory);
    const toBeBlocked = name.endsWith("-violations");
    say(`── ${name}: ${toBeBlocked ? "must be blocked" : "must pass"} ──`);

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
