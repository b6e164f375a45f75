import type { EnforcementLevel } from "@pulumi/policy";
import { defaultEnforcement, type PolicyData, type RuleSettings } from "../rules/rule";
import type { Configuration, PolicyConfiguration } from "./configuration";
import { effectOf, type Effect } from "./effect";
import { Exemptions } from "./exemptions";
import type { ConfigurationProblem } from "./faults";
import type { PackSettings } from "./pack-settings";
import { ALL, PACK_SETTINGS } from "./schema";

/** What settings are made of, apart from the configuration of the engine. */
export interface SettingsSource {
  /** The policies of the pack. */
  readonly policies?: readonly PolicyData[];
  /** What the pack was made with, which a configuration overrides. */
  readonly options?: Configuration;
  /** The day that counts when the user names none, as in 2026-11-22. */
  readonly today?: string;
}

/** The effect of a configuration, with its exemptions in a form that findings are looked up in. */
type IndexedEffect = Omit<Effect, "exemptions"> & { readonly exemptions: Exemptions };

/**
 * What the user has configured. The whole configuration is known before the first resource where that is possible;
 * otherwise the policy server passes each policy its own configuration when it calls it, `estate` first.
 */
export class EffectiveSettings {
  private readonly policies: ReadonlyMap<string, PolicyData>;
  private readonly options: Configuration;
  private readonly today: string;
  private whole: EngineConfiguration | undefined;
  private readonly byPolicy = new Map<string, Readonly<Record<string, unknown>>>();
  private effect: IndexedEffect | undefined;

  constructor({ policies = [], options = {}, today = new Date().toISOString().slice(0, 10) }: SettingsSource = {}) {
    this.policies = new Map(policies.map((policy) => [policy.name, policy]));
    this.options = options;
    this.today = today;
  }

  /** Sets the whole configuration. */
  configure(configuration: EngineConfiguration): void {
    this.whole = configuration;
    this.effect = undefined;
  }

  /** Sets the configuration of one policy; without effect where the whole is known. */
  configurePolicy(policy: string, configuration: object): void {
    if (this.whole !== undefined) return;
    const known = this.byPolicy.get(policy);
    this.byPolicy.set(policy, { ...configuration });
    if (Object.keys(configuration).length + Object.keys(known ?? {}).length > 0) this.effect = undefined;
  }

  /** Whether nothing of the configuration is still to come. */
  get areWhole(): boolean {
    return this.whole !== undefined;
  }

  knows(policy: string): boolean {
    return this.areWhole || this.byPolicy.has(policy);
  }

  of(policy: string): RuleSettings {
    const { configuration, pack, profile } = this.read();
    return {
      asOf: pack.asOf ?? profile?.asOf ?? this.today,
      parameters: configuration[policy] ?? {},
    };
  }

  /** The settings of the whole pack. */
  get pack(): PackSettings {
    return this.read().pack;
  }

  get exemptions(): Exemptions {
    return this.read().exemptions;
  }

  /** What cannot be followed of the configuration. The rest of it holds. */
  get problems(): readonly ConfigurationProblem[] {
    return this.read().problems;
  }

  /** How a policy is enforced, as far as it is known. */
  levelOf(policy: string): EnforcementLevel {
    if (this.isLeftOut(policy)) return "disabled";
    return this.lowered(policy) ?? this.whole?.get(policy)?.level ?? this.ownLevel(policy);
  }

  /** The level that a policy has unless the configuration says otherwise; the engine is given this one. */
  ownLevel(policy: string): EnforcementLevel {
    const data = this.policies.get(policy);
    return this.optionalLevel(policy) ?? (data === undefined ? "mandatory" : defaultEnforcement(data));
  }

  /** Whether the profile that the user has chosen has no such policy. */
  isLeftOut(policy: string): boolean {
    const { profile } = this.read();
    return profile !== undefined && !Object.hasOwn(profile.rules, policy);
  }

  /**
   * The level to which the profile lowers a policy that the user has not given one: it is stricter now than when the
   * profile was made.
   */
  lowered(policy: string): "advisory" | undefined {
    const level = this.read().profile?.rules[policy];
    if (level !== "advisory" || this.optionalLevel(policy) !== undefined) return undefined;
    const configured = this.whole?.get(policy)?.level;
    if (configured !== undefined && (this.whole?.has(ALL.name) === true || configured !== this.ownLevel(policy))) {
      return undefined;
    }
    return this.ownLevel(policy) === "mandatory" ? level : undefined;
  }

  private optionalLevel(policy: string): EnforcementLevel | undefined {
    return this.options[policy]?.enforcementLevel ?? this.options[ALL.name]?.enforcementLevel;
  }

  private read(): IndexedEffect {
    return (this.effect ??= this.computeEffect());
  }

  private computeEffect(): IndexedEffect {
    const effect = effectOf(this.configured(), {
      policies: [...this.policies.values()],
      options: this.options,
      level: this.whole?.get(PACK_SETTINGS)?.level ?? this.ownLevel(PACK_SETTINGS),
    });
    return { ...effect, exemptions: new Exemptions(effect.exemptions, effect.pack.asOf ?? this.today) };
  }

  /** What differs from what holds without any configuration. */
  private configured(): Readonly<Record<string, PolicyConfiguration>> {
    if (this.whole === undefined) return Object.fromEntries([...this.byPolicy].filter(([, own]) => !isEmpty(own)));
    const all = this.whole.get(ALL.name)?.level;
    const entries = [...this.whole].map(([policy, { level, properties }]): [string, PolicyConfiguration] => {
      const isSet = !this.policies.has(policy) || level !== (all ?? this.ownLevel(policy));
      return [policy, { ...(isSet ? { enforcementLevel: level } : {}), ...properties }];
    });
    return Object.fromEntries(entries.filter(([, own]) => !isEmpty(own)));
  }
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}

/** The configuration as the engine passes it on: of each policy that there is or that the user has named. */
export type EngineConfiguration = ReadonlyMap<string, EnginePolicy>;

export interface EnginePolicy {
  /** The level that counts: the user's, or else the policy's own. */
  readonly level: EnforcementLevel;
  readonly properties: Readonly<Record<string, unknown>>;
}
