import { ENTITY_WORDS, type JudgedSummary } from "../judging/judged-summary";
import { count, listing } from "../text/words";

/**
 * One sentence on what was judged.
 * @param summary undefined where nothing of Hyper-V is declared
 * @param resources how many resources there are, as far as it is known
 */
export function judgedLine(summary: JudgedSummary | undefined, resources?: number): string {
  if (summary === undefined) {
    const of = resources === undefined ? "" : ` among ${count(resources, "resource")}`;
    return `hyperv-guard found nothing of Hyper-V${of}, so it judged nothing.`;
  }
  const { entities, rules, resources: all, notShown, notRead } = summary.judged;
  const parts = ENTITY_WORDS.filter((word) => entities[word] > 0).map((word) => count(entities[word], word));
  const what = parts.length === 0 ? "no host, cluster or virtual machine" : listing(parts);
  const hidden = notShown.length === 0 ? "" : `; ${count(notShown.length, "resource")} outside the target not judged`;
  const others = notRead.reduce((sum, { resources: number }) => sum + number, 0);
  const unread =
    others === 0 ? "" : `; ${count(others, "resource")} that ${others === 1 ? "looks" : "look"} like Hyper-V not read`;
  return `hyperv-guard judged ${what} by ${count(rules, "rule")} (${count(all, "resource")}${hidden}${unread}).`;
}
