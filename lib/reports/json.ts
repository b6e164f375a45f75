import { RECORD_VERSION, type FindingRecord } from "../judging/finding-record";
import type { JudgedSummary } from "../judging/judged-summary";
import { inOrder } from "./finding-groups";

/** All findings as one JSON document; `finding.schema.json` is the schema of each. */
export function findingsJson(findings: readonly FindingRecord[], summary: JudgedSummary | undefined): string {
  const judged = summary === undefined ? {} : { judged: summary.judged };
  return `${JSON.stringify({ version: RECORD_VERSION, ...judged, findings: inOrder(findings) }, undefined, 2)}\n`;
}
