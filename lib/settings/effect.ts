import type { EnforcementLevel } from "@pulumi/policy";
import type { PolicyData } from "../rules/rule";
import { compare } from "../text/collections";
import { checkConfiguration, over, type Configuration } from "./configuration";
import { checkExemptions, disabledSettings, outsideOf } from "./contradictions";
import type { ConfigurationProblem } from "./faults";
import type { Exemption, PackSettings } from "./pack-settings";
import { profileOf, type Profile } from "./profiles";
import { ALL, PACK_SETTINGS } from "./schema";

/** What follows from a configuration. */
export interface Effect {
  /** What can be followed of it. */
  readonly configuration: Configuration;
  readonly pack: PackSettings;
  readonly profile: Profile | undefined;
  /** Those that can hold. */
  readonly exemptions: readonly Exemption[];
  /** All that cannot be followed, in one order. The rest holds. */
  readonly problems: readonly ConfigurationProblem[];
}

/** What a configuration is for. */
export interface Circumstances {
  /** The policies of the pack. */
  readonly policies: readonly PolicyData[];
  /** What the pack was made with, which the configuration overrides. */
  readonly options?: Configuration;
  /** The level of the policy that has the settings of the pack, where the configuration alone does not determine it. */
  readonly level?: EnforcementLevel;
}

/** Works out what a configuration means, and all that is wrong with it: in a preview as before one. */
export function effectOf(given: unknown, { policies, options = {}, level }: Circumstances): Effect {
  const checked = checkConfiguration(given, policies);
  const configuration = over(options, checked.configuration);
  const pack: PackSettings = configuration.estate ?? {};
  const profile = pack.profile === undefined ? undefined : profileOf(pack.profile);
  const refused = new Set(policies.filter(({ exemptible }) => exemptible === false).map(({ name }) => name));
  const exemptions = checkExemptions(pack, (rule) => !refused.has(rule));
  const ownLevel = configuration[PACK_SETTINGS]?.enforcementLevel ?? configuration[ALL.name]?.enforcementLevel;
  const problems = [
    ...checked.problems,
    ...exemptions.problems,
    ...(profile === undefined ? [] : outsideOf(profile, configuration)),
    ...disabledSettings(configuration, level ?? ownLevel),
  ];
  return {
    configuration,
    pack,
    profile,
    exemptions: exemptions.holding,
    problems: problems.sort((one, other) => compare(one.path, other.path)), // the engine passes policies in any order
  };
}
