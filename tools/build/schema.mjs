import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema.js";
import typescript from "typescript";
import { root } from "../paths.mjs";

const { TypeFlags } = typescript;

const components = [
  ...["Host", "Cluster", "VirtualMachine", "LogicalNetwork"],
  ...["VmmServer", "Firewall"],
  ...["ReplicaRelationship", "BackupJob"],
];

export const schemaFile = join(root, "lib", "components", "schema.json");

/**
 * What of the analyzer is used here. Its declaration calls some of it private.
 *
 * @typedef {object} AnalyzerParts
 * @property {InstanceType<typeof Analyzer>["analyze"]} analyze
 * @property {import("typescript").TypeChecker} checker
 * @property {(context: unknown, type: import("typescript").Type, ...others: unknown[]) => unknown} analyzeType
 */

/**
 * An analyzer for which closed values that take other texts too, for editors of TypeScript, are texts: what they are in every
 * other language.
 *
 * @param {ConstructorParameters<typeof Analyzer>} values
 * @returns {AnalyzerParts}
 */
function textAnalyzer(...values) {
  const analyzer = /** @type {AnalyzerParts} */ (/** @type {unknown} */ (new Analyzer(...values)));
  const analyzeType = analyzer.analyzeType.bind(analyzer);
  analyzer.analyzeType = (context, type, ...others) =>
    analyzeType(context, isClosed(type) ? analyzer.checker.getStringType() : type, ...others);
  return analyzer;
}

/** @param {import("typescript").Type} type */
function isClosed(type) {
  return type.isUnion() && type.types.some(isAnyText) && type.types.every((one) => isAnyText(one) || isWord(one));
}

/** Whether a type is `string & {}`. @param {import("typescript").Type} type */
function isAnyText(type) {
  return type.isIntersection() && type.types.some((one) => (one.flags & TypeFlags.String) !== 0);
}

/** @param {import("typescript").Type} type */
function isWord(type) {
  return type.isStringLiteral() || (type.flags & TypeFlags.Undefined) !== 0;
}

/**
 * The multi-language schema of the component package, inferred from its TypeScript sources by the SDK's own analyzer:
 * what an engine would compute at every start of the plugin.
 *
 * @returns {Promise<string>}
 */
export async function makeSchema() {
  const { name, version, description } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  // The analyzer looks for a tsconfig.json in its folder, and for the entry file by `main` from there.
  const entry = { main: "../../lib/components/index.ts" };
  const found = textAnalyzer(join(root, "tools", "build"), name, entry, new Set(components)).analyze();
  const schema = generateSchema(
    name,
    version,
    description,
    found.components,
    found.typeDefinitions,
    found.dependencies,
  );
  for (const type of Object.values(found.typeDefinitions)) {
    // The analyzer reads the descriptions of types, but the generator leaves them out.
    const described = schema.types[`${name}:index:${type.name}`];
    if (described && type.description) described.description = type.description;
  }
  return JSON.stringify(schema, undefined, 2) + "\n";
}
