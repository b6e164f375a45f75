import { ARCHITECTURES, UNLISTED, type Architecture, type GuestOs } from "../estate/model";
import type { Resolution } from "../estate/reader";
import { perObject } from "../text/collections";
import { isMisspelling, nearest, quoted } from "../text/nearest";
import { loadTable, once } from "./load";
import data from "./operating-systems.json";
import schema from "./operating-systems.schema.json";

export type Family = "windowsServer" | "windowsClient" | "azure" | "linux" | "freebsd";

/** Numbered as in CentOS 5.5, one in any half-year from the first one on as in 22H2, or exactly the listed ones. */
export type ReleaseNames = "numbered" | { readonly from: string } | readonly string[];

type Alias = string | { readonly text: string; readonly edition: string };

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly family: Family;
  readonly aliases: readonly Alias[];
  /** Those that were released; none without it. */
  readonly servicePacks?: readonly number[];
  /** The releases that exist, or how they are named; none without it. */
  readonly releases?: ReleaseNames;
  /** Names that stand for a release, as Bullseye for Debian 11. */
  readonly codeNames?: readonly { readonly name: string; readonly release: string }[];
  /** Ids of the editions that exist; none without it. */
  readonly editions?: readonly string[];
  readonly architectures: readonly Architecture[];
}

interface Word<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  readonly aliases: readonly string[];
}

export interface OperatingSystemsTable {
  readonly products: readonly Product[];
  readonly editions: readonly Word[];
  readonly architectures: readonly Word<Architecture>[];
  readonly ignoredWords: readonly string[];
  /** Names of unlisted systems that look like those of listed ones. */
  readonly otherSystems: readonly string[];
}

/** What a name means of an operating system, as far as it has been read. */
interface Reading {
  readonly product?: Product;
  readonly edition?: string;
  readonly architecture?: Architecture;
  readonly servicePack?: number;
  readonly release?: string;
  /** Id of the product whose code name was read. */
  readonly codeNameOf?: string;
}

/** A phrase of the vocabulary, cut into the same words as what people write, and what it means. */
interface Phrase {
  readonly words: readonly string[];
  readonly means: Reading;
}

interface ProductName {
  readonly words: readonly string[];
  readonly means: Reading & { readonly product: Product };
}

/** What a text means when one name in it is taken as that of the product. */
interface Interpretation {
  readonly product: string;
  /** Number of words of the name: the longest name is meant. */
  readonly length: number;
  readonly result: Resolution<GuestOs>;
}

/** The table, ready to read names with. */
export interface Vocabulary {
  readonly table: OperatingSystemsTable;
  readonly names: readonly ProductName[];
  /** All other phrases: editions, architectures, code names and words without meaning. */
  readonly phrases: readonly Phrase[];
  /** Words of names that mean their product wherever they stand: `centos`, `windows`. */
  readonly brands: readonly string[];
  /** Every word of a name that is long enough to be told from others. */
  readonly nameWords: readonly string[];
}

/** More words than any name has, and a longer one. */
const MOST_WORDS = 40;
const LONGEST_WORD = 60;

