import { RECORD_VERSION, type FindingRecord } from "../judging/finding-record";
import type { JudgedSummary } from "../judging/judged-summary";
import { harmlessJson } from "../text/harmless";
import { inOrder } from "./finding-groups";

/** All findings as one JSON document; `finding.schema.json` is the schema of each. */
export function findingsJson(findings: readonly FindingRecord[], summary: JudgedSummary | undefined): string {
  const judged = summary === undefined ? {} : { judged: summary.judged };
  const document = { version: RECORD_VERSION, ...judged, findings: inOrder(findings) };
  return `${harmlessJson(JSON.stringify(document, undefined, 2))}\n`;
}
