import { series } from "../tables/coverage";
import { sourceOf, type Source } from "../tables/sources";
import type { Rule, Violation } from "./rule";

/** The text of a finding: what is wrong, why it matters, how to fix it, and the document. */
export function findingMessage(rule: Rule, violation: Violation): string {
  const { evidence } = violation;
  const lines = [
    violation.problem,
    `Why: ${[evidence?.statement, rule.why].filter((text) => text !== undefined).join(" ")}`,
    `Fix: ${violation.fix ?? rule.fix}`,
  ];
  if (evidence?.confidence === "unverified") {
    lines.push("Note: no document was found for this figure, so this finding only advises.");
    return lines.join("\n");
  }
  const source = evidence?.source ?? (violation.withoutSource === true ? undefined : rule.sources[0]);
  if (source !== undefined) lines.push(`Source: ${describeSource(sourceOf(source))}`);
  return lines.join("\n");
}

/** Title, date and address, as far as they are known. */
export function describeSource({ title, url }: Source): string {
  return url === undefined ? title : `${title}, ${url}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listing(items: readonly string[]): string {
  return series(items, "and");
}

/** `1 virtual processor`, `3 virtual processors`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${String(number)} ${number === 1 ? singular : plural}`;
}
