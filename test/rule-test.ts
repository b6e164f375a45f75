import assert from "node:assert/strict";
import type { EstateSettings } from "../lib/dialects/estate-settings";
import type { DeclaredResource } from "../lib/estate/declared";
import { describePath } from "../lib/estate/element-names";
import type { Change, Figure, LimitFigure } from "../lib/rules/figures";
import type { Rule } from "../lib/rules/rule";
import { blocks } from "../lib/rules/verdict";
import { judge, nameOf } from "./kit";
import { changed, isOffered, newIn, placeOf, problemsIn, type FoundProblem } from "./offered-changes";
import { isExpected, someUnknownValues } from "./unknown-values";

/** What a case may say beside its estate. */
interface CaseOptions {
  /** The configuration of the rule. */
  readonly configuration?: object;
  /** The hosts, clusters and `classify` of the pack's settings. */
  readonly settings?: EstateSettings;
  /** The day on which it is judged. */
  readonly asOf?: string;
}

interface FindOptions extends CaseOptions {
  /** What stays undecided beside what is found. */
  readonly undecided?: readonly string[];
  /** Where set: whether all findings only advise, or none does. */
  readonly advisory?: boolean;
  /** The data of the first finding, as far as it is to be compared. */
  readonly found?: Figure;
  readonly limit?: LimitFigure;
  readonly change?: Change;
  readonly fix?: string;
  /** Id of the document in lib/tables/sources.json. */
  readonly source?: string;
}

/** An estate about which the rule says nothing, and which it understands whole. */
export type Passes = readonly [name: string, estate: readonly DeclaredResource[], options?: CaseOptions];

/** An estate with findings: `resource: sentence`, in order. One text is one finding. */
export type Finds = readonly [
  name: string,
  estate: readonly DeclaredResource[],
  says: string | readonly string[],
  options?: FindOptions,
];

/** An estate without a finding, about which something is not known: `resource: sentence`. */
export type Undecided = readonly [
  name: string,
  estate: readonly DeclaredResource[],
  says: string | readonly string[],
  options?: CaseOptions,
];

export interface RuleCases {
  readonly passes: readonly Passes[];
  readonly finds: readonly Finds[];
  readonly undecided?: readonly Undecided[];
}

/** The cases of every rule whose test was loaded: the pages of the rules show one of each kind. */
export const RULE_CASES = new Map<string, RuleCases>();

/**
 * The test of a rule as tables. A case is a line: a name, an estate and what is said about it. Every finding must carry
 * what was found as data.
 */
export function ruleTest(rule: Rule, cases: RuleCases): void {
  const { passes, finds, undecided = [] } = cases;
  RULE_CASES.set(rule.name, cases);
  describe(rule.name, () => {
    describe("passes", () => {
      for (const [name, estate, options] of passes) {
        it(name, () => {
          const said = judgeCase(rule, estate, options);
          assert.deepEqual({ finds: said.findings, undecided: said.undecided }, { finds: [], undecided: [] });
        });
      }
    });
    describe("finds", () => {
      for (const [name, estate, says, options = {}] of finds) {
        it(name, () => {
          const said = judgeCase(rule, estate, options);
          assert.deepEqual(
            { finds: said.findings, undecided: said.undecided },
            { finds: listed(says), undecided: named(options.undecided ?? [], estate) },
          );
          compareData(said, options);
          followChanges(rule, estate, options);
        });
      }
    });
    it("finds nothing new while a value is not known, and does not pass in silence", () => {
      const all = [
        ...passes.map(([name, estate, options]) => ({ name, estate, options })),
        ...[...finds, ...undecided].map(([name, estate, , options]) => ({ name, estate, options })),
      ];
      for (const { name, estate, options } of all) hideValues(rule, name, estate, options);
    });
    if (undecided.length === 0) return;
    describe("leaves undecided", () => {
      for (const [name, estate, says, options] of undecided) {
        it(name, () => {
          const said = judgeCase(rule, estate, options);
          assert.deepEqual(
            { finds: said.findings, undecided: said.undecided },
            { finds: [], undecided: named(listed(says), estate) },
          );
        });
      }
    });
  });
}

function judgeCase(
  rule: Rule,
  estate: readonly DeclaredResource[],
  { configuration, settings, asOf }: CaseOptions = {},
) {
  return judge(rule, estate, configuration, settings, asOf);
}

function listed(says: string | readonly string[]): readonly string[] {
  return typeof says === "string" ? [says] : says;
}

/** What is undecided is written with paths in the cases, as `disks[0].type`; a text calls the disk by its name. */
function named(texts: readonly string[], estate: readonly DeclaredResource[]): readonly string[] {
  return texts.map((text) => {
    const resource = estate.find(({ name }) => text.startsWith(`${name}: `));
    return describePath(resource, text);
  });
}

function compareData({ violations, advisory }: ReturnType<typeof judge>, options: FindOptions): void {
  const [first] = violations;
  assert(first !== undefined, "a case of `finds` has a finding");
  for (const { on, path, found } of violations) {
    assert(found !== undefined, `the finding on ${nameOf(on.urn)} ${path} says what was found, as data`);
  }
  if (options.advisory !== undefined) assert.equal(advisory.length, options.advisory ? violations.length : 0);
  for (const part of ["found", "limit", "change", "fix"] as const) {
    if (options[part] !== undefined) assert.deepEqual(first[part], options[part], part);
  }
  if (options.source !== undefined) assert.equal(first.evidence?.source, options.source);
}

/** Each change that the rule offers takes its finding away, and leads to none of any rule. */
function followChanges(rule: Rule, estate: readonly DeclaredResource[], options: CaseOptions): void {
  const { configuration, ...judging } = options;
  const all = {
    ...judging,
    ...(configuration === undefined ? {} : { configured: [rule.name, configuration] as const }),
  };
  const before = problemsIn(estate, all);
  for (const offered of before.filter((problem) => problem.rule === rule.name && isOffered(problem))) {
    const after = problemsIn(changed(estate, offered), all);
    assert.deepEqual(newIn(after, before), [], `what ${placeOf(offered)} offers leads to no finding`);
    assert.ok(!after.some((problem) => isSame(problem, offered)), `what ${placeOf(offered)} offers takes it away`);
  }
}

/** What blocks while a value is not known blocks whatever it is: also with the one that is declared. */
function hideValues(
  rule: Rule,
  name: string,
  estate: readonly DeclaredResource[],
  options: CaseOptions | undefined,
): void {
  const before = blockingIn(judgeCase(rule, estate, options));
  for (const { place, hidden } of someUnknownValues(estate)) {
    const said = judgeCase(rule, hidden, options);
    const where = `${name}: without ${place}`;
    if (!isExpected(rule.name, "finds")) {
      assert.deepEqual(
        blockingIn(said).filter((one) => !before.includes(one)),
        [],
        where,
      );
    }
    if (before.length === 0 || isExpected(rule.name, "passes")) continue;
    assert.ok(said.findings.length + said.undecided.length > 0, `${where} there is silence`);
  }
}

function blockingIn({ violations }: ReturnType<typeof judge>): readonly string[] {
  return violations.filter(blocks).map(({ on }) => nameOf(on.urn));
}

/** Several findings may stand at one place: each offers a value of its own. */
function isSame(one: FoundProblem, other: FoundProblem): boolean {
  return placeOf(one) === placeOf(other) && one.change?.value === other.change?.value;
}
