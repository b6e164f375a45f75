import XMLBuilder from "fast-xml-builder";
import type { FindingRecord } from "../judging/finding-record";
import { inLines } from "../rules/explanation";
import { pageOf } from "../rules/pages";
import { harmless, harmlessLine, shortened } from "../text/harmless";
import { append, compare } from "../text/collections";
import { fateOf, inOrder, namedProblem, resourceName, termsOf } from "./finding-groups";
import { judgedLine } from "./judged-line";
import type { Report } from "./report";

/**
 * A JUnit report as Jenkins, Azure DevOps and GitLab read it: a suite for each rule with findings, a case for each finding.
 * What blocks has failed. What advises or is exempted is skipped, with its text: those systems have nothing between.
 */
export function junitXml(report: Report): string {
  const byRule = new Map<string, FindingRecord[]>();
  for (const finding of inOrder(report.findings)) append(byRule, finding.rule, finding);
  const suites = [...byRule].sort(([one], [other]) => compare(one, other)).map(([rule, here]) => suite(rule, here));
  const all = suites.length === 0 ? [nothingFound(report)] : suites;
  const cases = all.flatMap(({ testcase }) => testcase);
  return BUILDER.build({
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: { "@name": "hyperv-guard", ...totals(cases), testsuite: all },
  });
}

const BUILDER = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

interface Suite {
  readonly "@name": string;
  readonly testcase: readonly Case[];
}

interface Case {
  readonly "@classname": string;
  readonly "@name": string;
  readonly "@file"?: string;
  readonly failure?: Outcome;
  readonly error?: Outcome;
  readonly skipped?: Outcome;
}

interface Outcome {
  readonly "@message": string;
  readonly "@type": string;
  readonly "#text": string;
}

function suite(rule: string, findings: readonly FindingRecord[]): Suite {
  const testcase = findings.map(caseOf);
  return { "@name": rule, ...totals(testcase), testcase };
}

function caseOf(finding: FindingRecord): Case {
  const { rule, property, location, title } = finding;
  const fate = fateOf(finding);
  const name = [resourceName(finding) || title, property].filter((part) => part !== undefined).join(" ");
  const outcome = {
    "@message": shownLine(namedProblem(finding)),
    "@type": finding.severity,
    "#text": shown(textOf(finding)),
  };
  return {
    "@classname": `hyperv-guard.${rule}`,
    "@name": shownLine(name),
    ...(location === undefined ? {} : { "@file": shownLine(location.file) }),
    ...(fate === "mandatory" ? { failure: outcome } : { skipped: { ...outcome, "@type": fate } }),
  };
}

function textOf(finding: FindingRecord): string {
  const { exempted, location, rule, urn } = finding;
  const parts = [
    exempted === undefined ? inLines(finding) : `${namedProblem(finding)}\nExempted ${termsOf(exempted)}.`,
    ...(location === undefined ? [] : [`At: ${location.file}:${String(location.line)}`]),
    ...(urn === undefined ? [] : [`Resource: ${urn}`]),
    `More: ${pageOf(rule)}`,
  ];
  return parts.join("\n");
}

/** A report without cases would be taken for a run that broke off. */
function nothingFound({ summary, failure }: Report): Suite {
  const sentence = shownLine(failure === undefined ? judgedLine(summary) : "The preview failed.");
  const one = { "@classname": "hyperv-guard", "@name": sentence };
  const outcome = { "@message": sentence, "@type": "failure", "#text": shown(failure ?? "") };
  const testcase = [failure === undefined ? one : { ...one, error: outcome }];
  return { "@name": "hyperv-guard", ...totals(testcase), testcase };
}

function totals(cases: readonly Case[]): object {
  return {
    "@tests": cases.length,
    "@failures": cases.filter(({ failure }) => failure !== undefined).length,
    "@errors": cases.filter(({ error }) => error !== undefined).length,
    "@skipped": cases.filter(({ skipped }) => skipped !== undefined).length,
  };
}

/** XML cannot hold half of a character, nor two code points that are not characters. */
function shown(text: string): string {
  return harmless(shortened(text)).replace(/[\p{Surrogate}\ufffe\uffff]/gu, "\ufffd");
}

function shownLine(text: string): string {
  return harmlessLine(shown(text));
}
