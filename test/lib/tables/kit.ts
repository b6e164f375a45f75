import assert from "node:assert/strict";
import type { GuestOs } from "../../../lib/estate/model";
import type { Resolution } from "../../../lib/estate/reader";
import { resolveOperatingSystem } from "../../../lib/tables/operating-systems";

/** What a name resolves to; a name that does not resolve fails the test. */
export function resolved<T>(resolution: Resolution<T>, text = ""): T {
  assert(resolution.resolved, resolution.resolved ? "" : `"${text}": ${resolution.problem}; ${resolution.allowed}`);
  return resolution.value;
}

export function guest(text: string): GuestOs {
  return resolved(resolveOperatingSystem(text), text);
}

/** The names that an error offers. */
export function offered(resolution: Resolution<unknown>): readonly string[] {
  assert(!resolution.resolved);
  return [...resolution.allowed.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
}

/** A table as a document prints it: a line a row, cells between bars. */
export function lines(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1));
}

/** A deep copy that a test may change. */
export function copyOf<T>(value: T): T {
  return structuredClone(value);
}
