import { appendFileSync, readFileSync } from "node:fs";
import type { FindingRecord } from "../judging/finding-record";
import { readJsonLines } from "../text/json-lines";

/** The environment variable that names the file for the findings; without it nothing is written. */
export const JOURNAL_VARIABLE = "HYPERV_GUARD_FINDINGS";

/** Keeps what is reported, for whoever started the engine: its own output has the findings only as text. */
export function record(finding: FindingRecord, file = process.env[JOURNAL_VARIABLE]): void {
  if (file === undefined || file === "") return;
  appendFileSync(file, `${JSON.stringify(finding)}\n`);
}

/** Reads what the pack has recorded; nothing where it had nothing to record. */
export function readFindings(journal: string): readonly FindingRecord[] {
  return readJsonLines<FindingRecord>(readFileSync(journal, "utf8"));
}
