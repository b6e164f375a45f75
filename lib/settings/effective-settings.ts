import type { EnforcementLevel } from "@pulumi/policy";
import type { Configuration, PolicyConfiguration } from "./configuration";
import { effectOf, type Effect } from "./effect";
import { Exemptions } from "./exemptions";
import type { ConfigurationProblem } from "./faults";
import type { PackSettings } from "./pack-settings";
import { ALL, PACK_SETTINGS } from "./schema";

import { defaultEnforcement, type PolicyData, type RuleSettings } from "../rules/rule";

/** What settings are made of, beside what the engine tells. */
export interface SettingsSource {
  /** The policies of the pack. */
  readonly policies?: readonly PolicyData[];
  /** What the pack was made with, which a configuration goes over. */
  readonly options?: Configuration;
  /** The day that counts when the user names none, as in 2026-11-22. */
  readonly today?: string;
}

/** What follows from the configuration, with the exemptions as findings are put to them. */
type Known = Omit<Effect, "exemptions"> & { readonly exemptions: Exemptions };

/**
 * What the user has configured. It is heard as a whole before the first resource where that is possible; otherwise the
 * policy server tells each policy its own configuration when it calls it, `estate` first.
 */
export class EffectiveSettings {
  private readonly policies: ReadonlyMap<string, PolicyData>;
  private readonly options: Configuration;
  private readonly today: string;
  private heard: Told | undefined;
  private readonly learned = new Map<string, Readonly<Record<string, unknown>>>();
  private effect: Known | undefined;

  constructor({ policies = [], options = {}, today = new Date().toISOString().slice(0, 10) }: SettingsSource = {}) {
    this.policies = new Map(policies.map((policy) => [policy.name, policy]));
    this.options = options;
    this.today = today;
  }

  /** Takes in the whole configuration. */
  hear(told: Told): void {
    this.heard = told;
    this.effect = undefined;
  }

  /** Takes in the configuration of one policy; without effect where the whole was heard. */
  learn(policy: string, configuration: object): void {
    if (this.heard !== undefined) return;
    const known = this.learned.get(policy);
    this.learned.set(policy, { ...configuration });
    if (Object.keys(configuration).length + Object.keys(known ?? {}).length > 0) this.effect = undefined;
  }

  knows(policy: string): boolean {
    return this.heard !== undefined || this.learned.has(policy);
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
    return this.lowered(policy) ?? this.heard?.get(policy)?.level ?? this.ownLevel(policy);
  }

  /** The level that a policy has unless the configuration says otherwise; the engine is told this one. */
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
    const told = this.heard?.get(policy)?.level;
    if (told !== undefined && (this.heard?.has(ALL.name) === true || told !== this.ownLevel(policy))) return undefined;
    return this.ownLevel(policy) === "mandatory" ? level : undefined;
  }

  private optionalLevel(policy: string): EnforcementLevel | undefined {
    return this.options[policy]?.enforcementLevel ?? this.options[ALL.name]?.enforcementLevel;
  }

  private read(): Known {
    return (this.effect ??= this.work());
  }

  private work(): Known {
    const effect = effectOf(this.given(), {
      policies: [...this.policies.values()],
      options: this.options,
      level: this.heard?.get(PACK_SETTINGS)?.level ?? this.ownLevel(PACK_SETTINGS),
    });
    return { ...effect, exemptions: new Exemptions(effect.exemptions, effect.pack.asOf ?? this.today) };
  }

  /** What was told that is not as it would be without any configuration. */
  private given(): Readonly<Record<string, PolicyConfiguration>> {
    if (this.heard === undefined) return Object.fromEntries([...this.learned].filter(([, own]) => !isEmpty(own)));
    const all = this.heard.get(ALL.name)?.level;
    const entries = [...this.heard].map(([policy, { level, properties }]): [string, PolicyConfiguration] => {
      const isSet = !this.policies.has(policy) || level !== (all ?? this.ownLevel(policy));
      return [policy, { ...(isSet ? { enforcementLevel: level } : {}), ...properties }];
    });
    return Object.fromEntries(entries.filter(([, own]) => !isEmpty(own)));
  }
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}

/** What the engine tells of the configuration: each policy that there is or that the user has named. */
export type Told = ReadonlyMap<string, ToldPolicy>;

export interface ToldPolicy {
  /** The level that counts: the user's, or the policy's own. */
  readonly level: EnforcementLevel;
  readonly properties: Readonly<Record<string, unknown>>;
}
