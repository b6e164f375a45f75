import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { createColors } from "picocolors";
import { nameInUrn } from "../estate/declared";
import { withChanges, type EditedProgram } from "../inputs/program-edits";
import { secretTexts } from "../inputs/program-secrets";
import type { ValueChange } from "../inputs/program-values";
import type { FindingRecord } from "../judging/finding-record";
import { fateOf } from "../reports/finding-groups";
import { harmless, harmlessLine } from "../text/harmless";
import { fromOwnRoot, programFileIn } from "./locations";
import { readText } from "./files";

/** A change with the rule whose finding it fixes. */
export interface FindingChange extends ValueChange {
  readonly rule: string;
}

/** What findings come to in a program. */
export interface ProgramChanges extends EditedProgram<FindingChange> {
  /** The file of a program in YAML or JSON; absent for programs in other languages. */
  readonly file?: string;
  /** Whether the text differs from that of the file. */
  readonly isChanged: boolean;
  /** How the file differs from the changed one; empty where it does not, and where nobody may see it. */
  readonly diff: string;
}

/** The changes that fix findings, as far as one value fixes them; what is exempted stays. */
export function changesOf(findings: readonly FindingRecord[]): readonly FindingChange[] {
  return findings
    .filter((finding) => fateOf(finding) !== "exempted")
    .flatMap(({ rule, urn, change }) => {
      if (urn === undefined || change === undefined) return [];
      return [{ rule, name: nameInUrn(urn), type: urn.split("::").at(-2)?.split("$").at(-1) ?? "", ...change }];
    });
}

/** Makes changes in the program of a folder, without writing it. */
export async function changedProgram(folder: string, changes: readonly FindingChange[]): Promise<ProgramChanges> {
  const file = programFileIn(folder);
  if (file === undefined) return { text: "", applied: [], left: changes, isChanged: false, diff: "" };
  const text = await readText(file);
  const edited = withChanges(text, changes);
  const isChanged = edited.text !== text;
  return { file, ...edited, isChanged, diff: isChanged ? shownDiff(file, text, edited.text) : "" };
}

/** How many lines stand around a change, and how many where those lines have what nobody may see. */
const CONTEXTS = [3, 0];

/** The diff, unless it has a secret of the program in it, or what a terminal or a pipeline obeys. */
function shownDiff(file: string, text: string, edited: string): string {
  const secrets = secretTexts(text);
  const diffs = CONTEXTS.map((context) => diffOf(file, text, edited, context));
  return diffs.find((diff) => isHarmless(diff) && !secrets.some((secret) => diff.includes(secret))) ?? "";
}

/** As git writes and reads it. */
function diffOf(file: string, text: string, edited: string, context: number): string {
  const name = fromOwnRoot(file);
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, text, edited, undefined, undefined, {
    context,
    headerOptions: FILE_HEADERS_ONLY,
  }).replace(/\n$/, "");
}

/** Tabs, and the ends of lines on Windows, do nothing. */
function isHarmless(diff: string): boolean {
  const text = diff.replaceAll("\t", " ").replace(/\r$/gm, "");
  return harmless(text) === text;
}

/** `vm1: set disks[0].type to "fixed" (exchange-fixed-disks)` */
export function changeText({ name, path, value, rule }: FindingChange): string {
  return harmlessLine(`${name}: set ${path} to ${JSON.stringify(value)} (${rule})`);
}

/** A diff as a terminal shows it. */
export function coloured(diff: string, isColoured: boolean): string {
  const { red, green, cyan, bold } = createColors(isColoured);
  const paint = (line: string): string => {
    if (/^(?:---|\+\+\+) /.test(line)) return bold(line);
    if (line.startsWith("@@")) return cyan(line);
    return line.startsWith("-") ? red(line) : line.startsWith("+") ? green(line) : line;
  };
  return isColoured ? diff.split("\n").map(paint).join("\n") : diff;
}
