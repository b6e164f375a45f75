import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import { perObject } from "../text/collections";

const SHOWN_FAULTS = 5;

/** A support table that does not fit its schema. The message names the file, the row and the field. */
export class TableError extends Error {
  constructor(file: string, details: readonly string[]) {
    const shown = details.slice(0, SHOWN_FAULTS);
    const rest = details.length - shown.length;
    const more = rest === 0 ? "" : `; and ${String(rest)} more`;
    super(`lib/tables/${file} is not a valid table: ${shown.join("; ")}${more}`);
    this.name = "TableError";
  }
}

// The schemas are ours and a test checks them: doing it here would make every start of the pack slower.
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, meta: false, validateSchema: false });
const validatorOf = perObject((schema: object): ValidateFunction => ajv.compile(schema));

/**
 * Checks a table against its JSON schema.
 * @throws TableError naming file, row and field of each fault.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the schema is what makes the data a T
export function loadTable<T>(file: string, data: unknown, schema: object): T {
  const validate = validatorOf(schema);
  if (!fits<T>(validate, data)) {
    throw new TableError(
      file,
      (validate.errors ?? []).map((error) => describe(error, data)),
    );
  }
  return data;
}

/** A function whose result is computed at the first call: a stack without Hyper-V pays for no table. */
export function once<T extends object>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as above
function fits<T>(validate: ValidateFunction, data: unknown): data is T {
  return validate(data);
}

/** `products, row 3 (windows-server-2003), field servicePacks: must be array`. */
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
