import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import type { FindingRecord } from "../judging/finding-record";
import { describeSource } from "../rules/explanation";
import { HOMEPAGE, pageOf } from "../rules/pages";
import type { Severity } from "../rules/rule";
import { compare } from "../text/collections";
import { harmless, harmlessLine } from "../text/harmless";
import { jsonDocument } from "../text/json";
import { count } from "../text/words";
import { annotationText } from "./annotations";
import { fateOf, inOrder, resourceName, termsOf, type Fate } from "./finding-groups";
import { fingerprints } from "./fingerprints";
import { escapedMarkdown } from "./markdown";
import type { Report } from "./report";

/** GitHub's code scanning takes so many results of a run, and shows so many; it refuses a file with more. */
export const MOST_RESULTS = 25_000;
export const MOST_SHOWN = 5_000;

/**
 * The findings as SARIF 2.1.0.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(report: Report): string {
  const ordered = inOrder(report.findings);
  const known = fingerprints(ordered);
  const written = ordered.slice(0, MOST_RESULTS);
  const rules = rulesOf(written);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "hyperv-guard",
            semanticVersion: report.version,
            version: report.version,
            informationUri: HOMEPAGE,
            rules: [...rules],
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [BASE]: { description: { text: "The root of the repository." } } },
        invocations: [
          { executionSuccessful: report.failure === undefined, toolExecutionNotifications: notifications(report) },
        ],
        results: written.map((finding, index) => ({
          ...resultOf(finding, report.file),
          ruleIndex: indexes.get(finding.rule) ?? -1,
          partialFingerprints: { "hypervGuard/v1": known[index] ?? "" },
        })),
      },
    ],
  };
  return jsonDocument(log);
}

const BASE = "SRCROOT";

/** What SARIF cannot say in a result, or what a reader of the results alone would miss. */
function notifications({ notes, failure, findings }: Report): { message: { text: string }; level: "error" | "note" }[] {
  return [
    ...(failure === undefined ? [] : [{ level: "error" as const, message: { text: harmless(failure) } }]),
    ...[...notes, ...limitNotes(findings.length)].map((note) => ({
      level: "note" as const,
      message: { text: harmless(note) },
    })),
  ];
}

/** What code scanning will leave out of so many findings, each in a sentence. */
export function limitNotes(number: number): readonly string[] {
  const of = count(number, "finding");
  if (number > MOST_RESULTS) {
    return [
      `SARIF has the first ${String(MOST_RESULTS)} of ${of}, what blocks first: code scanning refuses a file with more.`,
    ];
  }
  if (number > MOST_SHOWN) return [`Code scanning shows ${String(MOST_SHOWN)} of ${of}, by their severity.`];
  return [];
}

/** A descriptor for each rule with a finding, by name. */
function rulesOf(findings: readonly FindingRecord[]): readonly ReportingDescriptor[] {
  const first = new Map<string, FindingRecord>();
  for (const finding of findings) if (!first.has(finding.rule)) first.set(finding.rule, finding);
  return [...first.values()].sort((one, other) => compare(one.rule, other.rule)).map(ruleOf);
}

function ruleOf(finding: FindingRecord): ReportingDescriptor {
  const { rule, title, why, source, subject, level, severity } = finding;
  const page = pageOf(rule);
  const lines = [why ?? title, ...(source === undefined ? [] : [`Source: ${describeSource(source)}`])];
  return {
    id: rule,
    name: rule,
    shortDescription: { text: harmlessLine(title) },
    fullDescription: { text: harmlessLine(why ?? title) },
    helpUri: page,
    help: {
      text: harmless([...lines, `More: ${page}`].join("\n")),
      markdown: [...lines.map(escapedMarkdown), `[More on ${rule}](${page})`].join("\n\n"),
    },
    defaultConfiguration: { level: LEVELS[fateOf({ ...finding, enforcement: "mandatory" })] },
    properties: { tags: [subject, level], "problem.severity": PROBLEMS[severity] },
  };
}

const LEVELS: Readonly<Record<Fate, "error" | "warning" | "note">> = {
  mandatory: "error",
  advisory: "warning",
  exempted: "note",
};

/** What code scanning sorts by. */
const PROBLEMS: Readonly<Record<Severity, "error" | "warning" | "recommendation">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "recommendation",
};

function resultOf(finding: FindingRecord, whole: string | undefined): Result {
  const { rule, exempted, severity, found, limit } = finding;
  const advises = finding.enforcement === "advisory";
  return {
    ruleId: rule,
    level: advises && severity === "low" ? "note" : LEVELS[advises ? "advisory" : "mandatory"],
    message: { text: harmless(annotationText(finding)) },
    locations: [locationOf(finding, whole)],
    ...fixesOf(finding),
    ...(exempted === undefined
      ? {}
      : {
          suppressions: [
            { kind: "external" as const, status: "accepted" as const, justification: harmless(termsOf(exempted)) },
          ],
        }),
    properties: {
      severity,
      ...(found === undefined ? {} : { found }),
      ...(limit === undefined ? {} : { limit }),
    },
  };
}

function locationOf(finding: FindingRecord, whole: string | undefined): Location {
  const { location, urn, property, entity } = finding;
  const file = location?.file ?? whole;
  const name = urn ?? entity?.name;
  return {
    ...(file === undefined
      ? {}
      : {
          physicalLocation: {
            artifactLocation: artifactOf(file),
            region: location === undefined ? { startLine: 1 } : regionOf(location),
          },
        }),
    ...(name === undefined
      ? {}
      : {
          logicalLocations: [
            {
              name: harmlessLine(resourceName(finding)),
              fullyQualifiedName: harmlessLine(property === undefined ? name : `${name}#${property}`),
              kind: "resource",
            },
          ],
        }),
  };
}

function artifactOf(file: string): { uri: string; uriBaseId?: string } {
  const uri = file.split("/").map(encodeURIComponent).join("/");
  // A file elsewhere has no place below the folder.
  return file.startsWith("../") || file.startsWith("/") ? { uri } : { uri, uriBaseId: BASE };
}

function regionOf({ line, column, endLine, endColumn }: NonNullable<FindingRecord["location"]>): {
  startLine: number;
  startColumn?: number;
  endLine?: number;
  endColumn?: number;
} {
  return {
    startLine: line,
    ...(column === undefined ? {} : { startColumn: column }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
}

/** The replacement of the value that stands at the finding's place, where one value fixes it. */
function fixesOf({ change, location, property, fix }: FindingRecord): Pick<Result, "fixes"> {
  if (change === undefined || change.path !== property || location?.endLine === undefined) return {};
  return {
    fixes: [
      {
        description: { text: harmless(fix ?? "Set the value that is allowed.") },
        artifactChanges: [
          {
            artifactLocation: artifactOf(location.file),
            replacements: [
              { deletedRegion: regionOf(location), insertedContent: { text: JSON.stringify(change.value) } },
            ],
          },
        ],
      },
    ],
  };
}
