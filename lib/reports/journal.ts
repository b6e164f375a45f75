import { appendFileSync } from "node:fs";
import type { Explanation } from "../rules/explanation";
import type { Severity } from "../rules/rule";
import type { Exemption } from "../settings/pack-settings";

/** The environment variable that names the file for the findings; without it nothing is written. */
export const JOURNAL_VARIABLE = "HYPERV_GUARD_FINDINGS";

/** A finding as it was reported: one line of JSON in the journal. Secret values are masked. */
export interface JournalEntry extends Explanation {
  readonly rule: string;
  /** The level at which it was reported. */
  readonly level: "mandatory" | "advisory";
  readonly severity: Severity;
  /** The resource that must change; absent for a finding about the stack as a whole. */
  readonly urn?: string;
  /** What messages call that resource. */
  readonly name?: string;
  /** The property that must change, as a path; absent for the resource as a whole. */
  readonly property?: string;
  /** The exemption that keeps it from counting. */
  readonly exempted?: Exemption;
}

/** Keeps what is reported, for whoever started the engine: its own output has the findings only as text. */
export function record(entry: JournalEntry, file = process.env[JOURNAL_VARIABLE]): void {
  if (file === undefined || file === "") return;
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
}
