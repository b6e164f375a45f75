/** Stands in a plain tree where the engine does not know the value until the deployment. */
export const UNKNOWN: unique symbol = Symbol("unknown until deployment");

/** Stands where an inventory says that a value was not read: it may be anything, and no deployment will tell. */
export const NOT_READ: unique symbol = Symbol("not read");

export type Plain =
  null | boolean | number | string | typeof UNKNOWN | typeof NOT_READ | readonly Plain[] | PlainObject;

export interface PlainObject {
  readonly [name: string]: Plain | undefined;
}

/** What `pulumi policy analyze` puts in the place of a secret that it cannot decrypt. */
const ENCRYPTED = "[secret]";

/** No honest declaration is nested deeper; a hostile one must not exhaust the stack. */
const MAXIMUM_DEPTH = 32;

/**
 * A copy of a resource's properties that can be read without care. The engine hands out proxies that throw when an
 * unknown value is touched; in the copy {@link UNKNOWN} stands for each of them, and nothing ever throws.
 */
export function toPlain(value: unknown, depth = 0): Plain {
  if (value === null || value === undefined) return null;
  if (value === ENCRYPTED || depth > MAXIMUM_DEPTH) return UNKNOWN;
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value !== "object") return null;
  if (Array.isArray(value)) {
    return Array.from({ length: value.length }, (_, index) => readPlain(value, index, depth));
  }
  return Object.fromEntries(Object.keys(value).map((key) => [key, readPlain(value, key, depth)]));
}

export function toPlainObject(value: unknown): PlainObject {
  const plain = toPlain(value);
  return isPlainObject(plain) ? plain : {};
}

/** One property, without touching the others. */
export function toPlainProperty(value: object, name: string): Plain {
  return readPlain(value, name, 0);
}

export function isPlainObject(value: Plain | undefined): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isPlainArray(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

function readPlain(container: object, key: string | number, depth: number): Plain {
  let value: unknown;
  try {
    value = Reflect.get(container, key);
  } catch (error) {
    if (isUnknownValueError(error)) return UNKNOWN;
    throw error;
  }
  return toPlain(value, depth + 1);
}

/** By its mark and not by `instanceof`: a program may load two copies of @pulumi/policy. */
function isUnknownValueError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "unknownTypeSentinel" in error;
}
