import { join } from "node:path";
import { createColors } from "picocolors";
import { RULES, undecided } from "../../../policies";
import { DRIFT } from "../../drift/drift-findings";
import { HOMEPAGE, pageOf } from "../../rules/pages";
import { shown } from "../../settings/faults";
import { nearest } from "../../text/nearest";
import { alternatives } from "../../text/words";
import { readText } from "../files";
import type { ValuesOf } from "../options";
import type { CommandOutput } from "../output";
import { packageFolder } from "../package";
import { UserError } from "../user-error";

/**
 * Prints the page of a rule.
 * @throws UserError for a name that no rule has
 */
export async function explain(
  { rule: wanted }: ValuesOf<"explain">,
  { out, terminal }: CommandOutput,
): Promise<number> {
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
