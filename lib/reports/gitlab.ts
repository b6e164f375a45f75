import type { FindingRecord } from "../judging/finding-record";
import type { Severity } from "../rules/rule";
import { harmlessLine } from "../text/harmless";
import { jsonDocument } from "../text/json";
import { annotationText } from "./annotations";
import { inOrder } from "./finding-groups";
import { fingerprints } from "./fingerprints";
import type { Report } from "./report";

/**
 * A Code Quality report of GitLab. What is exempted is left out: the format cannot say it.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabCodeQuality({ findings, file = "Pulumi.yaml" }: Report): string {
  const shown = inOrder(findings).filter(({ exempted }) => exempted === undefined);
  const known = fingerprints(shown);
  const issues = shown.map((finding, index) => issueOf(finding, known[index] ?? "", file));
  return jsonDocument(issues);
}

function issueOf(finding: FindingRecord, fingerprint: string, file: string): object {
  const { rule, location, severity, enforcement } = finding;
  return {
    description: harmlessLine(annotationText(finding)),
    check_name: rule,
    fingerprint,
    severity: enforcement === "mandatory" && severity === "critical" ? "blocker" : SEVERITIES[severity],
    location: { path: location?.file ?? file, lines: { begin: location?.line ?? 1 } },
  };
}

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: "critical",
  high: "major",
  medium: "minor",
  low: "info",
};
