import type { Document } from "../rules/explanation";
import { pageOf } from "../rules/pages";
import { append, compare } from "../text/collections";
import { harmless, harmlessLine, shortened } from "../text/harmless";
import { markdownTable } from "../text/markdown";
import { grouped, problemOf, summary, termsOf, type Fate, type FindingGroup } from "./finding-groups";
import type { Report } from "./report";

/** The findings as Markdown, for the summary page of a pipeline. */
export function summaryMarkdown({ findings, failure }: Pick<Report, "findings" | "failure">): string {
  const total = summary(findings) ?? (failure === undefined ? "no findings" : undefined);
  const groups = grouped(findings);
  const heading = [failure === undefined ? undefined : "the preview failed", total].filter(
    (part) => part !== undefined,
  );
  return [
    `## hyperv-guard: ${heading.join("; ")}`,
    ...(failure === undefined ? [] : [fenced(failure)]),
    ...SECTIONS.flatMap(({ fate, title }) => {
      const here = groups.filter((group) => group.fate === fate);
      return here.length === 0 ? [] : [`### ${title}`, fate === "exempted" ? exempted(here) : open(here)];
    }),
    ...rulesOf(groups),
    "",
  ].join("\n\n");
}

const SECTIONS: readonly { readonly fate: Fate; readonly title: string }[] = [
  { fate: "mandatory", title: "Blocks" },
  { fate: "advisory", title: "Advises" },
  { fate: "exempted", title: "Exempted" },
];

function open(groups: readonly FindingGroup[]): string {
  return markdownTable(
    ["what is wrong", "how to fix it", "rule", "severity"],
    groups.map((group) => [
      escapedMarkdown(problemOf(group)),
      escapedMarkdown([group.first.fix, group.first.note].filter((text) => text !== undefined).join(" Note: ")),
      ruleLink(group.first.rule),
      group.first.severity,
    ]),
  );
}

function exempted(groups: readonly FindingGroup[]): string {
  return markdownTable(
    ["what is wrong", "exempted", "rule"],
    groups.map((group) => [
      escapedMarkdown(problemOf(group)),
      escapedMarkdown(group.first.exempted === undefined ? "" : termsOf(group.first.exempted)),
      ruleLink(group.first.rule),
    ]),
  );
}

/** Why each rule matters and where it is written, folded away. */
function rulesOf(groups: readonly FindingGroup[]): readonly string[] {
  const byRule = new Map<string, string[]>();
  for (const { first } of groups) {
    if (first.why === undefined) continue;
    const line = escapedMarkdown(first.why) + (first.source === undefined ? "" : ` ${link(first.source)}`);
    if (!(byRule.get(first.rule) ?? []).includes(line)) append(byRule, first.rule, line);
  }
  if (byRule.size === 0) return [];
  const rules = [...byRule].sort(([one], [other]) => compare(one, other));
  return [
    "<details><summary>Why these rules matter, and where they are written</summary>",
    ...rules.map(([rule, lines]) => [ruleLink(rule), "", ...lines.map((line) => `- ${line}`)].join("\n")),
    "</details>",
  ];
}

function link({ title, url }: Document): string {
  return url === undefined ? escapedMarkdown(title) : `[${escapedMarkdown(title)}](<${url}>)`;
}

/** The most characters of one text in a table. */
const LONGEST_CELL = 1000;

/** Text as Markdown that shows it as it is, in one line, and calls nobody: GitHub tells people who are mentioned. */
export function escapedMarkdown(text: string): string {
  return harmlessLine(shortened(text, LONGEST_CELL))
    .replace(/[\\`*_[\]<>|~#&]/g, "\\$&")
    .replace(/@(?=\w)/g, "@<!-- -->");
}

function ruleLink(rule: string): string {
  return `[\`${rule}\`](${pageOf(rule)})`;
}

/** Output of a program; the fence is longer than any in it. */
function fenced(text: string): string {
  const shown = harmless(text.trimEnd());
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}`;
}
