import type { FindingEntry } from "../report-data";

/** How many findings a resource has. */
export interface FindingMark {
  readonly blocking: number;
  readonly advisory: number;
}

/** By URN. What is exempted or could not be checked is no mark. */
export type FindingMarks = ReadonlyMap<string, FindingMark>;

export function findingMarks(findings: readonly FindingEntry[]): FindingMarks {
  const marks = new Map<string, FindingMark>();
  for (const { fate, resources } of findings) {
    if (fate === "exempted") continue;
    for (const { urn } of resources) {
      if (urn === undefined) continue;
      const { blocking, advisory } = marks.get(urn) ?? { blocking: 0, advisory: 0 };
      const isBlocking = fate === "mandatory";
      marks.set(urn, { blocking: blocking + Number(isBlocking), advisory: advisory + Number(!isBlocking) });
    }
  }
  return marks;
}
