import { spawn } from "node:child_process";
import { once } from "node:events";
import { UserError } from "../log.mjs";
import { findProgramIn, searchPath } from "../process.mjs";

/**
 * What a process has used from its start to its end.
 * @typedef {object} ProcessUsage
 * @property {number} processor seconds of processor time, of all threads
 * @property {number} memory most memory at a time, in MB
 */

/**
 * Runs a program, which may end with any of some codes, and discards what it prints.
 * @param {string[]} command
 * @param {readonly number[]} [codes]
 * @returns {Promise<ProcessUsage>}
 */
export async function usageOf([program = "", ...args], codes = [0]) {
  const time = findProgramIn("time", searchPath());
  if (time === undefined) throw new UserError("the measurement needs GNU time: not found");
  const child = spawn(time, ["-f", "\n%U %S %M", program, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let output = "";
  child.stderr.on("data", (/** @type {Buffer} */ data) => {
    output += data.toString();
  });
  const [code] = /** @type {[number | null]} */ (await once(child, "close"));
  const [user, system, kilobytes] = (output.trimEnd().split("\n").at(-1) ?? "").split(" ").map(Number);
  if (code === null || !codes.includes(code) || user === undefined || system === undefined || kilobytes === undefined) {
    throw new UserError(`${program} failed: ${output.trim().slice(0, 500)}`);
  }
  return { processor: user + system, memory: kilobytes / 1024 };
}
