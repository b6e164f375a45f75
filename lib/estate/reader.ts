import { perObject } from "../text/collections";
import { isSlipOf, nearest, suggestion } from "../text/nearest";
import type { Problem } from "./declared";
import { isPlainArray, isPlainObject, NOT_READ, UNKNOWN, type Plain, type PlainObject } from "./plain";
import { absent, known, map, unknown, type Known, type Origin, type Unknown, type Value } from "./value";

/** What a written name was taken for, or why it could not be. */
export type Resolution<T> =
  | { readonly resolved: true; readonly value: T }
  | { readonly resolved: false; readonly problem: string; readonly allowed: string };

export interface NumberRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly unit?: string;
}

/** What a property must be, in the words of the languages that programs are written in. */
const A_STRING = "a string";
const AN_OBJECT = "an object (name: value)";

/** What a property must be, in words: they are made only for one that is not. */
type Allowed = string | (() => string);

/** One element of a list, with its place. */
interface Item {
  readonly plain: Plain;
  readonly origin: Origin;
}

/**
 * Reads typed facts from the properties of one resource. Every property is read on its own: an unknown or malformed
 * one never hides another, and a malformed one is reported as a {@link Problem}.
 */
export class Reader {
  private readonly names = new Set<string>();
  /** Properties that are there for other readers than this one. */
  private passed: readonly string[] = [];
  /** The properties that an inventory could not read. */
  private readonly notRead = new Set<string>();
  /** What must be there and is not: by the name of the property. Hardly any object lacks anything. */
  private missing: Map<string, Problem> | undefined;
  private passesOthers = false;

  /**
   * @param urn the resource that is read
   * @param fields its properties, or those of an object in it; or why they cannot be read
   * @param report takes each problem as it is found
   * @param path where `fields` stand in the resource, empty at the top
   * @param secret true when nothing that is read here may be shown
   */
  constructor(
    private readonly urn: string,
    private readonly fields: PlainObject | Unknown["because"] | typeof NOT_READ,
    private readonly report: (problem: Problem) => void,
    private readonly path = "",
    private readonly secret: (name: string) => boolean = () => false,
  ) {}

  /** The names of all properties that are there, where any may be. */
  get keys(): readonly string[] {
    return typeof this.fields === "object" ? Object.keys(this.fields) : [];
  }

  text(name: string): Value<string> {
    return this.read(name, A_STRING, readText);
  }

  /** A whole number in a range; digits in a text will do. */
  integer(name: string, range: NumberRange): Value<number> {
    return this.number(name, range, Number.isInteger, "a whole number");
  }

  /** A number in a range; digits in a text will do. */
  decimal(name: string, range: NumberRange): Value<number> {
    return this.number(name, range, Number.isFinite, "a number");
  }

  flag(name: string): Value<boolean> {
    return this.read(name, "true or false", (plain) => {
      const word = typeof plain === "string" ? plain.toLowerCase() : plain;
      if (word === true || word === "true") return true;
      return word === false || word === "false" ? false : undefined;
    });
  }

  /**
   * One of a few words; case, spaces, hyphens and underscores do not matter.
   * @param aliases other ways to write a word, already folded to lower case without blanks
   */
  oneOf<T extends string>(name: string, words: readonly T[], aliases: Readonly<Record<string, T>> = {}): Value<T> {
    return this.read(name, oneOfWords(words), (plain) => readWord(plain, words, aliases));
  }

  /** A list of such words. */
  manyOf<T extends string>(
    name: string,
    words: readonly T[],
    aliases: Readonly<Record<string, T>> = {},
  ): Value<readonly Value<T>[]> {
    return map(this.array(name), (items) =>
      items.map(({ plain, origin }) =>
        this.convert(name, plain, origin, oneOfWords(words), (item) => readWord(item, words, aliases)),
      ),
    );
  }

  /** A name that a table resolves. */
  resolved<T>(name: string, resolve: (text: string) => Resolution<T>): Value<T> {
    return this.resolve(name, this.text(name), resolve);
  }

