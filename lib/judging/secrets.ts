import type { DeclaredResource, SecretPlace } from "../estate/declared";
import { isPlainArray, isPlainObject, type Plain } from "../estate/plain";
import { isValue, type Origin } from "../estate/value";
import { DISTINCT, HIDDEN, Masks } from "./masks";
import { factForms, secretForms } from "./secret-forms";

/** What the model has of a resource: its name, and facts at any depth. */
export interface NamedFacts {
  readonly urn: string;
  readonly name: string;
}

/**
 * Keeps secret values out of messages. They are judged like any other; what a message would show of them is replaced,
 * also where it is the fact that was read from a secret and not its text.
 */
export class Secrets {
  private readonly known = new Set<string>();
  /** What is known and no message was searched for yet. */
  private readonly fresh: string[] = [];
  private readonly places = new Map<string, SecretsOfResource>();
  private readonly masks = new Masks();

  /** @param hidesAll whether nothing may be shown, since nobody tells what is secret */
  constructor(private readonly hidesAll = false) {}

  /** Takes in what a resource says of its secrets: the engine's marks, and the inputs that a component lists. */
  add({ urn, properties, secrets = [] }: DeclaredResource): void {
    const names = properties["secretInputs"];
    const inputs = (isPlainArray(names) ? names : []).flatMap((name): readonly SecretPlace[] =>
      typeof name === "string" ? [{ path: name, value: properties[name] ?? null }] : [],
    );
    for (const { path, value } of [...secrets, ...inputs]) {
      const ofResource = this.places.get(urn) ?? new SecretsOfResource();
      this.places.set(urn, ofResource);
      ofResource.add(path, value);
      this.addValue(value);
    }
  }

  /** Takes in a secret that is no property of a resource. */
  addValue(value: Plain): void {
    for (const text of textsIn(value)) this.remember([text, ...partsOf(text)]);
  }

  /** Takes in what was read from secret properties: a number from a script, a role from a list in a text. */
  addFacts(entities: readonly NamedFacts[]): void {
    if (this.places.size === 0) return;
    for (const { urn, name } of entities) {
      if (this.places.get(urn)?.names(name) === true) this.remember([name]);
    }
    for (const { origin, fact } of factsOf(entities)) {
      if (this.isSecret(origin)) this.remember(factForms(fact));
    }
  }

  /** A text without the secrets in it. */
  mask(text: string): string {
    if (this.hidesAll) return HIDDEN;
    for (const known of this.fresh.splice(0)) {
      for (const form of secretForms(known)) this.masks.add(form);
    }
    return this.masks.apply(text);
  }

  /** Whether something was read at a secret place or below it: `create (line 3, New-VM)` is below `create`. */
  isSecret({ urn, path }: Origin): boolean {
    return this.places.get(urn)?.has(path) ?? false;
  }

  private remember(texts: readonly string[]): void {
    for (const text of texts.map((one) => one.trim())) {
      if (text === "" || this.known.has(text)) continue;
      this.known.add(text);
      this.fresh.push(text);
    }
  }
}

/** Where a resource has secrets, and which texts these are. */
class SecretsOfResource {
  private readonly paths = new Set<string>();
  private readonly texts = new Set<string>();

  add(path: string, value: Plain): void {
    this.paths.add(path);
    for (const text of textsIn(value)) this.texts.add(text.toLowerCase());
  }

  /** Whether a place is secret, by itself or with what it is in. */
  has(path: string): boolean {
    if (this.paths.has(path)) return true;
    return [...path.matchAll(/[.[\s]/g)].some(({ index }) => this.paths.has(path.slice(0, index)));
  }

  names(name: string): boolean {
    const needle = name.toLowerCase();
    return [...this.texts].some((text) => text.includes(needle));
  }
}

/** Every text and number in a value. */
function textsIn(plain: Plain): readonly string[] {
  if (typeof plain === "string" || typeof plain === "number") return [String(plain)];
  if (isPlainArray(plain)) return plain.flatMap(textsIn);
  return isPlainObject(plain) ? Object.values(plain).flatMap((item) => textsIn(item ?? null)) : [];
}

/** What messages name of a text by itself: lines, folders of a path, items of a list. */
function partsOf(text: string): readonly string[] {
  const lines = text.split(/[\r\n]+/);
  const parts = lines.length > 1 ? lines : [...text.split(/[\\/,;|=]+/), ...foldersOf(text)];
  return parts.filter((part) => part.trim().length >= DISTINCT);
}

/** No path is longer. */
const LONGEST_PATH = 1024;

/** The folders of a path, each with those around it; none of a text that is no path. */
function foldersOf(text: string): readonly string[] {
  if (text.length > LONGEST_PATH || /^\s/.test(text)) return [];
  return [...text.matchAll(/[\\/]+/g)].map(({ index }) => text.slice(0, index));
}

interface Fact {
  readonly origin: Origin;
  readonly fact: unknown;
}

/** The known facts of entities, at any depth, each with where it was read. */
function factsOf(entities: readonly NamedFacts[]): readonly Fact[] {
  const facts: Fact[] = [];
  const seen = new Set<unknown>();
  const visit = (item: unknown): void => {
    if (typeof item !== "object" || item === null || seen.has(item)) return;
    seen.add(item);
    if (!isValue(item)) {
      Object.values(item).forEach(visit);
    } else if (item.state === "known") {
      facts.push({ origin: item.origin, fact: item.value });
      visit(item.value);
    }
  };
  entities.forEach(visit);
  return facts;
}
