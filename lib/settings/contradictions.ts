import type { EnforcementLevel } from "@pulumi/policy";
import { quoted } from "../text/nearest";
import type { Configuration } from "./configuration";
import type { ConfigurationProblem } from "./faults";
import type { Exemption, PackSettings } from "./pack-settings";
import type { Profile } from "./profiles";
import { ALL, PACK_SETTINGS } from "./schema";

/**
 * Separates the exemptions that hold from those that cannot.
 * @param canBe whether the pack lets findings of a rule be exempted at all
 */
export function checkExemptions(
  { exemptions = [], notExemptible = [] }: PackSettings,
  canBe: (rule: string) => boolean,
): { readonly holding: readonly Exemption[]; readonly problems: readonly ConfigurationProblem[] } {
  const holding = new Map<string, Exemption>();
  const problems: ConfigurationProblem[] = [];
  for (const exemption of exemptions) {
    const { rule, resource } = exemption;
    const refused = !canBe(rule) || notExemptible.includes(rule);
    if (refused || holding.has(exemptedBy(exemption))) {
      problems.push({
        path: "estate.exemptions",
        problem: refused
          ? `estate.exemptions exempts ${rule} for "${resource}", but findings of ${rule} cannot be exempted.`
          : `estate.exemptions exempts ${rule} for "${resource}" more than once.`,
        fix: refused ? "Remove the exemption, and fix what the rule finds." : "Remove all but one.",
      });
    } else holding.set(exemptedBy(exemption), exemption);
  }
  return { holding: [...holding.values()], problems };
}

/** Rules that are configured but not in the profile: their configuration has no effect. */
export function outsideOf(profile: Profile, configuration: Configuration): readonly ConfigurationProblem[] {
  return Object.entries(configuration)
    .filter(([policy, own]) => policy !== ALL.name && own?.enforcementLevel !== "disabled")
    .filter(([policy]) => !Object.hasOwn(profile.rules, policy))
    .map(([policy]) => ({
      path: policy,
      problem: `${policy} is configured, but is not in the profile ${profile.name}.`,
      fix: "Remove it, or choose another profile.",
    }));
}

/** Where the settings of the pack come from the server alone, it passes none of a disabled policy. */
export function disabledSettings(
  configuration: Configuration,
  level: EnforcementLevel | undefined,
): readonly ConfigurationProblem[] {
  const { enforcementLevel, ...settings } = configuration.estate ?? {};
  const keys = Object.keys(settings).sort();
  if (level !== "disabled" || keys.length === 0) return [];
  const how = enforcementLevel === undefined ? `disabled by ${ALL.name}` : "disabled";
  return [
    {
      path: PACK_SETTINGS,
      problem: `${PACK_SETTINGS} is ${how}, but contains settings of the whole pack: ${quoted(keys)}.`,
      fix: 'Give it the level "advisory" or "mandatory".',
    },
  ];
}

/** What two exemptions of the same findings have in common. */
export function exemptedBy({ rule, resource, property, stacks }: Partial<Exemption>): string {
  return JSON.stringify([rule, resource?.toLowerCase(), property, stacks]);
}
