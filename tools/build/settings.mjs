import { join } from "node:path";
import { compile } from "json-schema-to-typescript";
import { format, resolveConfig } from "prettier";
import { root } from "../paths.mjs";
import { loadFromSources } from "./load.mjs";

const folder = join(root, "lib", "settings");

export const schemaFile = join(folder, "config.schema.json");

/**
 * The JSON schema of the configuration, and the type of the same shape.
 *
 * @returns {Promise<[file: string, text: string][]>}
 */
export async function makeSettings() {
  const schema = await schemaOfCatalogue();
  return [
    [schemaFile, await pretty(JSON.stringify(schema), "json")],
    [join(folder, "options.generated.ts"), await pretty(await typeOf(schema), "typescript")],
  ];
}

/** @returns {Promise<import("../../lib/settings/schema.js").SchemaDocument>} */
async function schemaOfCatalogue() {
  return loadFromSources(`
    import { RULES, undecided } from "./policies/index";
    import { configSchema } from "./lib/settings/schema";
    export default configSchema([...RULES, undecided]);`);
}

/** @param {import("../../lib/settings/schema.js").SchemaDocument} schema */
async function typeOf(schema) {
  return compile(
    /** @type {import("json-schema-to-typescript").JSONSchema} */ ({ ...schema, title: undefined }),
    "HypervGuardOptions",
    {
      additionalProperties: false,
      bannerComment:
        "// Generated from the rules by `npm run build`; do not edit.\n" +
        "/* eslint-disable @typescript-eslint/consistent-indexed-object-style */",
      format: false,
      ignoreMinAndMaxItems: true,
      unknownAny: true,
    },
  );
}

/**
 * @param {string} text
 * @param {"json" | "typescript"} parser
 */
async function pretty(text, parser) {
  return format(text, { ...(await resolveConfig(folder)), parser });
}
