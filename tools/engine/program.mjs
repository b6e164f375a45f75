import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UserError } from "../log.mjs";
import { calledFrom, root } from "../paths.mjs";

/**
 * @typedef {object} Program
 * @property {string} directory
 * @property {string} name the project's name
 * @property {string} runtime for example "yaml" or "nodejs"
 */

const projectFiles = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
const examplesFolder = join(root, "examples");

/** The bundled examples' names, in the order in which they are shown. */
export function exampleNames() {
  return readdirSync(examplesFolder)
    .filter((name) => projectFile(join(examplesFolder, name)) !== undefined)
    .sort();
}

/**
 * The program that a user means: a directory, seen from where npm was called, or the name of an example.
 * @param {string} text
 * @returns {Program}
 */
export function findProgram(text) {
  const directory = [resolve(calledFrom, text), join(examplesFolder, text)].find((d) => projectFile(d) !== undefined);
  if (directory === undefined) {
    throw new UserError(`no Pulumi program (Pulumi.yaml) in ${text}; the examples are: ${exampleNames().join(", ")}`);
  }
  return readProgram(directory);
}

/**
 * Whether a program is one of the bundled examples.
 * @param {Program} program
 */
export function isExample({ directory }) {
  return dirname(resolve(directory)) === examplesFolder;
}

/**
 * @param {string} directory
 * @returns {Program}
 */
export function readProgram(directory) {
  const file = projectFile(directory);
  if (file === undefined) throw new UserError(`no Pulumi program (Pulumi.yaml) in ${directory}`);
  const text = readFileSync(file, "utf8");
  return { directory, name: setting(text, "name", file), runtime: setting(text, "runtime", file) };
}

/** @param {string} directory */
function projectFile(directory) {
  return projectFiles.map((name) => join(directory, name)).find((file) => existsSync(file));
}

/**
 * A top-level setting of a project file, either plain or, as `runtime` may be, an object with a name. Only these two settings
 * matter before the engine reads the file in earnest, so no YAML parser is needed.
 * @param {string} text
 * @param {string} key
 * @param {string} file
 */
function setting(text, key, file) {
  const [, value] =
    new RegExp(`^[{\\s]*"?${key}"?:(?:\\s*\\{?\\s*"?name"?:)?\\s*["']?([^\\s"',#{}]+)`, "m").exec(text) ?? [];
  if (value === undefined) throw new UserError(`${file} has no ${key}`);
  return value;
}
