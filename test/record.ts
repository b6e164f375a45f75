import { RECORD_VERSION, type FindingRecord } from "../lib/judging/finding-record";

/** A finding as data, as a rule of no importance may have it. */
export function findingRecord(more: Partial<FindingRecord> = {}): FindingRecord {
  return {
    version: RECORD_VERSION,
    rule: "some-rule",
    title: "Some rule",
    subject: "guests",
    level: "required",
    severity: "high",
    enforcement: "mandatory",
    problem: "Something is wrong.",
    ...more,
  };
}