  /**
   * A list of names that a table resolves, each on its own.
   * @param split the names in a text that may hold several, as far as they are known; by default it is one
   */
  resolvedList<T>(
    name: string,
    resolve: (text: string) => Resolution<T>,
    split: (text: Known<string>) => readonly Value<string>[] = (text) => [text],
  ): Value<readonly Value<T>[]> {
    return map(this.texts(name), (texts) =>
      texts
        .flatMap((text): readonly Value<string>[] => (text.state === "known" ? split(text) : [text]))
        .map((text) => this.resolve(name, text, resolve)),
    );
  }

  texts(name: string): Value<readonly Value<string>[]> {
    return map(this.array(name), (items) =>
      items.map(({ plain, origin }) =>
        plain === null
          ? this.malformed(name, origin, plain, A_STRING)
          : this.convert(name, plain, origin, A_STRING, readText),
      ),
    );
  }

  object<T>(name: string, read: (reader: Reader) => T): Value<T> {
    const plain = this.at(name);
    const origin = this.origin(name);
    if (plain === null) return absent(origin);
    if (isUnknown(plain)) return this.unreadable(origin, plain);
    if (!isPlainObject(plain)) return this.malformed(name, origin, plain, AN_OBJECT);
    return known(this.nested(name, plain, origin.path, read), origin);
  }

  /** The facts of an object that must be there; each of them is unknown when the object is. */
  requiredObject<T>(name: string, allowed: string, read: (reader: Reader) => T): T {
    const plain = this.at(name);
    if (isPlainObject(plain) || plain === NOT_READ) return this.nested(name, plain, this.origin(name).path, read);
    const object = this.required(
      this.object(name, () => null),
      allowed,
    );
    const because = object.state === "unknown" ? object.because : "malformed";
    return this.nested(name, because, this.origin(name).path, read);
  }

  /**
   * The facts of an object in a provider's resource, where what is not read is not a mistake; each of them is unknown
   * when the object is, and absent when it is.
   */
  section<T>(name: string, read: (reader: Reader) => T): T {
    const plain = this.at(name);
    const { path } = this.origin(name);
    const readSection = (reader: Reader): T => {
      reader.passOthers();
      return read(reader);
    };
    if (plain === null) return this.nested(name, {}, path, readSection);
    if (isPlainObject(plain) || plain === NOT_READ) return this.nested(name, plain, path, readSection);
    if (plain !== UNKNOWN) this.malformed(name, this.origin(name), plain, AN_OBJECT);
    return this.nested(name, plain === UNKNOWN ? this.because() : "malformed", path, readSection);
  }

  /** @param placeOf where an element stood in the list as it was declared */
  list<T>(name: string, read: (reader: Reader) => T, placeOf = asCounted): Value<readonly T[]> {
    return map(this.array(name, placeOf), (items) =>
      items.flatMap(({ plain, origin }) => {
        if (plain === UNKNOWN) return [this.nested(name, this.because(), origin.path, read)];
        if (isPlainObject(plain) || plain === NOT_READ) return [this.nested(name, plain, origin.path, read)];
        this.malformed(name, origin, plain, AN_OBJECT);
        return [];
      }),
    );
  }

  /** Leaves a property alone: it is not a mistake, and nothing to offer either. */
  pass(name: string): void {
    this.passed = [...this.passed, name];
  }

  /** Leaves all properties alone that nothing reads, as those of a provider that checks its inputs itself. */
  passOthers(): void {
    this.passesOthers = true;
  }

  /** Whether what a property holds must not be shown. */
  isSecret(name: string): boolean {
    return this.secret(name);
  }

