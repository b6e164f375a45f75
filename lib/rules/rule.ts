import type { Estate } from "../estate/estate";
import { settingsUrn } from "../estate/settings-urn";
import { gather, type Origin, type Value, type Values } from "../estate/value";
import type { Confidence } from "../tables/sources";
import type { JsonSchema, JsonType } from "./json-schema";

/** One folder of policies/ each. */
export type Subject = "guests" | "hosts" | "exchange" | "networks" | "vmm" | "replica" | "backup" | "estate";

/** What breaking a rule means: outside of support, against a stated requirement, or against advice. */
export type Level = "unsupported" | "required" | "recommended";

export type Severity = "low" | "medium" | "high" | "critical";

/** What a rule judges: an entity of the model, or a declared resource as a whole. */
export interface Judged {
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
}

/** A rule: data, and one pure function over the model. */
export interface RuleDefinition<E extends Judged> {
  /** Permanent: users' configurations and exemptions name it. */
  readonly name: string;
  /** A few words: the engine prints them with each finding. */
  readonly title: string;
  readonly subject: Subject;
  readonly level: Level;
  /** Where the default enforcement is not what the level says; a comment at the rule says why. */
  readonly enforcement?: "mandatory" | "advisory";
  readonly severity: Severity;
  /**
   * `resource`: a violation found in one resource stands whatever else is declared, so it is reported before that
   * resource is created. `estate`: only the whole estate can tell.
   */
  readonly reach: "resource" | "estate";
  /** Why it matters, in one or two sentences. */
  readonly why: string;
  /** How to fix it, in one or two sentences. */
  readonly fix: string;
  /** Ids in lib/tables/sources.json, the most important first; none for what only the pack itself asks for. */
  readonly sources: readonly string[];
  readonly tags: readonly string[];
  /** The entities that the rule judges. */
  readonly applies: (estate: Estate) => readonly E[];
  readonly check: (entity: E, estate: Estate, context: Context) => readonly Verdict[];
  /** Parameters of the rule, each with its default, as a JSON schema of the properties of its configuration. */
  readonly parameters?: Readonly<Record<string, ParameterSchema>>;
  /** What the parameters ask for that no rule will do in this estate: said of the stack, once. */
  readonly objections?: (estate: Estate, context: Context) => readonly Violation[];
  /** False where no exemption may hold: what cannot be read cannot be accepted either. */
  readonly exemptible?: false;
}

/** A parameter that users may set in the configuration of a rule's policy. */
export interface ParameterSchema extends JsonSchema {
  readonly type: JsonType;
  readonly description: string;
  readonly default?: number | string | boolean;
}

/** What a check may know beside the estate. */
export interface Context {
  /** The day for which lifecycles are judged, as in 2026-11-22. */
  readonly asOf: string;
  /** A parameter of the rule: what the user set, else its default. */
  readonly number: (parameter: string) => number | undefined;
  /** A parameter that is on or off: off unless the user or its default turns it on. */
  readonly flag: (parameter: string) => boolean;
  /** A parameter that is a list of texts; empty where the user set none. */
  readonly texts: (parameter: string) => readonly string[];
}

/** A rule of any entity, as the catalogue holds it. */
export interface Rule extends Omit<RuleDefinition<Judged>, "applies" | "check" | "objections"> {
  /** Judges every entity that the rule applies to. */
  readonly judge: (estate: Estate, settings: RuleSettings) => Judgement;
}

/** What every policy of the pack has, with a rule behind it or not. */
export type PolicyData = Omit<Rule, "judge">;

/** How strictly a policy is enforced unless the user says otherwise. */
export function defaultEnforcement({ level, enforcement }: PolicyData): "mandatory" | "advisory" {
  return enforcement ?? (level === "recommended" ? "advisory" : "mandatory");
}

/** What the user has set, as far as a rule is concerned. */
export interface RuleSettings {
  readonly asOf: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Judgement {
  /** How many entities the rule applied to. */
  readonly applied: number;
  readonly verdicts: readonly Verdict[];
}

export function defineRule<E extends Judged>({ applies, check, objections, ...data }: RuleDefinition<E>): Rule {
  return {
    ...data,
    judge: (estate, { asOf, parameters }) => {
      const set = (name: string): unknown => parameters[name] ?? data.parameters?.[name]?.default;
      const context: Context = {
        asOf,
        number: (name) => {
          const value = set(name);
          return typeof value === "number" ? value : undefined;
        },
        flag: (name) => set(name) === true,
        texts: (name) => {
          const value = set(name);
          return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
        },
      };
      const entities = applies(estate);
      const verdicts = entities.flatMap((entity) => check(entity, estate, context));
      const objected = estate.complete ? (objections?.(estate, context) ?? []) : [];
      return { applied: entities.length, verdicts: [...verdicts, ...objected] };
    },
  };
}

export function violation(on: Judged, path: string, problem: string, more: ViolationDetails = {}): Violation {
  return { kind: "violation", on, path, problem, ...more };
}

/** That a parameter weakens what a document says, which it cannot do: it changes nothing there, so it is no reason to stop. */
export function objection(rule: string, parameter: string, problem: string, fix: string): Violation {
  const on = { urn: settingsUrn(`${rule}.${parameter}`), name: rule };
  return violation(on, parameter, `${rule}: ${parameter} ${problem}`, { fix, withoutSource: true, advisory: true });
}

export type ViolationDetails = Pick<Violation, "more" | "fix" | "evidence" | "withoutSource" | "advisory">;

/** Says that a check needs what nobody declared. */
export function notDeclared(on: Judged, missing: Origin): Undecided {
  return { kind: "undecided", on, missing, because: "notDeclared" };
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
  return value.state === "absent" ? [notDeclared(on, value.origin)] : undecided(on, value);
}

/** The verdict on an unknown value; none for a malformed one, which the `estate` rule reports already. */
export function undecided(on: Judged, value: Value<unknown>): readonly Undecided[] {
  if (value.state !== "unknown" || value.because === "malformed") return [];
  const { what } = value;
  return [
    { kind: "undecided", on, missing: value.origin, because: "deployment", ...(what === undefined ? {} : { what }) },
  ];
}
