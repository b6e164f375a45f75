import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema.js";
import { root } from "../paths.mjs";

const components = [
  ...["Host", "Cluster", "VirtualMachine", "LogicalNetwork"],
  ...["VmmServer", "Firewall"],
  ...["ReplicaRelationship", "BackupJob"],
];

export const schemaFile = join(root, "lib", "components", "schema.json");

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
  const found = new Analyzer(join(root, "tools", "build"), name, entry, new Set(components)).analyze();
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
