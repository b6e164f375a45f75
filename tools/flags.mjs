import { resolve } from "node:path";
import { calledFrom } from "./paths.mjs";

/** Flags of `pulumi preview` that name files; the engine would look for them in the program's directory. */
const fileFlags = new Set(["--policy-pack", "--policy-pack-config", "--save-plan", "--import-file", "--event-log"]);

/**
 * @typedef {object} Flags
 * @property {string} stack
 * @property {string | undefined} configFile
 * @property {boolean} ownPack the user brings a policy pack of his own
 * @property {boolean} directoryPack our pack in its directory form is wanted
 * @property {string[]} engine what the engine is to get
 */

/**
 * Sorts out the flags after `npm run preview -- <program>`.
 * @param {readonly string[]} args
 * @returns {Flags}
 */
export function readFlags(args) {
  /** @type {Flags} */
  const flags = { stack: "preview", configFile: undefined, ownPack: false, directoryPack: false, engine: [] };
  const rest = args.flatMap(splitAtEquals);
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--directory-pack") flags.directoryPack = true;
    else if (arg === "--stack" || arg === "-s") flags.stack = rest.shift() ?? flags.stack;
    else if (arg === "--config-file") flags.configFile = resolve(calledFrom, rest.shift() ?? "");
    else if (fileFlags.has(arg)) {
      flags.ownPack ||= arg === "--policy-pack";
      flags.engine.push(
        arg,
        (rest.shift() ?? "")
          .split(",")
          .map((file) => resolve(calledFrom, file))
          .join(","),
      );
    } else flags.engine.push(arg);
  }
  return flags;
}

/**
 * `--flag=value` as two words, for the flags that are looked at here.
 * @param {string} arg
 */
function splitAtEquals(arg) {
  const [, flag, value] = /^(--[a-z-]+)=(.*)$/s.exec(arg) ?? [];
  if (flag === undefined || value === undefined) return [arg];
  return fileFlags.has(flag) || flag === "--stack" || flag === "--config-file" ? [flag, value] : [arg];
}
