import type { PolicyPackArgs } from "@pulumi/policy";
import { onConfiguration } from "./lib/pack/configuration-listener";
import { listenToEngine } from "./lib/pack/engine-requests";
import { toPolicies } from "./lib/pack/policies";
import { serializeAnswersOnce } from "./lib/pack/repeated-answers";
import { checkConfiguration } from "./lib/settings/configuration";
import { EffectiveSettings } from "./lib/settings/effective-settings";
import type { HypervGuardOptions } from "./lib/settings/options.generated";
import { RULES, undecided } from "./policies";

export type { HypervGuardOptions } from "./lib/settings/options.generated";

const POLICIES = [...RULES, undecided];

/**
 * The policies of hyperv-guard, for a policy pack of your own:
 *
 * ```typescript
 * import { PolicyPack } from "@pulumi/policy";
 * import { hypervGuard } from "hyperv-guard/policy-pack";
 *
 * new PolicyPack("platform", hypervGuard({ all: "advisory", "guest-os-supported": "mandatory" }));
 * ```
 *
 * @param options levels and parameters by policy; a file for `--policy-pack-config` overrides them, key by key
 * @throws Error that lists all that is wrong with the options
 */
export function hypervGuard(options: HypervGuardOptions = {}): PolicyPackArgs {
  const { configuration, problems } = checkConfiguration(options, POLICIES);
  if (problems.length > 0) {
    const lines = problems.map(({ problem, fix }) => `- ${problem} ${fix}`);
    throw new Error(`The options of hypervGuard are not valid:\n${lines.join("\n")}`);
  }
  const settings = new EffectiveSettings({ policies: POLICIES, options: configuration });
  onConfiguration((whole) => {
    settings.configure(whole);
  });
  serializeAnswersOnce();
  return {
    displayName: "hyperv-guard",
    description: "Microsoft's support statements and best practices for Hyper-V and Exchange on Hyper-V.",
    policies: toPolicies(RULES, undecided, settings, listenToEngine()),
  };
}
