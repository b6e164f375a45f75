import type { DeclaredResource } from "../../../lib/estate/declared";
import { isPlainArray, isPlainObject, type Plain } from "../../../lib/estate/plain";
import type { Figure } from "../../../lib/rules/figures";

/** A longer text, such as a script, is not a value that a reader looks for. */
const LONGEST = 100;

/** What is declared at a path, as data; the path itself where that is secret, unknown, missing or not a single value. */
export function declaredValue(resource: DeclaredResource, path: string): Figure {
  const elsewhere = { value: path === "" ? resource.name : path };
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  if (isSecret(resource, keys[0] ?? "")) return elsewhere;
  const value = keys.reduce<Plain | undefined>(propertyOf, resource.properties);
  return isFigure(value) ? { value } : elsewhere;
}

function isSecret({ properties }: DeclaredResource, name: string): boolean {
  const secret = properties["secretInputs"];
  return isPlainArray(secret) && secret.includes(name);
}

function propertyOf(value: Plain | undefined, key: string): Plain | undefined {
  if (isPlainArray(value)) return /^\d+$/.test(key) ? value[Number(key)] : undefined;
  return isPlainObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isFigure(value: Plain | undefined): value is number | string | boolean {
  if (typeof value === "string") return value.length <= LONGEST;
  return typeof value === "number" || typeof value === "boolean";
}
