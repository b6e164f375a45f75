import type { ToolRule } from "./tool-rules";

/** How many rules of a tool, or of several, there are of each kind. */
export interface CoverageCounts {
  readonly all: number;
  readonly judged: number;
  /** The types that are read have a property for it, and no rule judges it. */
  readonly notJudged: number;
  /** Somebody could declare it, and no type that is read has a property for it. */
  readonly noInput: number;
  readonly onlyRunning: number;
}

/** Whether a rule of another tool is judged: by rules that are all there. */
export function isJudged({ judgedBy }: ToolRule, rules: ReadonlySet<string>): boolean {
  return judgedBy?.every((name) => rules.has(name)) ?? false;
}

export function countCoverage(toolRules: readonly ToolRule[], rules: ReadonlySet<string>): CoverageCounts {
  const number = (matches: (rule: ToolRule) => boolean): number => toolRules.filter(matches).length;
  const judged = number((rule) => isJudged(rule, rules));
  const noInput = number((rule) => rule.noInput !== undefined);
  const onlyRunning = number((rule) => rule.onlyRunning !== undefined);
  const all = toolRules.length;
  return { all, judged, noInput, onlyRunning, notJudged: all - judged - noInput - onlyRunning };
}

/** Of what the types that are read can declare. */
export function percentOfDeclarable({ judged, notJudged }: CoverageCounts): string {
  return percent(judged, judged + notJudged);
}

/** Of what the types that are read can declare, and of what would need an input of its own. */
export function percentWithNewInputs({ judged, notJudged, noInput }: CoverageCounts): string {
  return percent(judged, judged + notJudged + noInput);
}

/** Rounded down, so that 100 % means all. */
function percent(part: number, whole: number): string {
  return whole === 0 ? "" : `${String(Math.floor((part * 100) / whole))} %`;
}
