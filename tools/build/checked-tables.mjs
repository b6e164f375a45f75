import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Ajv } from "ajv";
import { root } from "../paths.mjs";

/*
 * Tables are checked against their schemas when the package is built, and not again at each start of it: compiling the
 * schemas takes a third of a second, as much as judging some hundred resources.
 */

const checker = join(root, "lib", "tables", "table-faults.ts");

/** Throws an Error that names each table that does not fit its schema. */
export async function checkTables() {
  const folders = [join(root, "lib", "tables"), join(root, "lib", "settings", "profiles")];
  const faults = (await Promise.all(folders.map(faultsIn))).flat();
  if (faults.length > 0) throw new Error(`These tables do not fit their schemas:\n${faults.join("\n")}`);
}

/** Leaves the check out of a bundle, with the package that it needs. Tables are read when somebody asks for them.
 * @type {import("esbuild").Plugin} */
export const withCheckedTables = {
  name: "with-checked-tables",
  setup(build) {
    build.onLoad({ filter: /[\\/]table-faults\.ts$/ }, ({ path }) =>
      path === checker ? { contents: "export const tableFaults = () => [];", loader: "js" } : undefined,
    );
    build.onLoad({ filter: /[\\/]lib[\\/](tables|settings)[\\/].*\.json$/ }, async ({ path }) => ({
      contents: lateJson(await readFile(path, "utf8")),
      loader: "js",
    }));
  },
};

/**
 * Leaves the check out of compiled sources.
 *
 * @param {string} output
 */
export async function leaveOutCheck(output) {
  const file = join(output, "lib", "tables", "table-faults.js");
  await writeFile(file, '"use strict";\nexports.tableFaults = () => [];\n');
}

/**
 * A module of JSON that is parsed at its first use. It stands there as a text, which is read many times as fast as what it
 * means would be as a program.
 *
 * @param {string} json
 */
function lateJson(json) {
  const text = JSON.stringify(JSON.stringify(JSON.parse(json)));
  return `let value;
Object.defineProperty(exports, "__esModule", { value: true });
Object.defineProperty(exports, "default", { enumerable: true, get: () => (value ??= JSON.parse(${text})) });`;
}

/** @param {string} folder */
async function faultsIn(folder) {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json"));
  /** @type {string[]} */
  const faults = [];
  for (const file of files.filter((name) => !name.endsWith(".schema.json"))) {
    const validate = ajv.compile(await jsonOf(join(folder, schemaOf(file, files))));
    if (!validate(await jsonOf(join(folder, file)))) {
      faults.push(`${join(basename(dirname(folder)), basename(folder), file)}: ${ajv.errorsText(validate.errors)}`);
    }
  }
  return faults;
}

/**
 * A table has a schema of its own; profiles have one together.
 *
 * @param {string} file
 * @param {string[]} files
 */
function schemaOf(file, files) {
  const own = file.replace(/\.json$/, ".schema.json");
  const [shared] = files.filter((name) => name.endsWith(".schema.json"));
  const schema = files.includes(own) ? own : shared;
  if (schema === undefined) throw new Error(`${file} has no schema.`);
  return schema;
}

/** @param {string} file */
async function jsonOf(file) {
  return JSON.parse(await readFile(file, "utf8"));
}
