import { posix } from "node:path";
import { createColors } from "picocolors";
import type { FindingRecord } from "../judging/finding-record";
import { describeSource, inOneLine } from "../rules/explanation";
import type { Severity } from "../rules/rule";
import { append, compare } from "../text/collections";
import { harmless, harmlessLine } from "../text/harmless";
import { count } from "../text/words";
import { wrapped } from "../text/wrap";
import {
  fateOf,
  grouped,
  problemOf,
  resourceName,
  summary,
  termsOf,
  type Fate,
  type FindingGroup,
} from "./finding-groups";

/** How findings are shown to a person. */
export interface TextView {
  /** Whether why it matters and the document's title are shown too. */
  readonly details?: boolean;
  /** Whether exempted findings are shown one by one; otherwise they are counted. */
  readonly exempted?: boolean;
  /** In how many columns; absent where lines may be as long as they are. */
  readonly width?: number;
  readonly isColoured?: boolean;
  /** The working folder from the root of the repository, with slashes: files are shown as they are reached from it. */
  readonly folder?: string;
}

/**
 * What a terminal shows of findings: by resource, what blocks at the end, where the eye is, and what they add up to. Nothing
 * at all where there are none.
 */
export function findingsText(findings: readonly FindingRecord[], view: TextView = {}): readonly string[] {
  const total = summary(findings);
  if (total === undefined) return [];
  const shown = grouped(findings).filter(({ fate }) => fate !== "exempted" || view.exempted === true);
  const painter = new Painter(view);
  return [
    ...byResource(shown).flatMap((groups) => painter.resource(groups)),
    ...countsByRule(shown),
    ...endOf(total, findings, view),
  ];
}

/** `[mandatory] rule: what is wrong, and how to fix it` */
export function groupText(group: FindingGroup): string {
  const { first, fate } = group;
  return harmless(`[${fate}] ${first.rule}: ${inOneLine({ ...first, problem: problemOf(group) })}`).replaceAll(
    "\n",
    "\n  ",
  );
}

/** So many groups are read one by one; of more, a count by rule helps. */
const MOST_READ = 20;

/** The order in which they are shown: what blocks last. */
const FATES: readonly Fate[] = ["exempted", "advisory", "mandatory"];

const VERBS: Readonly<Record<Fate, string>> = { mandatory: "blocks", advisory: "advises", exempted: "exempted" };

/** The groups of each resource together; a resource comes the later, the worse its worst finding is. */
function byResource(groups: readonly FindingGroup[]): readonly (readonly FindingGroup[])[] {
  const places = new Map<string, FindingGroup[]>();
  for (const group of groups) append(places, group.first.urn ?? resourceName(group.first), group);
  const rank = ({ fate }: FindingGroup): number => FATES.indexOf(fate);
  const worst = (here: readonly FindingGroup[]): number => Math.max(...here.map(rank));
  return [...places.values()]
    .map((here) => [...here].sort((one, other) => rank(one) - rank(other)))
    .sort((one, other) => worst(one) - worst(other));
}

/** How many groups each rule has, where they are too many to be read one by one. */
function countsByRule(groups: readonly FindingGroup[]): readonly string[] {
  if (groups.length <= MOST_READ) return [];
  const counts = new Map<string, number>();
  for (const { first, fate } of groups) {
    const key = `${VERBS[fate]} ${first.rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const lines = [...counts].sort(([one, some], [other, more]) => more - some || compare(one, other));
  return [...lines.map(([key, number]) => `${String(number).padStart(7)} ${key}`), ""];
}

function endOf(total: string, findings: readonly FindingRecord[], { exempted = false }: TextView): readonly string[] {
  const fates = findings.map(fateOf);
  const hidden = !exempted && fates.includes("exempted") ? " (--exempted shows them)" : "";
  const rule = findings.find((finding) => fateOf(finding) === "mandatory")?.rule ?? findings[0]?.rule ?? "";
  const isEmpty = fates.every((fate) => fate === "exempted") && !exempted;
  return [`${total}${hidden}.`, ...(isEmpty ? [] : [`What a rule means, with examples: hyperv-guard explain ${rule}`])];
}

/** Puts findings into lines, coloured and wrapped as the terminal takes them. */
class Painter {
  private readonly colours: ReturnType<typeof createColors>;

  constructor(private readonly view: TextView) {
    this.colours = createColors(view.isColoured ?? false);
  }

  /** All of one resource, and an empty line behind it. */
  resource(groups: readonly FindingGroup[]): readonly string[] {
    const [head] = groups;
    if (head === undefined) return [];
    return [this.heading(head.first), ...groups.flatMap((group) => this.group(group)), ""];
  }

  private heading(finding: FindingRecord): string {
    const { bold, dim } = this.colours;
    const { entity, location } = finding;
    const name = resourceName(finding);
    const place =
      location === undefined
        ? undefined
        : `${posix.relative(this.view.folder ?? "", location.file)}:${location.line}${columnOf(location.column)}`;
    const about = [entity?.kind === undefined ? undefined : wordsOf(entity.kind), place].filter(
      (part) => part !== undefined,
    );
    const title = bold(harmlessLine(name === "" ? "the stack" : name));
    return about.length === 0 ? title : `${title}  ${dim(harmlessLine(about.join(", ")))}`;
  }

  private group(group: FindingGroup): readonly string[] {
    const { first, fate, names } = group;
    const others = names.length > 1 ? `, ${count(names.length, "resource")}` : "";
    const label = `${this.paint(fate, VERBS[fate])} ${this.colours.bold(first.rule)} ${this.colours.dim(`(${this.severity(first.severity)}${others})`)}`;
    return [`  ${label}`, ...this.partsOf(group).flatMap((text) => this.lines(text))];
  }

  private partsOf(group: FindingGroup): readonly string[] {
    const { first } = group;
    const { source } = first;
    if (first.exempted !== undefined) return [problemOf(group, first.problem), `Exempted ${termsOf(first.exempted)}.`];
    const { details = false } = this.view;
    return [
      problemOf(group, first.problem),
      ...(details ? [...(first.more ?? []), ...labelled("Why", first.why)] : []),
      ...labelled("Fix", first.fix),
      ...labelled("Note", first.note),
      ...labelled(
        "Source",
        source === undefined ? undefined : details ? describeSource(source) : (source.url ?? source.title),
      ),
    ];
  }

  private lines(text: string): readonly string[] {
    const { width } = this.view;
    return harmless(text)
      .split("\n")
      .flatMap((line) => wrapped(line, width === undefined ? Infinity : width - INDENT.length))
      .map((line) => `${INDENT}${line}`);
  }

  private paint(fate: Fate, text: string): string {
    const { red, yellow, dim, bold } = this.colours;
    if (fate === "mandatory") return bold(red(text));
    return fate === "advisory" ? yellow(text) : dim(text);
  }

  private severity(severity: Severity): string {
    return severity === "critical" ? this.colours.red(severity) : severity;
  }
}

const INDENT = "    ";

function columnOf(column: number | undefined): string {
  return column === undefined ? "" : `:${String(column)}`;
}

/** `virtualMachine` is a virtual machine. */
function wordsOf(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function labelled(label: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`${label}: ${text}`];
}