  /**
   * Reports what is missing, and the properties that nothing has read: most of these are typing errors, and one that looks
   * like a missing one is reported in its place. To be called when everything has been read.
   */
  reportUnread(): void {
    for (const name of this.passesOthers ? [] : this.keys) {
      if (this.names.has(name) || this.passed.includes(name)) continue;
      const meant = [...(this.missing?.keys() ?? [])].find((one) => isSlipOf(name, one));
      if (meant !== undefined) this.missing?.delete(meant);
      this.report({
        urn: this.urn,
        path: this.origin(name).path,
        problem: "is not a known property",
        fix: meant === undefined ? this.describeAllowed(name) : `Rename it to ${meant}.`,
      });
    }
    for (const problem of this.missing?.values() ?? []) this.report(problem);
    this.missing = undefined;
  }

  /**
   * Reports an absent value as missing, and gives the value that a rule then works with.
   * @param fact what the model calls it, where the settings can say what an inventory could not read
   */
  required<T>(value: Value<T>, allowed: string, fact?: string): Value<T> {
    const { path } = value.origin;
    const name = this.path === "" ? path : path.slice(this.path.length + 1);
    if (fact !== undefined && this.notRead.has(name)) return { ...absent(value.origin), fact };
    if (value.state !== "absent") return value;
    this.missing ??= new Map();
    this.missing.set(name, { urn: this.urn, path, problem: "is missing", fix: `Give ${allowed}.` });
    return unknown(value.origin, "malformed");
  }

  private describeAllowed(name: string): string {
    const names = [...this.names];
    const [likely] = nearest(name, names, 1);
    if (likely !== undefined && isSlipOf(name, likely)) return `Use ${likely}.`;
    return suggestion(name, names, "remove it", names.length);
  }

  private nested<T>(
    name: string,
    fields: PlainObject | Unknown["because"] | typeof NOT_READ,
    path: string,
    read: (reader: Reader) => T,
  ): T {
    const secret = this.secret(name);
    const reader = new Reader(this.urn, fields, this.report, path, () => secret);
    const value = read(reader);
    reader.reportUnread();
    return value;
  }

  private number(name: string, range: NumberRange, accept: (value: number) => boolean, kind: string): Value<number> {
    const found = this.at(name);
    if (isInfinite(found)) {
      return this.malformed(name, this.origin(name), found, `${inWords(range, kind)}, written in digits`);
    }
    return this.read(
      name,
      () => inWords(range, kind),
      (plain) => {
        const value = typeof plain === "string" && /^\d+(\.\d+)?$/.test(plain.trim()) ? Number(plain) : plain;
        if (typeof value !== "number" || !accept(value)) return undefined;
        return value >= range.minimum && value <= range.maximum ? value : undefined;
      },
    );
  }

  private read<T>(name: string, allowed: Allowed, convert: (plain: Plain) => T | undefined): Value<T> {
    return this.convert(name, this.at(name), this.origin(name), allowed, convert);
  }

  private convert<T>(
    name: string,
    plain: Plain,
    origin: Origin,
    allowed: Allowed,
    convert: (plain: Plain) => T | undefined,
  ): Value<T> {
    if (plain === null) return absent(origin);
    if (isUnknown(plain)) return this.unreadable(origin, plain);
    const value = convert(plain);
    return value === undefined ? this.malformed(name, origin, plain, allowed) : known(value, origin);
  }

  private resolve<T>(name: string, text: Value<string>, resolve: (text: string) => Resolution<T>): Value<T> {
    if (text.state !== "known") return text;
    const resolution = resolve(text.value);
    if (resolution.resolved) return known(resolution.value, text.origin);
    // What a table makes of a secret, and the names that look like it, would give it away.
    const problem = this.secret(name) ? "it is not known" : resolution.problem;
    const fix = this.secret(name) ? "Use a name that is in the support tables." : `Use ${resolution.allowed}.`;
    this.report({
      urn: this.urn,
      path: text.origin.path,
      problem: `is ${this.show(name, text.value)}: ${problem}`,
      fix,
    });
    return unknown(text.origin, "malformed");
  }

