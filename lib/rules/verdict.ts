import { settingsUrn } from "../estate/settings-urn";
import { gather, type Origin, type Value, type Values } from "../estate/value";
import type { Confidence } from "../tables/sources";
import type { Change, Figure, LimitFigure } from "./figures";

/** What a rule judges: an entity of the model, or a declared resource as a whole. */
export interface Judged {
  /** The kind of entity; absent for a declared resource as a whole. */
  readonly kind?: string;
  readonly urn: string;
  /** What messages call it. */
  readonly name: string;
  /** URNs of other resources that declare the same thing. */
  readonly alsoDeclaredBy?: readonly string[];
}

/** What a check found out about one entity. No verdict at all means that it passes. */
export type Verdict = Violation | Undecided;

export interface Violation {
  readonly kind: "violation";
  /** What must change. */
  readonly on: Judged;
  /** The property that must change, as a path; empty for the entity as a whole. */
  readonly path: string;
  /** What is wrong, with the numbers, in one or two sentences that start with the entity's name. */
  readonly problem: string;
  /** The figure that is wrong, or what stands where something else should. */
  readonly found?: Figure;
  /** What is allowed instead, where it can be said as a figure. */
  readonly limit?: LimitFigure;
  /** What fixes it, where one value does: setting it leads to no new finding of any rule. */
  readonly change?: Change;
  /** More that is known of it, in lines that only the view with details shows. */
  readonly more?: readonly string[];
  /** Replaces the rule's `fix` where this case can be told exactly what to do. */
  readonly fix?: string;
  /** The document that this case rests on and how sure it is, where a table row gave it. */
  readonly evidence?: Evidence;
  /** True where no document may be quoted, because it is not known which of the rule's documents holds. */
  readonly withoutSource?: boolean;
  /** True for a case that the document only advises against, within a rule that blocks otherwise. */
  readonly advisory?: boolean;
}

export interface Evidence {
  /** Id in lib/tables/sources.json. */
  readonly source: string;
  readonly confidence: Confidence;
  /** The document's own words or strength, in a sentence. */
  readonly statement?: string;
}

export interface Undecided {
  readonly kind: "undecided";
  readonly on: Judged;
  /** The property that is not known until deployment, or that nobody declared. */
  readonly missing: Origin;
  readonly because: "deployment" | "notDeclared";
  /** What is not known of a property whose value is. */
  readonly what?: string;
  /** What the model calls it, where the resource type has no property for it. */
  readonly fact?: string;
}

export function violation(on: Judged, path: string, problem: string, more: ViolationDetails = {}): Violation {
  return { kind: "violation", on, path, problem, ...more };
}

/** That a parameter weakens what a document says, which it cannot do: it changes nothing there, so it is no reason to stop. */
export function objection(rule: string, parameter: string, problem: string, fix: string): Violation {
  const on = { urn: settingsUrn(`${rule}.${parameter}`), name: rule };
  return violation(on, parameter, `${rule}: ${parameter} ${problem}`, {
    found: { value: parameter },
    fix,
    withoutSource: true,
    advisory: true,
  });
}

export type ViolationDetails = Pick<
  Violation,
  "found" | "limit" | "change" | "more" | "fix" | "evidence" | "withoutSource" | "advisory"
>;

/** Says that a check needs what nobody declared. */
export function notDeclared(
  on: Judged,
  { origin, fact }: { readonly origin: Origin; readonly fact?: string },
): Undecided {
  return { kind: "undecided", on, missing: origin, because: "notDeclared", ...(fact === undefined ? {} : { fact }) };
}

/**
 * Judges with values that must all be known. An unknown one makes the check undecided; an absent one means that the
 * check does not apply, because a dialect has filled in what the provider has a default for.
 */
export function given<T extends object>(
  on: Judged,
  values: Values<T>,
  judge: (values: T) => readonly Verdict[],
): readonly Verdict[] {
  const gathered = gather<T>(values);
  if (gathered.state === "known") return judge(gathered.value);
  return gathered.state === "unknown" ? gathered.unknown.flatMap((value) => undecided(on, value)) : [];
}

export function isViolation(verdict: Verdict): verdict is Violation {
  return verdict.kind === "violation";
}

/** Whether a verdict is a violation that stands on more than advice, so that it blocks where its rule is mandatory. */
export function blocks(verdict: Verdict): verdict is Violation {
  return isViolation(verdict) && verdict.advisory !== true && verdict.evidence?.confidence !== "unverified";
}

/** The verdict on a value that a check cannot do without; none when it is known. */
export function missing(on: Judged, value: Value<unknown>): readonly Undecided[] {
  return value.state === "absent" ? [notDeclared(on, value)] : undecided(on, value);
}

/** The verdict on an unknown value; none for a malformed one, which the `estate` rule reports already. */
export function undecided(on: Judged, value: Value<unknown>): readonly Undecided[] {
  if (value.state !== "unknown" || value.because === "malformed") return [];
  const { what } = value;
  return [
    { kind: "undecided", on, missing: value.origin, because: "deployment", ...(what === undefined ? {} : { what }) },
  ];
}
