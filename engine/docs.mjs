// Writes docs/tables.md from the support tables. `node engine/docs.mjs`, or with --check: only says whether it is current.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { format, resolveConfig } from "prettier";
import { root } from "./paths.mjs";
import { loadTypeScript } from "./typescript.mjs";

const file = join(root, "docs", "tables.md");

async function tables() {
  const module = /** @type {typeof import("../lib/tables/document.js")} */ (loadTypeScript("lib/tables/document.ts"));
  return format(module.tablesDocument(), { ...(await resolveConfig(file)), parser: "markdown" });
}

const text = await tables();
const current = text === (await readFile(file, "utf8").catch(() => undefined));
if (process.argv.includes("--check")) {
  if (!current) {
    console.error(`${relative(root, file)} is not what the tables give: run "npm run docs" and commit it.`);
    process.exitCode = 1;
  }
} else if (!current) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(`${relative(root, file)} has changed: commit it`);
}
