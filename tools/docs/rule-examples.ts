import { stringify } from "yaml";
import type { DeclaredResource } from "../../lib/estate/declared";
import { isPlainArray, isPlainObject, UNKNOWN, type Plain, type PlainObject } from "../../lib/estate/plain";

/** A case of a rule's test, as the page of the rule shows it. */
export interface RuleExample {
  readonly name: string;
  readonly estate: readonly DeclaredResource[];
  /** What is said about it, `resource: sentence`; none for an estate that passes. */
  readonly says: readonly string[];
}

/** One estate of each kind, as far as the test has one that can be shown. */
export interface RuleExamples {
  readonly finds?: RuleExample;
  readonly passes?: RuleExample;
}

/** A case as `ruleTest` takes it. */
type Case = readonly [name: string, estate: readonly DeclaredResource[], says?: unknown, options?: unknown];

/** More than this does not explain a rule any more. */
const MOST_RESOURCES = 8;
const MOST_LINES = 60;

/** What names of cases begin with that stand for a known fault: `P1: `. */
const MARK = /^(?:[A-Z]\d+|Twice|Badly): /;

/**
 * Chooses the examples of a rule from the cases of its test, which run with every test: the first that needs no settings
 * and says all in the declaration of components. Cases of known faults explain a rule only where there is no other.
 */
export function examplesOf(cases: { readonly finds: readonly Case[]; readonly passes: readonly Case[] }): RuleExamples {
  const finds = unmarkedFirst(cases.finds).find(
    ([, estate, , options]) => isShowable(estate) && !needsSettings(options),
  );
  const passes = unmarkedFirst(cases.passes).find(
    ([, estate, options]) => isShowable(estate) && !needsSettings(options),
  );
  return {
    ...(finds === undefined ? {} : { finds: { name: nameOf(finds), estate: finds[1], says: listed(finds[2]) } }),
    ...(passes === undefined ? {} : { passes: { name: nameOf(passes), estate: passes[1], says: [] } }),
  };
}

function unmarkedFirst(cases: readonly Case[]): readonly Case[] {
  return [...cases].sort(([one], [other]) => Number(MARK.test(one)) - Number(MARK.test(other)));
}

function nameOf([name]: Case): string {
  return name.replace(MARK, "");
}

/** The sections of a rule's page. */
export function exampleSections({ finds, passes }: RuleExamples): readonly string[] {
  if (finds === undefined && passes === undefined) return [];
  return [
    "## Examples",
    ...(finds === undefined
      ? []
      : [
          `This has a finding: ${titleOf(finds.name)}.`,
          yaml(finds.estate),
          finds.says.map((text) => `> ${quoted(text)}`).join("\n>\n"),
        ]),
    ...(passes === undefined ? [] : [`This passes: ${titleOf(passes.name)}.`, yaml(passes.estate)]),
  ];
}

function isShowable(estate: readonly DeclaredResource[]): boolean {
  if (estate.length === 0 || estate.length > MOST_RESOURCES || estate.some(hasUnknown)) return false;
  const isComponent = estate.every(({ type }) => type.startsWith("hyperv-guard:"));
  return isComponent && yaml(estate).split("\n").length <= MOST_LINES;
}

function hasUnknown({ properties }: DeclaredResource): boolean {
  const isUnknown = (plain: Plain | undefined): boolean => {
    if (plain === UNKNOWN) return true;
    if (isPlainArray(plain)) return plain.some(isUnknown);
    return isPlainObject(plain) && Object.values(plain).some(isUnknown);
  };
  return isUnknown(properties);
}

function needsSettings(options: unknown): boolean {
  return typeof options === "object" && options !== null && ("settings" in options || "configuration" in options);
}

function listed(says: unknown): readonly string[] {
  return Array.isArray(says) ? says.filter((text) => typeof text === "string") : typeof says === "string" ? [says] : [];
}

function yaml(estate: readonly DeclaredResource[]): string {
  const resources = estate.map(({ name, type, properties }) => [
    name,
    { type, properties: withoutName(name, properties) },
  ]);
  return `\`\`\`yaml\n${stringify({ resources: Object.fromEntries(resources) as object }, { lineWidth: 0 })}\`\`\``;
}

/** The component takes its name from the resource where it has none of its own. */
function withoutName(name: string, properties: PlainObject): PlainObject {
  return Object.fromEntries(Object.entries(properties).filter(([key, value]) => key !== "name" || value !== name));
}

/** Without the name of the resource, which the sentence has too. */
function quoted(text: string): string {
  return text
    .replace(/^[^:]+: /, "")
    .replace(/[<>*_`|]/g, "\\$&")
    .replace(/\n/g, "\n> ");
}

/** The name of a test's case without the mark of what it guards against: readers of the page do not know it. */
function titleOf(name: string): string {
  return name.replace(/^(?:[A-Z]\d+|Badly|Twice): /, "");
}
