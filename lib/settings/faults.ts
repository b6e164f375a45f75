import type { ErrorObject } from "ajv";
import { isRecord } from "../text/collections";
import { nearest, quoted } from "../text/nearest";
import { globProblem } from "./glob";

/** Something in the configuration that cannot be followed. */
export interface ConfigurationProblem {
  /** Its path, as in `estate.exemptions[0].expires`; empty for the configuration as a whole. */
  readonly path: string;
  /** What is there and why it cannot be followed, as a sentence. */
  readonly problem: string;
  /** What to do, as a sentence. */
  readonly fix: string;
}

/** The steps to a place in a configuration: names of objects, indices of lists. */
export type Steps = readonly string[];

/** As much of a found value as a message shows. */
const SHOWN = 60;

/** How many names a message offers. */
const OFFERED = 3;

const EMPTY = ["empty", "Fill it in."] as const;

const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object (name: value)",
};

/**
 * Describes an error of the schema to the author of the configuration.
 * @param policies the names that are allowed at the top
 */
export function describeFault(error: ErrorObject, policies: readonly string[]): ConfigurationProblem {
  const steps = stepsOf(error.instancePath);
  const path = pathOf(steps);
  const value = (is: string, fix: string): ConfigurationProblem => {
    return { path, problem: `${path} is ${shown(error.data)}, which is ${is}.`, fix };
  };
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(steps, error, policies);
    case "required":
      return missingKey(path, error);
    case "enum":
      return value("not a valid value", nearestOf(textOf(error.data), listOf(error.schema)));
    case "type":
      return value(`not ${typeName(error.schema)}`, `Give ${typeName(error.schema)}.`);
    case "minimum":
      return value(`less than ${textOf(error.schema)}`, `Give at least ${textOf(error.schema)}.`);
    case "maximum":
      return value(`more than ${textOf(error.schema)}`, `Give at most ${textOf(error.schema)}.`);
    case "minLength":
    case "minItems":
    case "minProperties":
      return value(...EMPTY);
    default:
      return malformed(error, value);
  }
}

function unknownKey(parent: Steps, { params, parentSchema }: ErrorObject, policies: readonly string[]) {
  const key = textOf(params["additionalProperty"]);
  const path = pathOf([...parent, key]);
  if (parent.length === 0) {
    return { path, problem: `${path} is not a policy of this pack.`, fix: nearestOf(key, policies) };
  }
  const known = Object.keys(propertiesOf(parentSchema));
  return { path, problem: `${path} is not a setting of ${pathOf(parent)}.`, fix: nearestOf(key, known) };
}

function missingKey(path: string, { params, parentSchema }: ErrorObject): ConfigurationProblem {
  const key = textOf(params["missingProperty"]);
  const schema = propertiesOf(parentSchema)[key];
  const description = isRecord(schema) ? textOf(schema["description"]) : "";
  return { path: `${path}.${key}`, problem: `${path} has no ${key}.`, fix: `Add it: ${description}` };
}

/** A text that does not have the required form. */
function malformed(
  { data, parentSchema, message = "must be valid" }: ErrorObject,
  value: (is: string, fix: string) => ConfigurationProblem,
): ConfigurationProblem {
  const { format, pattern } = isRecord(parentSchema) ? parentSchema : {};
  if (format === "date") return value("not a valid date", "Give a date such as 2027-01-31.");
  if (format === "glob") return value("not a pattern", `Correct it: ${globProblem(textOf(data)) ?? message}.`);
  return pattern === "\\S" ? value(...EMPTY) : value("not in the required form", `It ${message}.`);
}

function nearestOf(name: string, names: readonly string[]): string {
  return `Use one of: ${quoted(names.length <= OFFERED ? names : nearest(name, names, OFFERED))}.`;
}

/** `/estate/exemptions/0/expires` as steps. */
export function stepsOf(pointer: string): Steps {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** `estate.exemptions[0].expires`. */
export function pathOf(steps: Steps): string {
  return steps.map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : `${index === 0 ? "" : "."}${step}`)).join("");
}

export function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function typeName(type: unknown): string {
  return TYPES[textOf(type)] ?? textOf(type);
}

function propertiesOf(schema: unknown): Readonly<Record<string, unknown>> {
  const properties = isRecord(schema) ? schema["properties"] : undefined;
  return isRecord(properties) ? properties : {};
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
