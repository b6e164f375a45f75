import { describeSource } from "../../lib/rules/explanation";
import { defaultEnforcement, type PolicyData, type Level, type ParameterSchema } from "../../lib/rules/rule";
import { sourceOf } from "../../lib/tables/sources";
import { markdownTable } from "../../lib/text/markdown";
import { exampleSections, type RuleExamples } from "./rule-examples";

const LEVELS: Readonly<Record<Level, string>> = {
  unsupported: "breaking it leaves Microsoft's support",
  required: "stated as a requirement",
  recommended: "stated as a recommendation",
};

/** docs/rules/<name>.md: the data of a rule. */
export function rulePage(rule: PolicyData, examples: RuleExamples = {}): string {
  const { name, title, subject, level, severity, reach, needsWhole, why, fix, sources, tags } = rule;
  return [
    "<!-- Generated from the rule; do not edit. -->",
    `# ${name}`,
    `${title}.`,
    markdownTable(
      ["", ""],
      [
        ["Subject", subject],
        ["Level", `${level}: ${LEVELS[level]}`],
        ["Enforced by default", enforcement(rule)],
        ["Severity", severity],
        [
          "Judged",
          reach === "resource"
            ? "with each resource, before it is created, and with the stack"
            : needsWhole === true
              ? "with the whole stack, and not where an operation shows only a part of it"
              : "with the whole stack",
        ],
        ["Tags", tags.join(", ")],
      ],
    ),
    "## Why",
    why,
    "## How to fix it",
    fix,
    ...exampleSections(examples),
    ...parameters(rule.parameters),
    ...(sources.length === 0
      ? []
      : ["## Sources", sources.map((id) => `- ${describeSource(sourceOf(id))}`).join("\n")]),
    "A finding names the document for its own case, which differs between versions: see the [support tables](../tables.md).",
    "",
  ].join("\n\n");
}

/** docs/rules/README.md: one line for each rule. */
export function rulesPage(rules: readonly PolicyData[]): string {
  const rows = rules.map((rule) => [`[${rule.name}](${rule.name}.md)`, rule.title, enforcement(rule), rule.severity]);
  return [
    "<!-- Generated from the rules; do not edit. -->",
    "# Rules",
    "Each rule is a Pulumi policy of its own, with its own enforcement level.",
    ...[...new Set(rules.map(({ subject }) => subject))].flatMap((subject) => [
      `## ${subject}`,
      markdownTable(
        ["rule", "what it asks for", "enforced by default", "severity"],
        rows.filter((_, index) => rules[index]?.subject === subject),
      ),
    ]),
    "",
  ].join("\n\n");
}

function enforcement(rule: PolicyData): string {
  const level = defaultEnforcement(rule);
  if (rule.enforcement === undefined) return level;
  return level === "mandatory"
    ? "mandatory, although the document only recommends it: the pack promises to stop this"
    : "advisory: a preview that passes today must not fail tomorrow because a date has passed";
}

function parameters(schemas: Readonly<Record<string, ParameterSchema>> | undefined): readonly string[] {
  if (schemas === undefined) return [];
  const rows = Object.entries(schemas).map(([name, { type, description }]) => [`\`${name}\``, type, description]);
  return ["## Parameters", markdownTable(["name", "type", "meaning"], rows)];
}
