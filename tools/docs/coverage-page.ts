import { markdownTable } from "../../lib/text/markdown";
import {
  countCoverage,
  isJudged,
  percentOfDeclarable,
  percentWithNewInputs,
  type CoverageCounts,
} from "../coverage/coverage-counts";
import { checkingTools, pageOf, runningReasons, type CheckingTool, type ToolRule } from "../coverage/tool-rules";

/**
 * docs/coverage.md: what Microsoft's tools check on servers that run, and which rules of this pack judge the same before.
 * @param names the names of the rules of this pack
 */
export function coverageDocument(names: readonly string[]): string {
  const rules = new Set(names);
  const tools = checkingTools();
  const total = countCoverage(
    tools.flatMap((tool) => tool.rules),
    rules,
  );
  return [
    "<!-- Generated from tools/coverage/data; do not edit. -->",
    "# Coverage of Microsoft's tools",
    "Microsoft's tools check servers that run. This is each of their rules, and the [rules](rules/README.md) that judge the same " +
      "before anything is deployed, or why none does:",
    [
      "- **judged**: by the rules that are named.",
      "- **not judged**: the [types that are read](dialects.md) have a property for it, and no rule judges it.",
      "- **no input**: it is a setting, and none of these types has a property for it.",
      "- **only running**: only a running server shows it, for one of the [reasons below](#what-only-a-running-server-shows).",
    ].join("\n"),
    `Of ${String(total.judged + total.notJudged)} rules that a declaration can break, ${String(total.judged)} are judged ` +
      `(${percentOfDeclarable(total)}); with the ${String(total.noInput)} settings that would need an input of their own it ` +
      `is ${percentWithNewInputs(total)}. A share is rounded down, and a rule counts as judged when every rule that is named ` +
      "is in the pack.",
    markdownTable(
      [
        "tool",
        "rules",
        "judged",
        "not judged",
        "no input",
        "only running",
        "judged of what is declared",
        "with new inputs",
      ],
      [
        ...tools.map((tool) => numbers(`[${tool.tool}](#${anchor(tool.tool)})`, countCoverage(tool.rules, rules))),
        numbers("all", total),
      ],
    ),
    "## What only a running server shows",
    markdownTable(
      ["reason", "meaning"],
      runningReasons().map(({ id, why }) => [id, why]),
    ),
    ...tools.flatMap((tool) => section(tool, rules)),
    "",
  ].join("\n\n");
}

function numbers(name: string, counts: CoverageCounts): readonly string[] {
  const { all, judged, notJudged, noInput, onlyRunning } = counts;
  return [
    name,
    ...[all, judged, notJudged, noInput, onlyRunning].map(String),
    percentOfDeclarable(counts),
    percentWithNewInputs(counts),
  ];
}

/** As GitHub makes it of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
}

function section(tool: CheckingTool, rules: ReadonlySet<string>): readonly string[] {
  const rows = tool.rules.map((rule) => [
    rule.number ?? "",
    `[${rule.title}](${pageOf(tool, rule)})`,
    ...describe(rule, rules),
  ]);
  return [
    `## ${tool.tool}`,
    `${tool.scope} [Document](${tool.document}).`,
    markdownTable(["no.", "rule", "", "by which rules, or why not"], rows),
  ];
}

function describe(rule: ToolRule, rules: ReadonlySet<string>): readonly [kind: string, text: string] {
  const { judgedBy = [], note, notJudged, noInput, onlyRunning } = rule;
  if (onlyRunning !== undefined) return ["only running", onlyRunning];
  if (noInput !== undefined) return ["no input", noInput];
  if (notJudged !== undefined) return ["not judged", notJudged];
  if (!isJudged(rule, rules)) return ["not judged", "The rules for it are not in the pack yet."];
  const links = judgedBy.map((name) => `[${name}](rules/${name}.md)`).join(", ");
  return ["**judged**", note === undefined ? links : `${links}. ${note}`];
}
