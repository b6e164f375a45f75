import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { format, resolveConfig } from "prettier";
import { say } from "./log.mjs";
import { root } from "./paths.mjs";
import { loadTypeScript } from "./typescript.mjs";
import { findingSchema, findingSchemaFile } from "./docs/finding-schema.mjs";
import { vmmSample } from "./docs/vmm-sample.mjs";

const folder = join(root, "docs");
const ruleFolder = join(folder, "rules");

/** @returns {Promise<Map<string, string>>} text by file */
async function generate() {
  const tables = /** @type {typeof import("./docs/tables-page.js")} */ (loadTypeScript("tools/docs/tables-page.ts"));
  const rules = /** @type {typeof import("./docs/rule-pages.js")} */ (loadTypeScript("tools/docs/rule-pages.ts"));
  const { RULES, undecided } = /** @type {typeof import("../policies/index.js")} */ (
    loadTypeScript("policies/index.ts")
  );
  const dialects = /** @type {typeof import("./docs/dialects-page.js")} */ (
    loadTypeScript("tools/docs/dialects-page.ts")
  );
  const { propertiesDocument } = /** @type {typeof import("./docs/properties-page.js")} */ (
    loadTypeScript("tools/docs/properties-page.ts")
  );
  const { settingsReference } = /** @type {typeof import("./docs/settings-reference.js")} */ (
    loadTypeScript("tools/docs/settings-reference.ts")
  );
  const { architectureDocument } = /** @type {typeof import("./docs/architecture-page.js")} */ (
    loadTypeScript("tools/docs/architecture-page.ts")
  );
  const { commandDocument } = /** @type {typeof import("./docs/command-page.js")} */ (
    loadTypeScript("tools/docs/command-page.ts")
  );
  const { coverageDocument } = /** @type {typeof import("./docs/coverage-page.js")} */ (
    loadTypeScript("tools/docs/coverage-page.ts")
  );
  const all = [...RULES, undecided];
  const examples = await ruleExamples();
  const settings = join(folder, "settings.md");
  const vmm = join(folder, "vmm.md");
  const sample = await vmmSample("vmm-2012-violations");
  /** @type {[string, string][]} */
  const texts = [
    [join(folder, "tables.md"), tables.tablesDocument()],
    [join(folder, "architecture.md"), architectureDocument(root)],
    [join(folder, "command.md"), commandDocument()],
    [join(folder, "coverage.md"), coverageDocument(RULES.map(({ name }) => name))],
    [join(folder, "dialects.md"), dialects.dialectsDocument()],
    [join(folder, "properties.md"), propertiesDocument()],
    [join(folder, "components.md"), components(await readFile(join(root, "lib", "components", "schema.json"), "utf8"))],
    [settings, withSample(await readFile(settings, "utf8"), settingsReference(all))],
    [vmm, withSample(await readFile(vmm, "utf8"), sample.table)],
    [join(ruleFolder, "README.md"), rules.rulesPage(all)],
    ...all.map(
      (rule) =>
        /** @type {[string, string]} */ ([
          join(ruleFolder, `${rule.name}.md`),
          rules.rulePage(rule, examples.get(rule.name)),
        ]),
    ),
  ];
  const options = { ...(await resolveConfig(folder)), parser: "markdown" };
  return new Map([
    [join(folder, "vmm-2012.svg"), sample.diagram],
    [findingSchemaFile, await format(findingSchema(), { ...options, parser: "json" })],
    ...(await Promise.all(
      texts.map(async ([file, text]) => /** @type {const} */ ([file, await format(text, options)])),
    )),
  ]);
}

/**
 * One case of each kind from the test of every rule. The tests themselves are loaded, and not run.
 * @returns {Promise<Map<string, import("./docs/rule-examples.js").RuleExamples>>}
 */
async function ruleExamples() {
  const { examplesOf } = /** @type {typeof import("./docs/rule-examples.js")} */ (
    loadTypeScript("tools/docs/rule-examples.ts")
  );
  const { RULE_CASES } = /** @type {typeof import("../test/rule-test.js")} */ (loadTypeScript("test/rule-test.ts"));
  const idle = () => ({ timeout: idle });
  for (const name of ["describe", "it", "before", "after", "beforeEach", "afterEach"]) {
    Object.assign(globalThis, { [name]: idle });
  }
  const tests = await readdir(join(root, "test", "policies"), { recursive: true });
  for (const file of tests.filter((name) => name.endsWith(".test.ts")).sort()) {
    loadTypeScript(join("test", "policies", file));
  }
  return new Map([...RULE_CASES].map(([rule, cases]) => [rule, examplesOf(cases)]));
}

/**
 * A document that people write, with a generated sample between its marks.
 * @param {string} text
 * @param {string} sample
 */
function withSample(text, sample) {
  return text.replace(
    /(<!-- sample -->)[^]*?(<!-- end of sample -->)/,
    (_, start, end) => `${start}\n\n${sample}\n\n${end}`,
  );
}

/**
 * @typedef {{ type?: string, $ref?: string, items?: Property, description?: string }} Property
 * @typedef {{ description?: string, inputProperties?: Record<string, Property>, properties?: Record<string, Property>, requiredInputs?: string[], required?: string[] }} Described
 */

/**
 * docs/components.md: the component resources and their properties.
 * @param {string} json the schema of the component package
 */
function components(json) {
  const schema = /** @type {{ resources: Record<string, Described>, types: Record<string, Described> }} */ (
    JSON.parse(json)
  );
  /** @param {Property} property @returns {string} */
  const typeOf = ({ type, $ref, items }) => {
    if (items !== undefined) return `list of ${typeOf(items)}`;
    if ($ref === undefined) return type ?? "";
    const name = $ref.split(":").at(-1) ?? "";
    return `[${name}](#${name.toLowerCase()})`;
  };
  /** @param {[string, Described]} entry */
  const section = ([token, { description, inputProperties, properties = {}, requiredInputs, required = [] }]) => {
    const needed = requiredInputs ?? required;
    const rows = Object.entries(inputProperties ?? properties).map(
      ([name, property]) =>
        `| \`${name}\`${needed.includes(name) ? " (required)" : ""} | ${typeOf(property)} | ${(property.description ?? "").replace(/\s+/g, " ")} |`,
    );
    return [
      `## ${token.split(":").at(-1) ?? ""}`,
      description ?? "",
      ["| property | type | meaning |", "| --- | --- | --- |", ...rows].join("\n"),
    ];
  };
  return [
    "<!-- Generated from lib/components; do not edit. -->",
    "# Component resources",
    "They create nothing: they declare what the rules judge. Their tokens are `hyperv-guard:index:Host` and so on; in TypeScript they " +
      "are classes of the same names.",
    ...Object.entries(schema.resources).flatMap(section),
    ...Object.entries(schema.types).flatMap(section),
    "",
  ].join("\n\n");
}

/**
 * `npm run docs`: writes the documents that are made from the tables and the rules; with `--check` it only reports those that are not
 * current.
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
