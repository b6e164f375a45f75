import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import { root } from "../paths.mjs";

/** The published schema of a finding as data. */
export const findingSchemaFile = join(root, "lib", "judging", "finding.schema.json");

/**
 * Makes the schema from the type of the record, with its comments as descriptions.
 * @returns {string} JSON
 */
export function findingSchema() {
  const schema = createGenerator({
    path: join(root, "lib", "judging", "finding-record.ts"),
    tsconfig: join(root, "tsconfig.json"),
    type: "FindingRecord",
    topRef: false,
    additionalProperties: false,
    skipTypeCheck: true,
  }).createSchema("FindingRecord");
  return JSON.stringify({ ...schema, title: "A finding of hyperv-guard" });
}
