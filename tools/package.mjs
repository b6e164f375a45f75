import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "./log.mjs";
import { calledFrom, engineFolder, root } from "./paths.mjs";
import { runNpm } from "./process.mjs";

/** What of the manifest only this repository needs. */
const ownFields = ["devDependencies", "scripts", "mocha"];

/** Documents whose links lead into this repository. */
const documents = ["README.md", "SECURITY.md"];

/** @typedef {{ file: string, integrity: string }} Package */

/**
 * `npm run package`: builds bin/ and packs what is published, with the versions and hashes of what it depends on.
 * @param {readonly string[]} args a folder for the tarball; by default this one
 * @returns {Promise<number>} the exit code
 */
export async function packagePack([folder]) {
  const { file, integrity } = await makePackage(folder === undefined ? root : resolve(calledFrom, folder));
  process.stdout.write(`${file}\n${integrity}\n`);
  return 0;
}

/**
 * @param {string} folder where the tarball goes
 * @returns {Promise<Package>}
 */
export async function makePackage(folder) {
  const staging = join(engineFolder, `package-${process.pid}`);
  try {
    const manifest = publishedManifest(JSON.parse(await readFile(join(root, "package.json"), "utf8")));
    await mkdir(staging, { recursive: true });
    await mkdir(folder, { recursive: true });
    // hyperv-guard explain prints the pages of the rules.
    for (const name of ["bin", "docs/rules", "PulumiPolicy.yaml", "LICENSE", "package-lock.json", ".npmrc"]) {
      await cp(join(root, name), join(staging, name), { recursive: true });
    }
    for (const name of documents) {
      const text = await readFile(join(root, name), "utf8");
      await writeFile(join(staging, name), withAbsoluteLinks(text, repositoryOf(manifest)));
    }
    await writeFile(join(staging, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
    // With nothing but the manifest and the lock file, npm removes from the lock what only development needs.
    await npm(["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", "--offline"], staging);
    await rename(join(staging, "package-lock.json"), join(staging, "npm-shrinkwrap.json"));
    const listed = await npm(["pack", "--json", "--pack-destination", folder], staging);
    const [packed] = /** @type {{ filename: string }[]} */ (JSON.parse(listed));
    const file = join(folder, packed?.filename ?? "");
    return { file, integrity: integrityOf(await readFile(file)) };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * The hash of a file as npm and the pipeline templates write it.
 * @param {Buffer} content
 */
export function integrityOf(content) {
  return `sha512-${createHash("sha512").update(content).digest("base64")}`;
}

/**
 * @param {Record<string, unknown>} manifest
 * @returns {Record<string, unknown>}
 */
export function publishedManifest(manifest) {
  return Object.fromEntries(Object.entries(manifest).filter(([name]) => !ownFields.includes(name)));
}

/**
 * Markdown in which links to files of this repository lead there from everywhere.
 * @param {string} text
 * @param {string} repository where its files are on the web, without a slash at the end
 */
export function withAbsoluteLinks(text, repository) {
  return text.replace(/\]\((?!https?:|#)([^)\s]+)\)/g, (_, /** @type {string} */ path) => `](${repository}/${path})`);
}

/** @param {Record<string, unknown>} manifest */
function repositoryOf({ homepage, version }) {
  return `${String(homepage).replace(/#.*$/, "")}/blob/v${String(version)}`;
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 */
async function npm(args, cwd) {
  const { code, stdout, stderr } = await runNpm(args, { cwd, output: "capture" });
  if (code !== 0) throw new UserError(`npm ${args[0] ?? ""} failed: ${stderr.trim()}`);
  return stdout;
}
