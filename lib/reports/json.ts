import { RECORD_VERSION } from "../judging/finding-record";
import { jsonDocument } from "../text/json";
import { inOrder } from "./finding-groups";
import type { Report } from "./report";

/** All findings as one JSON document; `finding.schema.json` is the schema of each. */
export function findingsJson({ findings, summary }: Pick<Report, "findings" | "summary">): string {
  const judged = summary === undefined ? {} : { judged: summary.judged };
  return jsonDocument({ version: RECORD_VERSION, ...judged, findings: inOrder(findings) });
}
