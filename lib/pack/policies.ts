import type {
  EnforcementLevel,
  Policies,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { Judge } from "../judging/judge";
import type { Pass } from "../judging/pass";
import type { ParameterSchema, PolicyData, Rule } from "../rules/rule";
import { EffectiveSettings } from "../settings/effective-settings";
import { sourceOf } from "../tables/sources";
import { CallGate } from "./call-gate";
import { EnginePasses } from "./engine-passes";
import { EngineRequests } from "./engine-requests";
import { ResourcePolicy } from "./resource-policy";
import { StackPolicy } from "./stack-policy";

/**
 * Turns rules into the policies of a pack, one each, that share one judge: whichever policy is called first reads the
 * resources, and all others use what it read.
 * @param undecided the policy that reports what the rules could not decide
 * @param settings what the user has set, which may become known later
 * @param requests the requests of the engine, where they can be seen
 */
export function toPolicies(
  rules: readonly Rule[],
  undecided: PolicyData,
  settings = new EffectiveSettings({ policies: [...rules, undecided] }),
  requests = new EngineRequests(),
): Policies {
  const judge = new Judge(rules, undecided, settings, !requests.showSecrets);
  const passes = new EnginePasses(judge, requests);
  const resourceGate = new CallGate<Pass>(() => passes.earlyResourcePass());
  const stackGate = new CallGate<Pass>(() => passes.earlyStackPass());
  const onResource = (rule: Rule) => {
    const policy = new ResourcePolicy(rule, judge, resourceGate, passes, requests.limit);
    return resourceGate.guard(
      rule.name,
      (args: ResourceValidationArgs, report: ReportViolation) => {
        policy.validate(args, report);
      },
      policy,
    );
  };
  const onStack = (data: PolicyData) => {
    const policy = new StackPolicy(data, judge, stackGate, passes);
    return stackGate.guard(
      data.name,
      (args: StackValidationArgs, report: ReportViolation) => {
        policy.validate(args, report);
      },
      policy,
    );
  };
  const describe = (policy: PolicyData) => describePolicy(policy, settings.ownLevel(policy.name));
  return [
    ...rules.map((rule) => ({
      ...describe(rule),
      // A rule with parameters is called once with the first resource, to learn them.
      ...(rule.reach === "resource" || rule.parameters !== undefined ? { validateResource: onResource(rule) } : {}),
      validateStack: onStack(rule),
    })),
    { ...describe(undecided), validateStack: onStack(undecided) },
  ];
}

function describePolicy(policy: PolicyData, enforcementLevel: EnforcementLevel) {
  const [source] = policy.sources;
  const url = source === undefined ? undefined : sourceOf(source).url;
  return {
    name: policy.name,
    displayName: policy.title,
    description: policy.title,
    enforcementLevel,
    severity: policy.severity,
    remediationSteps: policy.fix,
    tags: [policy.subject, policy.level, ...policy.tags],
    ...(url === undefined ? {} : { url }),
    ...(policy.parameters === undefined ? {} : { configSchema: looseSchema(policy.parameters) }),
  };
}

/** What the engine checks: the rest is checked by the pack itself, which can say more of what is wrong. */
function looseSchema(parameters: Readonly<Record<string, ParameterSchema>>) {
  const properties = Object.entries(parameters).map(
    ([name, { type, description }]) => [name, { type, description }] as const,
  );
  return { properties: Object.fromEntries(properties) };
}