  private array(name: string, placeOf = asCounted): Value<readonly Item[]> {
    const plain = this.at(name);
    const origin = this.origin(name);
    if (plain === null) return absent(origin);
    if (isUnknown(plain)) return this.unreadable(origin, plain);
    if (!isPlainArray(plain)) return this.malformed(name, origin, plain, "a list");
    const items = plain.map((item, index): Item => {
      return { plain: item, origin: { urn: this.urn, path: `${origin.path}[${String(placeOf(index))}]` } };
    });
    return known(
      items.filter((item) => !isEmptyText(item.plain)),
      origin,
    );
  }

  private malformed(name: string, origin: Origin, found: Plain, allowed: Allowed): Value<never> {
    const reason = isInfinite(found) ? ", which is not a finite number" : "";
    const problem = `is ${this.show(name, found)}${reason}`;
    this.report({
      urn: this.urn,
      path: origin.path,
      problem,
      fix: `Use ${typeof allowed === "string" ? allowed : allowed()}.`,
    });
    return unknown(origin, "malformed");
  }

  private show(name: string, found: Plain): string {
    return this.secret(name) ? "a secret that is not shown here" : show(found);
  }

  private at(name: string): Plain {
    this.names.add(name);
    if (typeof this.fields === "string") return UNKNOWN;
    const plain = this.fields === NOT_READ ? NOT_READ : (this.fields[name] ?? null);
    if (plain === NOT_READ) this.notRead.add(name);
    return isEmptyText(plain) ? null : plain;
  }

  private unreadable(origin: Origin, plain: typeof UNKNOWN | typeof NOT_READ): Unknown {
    const because = unknown(origin, this.because());
    return plain === NOT_READ ? { ...because, what: origin.path } : because;
  }

  private because(): Unknown["because"] {
    return typeof this.fields === "string" ? this.fields : "deployment";
  }

  /** Where a property stands. */
  origin(name: string): Origin {
    return { urn: this.urn, path: this.path === "" ? name : `${this.path}.${name}` };
  }
}

function isUnknown(plain: Plain): plain is typeof UNKNOWN | typeof NOT_READ {
  return plain === UNKNOWN || plain === NOT_READ;
}

/** Templates and providers write an empty text where nothing is meant: it is absent. */
function isEmptyText(plain: Plain): boolean {
  return typeof plain === "string" && plain.trim() === "";
}

/** Infinity and NaN, as a calculation in a program or a number such as 1e999 may give them. */
function isInfinite(plain: Plain): boolean {
  return typeof plain === "number" && !Number.isFinite(plain);
}

function readText(plain: Plain): string | undefined {
  if (isInfinite(plain)) return undefined;
  if (typeof plain === "number") return String(plain);
  return typeof plain === "string" ? plain.trim() : undefined;
}

function readWord<T extends string>(
  plain: Plain,
  words: readonly T[],
  aliases: Readonly<Record<string, T>> = {},
): T | undefined {
  if (typeof plain !== "string" && typeof plain !== "number") return undefined;
  // A hyphen in a number is its sign: -1 is not 1.
  const text = typeof plain === "number" ? String(plain) : withoutSeparators(plain);
  const index = foldedWords(words).indexOf(text);
  return words[index] ?? (Object.hasOwn(aliases, text) ? aliases[text] : undefined);
}

const foldedWords = perObject((words: readonly string[]) => words.map(withoutSeparators));

function oneOfWords(words: readonly string[]): Allowed {
  return () => `one of: ${words.join(", ")}`;
}

function inWords({ minimum, maximum, unit }: NumberRange, kind: string): string {
  return `${kind} from ${String(minimum)} to ${String(maximum)}${unit === undefined ? "" : ` ${unit}`}`;
}

function withoutSeparators(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, "");
}

/** The places of a list of which nothing was taken out. */
function asCounted(index: number): number {
  return index;
}

/** A found value in few words. */
function show(plain: Plain): string {
  if (isPlainArray(plain)) return `a list of ${String(plain.length)}`;
  if (isPlainObject(plain)) return "an object";
  const text = typeof plain === "string" ? JSON.stringify(plain) : String(plain);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
