// Builds bin/, which is what the package runs: the pack as CommonJS, the components, the component plugin, and the pack
// as one executable file. `node tools/build.mjs`, or with --check: only says whether the committed files that it makes are current.

import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isFresh, recordBuild, sourcesNow } from "./build/freshness.mjs";
import { slim } from "./build/slim.mjs";
import { root } from "./paths.mjs";

const require = createRequire(import.meta.url);

/**
 * Builds bin/ unless it is up to date already. Throws an Error whose message is for the reader.
 *
 * @param {{ log?: (line: string) => void }} [options]
 */
export async function build({ log } = {}) {
  const sources = await sourcesNow();
  if (await isFresh(sources)) return;
  log?.("building bin/ from the sources");
  // Beside bin/ until all of it is there: a failed build leaves the former one, and a preview never meets half of one.
  const folder = join(root, ".engine", `build-${process.pid}`);
  const output = join(folder, "bin");
  try {
    await mkdir(output, { recursive: true });
    const { makeSettings, schemaFile } = await import("./build/settings.mjs");
    await write(log, await makeSettings());
    const { makeClosedValues } = await import("./build/closed-values.mjs");
    await write(log, await makeClosedValues());
    // esbuild and the analyzer are loaded only here, so that an up-to-date build costs nothing.
    const { licencesOf } = await import("./build/bundle.mjs");
    const { checkTables, leaveOutCheck } = await import("./build/checked-tables.mjs");
    const { makeCommand } = await import("./build/command.mjs");
    const { makePlugin } = await import("./build/plugin.mjs");
    const { makeStandalone } = await import("./build/standalone.mjs");
    const bundled = await all([
      compile(output),
      writeSchema(log).then(() => makePlugin(join(output, "plugin"))),
      makeStandalone(join(output, "standalone")),
    ]);
    await checkTables();
    await leaveOutCheck(output);
    const command = await makeCommand(join(output, "lib", "cli"));
    await slim(output);
    await copyFile(schemaFile, join(output, "config.schema.json"));
    await copyFile(join(root, "lib", "judging", "finding.schema.json"), join(output, "finding.schema.json"));
    const { inventorySchemaFile } = await import("./build/inventory-schema.mjs");
    await copyFile(inventorySchemaFile, join(output, "inventory.schema.json"));
    await writeFile(join(output, "THIRD-PARTY-LICENSES.txt"), await licencesOf([...bundled, ...command]));
    await chmod(join(output, "lib", "cli", "main.js"), 0o755);
    await replace(join(root, "bin"), output, join(folder, "former"));
    await recordBuild(sources);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Waits for all also when one fails, so that none still writes when the folder is removed.
 *
 * @param {Promise<string[]>[]} works
 */
async function all(works) {
  await Promise.allSettled(works);
  return (await Promise.all(works)).flat();
}

/**
 * @param {string} output
 * @returns {Promise<string[]>} nothing: it bundles no package
 */
function compile(output) {
  const tsc = require.resolve("typescript/bin/tsc");
  const args = [tsc, "-p", "tools/tsconfig.build.json", "--outDir", output, "--pretty", "false"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`The sources do not compile:\n${stdout}${stderr}`.trimEnd()));
      else resolve([]);
    });
  });
}

/**
 * Writes the sources that are made from other sources.
 *
 * @param {((line: string) => void) | undefined} log
 * @param {(readonly [file: string, text: string])[]} texts
 */
async function write(log, texts) {
  for (const [file, text] of await staleOf(texts)) {
    await writeFile(file, text);
    log?.(`${relative(root, file)} has changed: commit it`);
  }
}

/** @param {((line: string) => void) | undefined} log */
async function writeSchema(log) {
  await write(log, await componentSchemas());
}

/**
 * The schemas that are made from the components: their own, and that of an inventory.
 *
 * @returns {Promise<[file: string, text: string][]>}
 */
async function componentSchemas() {
  const { makeSchema, schemaFile } = await import("./build/schema.mjs");
  const { inventorySchemaFile, makeInventorySchema } = await import("./build/inventory-schema.mjs");
  const schema = await makeSchema();
  return [
    [schemaFile, schema],
    [inventorySchemaFile, await makeInventorySchema(schema)],
  ];
}

/**
 * Those of the texts that their files do not have.
 *
 * @param {(readonly [file: string, text: string])[]} texts
 */
async function staleOf(texts) {
  const present = await Promise.all(texts.map(([file]) => readFile(file, "utf8").catch(() => undefined)));
  return texts.filter(([, text], index) => text !== present[index]);
}

/**
 * @param {string} target
 * @param {string} replacement
 * @param {string} former where the former target goes
 */
async function replace(target, replacement, former) {
  // Another build at the same time may put its own in between; both are made from the same sources, and the last stays.
  for (let attempt = 1; ; attempt++) {
    await rename(target, `${former}-${attempt}`).catch(unless("ENOENT"));
    try {
      await rename(replacement, target);
      return;
    } catch (error) {
      if (attempt === 5) throw error;
      unless("ENOTEMPTY", "EEXIST", "EPERM")(error);
    }
  }
}

/** @param {string[]} codes */
function unless(...codes) {
  return (/** @type {unknown} */ error) => {
    if (!(error instanceof Error && "code" in error && codes.includes(String(error.code)))) throw error;
  };
}

/** @param {string[]} args */
async function main(args) {
  if (!args.includes("--check")) {
    await build({ log: console.log });
    return;
  }
  const { makeSettings } = await import("./build/settings.mjs");
  const { makeClosedValues } = await import("./build/closed-values.mjs");
  const made = [...(await componentSchemas()), ...(await makeSettings()), ...(await makeClosedValues())];
  const stale = await staleOf(made);
  if (stale.length > 0) {
    const files = stale.map(([file]) => relative(root, file)).join(", ");
    throw new Error(`Not what the sources give: ${files}. Run "npm run build" and commit it.`);
  }
}

if (process.argv[1] !== undefined && (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2)).catch((/** @type {unknown} */ error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
