import type { EstateView } from "../../judging/estate-view";
import type { FindingRecord, SourceLocation } from "../../judging/finding-record";
import { pageOf } from "../../rules/pages";
import type { Level, Severity, Subject } from "../../rules/rule";
import { harmless, shortened } from "../../text/harmless";
import { compare } from "../../text/collections";
import { count } from "../../text/words";
import { fateOf, grouped, resourceName, summary, termsOf, type Fate, type FindingGroup } from "../finding-groups";
import { judgedLine } from "../judged-line";
import type { Report } from "../report";

/** All that the page shows. Every text in it is without effect where it is shown as text. */
export interface ReportData {
  readonly version: string;
  readonly file?: string;
  readonly outcome: ReportOutcome;
  readonly verdict: string;
  /** One sentence on what was judged. */
  readonly judged: string;
  /** What the reader must know beside the findings. */
  readonly notes: readonly string[];
  readonly failure?: string;
  readonly counts: Readonly<Record<Fate, number>>;
  readonly findings: readonly FindingEntry[];
  /** What could not be checked, with how to declare it. */
  readonly unchecked: readonly FindingEntry[];
  readonly view?: EstateView;
}

/** `incomplete`: not everything was judged, so that nobody knows whether something blocks. */
export type ReportOutcome = "blocked" | "advised" | "passed" | "incomplete";

/** Findings that say the same of several resources. */
export interface FindingEntry {
  readonly fate: Fate;
  readonly rule: string;
  readonly title: string;
  readonly subject: Subject;
  readonly level: Level;
  readonly severity: Severity;
  readonly problem: string;
  readonly more: readonly string[];
  readonly why?: string;
  readonly fix?: string;
  readonly note?: string;
  readonly exemption?: string;
  readonly source?: { readonly title: string; readonly url?: string };
  /** The address of the rule's page. */
  readonly page: string;
  readonly resources: readonly ResourceEntry[];
}

/** A resource with a finding. */
export interface ResourceEntry {
  readonly name: string;
  readonly urn?: string;
  readonly property?: string;
  readonly place?: string;
}

/** The rule under which it is reported what could not be checked. */
const UNDECIDED = "undecided";

export function reportData(report: Report): ReportData {
  const { findings, notes, failure, file, version, view } = report;
  const groups = grouped(findings);
  const [unchecked, others] = [true, false].map((isUnchecked) =>
    groups.filter(({ first }) => (first.rule === UNDECIDED) === isUnchecked).map(findingEntry),
  );
  const data = {
    version,
    ...(file === undefined ? {} : { file }),
    outcome: outcomeOf(report),
    verdict: verdictOf(report),
    judged: isStopped(report) ? STOPPED : judgedLine(report.summary),
    notes,
    counts: {
      mandatory: countOf(findings, "mandatory"),
      advisory: countOf(findings, "advisory"),
      exempted: countOf(findings, "exempted"),
    },
    findings: others ?? [],
    unchecked: unchecked ?? [],
    ...(view === undefined ? {} : { view }),
  };
  // What the engine printed is shown whole, in a box of its own.
  return { ...harmlessValue(data), ...(failure === undefined ? {} : { failure: harmless(failure) }) };
}

function countOf(findings: readonly FindingRecord[], fate: Fate): number {
  return findings.filter((finding) => fateOf(finding) === fate).length;
}

function outcomeOf(report: Report): ReportOutcome {
  const fates = new Set(report.findings.map(fateOf));
  if (fates.has("mandatory")) return "blocked";
  if (report.failure !== undefined || report.notes.length > 0) return "incomplete";
  return fates.has("advisory") ? "advised" : "passed";
}

function verdictOf({ findings, failure }: Report): string {
  const found = summary(findings);
  if (failure !== undefined && found === undefined) return "Not judged: the preview failed";
  if (found === undefined) return "Nothing found";
  const kinds = new Set(findings.map(fateOf));
  if (kinds.has("mandatory")) return found;
  return kinds.has("advisory") ? `Nothing blocks: ${found}` : `Nothing found, ${count(findings.length, "exemption")}`;
}

/** What blocks at a resource ends a preview before the stack as a whole is judged. */
function isStopped({ summary: judged, findings, failure }: Report): boolean {
  return judged === undefined && (findings.length > 0 || failure !== undefined);
}

const STOPPED =
  "The preview ended before the stack as a whole was judged. Fix what blocks, and preview again to see the rest.";

function findingEntry({ fate, first, all }: FindingGroup): FindingEntry {
  const { rule, title, subject, level, severity, problem, more = [], why, fix, note, source, exempted } = first;
  return {
    fate,
    rule,
    title,
    subject,
    level,
    severity,
    problem,
    more,
    ...(why === undefined ? {} : { why }),
    ...(fix === undefined ? {} : { fix }),
    ...(note === undefined ? {} : { note }),
    ...(exempted === undefined ? {} : { exemption: termsOf(exempted) }),
    ...(source === undefined ? {} : { source: linked(source) }),
    page: pageOf(rule),
    resources: all.map(resourceEntry).sort((one, other) => compare(one.name, other.name)),
  };
}

/** Without an address that is none of the web: a table of the user's may hold anything. */
function linked({ title, url }: { readonly title: string; readonly url?: string }): {
  readonly title: string;
  readonly url?: string;
} {
  return url !== undefined && /^https?:\/\//i.test(url) ? { title, url } : { title };
}

function resourceEntry(finding: FindingRecord): ResourceEntry {
  const { urn, property, location } = finding;
  return {
    name: resourceName(finding),
    ...(urn === undefined ? {} : { urn }),
    ...(property === undefined ? {} : { property }),
    ...(location === undefined ? {} : { place: placeOf(location) }),
  };
}

function placeOf({ file, line, column }: SourceLocation): string {
  return [file, line, ...(column === undefined ? [] : [column])].join(":");
}

/** The same with every text in it made without effect, and cut where it is endless. */
function harmlessValue<T>(value: T): T {
  const text = JSON.stringify(value, (_, item: unknown) =>
    typeof item === "string" ? shortened(harmless(item)) : item,
  );
  return JSON.parse(text) as T;
}
