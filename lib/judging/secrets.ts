import type { DeclaredResource, SecretPlace } from "../estate/declared";
import type { Entity, GuestOs } from "../estate/model";
import { isPlainArray, isPlainObject, type Plain } from "../estate/plain";
import type { Resolution } from "../estate/reader";
import { isValue, type Origin } from "../estate/value";
import { exchangeRoleName, exchangeVersionName, resolveExchangeRole, resolveExchangeVersion } from "../tables/exchange";
import { describeSize, grouped, hostVersionName, resolveHostVersion } from "../tables/host-versions";
import { once } from "../tables/load";
import {
  describeGuestOs,
  editionName,
  isUnlisted,
  productName,
  resolveArchitecture,
  resolveEdition,
  resolveOperatingSystem,
} from "../tables/operating-systems";
import { append } from "../text/collections";

/** As much of a long text as a message shows at least. */
const SHOWN = 40;

/** A text of this length is taken for a secret wherever it stands, a shorter one only as a word of its own. */
const DISTINCT = 6;

const HIDDEN = "[secret]";

/**
 * Keeps secret values out of messages. They are judged like any other; what a message would show of them is replaced,
 * also where it is the fact that was read from a secret and not its text.
 */
export class Secrets {
  private readonly texts = new Set<string>();
  private readonly places = new Map<string, SecretPlace[]>();
  private masks: Masks | undefined;

  /** @param hidesAll whether nothing may be shown, since nobody tells what is secret */
  constructor(private readonly hidesAll = false) {}

  /** Takes in what a resource says of its secrets: the engine's marks, and the inputs that a component lists. */
  add({ urn, properties, secrets = [] }: DeclaredResource): void {
    const names = properties["secretInputs"];
    const inputs = (isPlainArray(names) ? names : []).flatMap((name): readonly SecretPlace[] =>
      typeof name === "string" ? [{ path: name, value: properties[name] ?? null }] : [],
    );
    for (const place of [...secrets, ...inputs]) {
      append(this.places, urn, place);
      this.addValue(place.value);
    }
  }

  /** Takes in a secret that is no property of a resource. */
  addValue(value: Plain): void {
    for (const text of textsIn(value)) this.remember([text, ...foldersOf(text)]);
  }

  /** Takes in what was read from secret properties: a number from a script, a role from a list in a text. */
  addFacts(entities: readonly Entity[]): void {
    if (this.places.size === 0) return;
    for (const entity of entities) {
      if (this.isNamedInSecret(entity)) this.remember([entity.name]);
      this.remember(factsOf(entity).flatMap(({ origin, fact }) => (this.isSecret(origin) ? factForms(fact) : [])));
    }
  }

  /** A text without the secrets in it. */
  mask(text: string): string {
    if (this.hidesAll) return HIDDEN;
    this.masks ??= new Masks([...this.texts].flatMap(forms));
    return this.masks.apply(text);
  }

  private remember(texts: readonly string[]): void {
    for (const text of texts) {
      if (text.trim() === "") continue;
      this.texts.add(text.trim());
      this.masks = undefined;
    }
  }

  private isNamedInSecret({ urn, name }: Entity): boolean {
    const needle = name.toLowerCase();
    return (this.places.get(urn) ?? []).some(({ value }) =>
      textsIn(value).some((text) => text.toLowerCase().includes(needle)),
    );
  }

