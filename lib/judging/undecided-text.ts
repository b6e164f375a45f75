import type { DeclaredResource, NotEvaluated } from "../estate/declared";
import { describePath } from "../estate/element-names";
import type { Undecided } from "../rules/verdict";
import { listing } from "../text/words";

/** Something that a rule could not decide. */
export interface UndecidedBy {
  readonly rule: string;
  readonly verdict: Undecided;
}

/** What was not judged of a resource, and what to do about it. */
export interface UndecidedText {
  readonly problem: string;
  readonly fix: string;
}

/** What the rules could not decide of one resource, and which of its commands were not evaluated. */
export function undecidedText(
  resource: DeclaredResource | undefined,
  items: readonly UndecidedBy[],
  commands: readonly NotEvaluated[],
): UndecidedText {
  const sentences = [describeUndecided(items, resource), describeCommands(commands)];
  return { problem: sentences.filter((sentence) => sentence !== "").join(" "), fix: undecidedFix(items, resource) };
}

/** What to do about what could not be decided; none of it where commands are not followed. */
function undecidedFix(items: readonly UndecidedBy[], resource: DeclaredResource | undefined): string {
  if (items.length === 0) return "Declare what is to be judged with the components of hyperv-guard.";
  const them = subjectsOf(items, resource).length > 1 ? "them" : "it";
  // Nobody writes into an export of RVTools.
  if (resource?.urn.startsWith("urn:pulumi:rvtools::") === true) {
    return `Say ${them} in classify of the settings, or after the move in an inventory or a program.`;
  }
  // An inventory names the place that it could not read.
  if (items.every(({ verdict }) => verdict.what === verdict.missing.path)) {
    return `Write ${them} into the inventory, in the place of null.`;
  }
  return items.every(({ verdict }) => verdict.because === "notDeclared")
    ? `Declare ${them}.`
    : `Declare ${them}, or look again after the deployment.`;
}

/** What is missing, in the order of the properties. */
function subjectsOf(items: readonly UndecidedBy[], resource: DeclaredResource | undefined): readonly string[] {
  const subjects = new Set(items.map(({ verdict }) => verdict.what ?? verdict.missing.path));
  return [...subjects].sort().map((subject) => describePath(resource, subject));
}

function describeUndecided(items: readonly UndecidedBy[], resource: DeclaredResource | undefined): string {
  const sentence = (chosen: readonly UndecidedBy[], predicate: (many: boolean) => string): readonly string[] => {
    if (chosen.length === 0) return [];
    const subjects = subjectsOf(chosen, resource);
    const rules = unique(chosen.map(({ rule }) => rule));
    return [`${listing(subjects)} ${predicate(subjects.length > 1)}: not checked by ${listing(rules)}.`];
  };
  const of = (because: Undecided["because"]): readonly UndecidedBy[] =>
    items.filter(({ verdict }) => verdict.what === undefined && verdict.because === because);
  return [
    ...sentence(of("deployment"), (many) => `${many ? "are" : "is"} not known until deployment`),
    ...sentence(of("notDeclared"), (many) => `${many ? "are" : "is"} not declared`),
    ...sentence(
      items.filter(({ verdict }) => verdict.what !== undefined),
      (many) => `${many ? "are" : "is"} not known`,
    ),
  ].join(" ");
}

/** Commands that are not followed, such as those of a condition, and scripts that are not read. */
function describeCommands(commands: readonly NotEvaluated[]): string {
  const sentence = (because: NotEvaluated["because"], predicate: (many: boolean) => string): readonly string[] => {
    const places = unique(commands.filter((one) => one.because === because).map(({ origin }) => origin.path));
    return places.length === 0 ? [] : [`${listing(places)} ${predicate(places.length > 1)}: not judged.`];
  };
  return [
    ...sentence("run", (many) => `can only be evaluated when ${many ? "they run" : "it runs"}`),
    ...sentence("unread", (many) => `${many ? "are" : "is"} not read`),
    ...sentence("deployment", (many) => `${many ? "are" : "is"} not known until deployment`),
  ].join(" ");
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}
