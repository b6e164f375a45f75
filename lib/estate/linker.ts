import { append } from "../text/collections";
import type { Part, Reference } from "./linked-facts";
import { isDefault, unknown, type Unknown, type Value, type Values } from "./value";

/** URNs that the value of a property comes from. */
export type Dependencies = (urn: string, property: string) => readonly string[];

/** A reference and the part it is known to mean, though its keys are not. */
export type Pairs<F> = ReadonlyMap<Reference<F>, Part<F>>;

type Filled<F> = { -readonly [K in keyof F]?: Value<F[K]> };

/** Finds the parts of one kind that references mean, and takes from them what is missing. */
export class Linker<F extends object> {
  private readonly byKey = new Map<string, Part<F>[]>();
  private readonly byUrn = new Map<string, Part<F>[]>();

  /** @param complete false when a part that is not found may still be declared */
  constructor(
    parts: readonly Part<F>[],
    private readonly dependencies: Dependencies,
    private readonly complete: boolean,
  ) {
    for (const part of parts) {
      append(this.byUrn, part.urn, part);
      for (const key of part.keys) append(this.byKey, key, part);
    }
  }

  /** The facts that an entity lacks, or has by default alone, and that stand where its references point to. */
  missing(
    own: Partial<Values<F>>,
    references: readonly Reference<F>[],
    pairs: Pairs<F> = new Map(),
    on: readonly Part<F>[] = [],
  ): Partial<Values<F>> {
    const filled: Filled<F> = {};
    const lacks = (field: keyof F): boolean => {
      const value = filled[field] ?? own[field];
      return value === undefined || value.state === "absent" || isDefault(value);
    };
    for (const reference of references) {
      const target = this.target(reference, pairs);
      if (!isParts(target)) {
        for (const field of reference.gives ?? []) if (lacks(field)) filled[field] = target;
        continue;
      }
      // Parts may refer to each other, in a circle if the program is wrong.
      const found = target.filter((part) => !on.includes(part)).map((part) => this.whole(part, on));
      for (const field of [...(reference.gives ?? fieldsOf(found)), ...(reference.mayGive ?? [])]) {
        const value = agreed(
          found.map((facts) => facts[field]),
          reference,
        );
        if (value !== undefined && lacks(field)) filled[field] = value;
      }
    }
    return filled;
  }

  /**
   * Which part each reference in a list means, where the keys are not known until the deployment: the list depends on as
   * many parts as it has such references, and which of them is which makes no difference.
   * @param items the references, each with what tells its entity from the others
   */
  pair(items: readonly { readonly reference: Reference<F>; readonly likeness: string }[]): Pairs<F> {
    const pairs = new Map<Reference<F>, Part<F>>();
    const open = items.filter(({ reference }) => isOpen(reference));
    const [first] = open;
    if (first === undefined || open.some(({ likeness }) => likeness !== first.likeness)) return pairs;
    const taken = items.flatMap(({ reference }) => (isOpen(reference) ? [] : this.found(reference)));
    const free = this.candidates(first.reference).filter((part) => !taken.includes(part));
    if (free.length !== open.length) return pairs;
    for (const [index, { reference }] of open.entries()) {
      const part = free[index];
      if (part !== undefined) pairs.set(reference, part);
    }
    return pairs;
  }

  private whole(part: Part<F>, on: readonly Part<F>[]): Partial<Values<F>> {
    const { facts, references = [], defaults } = part;
    const told =
      references.length === 0 ? facts : { ...facts, ...this.missing(facts, references, new Map(), [...on, part]) };
    return defaults === undefined ? told : { ...told, ...lacking(told, defaults) };
  }

  /** The part that a reference means, or those that may be meant; or why that is not known. */
  private target(reference: Reference<F>, pairs: Pairs<F>): readonly Part<F>[] | Unknown {
    const { keys } = reference;
    const paired = pairs.get(reference);
    if (paired !== undefined) return [paired];
    if (keys.state === "absent") return [];
    if (keys.state === "unknown") {
      const candidates = isOpen(reference) ? this.candidates(reference) : [];
      return candidates.length === 0 ? keys : candidates;
    }
    const found = this.found(reference);
    return found.length === 0 && !this.complete ? unknown(keys.origin) : found;
  }

  private found({ keys }: Reference<F>): readonly Part<F>[] {
    if (keys.state !== "known") return [];
    for (const key of keys.value) {
      const parts = this.byKey.get(key);
      if (parts !== undefined) return parts;
    }
    return [];
  }

  private candidates({ keys, property }: Reference<F>): readonly Part<F>[] {
    return this.dependencies(keys.origin.urn, property).flatMap((urn) => this.byUrn.get(urn) ?? []);
  }
}

/** The facts that are told and that an entity has not itself. */
export function lacking<F extends object>(own: Partial<Values<F>>, told: Partial<Values<F>>): Partial<Values<F>> {
  const lacks = (field: keyof F): boolean => (own[field]?.state ?? "absent") === "absent";
  const filled: Filled<F> = {};
  for (const field of fieldsOf([told])) {
    const value = told[field];
    if (value !== undefined && lacks(field)) filled[field] = value;
  }
  return filled;
}

function isOpen<F>({ keys }: Reference<F>): boolean {
  return keys.state === "unknown" && keys.because === "deployment";
}

function isParts<F>(target: readonly Part<F>[] | Unknown): target is readonly Part<F>[] {
  return Array.isArray(target);
}

function fieldsOf<F extends object>(facts: readonly Partial<Values<F>>[]): readonly (keyof F)[] {
  return [...new Set(facts.flatMap((some) => Object.keys(some) as (keyof F)[]))];
}

/** What the parts that may be meant all say; unknown when they differ, undefined when none says anything. */
function agreed<T, F>(values: readonly (Value<T> | undefined)[], { keys }: Reference<F>): Value<T> | undefined {
  const said = values.filter((value) => value !== undefined && value.state !== "absent");
  const [first] = said;
  if (first === undefined || values.length === 1) return first;
  const same = said.length === values.length && said.every((value) => isSame(value, first));
  return same ? first : unknown(keys.origin);
}

function isSame<T>(one: Value<T>, other: Value<T>): boolean {
  return one.state === "known" && other.state === "known" && Object.is(one.value, other.value);
}
