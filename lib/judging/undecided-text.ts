import type { Undecided } from "../rules/verdict";
import { listing } from "../text/words";

/** Something that a rule could not decide. */
export interface UndecidedBy {
  readonly rule: string;
  readonly verdict: Undecided;
}

/** What to do about what could not be decided; none of it where commands are not followed. */
export function undecidedFix(items: readonly UndecidedBy[]): string {
  if (items.length === 0) return "Declare what is to be judged with the components of hyperv-guard.";
  const them = unique(items.map(subjectOf)).length > 1 ? "them" : "it";
  return items.every(({ verdict }) => verdict.because === "notDeclared")
    ? `Declare ${them}.`
    : `Declare ${them}, or look again after the deployment.`;
}

function subjectOf({ verdict }: UndecidedBy): string {
  return verdict.what ?? verdict.missing.path;
}

export function describeUndecided(items: readonly UndecidedBy[]): string {
  const sentence = (chosen: readonly UndecidedBy[], predicate: (many: boolean) => string): readonly string[] => {
    if (chosen.length === 0) return [];
    const subjects = unique(chosen.map(subjectOf));
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

/** Commands that are not followed, such as those in a loop. */
export function describeUnread(places: readonly string[]): string {
  if (places.length === 0) return "";
  return `${listing(unique(places))} can only be evaluated when ${places.length === 1 ? "it runs" : "they run"}: not judged.`;
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}
