import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { bundle } from "./bundle.mjs";
import { inventoryScriptFile } from "./inventory-schema.mjs";
import { bundleReportPage } from "./report-page.mjs";
import { root } from "../paths.mjs";

/**
 * The commands as one file, in the place of the compiled one: Node.js takes as long to find and read some hundred files as to
 * judge some hundred resources. What a command does not use is not run in it either.
 *
 * @param {string} folder that of the command in a build
 */
export async function makeCommand(folder) {
  const page = await bundleReportPage();
  const shown = { script: page.script, styles: page.styles };
  const script = await readFile(inventoryScriptFile, "utf8");
  const inputs = await bundle({
    entry: "lib/cli/run-command.ts",
    output: join(folder, "run-command.js"),
    plugins: [
      withModule(
        join(root, "lib", "reports", "html", "page-files.ts"),
        `shippedPage = () => (${JSON.stringify(shown)})`,
      ),
      withModule(
        join(root, "lib", "inputs", "inventory-script.ts"),
        `inventoryScript = () => Promise.resolve(${JSON.stringify(script)})`,
      ),
    ],
  });
  return [...inputs, ...page.inputs];
}

/**
 * Puts a module that exports one function in the place of one that would look for a file beside itself.
 *
 * @param {string} file
 * @param {string} exported
 * @returns {import("esbuild").Plugin}
 */
function withModule(file, exported) {
  return {
    name: `with-${basename(file)}`,
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) =>
        path === file ? { contents: `export const ${exported};`, loader: "js" } : undefined,
      );
    },
  };
}
