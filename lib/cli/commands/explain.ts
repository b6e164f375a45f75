import { join, resolve } from "node:path";
import { createColors } from "picocolors";
import { RULES, undecided } from "../../../policies";
import { DRIFT } from "../../drift/drift-findings";
import { InputError } from "../../inputs/input";
import type { FindingRecord } from "../../judging/finding-record";
import { resourceName } from "../../reports/finding-groups";
import { findingsText } from "../../reports/text";
import { harmlessLine } from "../../text/harmless";
import { HOMEPAGE, pageOf } from "../../rules/pages";
import { shown } from "../../settings/faults";
import { nearest } from "../../text/nearest";
import { alternatives } from "../../text/words";
import { bytesOf } from "../check";
import { readText, reasonOf } from "../files";
import { fromRoot } from "../locations";
import type { ValuesOf } from "../options";
import type { CommandOutput } from "../output";
import { packageFolder } from "../package";
import { findingsInReport, findingsNamed } from "../report-file";
import { NotJudgedError, UserError } from "../user-error";

/**
 * Prints the page of a rule, or findings of a report with all that is known of them.
 * @throws UserError for a name that no rule or no finding has
 */
export async function explain({ rule, from }: ValuesOf<"explain">, output: CommandOutput): Promise<number> {
  return from === undefined ? explainRule(rule, output) : explainFindings(rule, from, output);
}

async function explainFindings(wanted: string, file: string, { out, terminal }: CommandOutput): Promise<number> {
  const findings = await findingsOf(file);
  const named = [wanted, fromHere(wanted)]
    .map((name) => findingsNamed(name, findings))
    .find(({ length }) => length > 0);
  if (named === undefined) {
    const names = [...new Set(findings.flatMap((finding) => [finding.rule, resourceName(finding)]))];
    const likely = names.length === 0 ? "" : `: did you mean ${alternatives(nearest(wanted, names))}?`;
    throw new UserError(`${file} has no finding of ${shown(wanted)}${likely}`);
  }
  for (const line of findingsText(named, {
    ...terminal,
    details: true,
    exempted: true,
    folder: fromRoot(process.cwd()),
  }))
    out(line);
  for (const rule of new Set(named.map((finding) => finding.rule))) out(harmlessLine(pageOf(rule)));
  return 0;
}

/** A place as a terminal shows it, from the working folder, as reports have it: from the root of the repository. */
function fromHere(place: string): string {
  const [, file = place, position = ""] = /^(.+?)((?::\d+){1,2})$/.exec(place) ?? [];
  return `${fromRoot(resolve(file))}${position}`;
}

/** @throws NotJudgedError for a file that is no report */
async function findingsOf(file: string): Promise<readonly FindingRecord[]> {
  const name = file === "-" ? "standard input" : file;
  try {
    return findingsInReport(await bytesOf(file));
  } catch (error) {
    if (error instanceof InputError) throw new NotJudgedError(`${name} ${error.message}`);
    throw new NotJudgedError(`${name} cannot be read: ${reasonOf(error)}`);
  }
}

async function explainRule(wanted: string, { out, terminal }: CommandOutput): Promise<number> {
  if (wanted.toLowerCase() === DRIFT.name) {
    for (const line of [DRIFT.title, DRIFT.why, DRIFT.fix, pageOf(DRIFT.name)]) out(line);
    return 0;
  }
  const names = [...RULES, undecided].map(({ name }) => name);
  const name = names.find((one) => one === wanted.toLowerCase());
  if (name === undefined) {
    const likely = alternatives(nearest(wanted, names));
    throw new UserError(`${shown(wanted)} is not a rule: did you mean ${likely}? hyperv-guard rules lists all of them`);
  }
  const page = await readText(join(packageFolder(), "docs", "rules", `${name}.md`));
  for (const line of printable(page, terminal.isColoured)) out(line);
  return 0;
}

/** A page of ours as a terminal shows it: without its comment, and with links that lead somewhere from everywhere. */
function printable(page: string, isColoured: boolean): readonly string[] {
  const { bold } = createColors(isColoured);
  const text = page
    .replace(/^<!--.*?-->\s*/s, "")
    .replace(/\]\(\.\.\/([^)]+)\)/g, `](${HOMEPAGE}/blob/main/docs/$1)`)
    .replace(/\]\((?!https?:|#)([^)/]+)\)/g, `](${HOMEPAGE}/blob/main/docs/rules/$1)`)
    .trimEnd();
  return text.split("\n").map((line) => (line.startsWith("#") ? bold(line) : line));
}
