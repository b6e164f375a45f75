import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** Declarations that the entries of the package need; the others are of no use to anybody outside. */
const declared = /^(policy-pack|lib\/settings\/options\.generated|lib\/components\/.*)\.d\.ts$/;

/**
 * Takes out of a build what nobody reads: declarations of inner modules, and the blanks of JSON.
 *
 * @param {string} output
 */
export async function slim(output) {
  const entries = await readdir(output, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  await Promise.all(files.map((file) => slimFile(file, relative(output, file).split(sep).join("/"))));
}

/**
 * @param {string} file
 * @param {string} path the same in the build
 */
async function slimFile(file, path) {
  if (path.endsWith(".d.ts") && !declared.test(path)) await rm(file);
  else if (path.startsWith("lib/") && path.endsWith(".json")) {
    await writeFile(file, JSON.stringify(JSON.parse(await readFile(file, "utf8"))));
  }
}
