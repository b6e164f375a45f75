/** Where a fact was read: the resource and the property path in it, for example `disks[0].type`. */
export interface Origin {
  readonly urn: string;
  readonly path: string;
}

export interface Known<T> {
  readonly state: "known";
  readonly value: T;
  readonly origin: Origin;
  /** True for what is not declared: a default, which gives way to what is declared of the same thing elsewhere. */
  readonly byDefault?: true;
}

/**
 * Not known now. `deployment`: known only after the deployment (or the engine hides it); a check that needs it is
 * reported as not decidable at preview. `malformed`: something was declared that cannot be read; the `estate` rule
 * reports that, and no check says anything more about it.
 */
export interface Unknown {
  readonly state: "unknown";
  readonly because: "deployment" | "malformed";
  readonly origin: Origin;
  /** What it is that cannot be known, where the declared value itself is known. */
  readonly what?: string;
}

/** Not declared, and the provider has no default for it (a dialect puts a provider's default in as known). */
export interface Absent {
  readonly state: "absent";
  readonly origin: Origin;
  /** What the model calls it, where the resource type has no property for it. */
  readonly fact?: string;
}

/** A fact in its three states: known, unknown until deployment, or absent. */
export type Value<T> = Known<T> | Unknown | Absent;

/** Whether something is a fact in one of its states. */
export function isValue(item: unknown): item is Value<unknown> {
  return typeof item === "object" && item !== null && "state" in item && "origin" in item;
}

export function known<T>(value: T, origin: Origin): Known<T> {
  return { state: "known", value, origin };
}

export function unknown(origin: Origin, because: Unknown["because"] = "deployment"): Unknown {
  return { state: "unknown", because, origin };
}

export function absent(origin: Origin): Absent {
  return { state: "absent", origin };
}

/** The same for every fact of an entity, as where nothing of it is declared. */
export function allFacts<K extends string, V extends Unknown | Absent>(
  names: readonly K[],
  value: V,
): Readonly<Record<K, V>> {
  const named = (name: K): V => (value.state === "absent" ? { ...value, fact: name } : value);
  return Object.fromEntries(names.map((name) => [name, named(name)])) as Record<K, V>;
}

/** A provider's default in place of an absent value. */
export function orDefault<T>(value: Value<T>, fallback: T): Value<T> {
  return value.state === "absent" ? { ...known(fallback, value.origin), byDefault: true } : value;
}

/** Whether a value is a default, and not declared. */
export function isDefault(value: Value<unknown>): boolean {
  return value.state === "known" && value.byDefault === true;
}

/** The value when it is known, otherwise undefined: for texts that name things, never for a verdict. */
export function ifKnown<T>(value: Value<T>): T | undefined {
  return value.state === "known" ? value.value : undefined;
}

/** The first of several that is not absent; the last where all are. */
export function firstOf<T>(first: Value<T>, ...others: readonly Value<T>[]): Value<T> {
  return [first, ...others].find(({ state }) => state !== "absent") ?? others.at(-1) ?? first;
}

/** What a text means, absent where it means nothing that is known: for texts that others than the user write. */
export function meaning<T, U>(value: Value<T>, change: (value: T) => U | undefined): Value<U> {
  if (value.state !== "known") return value;
  const changed = change(value.value);
  return changed === undefined ? absent(value.origin) : known(changed, value.origin);
}

export function map<T, U>(value: Value<T>, change: (value: T) => U): Value<U> {
  return value.state === "known" ? known(change(value.value), value.origin) : value;
}

/** Of several facts those that are not absent. */
export function declaredFacts<T extends Partial<Readonly<Record<string, Value<unknown>>>>>(facts: T): Partial<T> {
  const declared = Object.entries<Value<unknown> | undefined>(facts).filter(([, fact]) => fact?.state !== "absent");
  return Object.fromEntries(declared) as Partial<T>;
}

/** A record of values, each with its own type. */
export type Values<T> = { readonly [K in keyof T]: Value<T[K]> };

/** Several values taken together: all known, or what is in the way. An unknown one outweighs an absent one. */
export type Gathered<T> =
  | { readonly state: "known"; readonly value: T }
  | { readonly state: "unknown"; readonly unknown: readonly Unknown[] }
  | { readonly state: "absent"; readonly absent: Absent };

export function gather<T extends object>(values: Values<T>): Gathered<T> {
  const held: Record<string, unknown> = {};
  const unknowns: Unknown[] = [];
  let missing: Absent | undefined;
  for (const key in values) {
    const value: Value<unknown> = values[key];
    if (value.state === "unknown") unknowns.push(value);
    else if (value.state === "absent") missing ??= value;
    else held[key] = value.value;
  }
  if (unknowns.length > 0) return { state: "unknown", unknown: unknowns };
  return missing === undefined ? { state: "known", value: held as T } : { state: "absent", absent: missing };
}

/** A list of values as one: known when all are; unknown when any is unknown, else absent when any is absent. */
export function gatherAll<T>(values: readonly Value<T>[], origin: Origin): Value<readonly T[]> {
  const held: T[] = [];
  const unknowns: Unknown[] = [];
  let missing: Absent | undefined;
  for (const value of values) {
    if (value.state === "unknown") unknowns.push(value);
    else if (value.state === "absent") missing ??= value;
    else held.push(value.value);
  }
  return mostRelevant(unknowns) ?? missing ?? known(held, origin);
}

/** Of several unknown values one that only the deployment will make known: the others are problems of their own. */
function mostRelevant(unknowns: readonly Unknown[]): Unknown | undefined {
  return unknowns.find(({ because }) => because === "deployment") ?? unknowns[0];
}

/** Computes from several values; unknown when any is unknown, else absent when any is absent. */
export function combine<T extends object, U>(values: Values<T>, origin: Origin, compute: (values: T) => U): Value<U> {
  const gathered = gather<T>(values);
  if (gathered.state === "known") return known(compute(gathered.value), origin);
  if (gathered.state === "absent") return gathered.absent;
  return mostRelevant(gathered.unknown) ?? unknown(origin);
}
