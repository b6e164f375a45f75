import type { JsonSchema } from "../../lib/rules/json-schema";
import type { PolicyData } from "../../lib/rules/rule";
import { PROFILE_NAMES, profileOf } from "../../lib/settings/profiles";
import { markdownTable } from "../../lib/text/markdown";

/** What the definitions of the schema are called in a table. */
const TYPE_NAMES: Readonly<Record<string, string>> = { globPattern: "pattern", isoDate: "date", ruleName: "rule" };

/** The reference in docs/settings.md: the profiles, and every key of the configuration. */
export function settingsReference(policies: readonly PolicyData[]): string {
  const [pack, ...rest] = policies.map(({ name, parameters = {} }) =>
    Object.entries(parameters).flatMap(([key, schema]) => keysOf(`${name}.${key}`, schema)),
  );
  return [
    markdownTable(["profile", "since", "lifecycles judged for", "rules", "what it is"], PROFILE_NAMES.map(profileRow)),
    "## Settings of the whole pack",
    markdownTable(["key", "type", "meaning"], pack ?? []),
    "## Parameters of rules",
    markdownTable(["key", "type", "meaning"], rest.flat()),
  ].join("\n\n");
}

function profileRow(name: string): readonly string[] {
  const profile = profileOf(name);
  if (profile === undefined) return [];
  const { date, asOf, rules, title } = profile;
  return [`\`${name}\``, date, asOf ?? "today", String(Object.keys(rules).length), title];
}

/** A key and those below it; `[]` is each element of a list. */
function keysOf(path: string, schema: JsonSchema, isRequired = false): readonly (readonly string[])[] {
  const { description = "", items, properties = {}, required = [] } = schema;
  return [
    ...(description === "" ? [] : [[`\`${path}\`${isRequired ? " (required)" : ""}`, typeOf(schema), description]]),
    ...(items === undefined ? [] : keysOf(`${path}[]`, { ...items, description: "" })),
    ...Object.entries(properties).flatMap(([key, below]) => keysOf(`${path}.${key}`, below, required.includes(key))),
  ];
}

function typeOf({ $ref, type, items, enum: names }: JsonSchema): string {
  if (items !== undefined) return `list of ${typeOf(items)}`;
  if (names !== undefined) return names.map((name) => `\`${name}\``).join(", ");
  const definition = $ref?.split("/").at(-1) ?? "";
  return TYPE_NAMES[definition] ?? type ?? definition;
}
