import { loadBuilt } from "../built.mjs";
import { GROWTHS } from "./growth.mjs";
import { table, whole } from "./markdown.mjs";

/** @typedef {import("./growth.mjs").Case} Case */

/** Times n, 2n and 4n. */
const steps = [1, 2, 4];

/** How the time of all rules grows, in each way in which an estate can grow. */
export function measureGrowths() {
  const judge = builtJudge();
  const rows = GROWTHS.map(({ id, what, size, make }) => {
    const cases = steps.map((factor) => make(size * factor));
    const [first] = cases;
    if (first !== undefined) judge(first); // compiles what is not yet
    const times = cases.map((one) => Math.min(...[one, one, one].map(judge)));
    const ratios = times.slice(1).map((time, index) => (time / (times[index] ?? NaN)).toFixed(1));
    return [`${what} (${id})`, whole(size), ...times.map(whole), ...ratios];
  });
  return table(["what grows", "n", "n, ms", "2n, ms", "4n, ms", "2n / n", "4n / 2n"], rows);
}

/** @returns {(one: Case) => number} milliseconds of processor time */
function builtJudge() {
  const { RULES, undecided } = /** @type {typeof import("../../policies/index.js")} */ (loadBuilt("policies/index.js"));
  const { Judge } = /** @type {typeof import("../../lib/judging/judge.js")} */ (loadBuilt("lib/judging/judge.js"));
  const { EffectiveSettings } = /** @type {typeof import("../../lib/settings/effective-settings.js")} */ (
    loadBuilt("lib/settings/effective-settings.js")
  );
  return ({ resources, configuration }) => {
    const before = process.cpuUsage();
    const options = configuration === undefined ? {} : { options: { estate: configuration } };
    const settings = new EffectiveSettings({ policies: [...RULES, undecided], ...options });
    new Judge(RULES, undecided, settings).judgeAll(/** @type {never} */ (resources));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
