import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { bundle } from "./bundle.mjs";
import { root } from "../paths.mjs";

const require = createRequire(import.meta.url);

/**
 * The policy pack as one executable file that needs no node_modules.
 *
 * @param {string} folder
 */
export async function makeStandalone(folder) {
  return bundle({
    entry: "tools/build/standalone-entry.cjs",
    output: join(folder, "hyperv-guard"),
    plugins: [withStandIns],
  });
}

const standIn = join(root, "tools", "build", "stand-in.mjs");

/**
 * What stands in for the parts of @pulumi/pulumi that @pulumi/policy asks for.
 * @type {import("esbuild").Plugin}
 */
export const withStandIns = {
  name: "with-stand-ins",
  setup(build) {
    build.onResolve({ filter: /^@pulumi\/pulumi$/ }, async ({ importer }) => {
      await mustSuffice(importer, "@pulumi/pulumi", ["asset", "Output"]);
      return { path: standIn };
    });
    const signatures = signaturesOfValues();
    build.onResolve({ filter: /^@pulumi\/pulumi\/runtime\/rpc$/ }, async ({ importer }) => {
      await mustSuffice(importer, "@pulumi/pulumi/runtime/rpc", Object.keys(signatures));
      return { path: "signatures", namespace: "stand-in" };
    });
    build.onLoad({ filter: /^signatures$/, namespace: "stand-in" }, () => ({
      contents: JSON.stringify(signatures),
      loader: "json",
    }));
  },
};

/**
 * The constants by which the engine marks secrets, assets and the like.
 *
 * @returns {Record<string, string>}
 */
function signaturesOfValues() {
  /** @type {Record<string, unknown>} */
  const rpc = require("@pulumi/pulumi/runtime/rpc");
  /** @type {Record<string, string>} */
  const signatures = {};
  for (const [name, value] of Object.entries(rpc)) if (typeof value === "string") signatures[name] = value;
  return signatures;
}

/**
 * A stand-in lacks most of what it stands for. So that no new release of @pulumi/policy, and no file of ours, meets the
 * gap at run time, the build looks at what each importer uses.
 *
 * @param {string} importer
 * @param {string} module
 * @param {string[]} provided
 */
async function mustSuffice(importer, module, provided) {
  const file = relative(root, importer).replaceAll("\\", "/");
  const source = await readFile(importer, "utf8");
  const [, variable] = new RegExp(`const (\\w+) = require\\("${module}"\\)`).exec(source) ?? [];
  if (!/(^|\/)node_modules\/@pulumi\/policy\//.test(file) || variable === undefined) {
    throw new Error(`${file} imports ${module}, of which the standalone pack has only what @pulumi/policy uses.`);
  }
  for (const [, member] of source.matchAll(new RegExp(`\\b${variable}\\.(\\w+)`, "g"))) {
    if (member !== undefined && !provided.includes(member)) {
      throw new Error(`${file} uses ${member} of ${module}, which tools/build/stand-in.mjs does not provide.`);
    }
  }
}
