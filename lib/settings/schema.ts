import type { JsonSchema } from "../rules/json-schema";
import type { PolicyData } from "../rules/rule";

/** A schema with its definitions. */
export interface SchemaDocument extends JsonSchema {
  readonly $schema?: string;
  readonly title: string;
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

/** As much of a policy as its configuration needs. */
export type Configurable = Pick<PolicyData, "name" | "title" | "parameters">;

/** The name under which every policy gets a level that has none of its own. */
export const ALL: Configurable = { name: "all", title: "Every policy that has no level of its own" };

/** The policy whose configuration also holds the settings of the whole pack. */
export const PACK_SETTINGS = "estate";

const LEVEL: JsonSchema = { $ref: "#/definitions/enforcementLevel" };

/**
 * The JSON schema of the pack's configuration, in a file for `--policy-pack-config` as in the options of `hypervGuard`:
 * for each policy a level, or an object with a level and the policy's parameters.
 */
export function configSchema(policies: readonly Configurable[]): SchemaDocument {
  const schemaOf = (policy: Configurable): JsonSchema => ({
    description: `${policy.title}.`,
    anyOf: [LEVEL, objectSchema(policy)],
  });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "The configuration of hyperv-guard",
    ...documentSchema([ALL, ...policies], schemaOf),
    definitions: definitions(policies),
  };
}

/**
 * The same, where a level alone is written as an object too: an error is then about one form only.
 * @param policies the policies of the pack
 * @param configured those that the schema is for: one of all policies takes long to compile
 */
export function plainConfigSchema(
  policies: readonly Configurable[],
  configured: readonly Configurable[],
): SchemaDocument {
  return {
    title: "A configuration of hyperv-guard",
    ...documentSchema(configured, objectSchema),
    definitions: definitions(policies),
  };
}

function documentSchema(policies: readonly Configurable[], schemaOf: (policy: Configurable) => JsonSchema): JsonSchema {
  const properties = Object.fromEntries(policies.map((policy) => [policy.name, schemaOf(policy)]));
  return { type: "object", additionalProperties: false, properties };
}

function objectSchema({ parameters }: Configurable): JsonSchema {
  return { type: "object", additionalProperties: false, properties: { enforcementLevel: LEVEL, ...parameters } };
}

function definitions(policies: readonly Configurable[]): Readonly<Record<string, JsonSchema>> {
  return {
    enforcementLevel: {
      enum: ["advisory", "mandatory", "disabled"],
      description: "advisory: findings are shown; mandatory: findings also block; disabled: nothing is checked.",
    },
    ruleName: { enum: policies.map(({ name }) => name), description: "The name of a policy of the pack." },
    isoDate: {
      ...{ type: "string", format: "date", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
      description: "A date, as in 2027-01-31.",
    },
    globPattern: {
      ...{ type: "string", format: "glob", minLength: 1 },
      description: "A pattern, case-insensitive: * matches any text, ? any character, {a,b} one of several.",
    },
  };
}
