import type { FindingRecord } from "../judging/finding-record";
import { fateOf } from "../reports/finding-groups";

/** Something blocks. */
export const BLOCKED = 1;

/** The command was used wrongly. */
export const MISUSED = 2;

/** The preview or a file has failed, so that nothing, or not all, was judged. */
export const NOT_JUDGED = 3;

export function exitCodeOf(findings: readonly FindingRecord[]): number {
  return findings.some((finding) => fateOf(finding) === "mandatory") ? BLOCKED : 0;
}
