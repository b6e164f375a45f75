import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";

/** Declarations that the entries of the package need; the others are of no use to anybody outside. */
const declared = /^(policy-pack|lib\/settings\/options\.generated|lib\/components\/.*)\.d\.ts$/;

/** What somebody starts or imports, of which all else is a part. */
const entries = [
  ...["index.js", "policy-pack.js", "lib/components/index.js", "lib/cli/main.js"],
  // Of these the tools of this repository make use.
  ...["baseline-file", "engine-events", "options", "user-error"].map((name) => `lib/cli/${name}.js`),
];

/**
 * Takes out of a build what nobody reads: modules that only the bundled command needs, declarations of inner modules, and the
 * blanks of JSON.
 *
 * @param {string} output
 */
export async function slim(output) {
  const found = await readdir(output, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const paths = files.map((file) => relative(output, file).split(sep).join("/"));
  const needed = await reachedIn(output, new Set(paths));
  await Promise.all(paths.map((path) => slimFile(join(output, path), path, needed)));
}

/**
 * The compiled modules that the entries load, directly or not.
 *
 * @param {string} output
 * @param {ReadonlySet<string>} paths all files in it
 */
async function reachedIn(output, paths) {
  const reached = new Set(entries);
  for (const path of reached) {
    if (!path.endsWith(".js")) continue;
    const text = await readFile(join(output, path), "utf8");
    for (const [, name = ""] of text.matchAll(/require\("(\.{1,2}\/[^"]+)"\)/g)) {
      const module = posix.join(posix.dirname(path), name);
      const file = [module, `${module}.js`, `${module}/index.js`].find((candidate) => paths.has(candidate));
      if (file !== undefined) reached.add(file);
    }
  }
  return reached;
}

/**
 * @param {string} file
 * @param {string} path the same in the build
 * @param {ReadonlySet<string>} needed
 */
async function slimFile(file, path, needed) {
  const isModule = /^(lib|policies)\/.*\.js(on)?$/.test(path);
  if (isModule ? !needed.has(path) : path.endsWith(".d.ts") && !declared.test(path)) await rm(file);
  else if (path.startsWith("lib/") && path.endsWith(".json")) {
    await writeFile(file, JSON.stringify(JSON.parse(await readFile(file, "utf8"))));
  }
}
