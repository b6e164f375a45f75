import { copyFile, cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../build/bundle.mjs";
import { withStandIns } from "../build/standalone.mjs";
import { engineFolder, root } from "../paths.mjs";
import { executablePack } from "../engine/preview-program.mjs";

/**
 * A way to start a pack.
 * @typedef {object} Pack
 * @property {string} file
 * @property {string[]} args what the file gets after the engine's address
 * @property {string} folder
 */

/**
 * @typedef {object} Packs
 * @property {(name: PackName) => Pack} executable the pack as one executable file
 * @property {(name: PackName) => Pack} directory the pack as a folder, as it is published
 * @property {() => Promise<void>} remove
 */

/** @typedef {"ours" | keyof typeof others} PackName */

/** What our pack is compared with: packs in the same forms, from the same bundler and with the same packages. */
const others = {
  empty: "",
  stackPolicy: policy("() => {}"),
  naive: policy("({ resources }) => { for (const { props } of resources) void props.name; }"),
};

/**
 * Makes the packs in a folder of their own, so that a build at the same time does not exchange one that is measured.
 * @returns {Promise<Packs>}
 */
export async function makePacks() {
  const folder = join(engineFolder, `bench-${process.pid}`);
  await Promise.all([
    copyOurs(join(folder, "ours")),
    ...Object.entries(others).map(([name, policies]) => makeOther(join(folder, name), policies)),
  ]);
  return {
    executable: (name) => ({ file: join(folder, name, "bin", "standalone", "hyperv-guard"), args: [], folder }),
    directory: (name) => ({
      file: join(root, "tools", "engine", "analyzer.cjs"),
      args: ["."],
      folder: join(folder, name),
    }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** @param {string} folder */
async function copyOurs(folder) {
  await mkdir(folder, { recursive: true });
  await cp(join(executablePack, "..", ".."), join(folder, "bin"), { recursive: true });
  for (const file of ["package.json", "PulumiPolicy.yaml"]) await copyFile(join(root, file), join(folder, file));
}

/**
 * @param {string} folder
 * @param {string} policies
 */
async function makeOther(folder, policies) {
  const build = join(folder, "tools", "build");
  await mkdir(build, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "other", version: "1.0.0", main: "index.js" }));
  await writeFile(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  // What the entry of the executable loads two folders up, here as there.
  await writeFile(join(folder, "policy-pack.js"), `exports.hypervGuard = () => ({ policies: [${policies}] });\n`);
  await mkdir(join(folder, "lib", "pack"), { recursive: true });
  await copyFile(join(root, "bin", "lib", "pack", "engine-watch.js"), join(folder, "lib", "pack", "engine-watch.js"));
  await writeFile(
    join(folder, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("other", { policies: [${policies}] });\n`,
  );
  const entry = "standalone-entry.cjs";
  await copyFile(join(root, "tools", "build", entry), join(build, entry));
  await mkdir(join(folder, "bin", "standalone"), { recursive: true });
  await bundle({
    entry: join(build, entry),
    output: join(folder, "bin", "standalone", "hyperv-guard"),
    plugins: [withStandIns],
  });
}

/** @param {string} validateStack */
function policy(validateStack) {
  return `{ name: "policy", description: "A policy.", enforcementLevel: "mandatory", validateStack: ${validateStack} }`;
}
