import type { Problem } from "../estate/declared";
import { isPlainObject, toPlainObject, UNKNOWN, type Plain } from "../estate/plain";
import { Reader } from "../estate/reader";
import { settingsUrn } from "../estate/settings-urn";
import { declaredFacts, ifKnown, unknown, type Unknown, type Value } from "../estate/value";
import { globProblem, namesMatcher } from "../settings/glob";
import { originalIndex } from "../settings/original-index";
import { perObject } from "../text/collections";
import { nearest } from "../text/nearest";
import {
  readDiskAnnotations,
  readMachineAnnotations,
  readServerAnnotations,
  type DiskAnnotations,
  type MachineAnnotations,
} from "./annotations";
import { ClassifyIndex } from "./classify-index";

/** The URN of the facts of entries, and of the problems in them. */
export const CLASSIFY_URN = settingsUrn("classify");

/** A machine or a disk that entries may be about. */
export interface ClassifySubject {
  readonly urn: string;
  readonly type: string;
  /** What the program calls the resource, and what the machine or the disk itself is called. */
  readonly names: readonly string[];
  readonly tags: Plain;
}

/** Whether an entry is about a subject; unknown while a tag is. */
type Match = "yes" | "no" | Unknown;

/** One entry of `classify`, read once. */
interface Entry {
  readonly position: number;
  /** Where its `match` stands, as in `classify[2].match`. */
  readonly path: string;
  /** Undefined where it cannot be read: then the entry is about nothing. */
  readonly pattern: Pattern | undefined;
  readonly machine: MachineAnnotations;
  readonly disk: DiskAnnotations;
}

interface Pattern {
  readonly name: GlobMatcher | undefined;
  readonly type: GlobMatcher | undefined;
  readonly tags: readonly { readonly name: string; readonly value: GlobMatcher }[];
}

interface GlobMatcher {
  readonly text: string;
  readonly matches: (names: readonly string[]) => boolean;
}

interface Entries {
  readonly entries: readonly Entry[];
  /** Those that have facts of machines, and of disks. */
  readonly ofMachines: ClassifyIndex<Entry>;
  readonly ofDisks: ClassifyIndex<Entry>;
  readonly problems: readonly Problem[];
}

/** Facts that the settings add to virtual machines and disks whose types have no property for them. */
export class Classifier {
  private readonly read: Entries;
  private readonly used = new Set<Entry>();
  private readonly machines: ClassifySubject[] = [];
  private readonly disks: ClassifySubject[] = [];

  /** @param classify the entries as they were set; whatever else it is, is a problem */
  constructor(classify: unknown) {
    this.read = entriesOf(classify);
  }

  /** What cannot be read in the entries. */
  get problems(): readonly Problem[] {
    return this.read.problems;
  }

  /** What the settings add to a virtual machine: each fact from the first entry that has it. */
  machine(subject: ClassifySubject): MachineAnnotations {
    this.machines.push(subject);
    return this.collect(subject, this.read.ofMachines, ({ machine }) => machine);
  }

  /** What the settings add to a disk. */
  disk(subject: ClassifySubject): DiskAnnotations {
    this.disks.push(subject);
    return this.collect(subject, this.read.ofDisks, ({ disk }) => disk);
  }

  /**
   * Entries that are about nothing that was asked for: most likely their patterns are wrong.
   * @param isRead whether resources of a type are read at all
   */
  unused(isRead: (type: string) => boolean): readonly Problem[] {
    const unused = this.read.entries.filter((entry) => !this.used.has(entry) && hasFacts(entry));
    const machines = { kind: "virtual machine", ...namesAndTypes(this.machines) };
    const disks = { kind: "virtual disk", ...namesAndTypes(this.disks) };
    let compared = 0;
    return unused.flatMap(({ machine, disk, path, pattern }) => {
      if (pattern === undefined) return [];
      const kinds = [...(isEmpty(machine) ? [] : [machines]), ...(isEmpty(disk) ? [] : [disks])];
      const type = pattern.type?.text ?? "";
      const reason =
        type === "" || WILDCARD.test(type) || isRead(type) ? "" : `: hyperv-guard does not read the type ${type}`;
      const problem = `matches no ${kinds.map(({ kind }) => kind).join(" and no ")}${reason}`;
      const fix = fixFor(pattern, compared++ < MOST_COMPARED ? kinds : []);
      return { urn: CLASSIFY_URN, path, problem, fix, advisory: true };
    });
  }

