import type { FindingRecord } from "../judging/finding-record";
import { harmlessLine } from "../text/harmless";
import { annotationText } from "./annotations";
import { fateOf, inOrder, type Fate } from "./finding-groups";
import type { Report } from "./report";

/**
 * Annotations as GitHub Actions takes them from a log. A step shows ten of each command, so what blocks comes first.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubAnnotations({ findings, file }: Report): string {
  return inOrder(findings)
    .map((finding) => `${commandOf(finding, file)}\n`)
    .join("");
}

const COMMANDS: Readonly<Record<Fate, string>> = { mandatory: "error", advisory: "warning", exempted: "notice" };

function commandOf(finding: FindingRecord, whole: string | undefined): string {
  const { location } = finding;
  const properties: readonly (readonly [name: string, value: string | number | undefined])[] = [
    ["file", location?.file ?? whole],
    ["line", location?.line],
    ["endLine", location?.endLine],
    ["col", location?.column],
    ["endColumn", location?.endLine === location?.line ? location?.endColumn : undefined],
    ["title", `hyperv-guard: ${finding.rule}`],
  ];
  const shown = properties.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${escapedProperty(value)}`));
  return `::${COMMANDS[fateOf(finding)]} ${shown.join(",")}::${escapedMessage(annotationText(finding))}`;
}

function escapedProperty(value: string | number): string {
  return escapedMessage(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function escapedMessage(text: string): string {
  return harmlessLine(text).replaceAll("%", "%25");
}
