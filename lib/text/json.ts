import { harmlessJson } from "./harmless";

/** A value as a JSON document in lines, which does nothing where it is printed. */
export function jsonDocument(value: unknown): string {
  return `${harmlessJson(JSON.stringify(value, undefined, 2))}\n`;
}