  private collect<T extends MachineAnnotations | DiskAnnotations>(
    subject: ClassifySubject,
    index: ClassifyIndex<Entry>,
    factsOf: (entry: Entry) => T,
  ): T {
    const collected = new Map<string, Value<unknown>>();
    for (const entry of index.candidates(subject.names, subject.type, subject.tags)) {
      const match = matchOf(entry.pattern, subject);
      if (match === "no") continue;
      this.used.add(entry);
      const facts = Object.entries<Value<unknown>>(factsOf(entry));
      for (const [fact, value] of facts) if (!collected.has(fact)) collected.set(fact, match === "yes" ? value : match);
    }
    return Object.fromEntries(collected) as T;
  }
}

/** Entries are read once, however many resources they are asked for one by one. */
const entriesOnce = perObject(readEntries);

function entriesOf(classify: unknown): Entries {
  return typeof classify === "object" && classify !== null ? entriesOnce(classify) : readEntries(classify);
}

function readEntries(classify: unknown): Entries {
  const problems: Problem[] = [];
  const reader = new Reader(CLASSIFY_URN, toPlainObject({ classify }), (problem) => problems.push(problem));
  const report = (problem: Problem): unknown => problems.push(problem);
  const read = reader.list(
    "classify",
    (entry) => readEntry(entry, report),
    (index) => originalIndex(classify, index),
  );
  const entries = (ifKnown(read) ?? []).map((entry, position) => ({ ...entry, position }));
  return {
    entries,
    ofMachines: indexed(entries.filter(({ machine }) => !isEmpty(machine))),
    ofDisks: indexed(entries.filter(({ disk }) => !isEmpty(disk))),
    problems,
  };
}

function indexed(entries: readonly Entry[]): ClassifyIndex<Entry> {
  const index = new ClassifyIndex<Entry>();
  for (const entry of entries) {
    if (entry.pattern === undefined) continue;
    const { name, type, tags } = entry.pattern;
    const selecting = tags.map((tag) => ({ name: tag.name, value: tag.value.text }));
    index.add({ name: name?.text, type: type?.text, tags: selecting }, entry);
  }
  return index;
}

type Report = (problem: Problem) => void;

function readEntry(reader: Reader, report: Report): Omit<Entry, "position"> {
  const { path } = reader.origin("match");
  const problems: Problem[] = [];
  const exchange = reader.object("exchange", (inner) =>
    readServerAnnotations(inner, SERVER, { urn: CLASSIFY_URN, path }),
  );
  const entry = {
    path,
    pattern: reader.requiredObject("match", "name, type or tags", (inner) =>
      readPattern(inner, path, (problem) => problems.push(problem)),
    ),
    machine: declaredFacts(readMachineAnnotations(reader, "", exchange)),
    disk: declaredFacts(readDiskAnnotations(reader, "")),
  };
  if (!hasFacts(entry)) {
    const fix = "Add a fact, such as host, or remove the entry.";
    problems.push({ urn: CLASSIFY_URN, path, problem: "is in an entry that has no fact for what it matches", fix });
  }
  for (const problem of problems) report(problem);
  return entry;
}

const SERVER = {
  version: "version",
  roles: "roles",
  databaseAvailabilityGroup: "databaseAvailabilityGroup",
} as const;

