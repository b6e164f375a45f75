import type { EnforcementLevel, ReportViolation } from "@pulumi/policy";
import type { Finding } from "../judging/finding";
import type { Judge } from "../judging/judge";
import { record } from "../reports/journal";
import { inLines, inOneLine } from "../rules/explanation";
import type { PolicyData, Severity } from "../rules/rule";
import { harmless, harmlessLine } from "../text/harmless";

/**
 * The form of a report that the server of @pulumi/policy takes too, though its types do not say so. Unlike the one that
 * they say, it has no line of the policy's description before the message.
 */
type ReportObject = (violation: {
  readonly name: string;
  readonly message: string;
  readonly severity: Severity;
  readonly urn?: string;
  readonly enforcementLevel?: EnforcementLevel;
}) => void;

/**
 * Reports findings to the engine in a line each, or with all that is known of them, and records them.
 * @param level the level at which they are reported unless one only advises; the policy's own when it is undefined
 */
export function reportFindings(
  report: ReportViolation,
  judge: Judge,
  policy: PolicyData,
  findings: readonly Finding[],
  level: "mandatory" | "advisory" | undefined,
): void {
  const reportObject = report as unknown as ReportObject;
  const { name, severity } = policy;
  const shown = judge.settings.pack.details === true ? inLines : inOneLine;
  for (const finding of findings) {
    const { message, explanation, urn, advisory, exempted } = finding;
    const enforcementLevel = advisory ? "advisory" : level;
    reportObject({
      name,
      message: harmless(exempted === undefined ? shown(explanation) : message),
      severity,
      ...(enforcementLevel === undefined ? {} : { enforcementLevel }),
      ...(urn === undefined ? {} : { urn }),
    });
    record(judge.record(policy, finding, level));
  }
}

/** A policy that throws would end the whole preview: what goes wrong in reading is reported like any finding. */
export function guarded<T>(report: ReportViolation, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : "an unknown error";
    report(`Nothing could be judged (${harmlessLine(reason)}). This is a defect of hyperv-guard: please report it.`);
    return undefined;
  }
}
