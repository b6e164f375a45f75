import type { FindingRecord } from "../judging/finding-record";
import { inLines, inOneLine } from "../rules/explanation";
import { harmless } from "../text/harmless";
import { grouped, problemOf, summary, termsOf, type FindingGroup } from "./finding-groups";

/**
 * What a terminal shows of findings: a line for each that differs, and what they add up to. Nothing at all where there
 * are none.
 * @param details whether why it matters and the document's title are shown too
 */
export function findingsText(findings: readonly FindingRecord[], details: boolean): readonly string[] {
  const total = summary(findings);
  if (total === undefined) return [];
  return [...grouped(findings).map((group) => groupText(group, details)), `${total}.`];
}

/** `[mandatory] rule: what is wrong, and how to fix it` */
export function groupText(group: FindingGroup, details = false): string {
  const { first, fate } = group;
  const label = `[${fate}] ${first.rule}: `;
  const problem = problemOf(group);
  if (first.exempted !== undefined) return harmless(`${label}${problem} Exempted ${termsOf(first.exempted)}.`);
  const explanation = { ...first, problem };
  return harmless(label + (details ? inLines(explanation) : inOneLine(explanation))).replaceAll("\n", "\n  ");
}
