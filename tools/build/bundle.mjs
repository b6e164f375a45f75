import { chmod, readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root } from "../paths.mjs";
import { withCheckedTables } from "./checked-tables.mjs";
import { withLateAjv } from "./late-package.mjs";

// A file without a suffix is an ES module where the nearest package.json says `"type": "module"`, so that a copy of ours
// would fail in such a repository. There is only `require` in the way.
const requireAnywhere =
  'var require = typeof require === "function" ? require : process.getBuiltinModule("module").createRequire(process.argv[1]);';

/**
 * @typedef {object} Bundle
 * @property {string} entry
 * @property {string} output
 * @property {esbuild.Plugin[]} [plugins]
 * @property {boolean} [keepNames] where names of functions and classes are looked at when it runs; that costs some time
 *   each time that a function is made
 */

/**
 * Bundles one entry file with all that it needs into one executable file. Paths of the answer are those of the bundled sources,
 * relative to the repository.
 *
 * @param {Bundle} bundle
 * @returns {Promise<string[]>}
 */
export async function bundle({ entry, output, plugins = [], keepNames = false }) {
  const { metafile, warnings } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    keepNames,
    // The licences are in a file of their own.
    legalComments: "none",
    banner: { js: `#!/usr/bin/env node\n${requireAnywhere}` },
    metafile: true,
    logLevel: "silent",
    plugins: [...plugins, withCheckedTables, withLateAjv],
  });
  const [warning] = warnings;
  if (warning) throw new Error(`${warning.location?.file ?? entry}: ${warning.text}`);
  // esbuild leaves a module that it does not find to the run time when the import stands in a `try`.
  const left = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const missing = left.find((path) => !isBuiltin(path));
  if (missing !== undefined) throw new Error(`${entry}: ${missing} is not there to be bundled.`);
  await chmod(output, 0o755);
  return Object.keys(metafile.inputs);
}

/**
 * The licences of the packages in the bundles, which must go where the bundles go.
 *
 * @param {string[]} inputs what `bundle` answered
 */
export async function licencesOf(inputs) {
  const folders = new Set(inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? ""));
  folders.delete("");
  /** @type {Map<string, string[]>} */
  const packages = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
    const text = (await licenceText(join(root, folder))) ?? `Licence: ${license}`;
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...packages].map(([text, names]) => `${names.join("\n")}\n\n${text.trim()}\n`);
  return `The executables and the HTML report of hyperv-guard contain these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** @param {string} folder */
async function licenceText(folder) {
  for (const name of ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license", "LICENSE-MIT", "LICENSE.asl"]) {
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    if (text !== undefined) return text.replaceAll("\r\n", "\n");
  }
  return undefined;
}
