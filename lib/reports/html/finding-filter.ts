import type { FindingEntry } from "./report-data";

/** Which findings are shown. An empty text or list lets all through. */
export interface FindingFilter {
  /** Words that must all occur somewhere in a finding. */
  readonly words: string;
  readonly fate: string;
  readonly severity: string;
  readonly subject: string;
}

export const NO_FILTER: FindingFilter = { words: "", fate: "", severity: "", subject: "" };

export function filtered(findings: readonly FindingEntry[], filter: FindingFilter): readonly FindingEntry[] {
  const words = wordsOf(filter.words);
  return findings.filter(
    (finding) =>
      (filter.fate === "" || finding.fate === filter.fate) &&
      (filter.severity === "" || finding.severity === filter.severity) &&
      (filter.subject === "" || finding.subject === filter.subject) &&
      words.every((word) => searchText(finding).includes(word)),
  );
}

export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

const searchTexts = new WeakMap<FindingEntry, string>();

function searchText(finding: FindingEntry): string {
  let text = searchTexts.get(finding);
  if (text === undefined) {
    const { rule, title, problem, fix = "", why = "", more, resources } = finding;
    const places = resources.flatMap(({ name, property = "", place = "" }) => [name, property, place]);
    text = [rule, title, problem, fix, why, ...more, ...places].join("\n").toLowerCase();
    searchTexts.set(finding, text);
  }
  return text;
}
