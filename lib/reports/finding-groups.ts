import { nameInUrn } from "../estate/declared";
import type { FindingRecord } from "../judging/finding-record";
import type { Exemption } from "../settings/pack-settings";
import { append, compare } from "../text/collections";
import { count, listing } from "../text/words";

/** What becomes of a finding: the three kinds of lines in the order in which they are shown. */
export type Fate = "mandatory" | "advisory" | "exempted";

/** Findings that differ in nothing but the resource. */
export interface FindingGroup {
  readonly fate: Fate;
  /** The first of them, whose text stands for all. */
  readonly first: FindingRecord;
  readonly all: readonly FindingRecord[];
  /** What the resources are called; empty for a finding about the stack. */
  readonly names: readonly string[];
}

export function fateOf({ enforcement, exempted }: FindingRecord): Fate {
  return exempted === undefined ? enforcement : "exempted";
}

/** The findings in the order in which they are shown: what blocks first, then by resource and rule. */
export function inOrder(findings: readonly FindingRecord[]): readonly FindingRecord[] {
  const rank = (entry: FindingRecord): number => FATES.indexOf(fateOf(entry));
  return [...findings].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      compare(resourceName(one), resourceName(other)) ||
      compare(one.rule, other.rule) ||
      compare(one.problem, other.problem),
  );
}

const FATES: readonly Fate[] = ["mandatory", "advisory", "exempted"];

/** Puts findings together that say the same of several resources, each where its first one stands. */
export function grouped(findings: readonly FindingRecord[]): readonly FindingGroup[] {
  const groups = new Map<string, FindingRecord[]>();
  for (const entry of inOrder(findings)) {
    const key = JSON.stringify([
      fateOf(entry),
      entry.rule,
      ...sameTexts(entry),
      entry.exempted && agreed(entry.exempted),
    ]);
    append(groups, key, entry);
  }
  return [...groups.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const names = [...new Set(entries.map(resourceName))].filter((name) => name !== "");
    return [{ fate: fateOf(first), first, all: entries, names }];
  });
}

/** `3 findings block, 4 advise, 2 are exempted`; undefined without findings. */
export function summary(findings: readonly FindingRecord[]): string | undefined {
  const parts = FATES.map((fate) => [fate, findings.filter((entry) => fateOf(entry) === fate).length] as const)
    .filter(([, number]) => number > 0)
    .map(([fate, number], index) => {
      const subject = index === 0 ? count(number, "finding") : String(number);
      return `${subject} ${VERBS[fate][number === 1 ? 0 : 1]}`;
    });
  return parts.length === 0 ? undefined : parts.join(", ");
}

const VERBS: Readonly<Record<Fate, readonly [one: string, many: string]>> = {
  mandatory: ["blocks", "block"],
  advisory: ["advises", "advise"],
  exempted: ["is exempted", "are exempted"],
};

/**
 * The problem with the names of the other resources that have it too.
 * @param problem what the first one shows of it: by default with its name in front
 */
export function problemOf({ first, names }: FindingGroup, problem = namedProblem(first)): string {
  const others = names.filter((other) => other !== resourceName(first));
  return others.length === 0 ? problem : `${problem} Likewise ${shortList(others)}.`;
}

/** So many names are read; of more, the number says enough. */
const MOST_NAMES = 12;

function shortList(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return listing(names);
  return listing([...names.slice(0, MOST_NAMES), `${String(names.length - MOST_NAMES)} more`]);
}

/** The problem with the resource's name in front, unless it begins with it. */
export function namedProblem(finding: FindingRecord): string {
  const name = resourceName(finding);
  const { problem } = finding;
  return name === "" || startsWithName(problem, name) ? problem : `${name}: ${problem}`;
}

/** `until 2027-01-31: the reason, approved by somebody` */
export function termsOf({ expires, reason, approvedBy }: Exemption): string {
  return `until ${expires}: ${reason}${approvedBy === undefined ? "" : `, approved by ${approvedBy}`}`;
}

/** What messages call the resource of a finding; empty for a finding about the stack. */
export function resourceName({ entity, urn }: FindingRecord): string {
  return entity?.name ?? (urn === undefined ? "" : nameInUrn(urn));
}

/** The texts of a finding without the name of its resource. */
function sameTexts(entry: FindingRecord): readonly (string | undefined)[] {
  const name = resourceName(entry);
  const texts = [entry.problem, ...(entry.more ?? []), entry.why, entry.fix, entry.note, entry.source?.title];
  // A name that is only a number may stand for a quantity too.
  return texts.map((text) => (text !== undefined && /\p{L}/u.test(name) ? withoutName(text, name) : text));
}

/** What must be alike for two exemptions to be shown as one. */
function agreed({ expires, reason, approvedBy }: Exemption): readonly (string | undefined)[] {
  return [expires, reason, approvedBy];
}

function startsWithName(problem: string, name: string): boolean {
  return problem.startsWith(name) && isWholeWord(problem, 0, name.length);
}

/** A text with a mark in place of a name. No regular expression: of a name that is long enough Node.js makes none. */
function withoutName(text: string, name: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, Math.max(from, at + 1))) {
    if (!isWholeWord(text, at, at + name.length)) continue;
    kept.push(text.slice(from, at));
    from = at + name.length;
  }
  return [...kept, text.slice(from)].join("\0");
}

function isWholeWord(text: string, start: number, end: number): boolean {
  return !/[\w-]/.test(`${text[start - 1] ?? ""}${text[end] ?? ""}`);
}
