import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "../paths.mjs";
import { loadTypeScript } from "../typescript.mjs";

/** @typedef {{ type: string, properties: import("../../lib/estate/plain.js").PlainObject }} Declared */

/**
 * The connections of the first VMM server of an example in YAML whose properties are plain values.
 * @param {string} example the name of its folder
 */
export async function vmmSample(example) {
  const { readEstate } = /** @type {typeof import("../../lib/dialects/read-estate.js")} */ (
    loadTypeScript("lib/dialects/read-estate.ts")
  );
  const { topologies } = /** @type {typeof import("../../policies/vmm/model/connections.js")} */ (
    loadTypeScript("policies/vmm/model/connections.ts")
  );
  const { connectionsSummary, connectionsTable } = /** @type {typeof import("./connections-table.js")} */ (
    loadTypeScript("tools/docs/connections-table.ts")
  );
  const { connectionsDiagram } = /** @type {typeof import("./connections-diagram.js")} */ (
    loadTypeScript("tools/docs/connections-diagram.ts")
  );
  const program = await readFile(join(root, "examples", example, "Pulumi.yaml"), "utf8");
  const { resources } = /** @type {{ resources: Record<string, Declared> }} */ (parse(program));
  const declared = Object.entries(resources).map(([name, { type, properties }]) => ({
    urn: `urn:pulumi:docs::${example}::${type}::${name}`,
    type,
    name,
    properties,
  }));
  const estate = readEstate(declared, true);
  const [topology] = topologies(estate);
  if (topology === undefined) throw new Error(`examples/${example} declares no VmmServer`);
  const table = [connectionsTable(topology), connectionsSummary(topology, estate)].join("\n\n");
  return { table, diagram: connectionsDiagram(topology) };
}