/** Undefined when any part of it cannot be read: it would match more than is meant. */
function readPattern(reader: Reader, path: string, report: Report): Pattern | undefined {
  const name = readGlob(reader.text("name"), report);
  const type = readGlob(reader.text("type"), report);
  const tags = reader.object("tags", (inner) =>
    inner.keys.map((tag) => ({ name: tag, value: readGlob(inner.text(tag), report) })),
  );
  const named = ifKnown(tags) ?? [];
  const globs = named.flatMap(({ name: tag, value }) => (isGlob(value) ? [{ name: tag, value }] : []));
  const isReadable = [name, type, ...named.map(({ value }) => value)].every((glob) => glob !== "malformed");
  if (!isReadable || tags.state === "unknown") return undefined;
  if (!isGlob(name) && !isGlob(type) && globs.length === 0) {
    report({
      urn: CLASSIFY_URN,
      path,
      problem: "is empty, and would match everything",
      fix: "Give name, type or tags.",
    });
    return undefined;
  }
  return { name: isGlob(name) ? name : undefined, type: isGlob(type) ? type : undefined, tags: globs };
}

function readGlob(value: Value<string>, report: Report): GlobMatcher | "none" | "malformed" {
  if (value.state !== "known") return value.state === "absent" ? "none" : "malformed";
  const reason = globProblem(value.value);
  if (reason === undefined) return { text: value.value, matches: namesMatcher(value.value) };
  const problem = `is ${JSON.stringify(value.value)}, which is not a glob: ${reason}`;
  report({ ...value.origin, problem, fix: "Use a glob, such as ex-*." });
  return "malformed";
}

function isGlob(glob: GlobMatcher | string): glob is GlobMatcher {
  return typeof glob !== "string";
}

function hasFacts({ machine, disk }: Pick<Entry, "machine" | "disk">): boolean {
  return !isEmpty(machine) || !isEmpty(disk);
}

function isEmpty(facts: object): boolean {
  return Object.keys(facts).length === 0;
}

function matchOf(pattern: Pattern | undefined, { urn, names, type, tags }: ClassifySubject): Match {
  if (pattern === undefined) return "no";
  const { name: nameGlob, type: typeGlob } = pattern;
  if (nameGlob !== undefined && !nameGlob.matches(names)) return "no";
  if (typeGlob !== undefined && !typeGlob.matches([type])) return "no";
  const matches = pattern.tags.map(({ name, value }): Match => {
    if (tags === UNKNOWN) return unknown({ urn, path: "tags" });
    if (!isPlainObject(tags)) return "no";
    const key = Object.keys(tags).find((tag) => tag.toLowerCase() === name.toLowerCase());
    const found = key === undefined ? undefined : tags[key];
    if (key !== undefined && found === UNKNOWN) return unknown({ urn, path: `tags.${key}` });
    const isText = typeof found === "string" || typeof found === "number" || typeof found === "boolean";
    return isText && value.matches([String(found)]) ? "yes" : "no";
  });
  if (matches.includes("no")) return "no";
  return matches.find((match) => match !== "yes") ?? "yes";
}

const WILDCARD = /[*?[\]{}()!+@|]/;

/** Names and types of machines or disks. */
interface NamesAndTypes {
  readonly names: readonly string[];
  readonly types: readonly string[];
}

/** How many patterns are compared with all names: it takes time by the product of both. */
const MOST_COMPARED = 20;

function namesAndTypes(subjects: readonly ClassifySubject[]): NamesAndTypes {
  return {
    names: [...new Set(subjects.flatMap(({ names }) => names))],
    types: [...new Set(subjects.map(({ type }) => type))],
  };
}

/** A name or a type that stands for itself is most likely misspelled: what looks like it is offered. */
function fixFor({ name, type }: Pattern, subjects: readonly NamesAndTypes[]): string {
  const offer = (glob: GlobMatcher | undefined, texts: readonly string[]): readonly string[] =>
    glob === undefined || WILDCARD.test(glob.text) ? [] : nearest(glob.text, [...new Set(texts)]);
  const offered = [
    ...offer(
      name,
      subjects.flatMap(({ names }) => names),
    ),
    ...offer(
      type,
      subjects.flatMap(({ types }) => types),
    ),
  ];
  return offered.length === 0
    ? "Correct the patterns, or remove the entry."
    : `Use one of: ${offered.join(", ")}; or remove the entry.`;
}
