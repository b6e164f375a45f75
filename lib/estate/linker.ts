import { append } from "../text/collections";
import type { LinkedFacts, Reference } from "./linked-facts";
import { isDefault, unknown, type Unknown, type Value, type Values } from "./value";

/** URNs that the value of a property comes from. */
export type Dependencies = (urn: string, property: string) => readonly string[];

/** References and the target that each is known to mean, though its keys are not. */
export type Pairs<F> = ReadonlyMap<Reference<F>, LinkedFacts<F>>;

type Filled<F> = { -readonly [K in keyof F]?: Value<F[K]> };

/** Finds the facts of one kind that references mean, their targets, and takes from them what is missing. */
export class Linker<F extends object> {
  private readonly byKey = new Map<string, LinkedFacts<F>[]>();
  private readonly byUrn = new Map<string, LinkedFacts<F>[]>();

  /** @param complete false when a target that is not found may still be declared */
  constructor(
    targets: readonly LinkedFacts<F>[],
    private readonly dependencies: Dependencies,
    private readonly complete: boolean,
  ) {
    for (const target of targets) {
      append(this.byUrn, target.urn, target);
      for (const key of target.keys) append(this.byKey, key, target);
    }
  }

  /** The facts that an entity lacks, or has by default alone, and that stand where its references point to. */
  missing(
    own: Partial<Values<F>>,
    references: readonly Reference<F>[],
    pairs: Pairs<F> = new Map(),
    on: readonly LinkedFacts<F>[] = [],
  ): Partial<Values<F>> {
    const filled: Filled<F> = {};
    const lacks = (field: keyof F): boolean => {
      const value = filled[field] ?? own[field];
      return value === undefined || value.state === "absent" || isDefault(value);
    };
    for (const reference of references) {
      const targets = this.targets(reference, pairs);
      if (!isFound(targets)) {
        for (const field of reference.gives ?? []) if (lacks(field)) filled[field] = targets;
        continue;
      }
      // Targets may refer to each other, in a circle if the program is wrong.
      const found = targets.filter((target) => !on.includes(target)).map((target) => this.whole(target, on));
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

  /** What commands set in what the references mean. */
  changes(references: readonly Reference<F>[]): readonly Partial<Values<F>>[] {
    const found = new Set(references.flatMap((reference) => this.found(reference)));
    return [...found].flatMap(({ facts, isChange }) => (isChange === true ? [facts] : []));
  }

  /**
   * Which target each reference in a list means, where the keys are not known until the deployment: the list depends on
   * as many targets as it has such references, and which of them is which makes no difference.
   * @param items the references, each with what distinguishes its entity from the others
   */
  pair(items: readonly { readonly reference: Reference<F>; readonly likeness: string }[]): Pairs<F> {
    const pairs = new Map<Reference<F>, LinkedFacts<F>>();
    const unnamed = items.filter(({ reference }) => isKnownAfterDeployment(reference));
    const [first] = unnamed;
    if (first === undefined || unnamed.some(({ likeness }) => likeness !== first.likeness)) return pairs;
    const taken = items.flatMap(({ reference }) => (isKnownAfterDeployment(reference) ? [] : this.found(reference)));
    const free = this.candidates(first.reference).filter((target) => !taken.includes(target));
    if (free.length !== unnamed.length) return pairs;
    for (const [index, { reference }] of unnamed.entries()) {
      const target = free[index];
      if (target !== undefined) pairs.set(reference, target);
    }
    return pairs;
  }

  /** What a target says, with what it takes from the targets of its own references. */
  private whole(target: LinkedFacts<F>, on: readonly LinkedFacts<F>[]): Partial<Values<F>> {
    const { facts, references = [], defaults } = target;
    const all =
      references.length === 0 ? facts : { ...facts, ...this.missing(facts, references, new Map(), [...on, target]) };
    return defaults === undefined ? all : { ...all, ...lacking(all, defaults) };
  }

  /** The target that a reference means, or those that may be meant; or why that is not known. */
  private targets(reference: Reference<F>, pairs: Pairs<F>): readonly LinkedFacts<F>[] | Unknown {
    const { keys } = reference;
    const paired = pairs.get(reference);
    if (paired !== undefined) return [paired];
    if (keys.state === "absent") return [];
    if (keys.state === "unknown") {
      const candidates = isKnownAfterDeployment(reference) ? this.candidates(reference) : [];
      return candidates.length === 0 ? keys : candidates;
    }
    const found = this.found(reference);
    return found.length === 0 && !this.complete ? unknown(keys.origin) : found;
  }

  private found({ keys }: Reference<F>): readonly LinkedFacts<F>[] {
    if (keys.state !== "known") return [];
    for (const key of keys.value) {
      const targets = this.byKey.get(key);
      if (targets !== undefined) return targets;
    }
    return [];
  }

  private candidates({ keys, property, targetTypes }: Reference<F>): readonly LinkedFacts<F>[] {
    return this.dependencies(keys.origin.urn, property)
      .flatMap((urn) => this.byUrn.get(urn) ?? [])
      .filter(
        ({ targetType }) => targetTypes === undefined || targetType === undefined || targetTypes.includes(targetType),
      );
  }
}

/** Of further facts of an entity those that it has not itself, or by default alone. */
export function lacking<F extends object>(own: Partial<Values<F>>, further: Partial<Values<F>>): Partial<Values<F>> {
  const filled: Filled<F> = {};
  for (const field of fieldsOf([further])) {
    const [value, before] = [further[field], own[field]];
    if (value === undefined) continue;
    const isAbsent = before === undefined || before.state === "absent";
    if (isAbsent || (isDefault(before) && value.state !== "absent")) filled[field] = value;
  }
  return filled;
}

/** Whether what a reference means is known only after the deployment. */
function isKnownAfterDeployment<F>({ keys }: Reference<F>): boolean {
  return keys.state === "unknown" && keys.because === "deployment";
}

function isFound<F>(targets: readonly LinkedFacts<F>[] | Unknown): targets is readonly LinkedFacts<F>[] {
  return Array.isArray(targets);
}

function fieldsOf<F extends object>(facts: readonly Partial<Values<F>>[]): readonly (keyof F)[] {
  return [...new Set(facts.flatMap((some) => Object.keys(some) as (keyof F)[]))];
}

/** What the targets that may be meant all say; unknown when they differ, undefined when none says anything. */
function agreed<T, F>(values: readonly (Value<T> | undefined)[], { keys }: Reference<F>): Value<T> | undefined {
  const declared = values.filter((value) => value !== undefined && value.state !== "absent");
  const [first] = declared;
  if (first === undefined || values.length === 1) return first;
  const areSame = declared.length === values.length && declared.every((value) => isSame(value, first));
  return areSame ? first : unknown(keys.origin);
}

function isSame<T>(one: Value<T>, other: Value<T>): boolean {
  return one.state === "known" && other.state === "known" && Object.is(one.value, other.value);
}
