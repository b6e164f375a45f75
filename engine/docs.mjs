// Writes the documents that are made from the tables and the rules. `node engine/docs.mjs`; with --check it only says whether
// they are current.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { format, resolveConfig } from "prettier";
import { root } from "./paths.mjs";
import { loadTypeScript } from "./typescript.mjs";

const docs = join(root, "docs");
const ruleFolder = join(docs, "rules");

/** @returns {Promise<Map<string, string>>} text by file */
async function generate() {
  const tables = /** @type {typeof import("../lib/tables/document.js")} */ (loadTypeScript("lib/tables/document.ts"));
  const rules = /** @type {typeof import("../lib/rules/document.js")} */ (loadTypeScript("lib/rules/document.ts"));
  const { RULES, undecided } = /** @type {typeof import("../policies/index.js")} */ (
    loadTypeScript("policies/index.ts")
  );
  const all = [...RULES, undecided];
  /** @type {[string, string][]} */
  const texts = [
    [join(docs, "tables.md"), tables.tablesDocument()],
    [join(ruleFolder, "README.md"), rules.rulesPage(all)],
    ...all.map((rule) => /** @type {[string, string]} */ ([join(ruleFolder, `${rule.name}.md`), rules.rulePage(rule)])),
  ];
  const options = { ...(await resolveConfig(docs)), parser: "markdown" };
  return new Map(
    await Promise.all(texts.map(async ([file, text]) => /** @type {const} */ ([file, await format(text, options)]))),
  );
}

const generated = await generate();
const checks = process.argv.includes("--check");
const present = (await readdir(ruleFolder).catch(() => [])).map((name) => join(ruleFolder, name));
const stale = present.filter((file) => !generated.has(file));
for (const [file, text] of generated) {
  if (text === (await readFile(file, "utf8").catch(() => undefined))) continue;
  stale.push(file);
  if (checks) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
for (const file of stale) {
  if (!checks && !generated.has(file)) await rm(file);
  console.error(
    `${relative(root, file)} ${checks ? 'is not current: run "npm run docs" and commit it' : "has changed"}`,
  );
}
if (checks && stale.length > 0) process.exitCode = 1;
