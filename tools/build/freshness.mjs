import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { root } from "../paths.mjs";

const sources = [
  "index.ts",
  "policy-pack.ts",
  "policies",
  "lib",
  "tools/build",
  "tools/build.mjs",
  "tools/tsconfig.build.json",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
/** What a build makes of the sources, and what stands among them. */
const generated = [
  "components/closed-values.generated.ts",
  "components/schema.json",
  "inputs/inventory/inventory.schema.json",
  "settings/config.schema.json",
  "settings/options.generated.ts",
].map((file) => join(root, "lib", ...file.split("/")));
const bin = join(root, "bin");
const stamp = join(root, ".engine", "build.json");

/** What the sources are now. Taken before a build, so that an edit during the build makes the next one build again. */
export async function sourcesNow() {
  const hash = createHash("sha256").update(process.versions.node);
  for (const source of sources) {
    for (const file of await filesBelow(join(root, source))) {
      if (!generated.includes(file)) hash.update(`${relative(root, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

/**
 * Whether the last build was from these sources, and what it made is still there.
 *
 * @param {string} from
 */
export async function isFresh(from) {
  const recorded = await readFile(stamp, "utf8").catch(() => undefined);
  return recorded !== undefined && recorded === (await describe(from));
}

/** @param {string} from */
export async function recordBuild(from) {
  await mkdir(join(root, ".engine"), { recursive: true });
  await writeFile(stamp, await describe(from));
}

/** @param {string} from */
async function describe(from) {
  /** @type {Record<string, number>} */
  const made = {};
  for (const file of [...generated, ...(await filesBelow(bin))]) {
    made[relative(root, file)] = await stat(file).then(
      ({ size }) => size,
      () => -1,
    );
  }
  return JSON.stringify({ from, made });
}

/**
 * @param {string} path a folder, a file, or nothing
 * @returns {Promise<string[]>}
 */
async function filesBelow(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const below = await Promise.all((await readdir(path)).sort().map((name) => filesBelow(join(path, name))));
  return below.flat();
}
