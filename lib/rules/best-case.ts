import { listing } from "../text/words";
import type { LimitFigure } from "./figures";
import { blocks, type Verdict, type Violation } from "./verdict";

/**
 * What is wrong in every case that is possible while something is not known. It is the finding of the best case: of the
 * one with the most generous limit. Nothing where a single case has nothing that blocks.
 * @param cases what would be found in each case
 * @param open what is not known, as in `its host`
 */
export function bestCase(cases: readonly (readonly Verdict[])[], open: readonly string[]): readonly Violation[] {
  let best: Violation | undefined;
  for (const verdicts of cases) {
    const wrong = verdicts.find(blocks);
    if (wrong === undefined) return [];
    if (best === undefined || generosity(wrong.limit) >= generosity(best.limit)) best = wrong;
  }
  if (best === undefined) return [];
  const isOne = open.length === 1;
  const reason = `That is the best case: ${listing(open)} ${isOne ? "is" : "are"} not known.`;
  return [{ ...best, problem: `${best.problem} ${reason}` }];
}

/** How much a limit allows: of two upper ones the higher is more generous, of two lower ones the lower. */
function generosity(limit: LimitFigure | undefined): number {
  if (limit === undefined) return -Infinity;
  const { bound, value } = limit;
  const numbers = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "number");
  if (numbers.length === 0) return -Infinity;
  return bound === "atLeast" ? -Math.min(...numbers) : Math.max(...numbers);
}
