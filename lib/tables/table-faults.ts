import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import { perObject } from "../text/collections";

// The schemas are ours and a test checks them: doing it here would make every start of the pack slower.
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, meta: false, validateSchema: false });
const validatorOf = perObject((schema: object): ValidateFunction => ajv.compile(schema));

/** What is wrong with a table by its JSON schema, as in `products, row 3 (windows-server-2003), field servicePacks: must be array`. */
export function tableFaults(data: unknown, schema: object): readonly string[] {
  const validate = validatorOf(schema);
  return validate(data) ? [] : (validate.errors ?? []).map((error) => describe(error, data));
}

function describe(error: ErrorObject, data: unknown): string {
  const steps = error.instancePath.split("/").slice(1);
  const missing: unknown = error.params["missingProperty"] ?? error.params["additionalProperty"];
  const row = steps.findIndex((step) => /^\d+$/.test(step));
  const field = [...steps.slice(row + 1), ...(typeof missing === "string" ? [missing] : [])].join(".");
  const message = error.message ?? "is not valid";
  if (row < 0) return `${field === "" ? "the table" : `field ${field}`} ${message}`;
  const id = idOf(steps.slice(0, row + 1).reduce(step, data));
  const place = `${steps.slice(0, row).join(".")}, row ${steps[row] ?? ""}${id}`;
  return field === "" ? `${place}: ${message}` : `${place}, field ${field}: ${message}`;
}

function step(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function idOf(row: unknown): string {
  const id = step(row, "id") ?? step(row, "product") ?? step(row, "host");
  return typeof id === "string" ? ` (${id})` : "";
}
