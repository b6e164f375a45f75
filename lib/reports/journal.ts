import { appendFileSync, readFileSync } from "node:fs";
import type { FindingRecord } from "../judging/finding-record";
import type { JudgedSummary } from "../judging/judged-summary";
import { readJsonLines } from "../text/json-lines";

/** The environment variable that names the file for the findings; without it nothing is written. */
export const JOURNAL_VARIABLE = "HYPERV_GUARD_FINDINGS";

/** What the pack has recorded of a preview. */
export interface Journal {
  readonly findings: readonly FindingRecord[];
  /** Absent where the preview did not come to the stack as a whole, or where nothing of Hyper-V is declared. */
  readonly summary?: JudgedSummary;
  /** Whether a part of it cannot be read, as where the disk was full. */
  readonly isDamaged: boolean;
}

/**
 * Keeps what is reported, for whoever started the engine: its own output has the findings only as text. Findings never
 * depend on it: what cannot be written is left out, and whoever reads the journal notices.
 */
export function record(line: FindingRecord | JudgedSummary, file = process.env[JOURNAL_VARIABLE]): void {
  if (file === undefined || file === "") return;
  try {
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  } catch {
    // The engine shows the finding all the same.
  }
}

/** Reads what the pack has recorded; nothing where it had nothing to record. */
export function readJournal(file: string): Journal {
  const { values, isDamaged } = readJsonLines<FindingRecord | JudgedSummary>(textOf(file));
  const summary = values.filter((line) => "judged" in line).at(-1);
  return {
    findings: values.filter((line) => "rule" in line),
    ...(summary === undefined ? {} : { summary }),
    isDamaged,
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
