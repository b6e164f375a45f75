import { join, resolve } from "node:path";
import { loadBuilt } from "./built.mjs";
import { findEngine } from "./engine/find-engine.mjs";
import { readFlags } from "./flags.mjs";
import { say, UserError } from "./log.mjs";
import { calledFrom } from "./paths.mjs";
import { defaultPack, previewProgram } from "./engine/preview-program.mjs";
import { findProgram } from "./engine/program.mjs";

/**
 * `npm run baseline -- <example or directory> [options of hyperv-guard baseline] [-- flags of pulumi preview…]`: writes what
 * is found in a program into the policy-config.json beside it, as exemptions.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function baseline([name, ...args]) {
  if (name === undefined || name.startsWith("-")) {
    throw new UserError("name a program: npm run baseline -- <example or directory> [--days 90] [--replace]");
  }
  const program = findProgram(name);
  const options = /** @type {typeof import("../lib/cli/options.js")} */ (loadBuilt("lib/cli/options.js"));
  const errors = /** @type {typeof import("../lib/cli/user-error.js")} */ (loadBuilt("lib/cli/user-error.js"));
  const { makeBaseline } = /** @type {typeof import("../lib/cli/baseline-file.js")} */ (
    loadBuilt("lib/cli/baseline-file.js")
  );
  const { readEvents } = /** @type {typeof import("../lib/cli/engine-events.js")} */ (
    loadBuilt("lib/cli/engine-events.js")
  );

  /** @param {string | undefined} config */
  const preview = async (config) => {
    const { stack, configFile, engine: flags } = readFlags(values.flags);
    const { code, stdout, stderr, findings, events, summary } = await previewProgram(program, {
      engine: await findEngine(),
      pack: defaultPack,
      stack,
      configFile,
      flags: [...(config === undefined ? [] : ["--policy-pack-config", config]), ...flags],
      output: "capture",
    });
    const judged = summary === undefined ? {} : { summary };
    return { code, findings, output: stdout + stderr, ...readEvents(events), ...judged, notes: [] };
  };
  const values = readValues();
  const file = values.config ?? join(program.directory, "policy-config.json");
  return makeBaseline(resolve(calledFrom, file), values, preview, { out: say, error: say });

  function readValues() {
    try {
      const line = options.readCommandLine(["baseline", ...args]);
      if (line.command !== "baseline") throw new errors.UserError("only a baseline is made here");
      return line.values;
    } catch (error) {
      if (error instanceof options.TextRequest) throw new UserError(error.message);
      throw error instanceof errors.UserError ? new UserError(error.message) : error;
    }
  }
}
