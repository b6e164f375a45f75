import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";

const name = "pulumi-resource-hyperv-guard";

/**
 * The component plugin: one file that needs no node_modules, beside the command that Windows looks for.
 *
 * @param {string} folder
 */
export async function makePlugin(folder) {
  const inputs = await bundle({
    entry: "tools/build/plugin-entry.cjs",
    output: join(folder, name),
    plugins: [withoutClosures],
    // @pulumi/pulumi looks at the names of classes.
    keepNames: true,
  });
  await writeFile(join(folder, `${name}.cmd`), `@node "%~dp0${name}" %*\r\n`);
  return inputs;
}

/**
 * @pulumi/pulumi can send functions of a program to the engine as text; for that it brings the TypeScript compiler and
 * npm's resolver, nine tenths of its size. Components have no use for it.
 *
 * @type {import("esbuild").Plugin}
 */
const withoutClosures = {
  name: "without-closures",
  setup(build) {
    const unused = /@pulumi[\\/]pulumi[\\/](runtime[\\/]closure[\\/][^\\/]+|typescript-shim)\.js$/;
    build.onLoad({ filter: unused }, () => ({ contents: "module.exports = {};", loader: "js" }));
  },
};
