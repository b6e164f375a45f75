import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root } from "../paths.mjs";

const folder = "lib/reports/html/page";

/**
 * The script and the styles of the HTML report, each as one text.
 *
 * @returns {Promise<{ script: string, styles: string, inputs: string[] }>} with the bundled sources, relative to the repository
 */
export async function bundleReportPage() {
  // Each report is a copy of what is bundled, so the licence goes with it.
  const licence = (await readFile(join(root, "node_modules", "preact", "LICENSE"), "utf8")).trim();
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [`${folder}/main.tsx`],
    tsconfig: join(root, folder, "tsconfig.json"),
    outfile: "page.js",
    bundle: true,
    write: false,
    platform: "browser",
    target: "es2022",
    format: "iife",
    minify: true,
    legalComments: "none",
    banner: { js: `/* This page contains preact.\n\n${licence}\n*/` },
    metafile: true,
    logLevel: "silent",
  });
  const css = await readFile(join(root, folder, "page.css"), "utf8");
  const { code: styles } = await esbuild.transform(css, { loader: "css", minify: true });
  return { script: outputFiles[0]?.text ?? "", styles, inputs: Object.keys(metafile.inputs) };
}