const shipped = once(() => readOperatingSystems(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readOperatingSystems(source: unknown): Vocabulary {
  const table = loadTable<OperatingSystemsTable>("operating-systems.json", source, schema);
  const { products, editions, architectures, ignoredWords } = table;
  const names = longestFirst(
    products.flatMap((product) =>
      [product.id, product.name, ...product.aliases].map((alias) => nameOf(product, alias)),
    ),
  );
  return {
    table,
    names,
    brands: brandsOf(names),
    nameWords: [...new Set(names.flatMap(({ words }) => words.filter(isName)))],
    phrases: longestFirst([
      ...editions.flatMap((word) => phrasesOf(word, { edition: word.id })),
      ...architectures.flatMap((word) => phrasesOf(word, { architecture: word.id })),
      ...products.flatMap(({ id, codeNames = [] }) =>
        codeNames.map(({ name, release }) => ({ words: cut(name), means: { release, codeNameOf: id } })),
      ),
      ...ignoredWords.map((text) => ({ words: cut(text), means: {} })),
    ]),
  };
}

/**
 * Reads an operating system's name as people write it: `2008R2 SP1`, `SLES 11sp1`, `Win2k3 R2 x64 SP2`,
 * `Windows Server 2008 R2 Standard with Service Pack 1`. Every word must be understood, and in one way only. A name that
 * has nothing of the table's names is that of an unlisted system.
 */
export function resolveOperatingSystem(text: string, vocabulary = shipped()): Resolution<GuestOs> {
  const read = readNames(vocabulary);
  const before = read.get(text);
  if (before !== undefined) return before;
  const resolution = interpret(text, vocabulary);
  if (read.size < MOST_NAMES) read.set(text, resolution);
  return resolution;
}

/** More names than an estate has: those beyond are read anew each time they are met. */
const MOST_NAMES = 1000;

/** What names mean that were read before: an estate has the same few thousands of times. */
const readNames = perObject<Vocabulary, Map<string, Resolution<GuestOs>>>(() => new Map());

function interpret(text: string, vocabulary: Vocabulary): Resolution<GuestOs> {
  const words = cut(text);
  const read: Interpretation[] = [];
  for (const name of isTooLong(words) ? [] : vocabulary.names) {
    const [longest] = read;
    if (longest !== undefined && name.words.length < longest.length) break;
    const others = withoutName(words, name.words);
    const reading = others === undefined ? undefined : understand(others, name.means, vocabulary);
    if (reading === undefined) continue;
    const { product } = name.means;
    read.push({ product: product.name, length: name.words.length, result: complete(reading, product, vocabulary) });
  }
  const right = read.filter(({ result }) => result.resolved);
  const choice = right.length > 0 ? right : read;
  const [first] = choice;
  if (first === undefined) {
    return ofCodeName(words, vocabulary) ?? withoutRemark(text, vocabulary) ?? unresolved(text, words, vocabulary);
  }
  const products = new Set(choice.map(({ product }) => product));
  return products.size > 1 ? ambiguous(text, [...products]) : first.result;
}

/** A code name means its product also on its own: `Trixie`. */
function ofCodeName(words: readonly string[], vocabulary: Vocabulary): Resolution<GuestOs> | undefined {
  const product = vocabulary.table.products.find(({ codeNames = [] }) =>
    codeNames.some(({ name }) => occursIn(words, cut(name))),
  );
  const reading = product === undefined ? undefined : understand(words, { product }, vocabulary);
  return product === undefined || reading === undefined ? undefined : complete(reading, product, vocabulary);
}

/** Linux distributions add what nobody needs in parentheses: `Rocky Linux 9.4 (Blue Onyx)`. */
function withoutRemark(text: string, vocabulary: Vocabulary): Resolution<GuestOs> | undefined {
  const plain = text.replace(/\([^()]*\)/g, " ");
  if (plain === text) return undefined;
  const resolution = interpret(plain, vocabulary);
  if (!resolution.resolved) return undefined;
  const { release, product } = resolution.value;
  return release !== undefined && familyOf(product, vocabulary) === "linux" ? resolution : undefined;
}

/** Reads an edition that is written on its own: `Standard`, `Data Center`. */
export function resolveEdition(text: string, vocabulary = shipped()): Resolution<string> {
  const { edition, ...others } = understand(cut(text), {}, vocabulary) ?? {};
  if (edition !== undefined && isEmpty(others)) return { resolved: true, value: edition };
  const names = vocabulary.table.editions.map(({ name }) => name);
  return {
    resolved: false,
    problem: "no edition has this name",
    allowed: `one such as ${quoted(nearest(text, names))}`,
  };
}

/** Reads an architecture that is written on its own: `x64`, `32-bit`. */
export function resolveArchitecture(text: string, vocabulary = shipped()): Resolution<Architecture> {
  const { architecture, ...others } = understand(cut(text), {}, vocabulary) ?? {};
  if (architecture !== undefined && isEmpty(others)) return { resolved: true, value: architecture };
  return { resolved: false, problem: "no architecture has this name", allowed: `one of: ${ARCHITECTURES.join(", ")}` };
}

/** Whether a guest that is in no table is a Windows before those that are. */
export function isUnlistedWindows({ product, name = "" }: GuestOs): boolean {
  return product === UNLISTED && /^(?:win|nt\b)/i.test(name);
}

/** Whether a guest is of a system that is in no table: only what a host gives any guest can be judged. */
export function isUnlisted({ product }: GuestOs): boolean {
  return product === UNLISTED;
}

/** The name as Microsoft writes it: `Windows Server 2008 R2 Standard (x64) with Service Pack 1`. */
export function describeGuestOs(guest: GuestOs, vocabulary = shipped()): string {
  if (guest.name !== undefined) return guest.name;
  const product = productOf(guest.product, vocabulary);
  const windows = product?.family !== "linux" && product?.family !== "freebsd";
  const parts = [
    product?.name ?? guest.product,
    windows ? undefined : guest.release,
    guest.edition === undefined ? undefined : editionName(guest.edition, vocabulary),
    guest.architecture === undefined ? undefined : `(${guest.architecture})`,
    guest.servicePack > 0 ? `with Service Pack ${String(guest.servicePack)}` : undefined,
  ];
  const name = parts.filter((part) => part !== undefined).join(" ");
  return windows && guest.release !== undefined ? `${name}, version ${guest.release}` : name;
}

export function productOf(id: string, vocabulary = shipped()): Product | undefined {
  return vocabulary.table.products.find((product) => product.id === id);
}

export function productName(id: string, vocabulary = shipped()): string {
  return productOf(id, vocabulary)?.name ?? id;
}

export function editionName(id: string, vocabulary = shipped()): string {
  return vocabulary.table.editions.find((edition) => edition.id === id)?.name ?? id;
}

/** What an id of the table is, and undefined for an id that is not in it. */
export function familyOf(product: string, vocabulary = shipped()): Family | undefined {
  return productOf(product, vocabulary)?.family;
}

/** Checks what was read against the product: its service packs, editions, architectures and releases. */
function complete(reading: Reading, product: Product, vocabulary: Vocabulary): Resolution<GuestOs> {
  const { name, servicePacks = [], editions = [], architectures, releases } = product;
  const { release, servicePack = 0, edition, architecture } = splitRelease(reading, product);
  if (servicePack > 0 && !servicePacks.includes(servicePack)) {
    const exist = servicePacks.map((number) => `SP${String(number)}`);
    return noSuch(name, `service pack ${String(servicePack)}`, exist);
  }
  if (edition !== undefined && !editions.includes(edition)) {
    const exist = editions.map((id) => editionName(id, vocabulary));
    return noSuch(name, `edition ${editionName(edition, vocabulary)}`, exist);
  }
  if (architecture !== undefined && !architectures.includes(architecture)) {
    return noSuch(name, `architecture ${architecture}`, architectures);
  }
  if (release !== undefined && !isRelease(release, releases)) {
    return noSuch(name, `release ${release}`, describeReleases(releases));
  }
  return {
    resolved: true,
    value: {
      product: product.id,
      servicePack,
      ...(release === undefined ? {} : { release }),
      ...(edition === undefined ? {} : { edition }),
      ...(architecture === undefined ? {} : { architecture }),
    },
  };
}

function isRelease(release: string, releases: ReleaseNames = []): boolean {
  if (releases === "numbered") return true;
  if (!("from" in releases)) return releases.includes(release);
  return HALF_YEAR.test(release) && release >= releases.from;
}

const HALF_YEAR = /^\d{2}H[12]$/;

function describeReleases(releases: ReleaseNames = []): readonly string[] {
  if (releases === "numbered") return [];
  return "from" in releases ? [`${releases.from} and later half-years`] : releases;
}

/** Where releases have service packs, 15.4 is what others call release 15 with service pack 4. */
function splitRelease(reading: Reading, { releases, servicePacks = [] }: Product): Reading {
  if (releases !== "numbered" || servicePacks.length === 0 || reading.servicePack !== undefined) return reading;
  const [release, servicePack, ...rest] = reading.release?.split(".") ?? [];
  if (release === undefined || servicePack === undefined || rest.length > 0) return reading;
  return { ...reading, release, servicePack: Number(servicePack) };
}

function noSuch(name: string, what: string, exist: readonly string[]): Resolution<never> {
  return {
    resolved: false,
    problem: `${name} has no ${what}`,
    allowed: exist.length === 0 ? `"${name}" on its own` : `"${name}" on its own or with one of: ${exist.join(", ")}`,
  };
}

function unresolved(text: string, words: readonly string[], vocabulary: Vocabulary): Resolution<GuestOs> {
  const candidates = candidatesFor(words, vocabulary);
  if (isOtherSystem(words, vocabulary)) {
    return { resolved: true, value: { product: UNLISTED, servicePack: 0, name: printable(text) } };
  }
  if (candidates.length > 1) return ambiguous(text, candidates);
  if (isOfNoProduct(words, vocabulary)) {
    return { resolved: true, value: { product: UNLISTED, servicePack: 0, name: printable(text) } };
  }
  const names = vocabulary.table.products.flatMap(({ name, servicePacks = [] }) => [
    name,
    ...servicePacks.map((number) => `${name} SP${String(number)}`),
  ]);
  return {
    resolved: false,
    problem: "no operating system in the support tables has this name",
    allowed: `a name such as ${quoted(nearest(text, names))}`,
  };
}

/** Whether a text is one of the names of unlisted systems, with a service pack or without. */
function isOtherSystem(words: readonly string[], { table }: Vocabulary): boolean {
  const [last = "", servicePack] = words.slice(-2).reverse();
  const own = (servicePack === "sp" && /^\d$/.test(last) ? words.slice(0, -2) : words).join(" ");
  return table.otherSystems.some((name) => cut(name).join(" ") === own);
}

/** A name on one line, without characters that only a terminal understands. */
function printable(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, " ").trim();
}

/**
 * Whether a text names a system that is in no table. A name that has words of the table's names in it, or words that are
 * most likely meant to be them, is a mistake.
 */
function isOfNoProduct(words: readonly string[], vocabulary: Vocabulary): boolean {
  if (isTooLong(words)) return false;
  const others = withoutPhrases(words, vocabulary).filter(isName);
  // `Linux` on its own leaves open which one it is.
  const isFamily = words.some((word) => vocabulary.table.products.some(({ family }) => family === word));
  return (
    (others.length > 0 || isFamily) &&
    !vocabulary.names.some((name) => name.words.some(isName) && occursIn(words, name.words)) &&
    !others.some((word) => vocabulary.brands.includes(word)) &&
    !others.some((word) => vocabulary.nameWords.some((known) => isMisspelling(word, known)))
  );
}

/** A word that names something, as a number or one or two letters do not. */
function isName(word: string): boolean {
  return /^[a-z]{3,}$/.test(word);
}

/** Words that nothing but the names of one vendor's products have, and Windows. */
function brandsOf(names: readonly ProductName[]): readonly string[] {
  const products = new Map<string, Set<string>>();
  for (const { words, means } of names) {
    for (const word of words.filter(isName)) {
      products.set(word, (products.get(word) ?? new Set()).add(means.product.id));
    }
  }
  const single = names.filter(({ words }) => words.length === 1).flatMap(({ words }) => words.filter(isName));
  return [...new Set([...single.filter((word) => products.get(word)?.size === 1), "windows"])];
}

function ambiguous(text: string, candidates: readonly string[]): Resolution<never> {
  return {
    resolved: false,
    problem: "the name fits more than one operating system",
    allowed: `one of: ${quoted(nearest(text, candidates))}`,
  };
}

/** The products that a list of names (`2008 or 2012`) or an incomplete name (`SBS`) may mean. */
function candidatesFor(words: readonly string[], vocabulary: Vocabulary): readonly string[] {
  if (isTooLong(words)) return [];
  const written = vocabulary.names.filter((name) => occursIn(words, name.words));
  const whole = written.filter((name) => !written.some((other) => other !== name && contains(other, name)));
  const listed = productNames(whole);
  if (listed.length > 1) return listed;
  const telling = withoutPhrases(words, vocabulary);
  if (telling.length === 0) return [];
  const meant = vocabulary.names.filter((name) => telling.every((word) => name.words.includes(word)));
  const servicePack = Number(words[words.indexOf("sp") + 1]);
  const withServicePack = meant.filter(({ means }) => means.product.servicePacks?.includes(servicePack) === true);
  return productNames(withServicePack.length > 1 ? withServicePack : meant);
}

function productNames(names: readonly ProductName[]): readonly string[] {
  return [...new Set(names.map(({ means }) => means.product.name))];
}

/** Whether one name is written inside a longer one, as 2008 in Windows Server 2008 R2. */
function contains(outer: ProductName, inner: ProductName): boolean {
  return outer.words.length > inner.words.length && occursIn(outer.words, inner.words);
}

function occursIn(words: readonly string[], wanted: readonly string[]): boolean {
  return words.some((_, start) => startsWith(words, wanted, start));
}

function startsWith(words: readonly string[], wanted: readonly string[], start = 0): boolean {
  return wanted.every((word, index) => words[start + index] === word);
}

/** The words that are neither a service pack nor a phrase. */
function withoutPhrases(words: readonly string[], vocabulary: Vocabulary): readonly string[] {
  const [first, ...rest] = words;
  if (first === undefined) return [];
  const phrase = phraseAt(words, vocabulary);
  if (phrase === undefined || phrase.means.release !== undefined) return [first, ...withoutPhrases(rest, vocabulary)];
  return withoutPhrases(words.slice(phrase.words.length), vocabulary);
}

/** Understands every word, or nothing: undefined when a word is not known or contradicts another. */
function understand(words: readonly string[], found: Reading, vocabulary: Vocabulary): Reading | undefined {
  if (isTooLong(words)) return undefined;
  if (words.length === 0) {
    return found.codeNameOf === undefined || found.codeNameOf === found.product?.id ? found : undefined;
  }
  const phrase = phraseAt(words, vocabulary);
  const more = phrase === undefined ? undefined : merge(found, phrase.means);
  return phrase === undefined || more === undefined
    ? undefined
    : understand(words.slice(phrase.words.length), more, vocabulary);
}

/** The longest phrase, service pack (`sp 2`), release (`5.5`) or half-year (`22 h 2`) that the words start with. */
function phraseAt(words: readonly string[], vocabulary: Vocabulary): Phrase | undefined {
  const [first = "", second = "", third = ""] = words;
  const phrase = vocabulary.phrases.find((known) => startsWith(words, known.words));
  if (phrase !== undefined) return phrase;
  if (first === "sp" && /^\d+$/.test(second)) return { words: [first, second], means: { servicePack: Number(second) } };
  if (/^\d{2}$/.test(first) && second === "h" && /^\d$/.test(third)) {
    return { words: [first, second, third], means: { release: `${first}H${third}` } };
  }
  return /^\d+(\.\d+)*$/.test(first) ? { words: [first], means: { release: first } } : undefined;
}

/** The other words around a product's name, which may be interrupted: `2008 Standard R2`. undefined: it is not there. */
function withoutName(words: readonly string[], name: readonly string[]): readonly string[] | undefined {
  if (!name.every((word) => words.includes(word))) return undefined;
  const others: string[] = [];
  let found = 0;
  for (const word of words) {
    if (word === name[found]) found++;
    else others.push(word);
  }
  return found === name.length ? others : undefined;
}

/** Both readings in one; undefined when they contradict each other. */
function merge(one: Reading, other: Reading): Reading | undefined {
  for (const field of ["edition", "architecture", "servicePack"] as const) {
    if (one[field] !== undefined && other[field] !== undefined && one[field] !== other[field]) return undefined;
  }
  if (one.release === undefined || other.release === undefined) return { ...one, ...other };
  const [short, long] =
    one.release.length < other.release.length ? [one.release, other.release] : [other.release, one.release];
  // Debian 11.7 and Bullseye, which is 11, are one release.
  if (long !== short && !long.startsWith(`${short}.`)) return undefined;
  return { ...one, ...other, release: long };
}

/** Cuts a written name into words: case, punctuation and missing blanks do not matter, `5.5` stays whole. */
function cut(text: string): readonly string[] {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, " ")
    .replace(/service ?packs?/g, "sp")
    .replace(/([a-z])(?=\d)|(\d)(?=[a-z])/g, "$1$2 ")
    .replace(/\.(?!\d)/g, " ")
    .split(" ")
    .filter((word) => word !== "");
}

function nameOf(product: Product, alias: Alias): ProductName {
  if (typeof alias === "string") return { words: cut(alias), means: { product } };
  return { words: cut(alias.text), means: { product, edition: alias.edition } };
}

function phrasesOf({ id, name, aliases }: Word, means: Reading): readonly Phrase[] {
  return [id, name, ...aliases].map((text) => ({ words: cut(text), means }));
}

function longestFirst<T extends { readonly words: readonly string[] }>(list: readonly T[]): readonly T[] {
  return [...list].sort((one, other) => other.words.length - one.words.length);
}

/** A text longer than any name is not a name, and is not examined further. */
function isTooLong(words: readonly string[]): boolean {
  return words.length > MOST_WORDS || words.some((word) => word.length > LONGEST_WORD);
}

function isEmpty(reading: Reading): boolean {
  return Object.keys(reading).length === 0;
}
