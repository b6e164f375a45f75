import type { FindingRecord } from "../judging/finding-record";
import { harmlessLine } from "../text/harmless";
import { annotationText } from "./annotations";
import { fateOf, inOrder } from "./finding-groups";
import type { Report } from "./report";

/**
 * Issues as Azure Pipelines takes them from a log. What is exempted is no issue, so it is left to the other formats.
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
export function azureDevOpsIssues({ findings, file }: Report): string {
  return inOrder(findings)
    .filter(({ exempted }) => exempted === undefined)
    .map((finding) => `${issueOf(finding, file)}\n`)
    .join("");
}

function issueOf(finding: FindingRecord, whole: string | undefined): string {
  const { location, rule } = finding;
  const properties: readonly (readonly [name: string, value: string | number | undefined])[] = [
    ["type", fateOf(finding) === "mandatory" ? "error" : "warning"],
    ["sourcepath", location?.file ?? whole],
    ["linenumber", location?.line],
    ["columnnumber", location?.column],
    ["code", rule],
  ];
  const shown = properties.flatMap(([name, value]) =>
    value === undefined ? [] : `${name}=${escapedProperty(value)};`,
  );
  return `##vso[task.logissue ${shown.join("")}]${escapedMessage(annotationText(finding))}`;
}

function escapedProperty(value: string | number): string {
  return escapedMessage(String(value)).replaceAll(";", "%3B").replaceAll("]", "%5D");
}

function escapedMessage(text: string): string {
  return harmlessLine(text).replaceAll("%", "%AZP25");
}
