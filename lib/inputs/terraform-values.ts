import type { SecretPlace } from "../estate/declared";
import { UNKNOWN, type Plain, type PlainObject } from "../estate/plain";
import { isRecord } from "../text/collections";

/** No honest declaration is nested deeper. */
const MAXIMUM_DEPTH = 32;

/** What is said of the values of a resource, each in the shape of the values, with `true` for all that is below. */
export interface Marks {
  /** What only the deployment tells. */
  readonly unknown: unknown;
  /** What must not be shown: several places may say so. */
  readonly sensitive: readonly unknown[];
}

/** The values of a resource as Terraform writes them, which leaves out what is unknown. */
export function readValues(
  values: unknown,
  { unknown, sensitive }: Marks,
): { readonly properties: PlainObject; readonly secrets: readonly SecretPlace[] } {
  const secrets: SecretPlace[] = [];
  const properties: PlainObject = Object.fromEntries(
    namesIn(values, unknown).map((name) => {
      const plain = read(child(values, name), child(unknown, name), 1);
      addSecrets(
        plain,
        sensitive.map((marks) => child(marks, name)),
        name,
        secrets,
        1,
      );
      return [name, plain];
    }),
  );
  return { properties, secrets };
}

/** A value without marks: of a provider or of a variable. */
export function readValue(value: unknown): Plain {
  return read(value, undefined, 1);
}

function read(value: unknown, unknown: unknown, depth: number): Plain {
  if (unknown === true) return UNKNOWN;
  if (depth > MAXIMUM_DEPTH) return UNKNOWN;
  if (Array.isArray(value) || (Array.isArray(unknown) && !isRecord(value))) {
    const [items, marks]: readonly (readonly unknown[])[] = [listOf(value), listOf(unknown)];
    return Array.from({ length: Math.max(items?.length ?? 0, marks?.length ?? 0) }, (_, index) =>
      read(items?.[index], marks?.[index], depth + 1),
    );
  }
  if (isRecord(value) || hasMark(unknown)) {
    return Object.fromEntries(
      namesIn(value, unknown).map((name) => [name, read(child(value, name), child(unknown, name), depth + 1)]),
    );
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** Where something below is unknown: else nothing says that there is an object. */
function hasMark(marks: unknown, depth = 0): boolean {
  if (marks === true) return true;
  if (typeof marks !== "object" || marks === null || depth > MAXIMUM_DEPTH) return false;
  return Object.values(marks).some((mark) => hasMark(mark, depth + 1));
}

function addSecrets(
  value: Plain,
  sensitive: readonly unknown[],
  path: string,
  secrets: SecretPlace[],
  depth: number,
): void {
  if (sensitive.includes(true)) {
    secrets.push({ path, value });
    return;
  }
  const marks = sensitive.filter((mark) => typeof mark === "object" && mark !== null);
  if (marks.length === 0 || typeof value !== "object" || value === null || depth > MAXIMUM_DEPTH) return;
  for (const [name, inner] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`;
    addSecrets(
      inner ?? null,
      marks.map((mark) => child(mark, name)),
      place,
      secrets,
      depth + 1,
    );
  }
}

function namesIn(values: unknown, unknown: unknown): readonly string[] {
  const names = new Set(isRecord(values) ? Object.keys(values) : []);
  if (isRecord(unknown)) {
    for (const [name, marks] of Object.entries(unknown)) if (hasMark(marks)) names.add(name);
  }
  return [...names];
}

/** Only what is its own: a name such as `__proto__` means nothing else here. */
function child(container: unknown, name: string): unknown {
  if (container === true) return true;
  if (typeof container !== "object" || container === null || !Object.hasOwn(container, name)) return undefined;
  return Reflect.get(container, name);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