  /** Whether a fact was read at a secret place or below it: `create (line 3, New-VM)` is below `create`. */
  private isSecret({ urn, path }: Origin): boolean {
    return (this.places.get(urn) ?? []).some(
      (place) => path.startsWith(place.path) && /^(?:$|[.[\s])/.test(path.slice(place.path.length)),
    );
  }
}

/** Every text and number in a value. */
function textsIn(plain: Plain): readonly string[] {
  if (typeof plain === "string" || typeof plain === "number") return [String(plain)];
  if (isPlainArray(plain)) return plain.flatMap(textsIn);
  return isPlainObject(plain) ? Object.values(plain).flatMap((item) => textsIn(item ?? null)) : [];
}

/** The folders of a path, which messages name by themselves; none of a text that is no path. */
function foldersOf(text: string): readonly string[] {
  if (!/^[^\s][^\n]*[\\/][^\n]*$/.test(text)) return [];
  const parts = text.split(/[\\/]+/).filter((part) => part.length >= DISTINCT);
  const folders = [...text.matchAll(/[\\/]+/g)].map(({ index }) => text.slice(0, index));
  return [...parts, ...folders.filter((folder) => folder.length >= DISTINCT)];
}

interface Fact {
  readonly origin: Origin;
  readonly fact: unknown;
}

/** The known facts of an entity, at any depth, each with where it was read. */
function factsOf(item: unknown): readonly Fact[] {
  if (typeof item !== "object" || item === null) return [];
  if (!isValue(item)) return Object.values(item).flatMap(factsOf);
  return item.state === "known" ? [{ origin: item.origin, fact: item.value }, ...factsOf(item.value)] : [];
}

/** How messages may call a fact: numbers and texts as they are, and what the tables make of ids and objects. */
function factForms(fact: unknown): readonly string[] {
  if (typeof fact === "number") return [String(fact)];
  if (typeof fact === "string") return [fact, ...idNames(fact)];
  if (typeof fact !== "object" || fact === null || isValue(fact)) return [];
  if (isGuestOs(fact)) return systemNames(fact);
  return Object.values(fact).flatMap(factForms);
}

function isGuestOs(fact: object): fact is GuestOs {
  return "product" in fact && typeof fact.product === "string" && "servicePack" in fact;
}

function systemNames(system: GuestOs): readonly string[] {
  try {
    return [describeGuestOs(system), productName(system.product), system.product];
  } catch {
    return []; // a table that cannot be read is reported elsewhere, and names nothing
  }
}

function idNames(id: string): readonly string[] {
  try {
    return [hostVersionName(id), editionName(id), exchangeVersionName(id), productName(id)].filter(
      (name) => name !== id,
    );
  } catch {
    return [];
  }
}

/** Every form in which a message may show a value: as it is, as it is quoted or written out, and as the tables call it. */
function forms(text: string): readonly string[] {
  const number = Number(text);
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    ...(Number.isFinite(number)
      ? [String(number), grouped(number), describeSize(number, "MB"), describeSize(number, "GB")]
      : tableNames(text)),
  ];
}

function tableNames(text: string): readonly string[] {
  try {
    return NAMES.flatMap((nameOf) => nameOf(text));
  } catch {
    return []; // a table that cannot be read is reported elsewhere, and names nothing
  }
}

const NAMES: readonly ((text: string) => readonly string[])[] = [
  (text) => {
    const system = resolveOperatingSystem(text);
    if (!system.resolved) return [];
    if (isUnlisted(system.value)) return [describeGuestOs(system.value)];
    const { product, servicePack } = system.value;
    return [describeGuestOs(system.value), describeGuestOs({ product, servicePack }), productName(product)];
  },
  (text) => named(resolveHostVersion(text), hostVersionName),
  (text) => named(resolveEdition(text), editionName),
  (text) => named(resolveArchitecture(text), (architecture) => architecture),
  (text) => named(resolveExchangeVersion(text), exchangeVersionName),
  (text) => named(resolveExchangeRole(text), exchangeRoleName),
];

function named<T>(resolution: Resolution<T>, nameOf: (value: T) => string): readonly string[] {
  return resolution.resolved ? [nameOf(resolution.value)] : [];
}

/** Finds one value in a message. */
interface Mask {
  readonly value: string;
  readonly pattern: () => RegExp;
}

/** How many letters of a value its index has. */
const INDEXED = 3;

/** The values to be replaced, found by their first letters, so that a message costs its length and not the number of secrets. */
class Masks {
  private readonly byStart = new Map<string, Mask[]>();
  private readonly short: Mask[] = [];

  constructor(values: readonly string[]) {
    for (const value of new Set(values)) {
      const mask = { value, pattern: once(() => new RegExp(asWord(value), "gi")) };
      if (value.length < INDEXED) this.short.push(mask);
      else append(this.byStart, value.slice(0, INDEXED).toLowerCase(), mask);
    }
  }

  /** The longest value first, so that no part of one stays when another is within it. */
  apply(text: string): string {
    return this.candidates(text.toLowerCase())
      .sort((one, other) => other.value.length - one.value.length)
      .reduce((masked, { pattern }) => masked.replace(pattern(), HIDDEN), text);
  }

  private candidates(lower: string): Mask[] {
    const found = new Set(this.short);
    if (this.byStart.size === 0) return [...found];
    for (let index = 0; index + INDEXED <= lower.length; index++) {
      for (const mask of this.byStart.get(lower.slice(index, index + INDEXED)) ?? []) {
        if (lower.includes(mask.value.slice(0, SHOWN).toLowerCase())) found.add(mask);
      }
    }
    return [...found];
  }
}

/** The value as a word of its own (a secret 4 must not change every 64), or the beginning of it that a message shows. */
function asWord(value: string): string {
  const isNumber = /^[\d.,]+( [A-Z]B)?$/.test(value);
  const whole = isNumber || value.length < DISTINCT ? `(?<![\\w.])${escape(value)}(?!\\w)` : escape(value);
  return value.length > SHOWN ? `${whole}|${escape(value.slice(0, SHOWN))}[^"]*…` : whole;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
