import type { DiskType } from "../../estate/model";
import { meaning, type Value } from "../../estate/value";

/** Whatever is declared on Azure Local runs on it. */
export const AZURE_LOCAL = "azure-local";

export const PROCESSORS = { minimum: 1, maximum: 65_536 };
/** Up to 1 PB. */
export const DISK_SIZE = { minimum: 0.001, maximum: 1_048_576, unit: "GB" };
export const GENERATION = { minimum: 1, maximum: 2 };
export const VLAN = { minimum: 0, maximum: 4094 };

/** One of a few words, whatever their case; others mean nothing to this pack. */
export function word<T extends string>(text: Value<string>, words: readonly T[]): Value<T> {
  return meaning(text, (found) => words.find((one) => one.toLowerCase() === found.toLowerCase()));
}

/** Texts of Virtual Machine Manager: `Fixed`, `FixedSize`, `DynamicallyExpanding`, … */
export function diskType(text: string): DiskType | undefined {
  return (["fixed", "dynamic", "differencing"] as const).find((type) => text.toLowerCase().startsWith(type));
}

const GENERATIONS: ReadonlyMap<string, number> = new Map([
  ["v1", 1],
  ["v2", 2],
]);

/** `V1` and `V2`. */
export function generation(text: Value<string>): Value<number> {
  return meaning(text, (found) => GENERATIONS.get(found.toLowerCase()));
}
