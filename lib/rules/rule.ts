import type { Estate } from "../estate/estate";
import type { JsonSchema, JsonType } from "./json-schema";
import type { Judged, Verdict, Violation } from "./verdict";

/** One folder of policies/ each. */
export type Subject = "guests" | "hosts" | "exchange" | "networks" | "vmm" | "replica" | "backup" | "estate";

/** What breaking a rule means: outside of support, against a stated requirement, or against advice. */
export type Level = "unsupported" | "required" | "recommended";

export type Severity = "low" | "medium" | "high" | "critical";

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
  /**
   * True where something that is missing can be the reason for a finding: a host that runs no other member, a firewall
   * that opens nothing. An operation that shows only a part of the estate, as with `--target`, then has no finding.
   */
  readonly needsWhole?: true;
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
