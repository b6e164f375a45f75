import { join } from "node:path";
import { bundle } from "./bundle.mjs";
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
  const inputs = await bundle({
    entry: "lib/cli/run-command.ts",
    output: join(folder, "run-command.js"),
    plugins: [withReportPage(page)],
  });
  return [...inputs, ...page.inputs];
}

const pageFiles = join(root, "lib", "reports", "html", "page-files.ts");

/**
 * Puts the script and the styles of the HTML report into the bundle.
 *
 * @param {{ script: string, styles: string }} page
 * @returns {import("esbuild").Plugin}
 */
function withReportPage({ script, styles }) {
  const contents = `export const shippedPage = () => (${JSON.stringify({ script, styles })});`;
  return {
    name: "with-report-page",
    setup(build) {
      build.onLoad({ filter: /[\\/]page-files\.ts$/ }, ({ path }) =>
        path === pageFiles ? { contents, loader: "js" } : undefined,
      );
    },
  };
}
