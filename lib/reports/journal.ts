import { appendFileSync, readFileSync } from "node:fs";
import type { EstateView } from "../judging/estate-view";
import type { FindingRecord } from "../judging/finding-record";
import type { JudgedSummary } from "../judging/judged-summary";
import { readJsonLines } from "../text/json-lines";

/** The environment variable that names the file for the findings; without it nothing is written. */
export const JOURNAL_VARIABLE = "HYPERV_GUARD_FINDINGS";

/** The environment variable that asks for who runs where, beside the findings. */
export const VIEW_VARIABLE = "HYPERV_GUARD_VIEW";

/** What the pack has recorded of a preview. */
export interface Journal {
  readonly findings: readonly FindingRecord[];
  /** Absent where the preview did not come to the stack as a whole, or where nothing of Hyper-V is declared. */
  readonly summary?: JudgedSummary;
  /** Absent where nobody asked for it. */
  readonly view?: EstateView;
  /** Whether a part of it cannot be read, as where the disk was full. */
  readonly isDamaged: boolean;
}

type JournalLine = FindingRecord | JudgedSummary | { readonly view: EstateView };

/**
 * Keeps what is reported, for whoever started the engine: its own output has the findings only as text. Findings never
 * depend on it: what cannot be written is left out, and whoever reads the journal notices.
 */
export function record(line: JournalLine, file = process.env[JOURNAL_VARIABLE]): void {
  if (file === undefined || file === "") return;
  try {
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  } catch {
    // The engine shows the finding all the same.
  }
}

/** Whether who runs where is to be recorded. */
export function isViewWanted(): boolean {
  return (process.env[VIEW_VARIABLE] ?? "") !== "";
}

/** Reads what the pack has recorded; nothing where it had nothing to record. */
export function readJournal(file: string): Journal {
  const { values, isDamaged } = readJsonLines<JournalLine>(textOf(file));
  const summary = values.filter((line) => "judged" in line).at(-1);
  const view = values.filter((line) => "view" in line).at(-1)?.view;
  return {
    findings: values.filter((line) => "rule" in line),
    ...(summary === undefined ? {} : { summary }),
    ...(view === undefined ? {} : { view }),
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
