import type { FindingRecord } from "../judging/finding-record";
import { shortened } from "../text/harmless";
import { namedProblem, termsOf } from "./finding-groups";

/** The text of a finding where there is room for one: what is wrong, and how to fix it. */
export function annotationText(finding: FindingRecord): string {
  const { fix, note, exempted } = finding;
  const parts = [
    namedProblem(finding),
    ...(exempted === undefined ? labelled("Fix", fix) : [`Exempted ${termsOf(exempted)}.`]),
    ...labelled("Note", note),
  ];
  return shortened(parts.join(" "));
}

function labelled(label: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`${label}: ${text}`];
}
