import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { rvtoolsProgram } from "../inputs/rvtools-program";
import { writeText } from "./files";
import type { InputFile } from "./input-options";
import { fromRoot } from "./locations";
import type { CommandOutput } from "./output";
import { UserError } from "./user-error";

/**
 * @param files those that are checked
 * @param target where the program is to be written
 * @throws UserError where nothing can be generated, before anything is judged
 */
export function refuseToGenerate(files: readonly InputFile[], target: string): void {
  const exports = files.filter(({ option }) => option === "rvtools");
  if (exports.length === 0) throw new UserError("check: --generate makes a program of a VMware estate: give --rvtools");
  if (exports.some(({ file }) => file === "-")) throw new UserError("check: with --generate, --rvtools reads a file");
  // A person has filled in what the former one lacked.
  if (isFile(target)) throw new UserError(`${target} is there already: name another file`);
}

function isFile(target: string): boolean {
  return existsSync(resolve(target)) && !target.startsWith("/dev/");
}

/** Writes the virtual machines of exports of RVTools as a program. */
export async function writeGeneratedProgram(
  files: readonly InputFile[],
  target: string,
  output: CommandOutput,
): Promise<void> {
  const exports = files.filter(({ option }) => option === "rvtools");
  const program = rvtoolsProgram(await Promise.all(exports.map(({ file }) => readFile(resolve(file)))));
  await writeText(resolve(target), program);
  output.error(`${fromRoot(resolve(target))} written.`);
}
