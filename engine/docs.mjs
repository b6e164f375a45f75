import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { format, resolveConfig } from "prettier";
import { say } from "./log.mjs";
import { root } from "./paths.mjs";
import { loadTypeScript } from "./typescript.mjs";

const folder = join(root, "docs");
const ruleFolder = join(folder, "rules");

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
    [join(folder, "tables.md"), tables.tablesDocument()],
    [join(ruleFolder, "README.md"), rules.rulesPage(all)],
    ...all.map((rule) => /** @type {[string, string]} */ ([join(ruleFolder, `${rule.name}.md`), rules.rulePage(rule)])),
  ];
  const options = { ...(await resolveConfig(folder)), parser: "markdown" };
  return new Map(
    await Promise.all(texts.map(async ([file, text]) => /** @type {const} */ ([file, await format(text, options)]))),
  );
}

/**
 * `npm run docs`: writes the documents that are made from the tables and the rules; with `--check` it only says whether they
 * are current.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function docs(args) {
  const checks = args.includes("--check");
  const generated = await generate();
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
    say(
      `${relative(root, file)} ${checks ? 'is not current: run "npm run docs" and commit it' : "has changed: commit it"}`,
    );
  }
  return checks && stale.length > 0 ? 1 : 0;
}
