import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse, YAMLParseError } from "yaml";
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
  const { name, runtime } = readProject(file);
  return {
    directory,
    name: textOf("name", name, file),
    runtime: textOf("runtime", isObject(runtime) ? runtime["name"] : runtime, file),
  };
}

/** @param {string} directory */
function projectFile(directory) {
  return projectFiles.map((name) => join(directory, name)).find((file) => existsSync(file));
}

/**
 * The settings of a project file. JSON is YAML too.
 * @param {string} file
 */
function readProject(file) {
  const project = parseProject(file);
  if (!isObject(project))
    throw new UserError(`${file} is not a project file: it must be an object with name and runtime`);
  return project;
}

/**
 * @param {string} file
 * @returns {unknown}
 */
function parseProject(file) {
  try {
    return parse(readFileSync(file, "utf8"), { logLevel: "error" });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [problem = ""] = error.message.split("\n"); // the following lines quote the file
    throw new UserError(`${file} cannot be read: ${problem.replace(/:$/, "")}`);
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 * @param {string} file
 */
function textOf(key, value, file) {
  if (value === undefined || value === null || value === "") throw new UserError(`${file} has no ${key}`);
  if (typeof value !== "string") throw new UserError(`${file}: ${key} must be a string`);
  return value;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
