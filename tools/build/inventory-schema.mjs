import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { root } from "../paths.mjs";
import { schemaFile as componentSchemaFile } from "./schema.mjs";

const folder = join(root, "lib", "inputs", "inventory");

export const inventorySchemaFile = join(folder, "inventory.schema.json");
export const inventoryScriptFile = join(folder, "inventory.ps1");

/** The lists of an inventory: `INVENTORY_LISTS` in lib/inputs/inventory.ts, which a test compares. */
const lists = {
  hosts: "Host",
  clusters: "Cluster",
  virtualMachines: "VirtualMachine",
  logicalNetworks: "LogicalNetwork",
  vmmServers: "VmmServer",
  firewalls: "Firewall",
  replicaRelationships: "ReplicaRelationship",
  backupJobs: "BackupJob",
};

/**
 * The published schema of an inventory: its entries have the properties of the components, each of which may be null.
 *
 * @param {string} [components] the schema of the components, as the build has just made it; otherwise the committed one
 * @returns {Promise<string>}
 */
export async function makeInventorySchema(components) {
  const { resources, types } = JSON.parse(components ?? (await readFile(componentSchemaFile, "utf8")));
  /** @type {Record<string, object>} */
  const definitions = {};
  for (const [token, type] of Object.entries(types)) {
    definitions[nameOf(token)] = object(type.properties, type.required, type.description);
  }
  for (const component of Object.values(lists)) {
    const { inputProperties, requiredInputs, description } = resources[`hyperv-guard:index:${component}`];
    const required = ["name", ...(requiredInputs ?? [])];
    definitions[component] = object(inputProperties, required, description.replace(/ It declares facts.*/s, ""));
  }
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "An inventory of hyperv-guard",
    description:
      "What runs on Hyper-V hosts, as the script of `hyperv-guard inventory-script` writes it. A value that is null could not be read.",
    type: "object",
    properties: {
      $schema: { type: "string" },
      inventoryVersion: { const: 1, description: "The version of this form." },
      collectedAt: { type: "string", description: "When it was collected." },
      collectedOn: { type: "string", description: "The computer on which the script ran." },
      ...Object.fromEntries(
        Object.entries(lists).map(([list, component]) => [
          list,
          { type: "array", items: { $ref: `#/definitions/${component}` } },
        ]),
      ),
      notRead: {
        type: "array",
        description: "What could not be read.",
        items: {
          type: "object",
          properties: {
            what: { type: "string", description: "What it is." },
            why: { type: "string", description: "Why it could not be read." },
            isMissing: {
              type: "boolean",
              description: "True where a whole host, cluster or virtual machine is missing in the lists.",
            },
          },
          required: ["what", "why"],
          additionalProperties: false,
        },
      },
    },
    required: ["inventoryVersion"],
    additionalProperties: false,
    definitions,
  };
  return format(JSON.stringify(schema), { ...(await resolveConfig(folder)), parser: "json" });
}

/** @param {string} token */
function nameOf(token) {
  return token.split(":").at(-1) ?? token;
}

/**
 * @param {Record<string, any>} properties
 * @param {string[] | undefined} required
 * @param {string | undefined} description
 */
function object(properties, required, description) {
  return {
    type: "object",
    ...(description === undefined ? {} : { description }),
    properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, nullable(property)])),
    ...(required === undefined || required.length === 0 ? {} : { required: [...new Set(required)] }),
    additionalProperties: false,
  };
}

/**
 * A property of a component as a JSON schema that also takes null.
 *
 * @param {any} property
 * @returns {object}
 */
function nullable({ description, $ref, type, items }) {
  const said = description === undefined ? {} : { description };
  if ($ref !== undefined) return { ...said, anyOf: [{ $ref: `#/definitions/${nameOf($ref)}` }, { type: "null" }] };
  return { ...said, type: [type, "null"], ...(items === undefined ? {} : { items: nullable(items) }) };
}
