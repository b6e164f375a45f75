import type {
  EnforcementLevel,
  Policies,
  PolicyProviderResource,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { isKnownType } from "../dialects/read-estate";
import type { DeclaredProvider, DeclaredResource } from "../estate/declared";
import { toPlainObject, toPlainProperty } from "../estate/plain";
import { Session, type Finding, type Pass } from "../judging/session";
import { record } from "../reports/journal";
import { inLines, inOneLine } from "../rules/explanation";
import type { ParameterSchema, PolicyData, Rule, Severity } from "../rules/rule";
import { Settings } from "../settings/effective-settings";
import { PACK_SETTINGS } from "../settings/schema";
import { sourceOf } from "../tables/sources";
import { Gate } from "./call-gate";

/**
 * Up to this many resources every rule is called, so that what passes is shown as passed. Beyond it a rule without a
 * finding is skipped, which the engine shows as not applicable: the official server decodes all resources once more
 * for each policy that it calls.
 */
const SHOW_PASSES_UP_TO = 200;

/**
 * Turns rules into the policies of a pack, one each, that share one session: whichever policy is called first reads the
 * resources, and all others use what it read.
 * @param undecided the policy that reports what the rules could not decide
 * @param settings what the user has set, which may become known later
 */
export function toPolicies(
  rules: readonly Rule[],
  undecided: PolicyData,
  settings = new Settings({ policies: [...rules, undecided] }),
): Policies {
  const session = new Session(settings);
  const resourceGate = new Gate<Pass>();
  const stackGate = new Gate<Pass>();

  const onResource = (rule: Rule) => {
    const validate = (args: ResourceValidationArgs, report: ReportViolation): void => {
      settings.configurePolicy(rule.name, args.getConfig());
      const pass = resourceGate.enter(() => guarded(report, () => session.resourcePass(registeredResource(args))));
      if (pass === undefined || rule.reach !== "resource" || settings.isLeftOut(rule.name)) return;
      send(report, rule, session.claim(pass.result(rule).findings), settings, settings.lowered(rule.name));
    };
    const hasWork = (pass: Pass): boolean => {
      if (rule.reach !== "resource" || settings.isLeftOut(rule.name)) return false;
      const { applied, findings } = pass.result(rule);
      return findings.length > 0 || (applied > 0 && pass.size <= SHOW_PASSES_UP_TO);
    };
    return resourceGate.guard(rule.name, validate, { hasWork, always: () => unlearned(rule) });
  };

  /** Whether a rule has parameters that the server has not told yet: it tells them when it calls the policy. */
  const unlearned = (policy: PolicyData): boolean => policy.parameters !== undefined && !settings.knows(policy.name);

  /** The policy under which the configuration is spoken of, by whomever it is told. */
  const spokesman = (policy: PolicyData): PolicyData => rules.find(({ name }) => name === PACK_SETTINGS) ?? policy;

  const onStack = (
    policy: PolicyData,
    findingsOf: (pass: Pass) => readonly Finding[],
    shows: (pass: Pass) => boolean,
  ) => {
    const validate = (args: StackValidationArgs, report: ReportViolation): void => {
      settings.configurePolicy(policy.name, args.getConfig());
      send(report, spokesman(policy), session.claim(session.problemFindings()), settings, "mandatory");
      const pass = stackGate.enter(() =>
        guarded(report, () =>
          session.stackPass(
            args.resources.filter(({ type }) => isKnownType(type)).map(stackResource),
            args.resources.length,
          ),
        ),
      );
      if (pass === undefined || settings.isLeftOut(policy.name)) return;
      send(report, policy, session.claim(findingsOf(pass)), settings, settings.lowered(policy.name));
    };
    const hasWork = (pass: Pass): boolean =>
      !settings.isLeftOut(policy.name) && (session.unreported(findingsOf(pass)).length > 0 || shows(pass));
    const never = (): boolean =>
      session.seen.resources > 0 &&
      session.seen.known === 0 &&
      session.unreported(session.problemFindings()).length === 0;
    return stackGate.guard(policy.name, validate, { hasWork, never, always: () => unlearned(policy) });
  };

  const findingsOf = (rule: Rule, pass: Pass): readonly Finding[] => {
    const { findings } = pass.result(rule);
    return rule.name === PACK_SETTINGS ? [...findings, ...pass.exemptionFindings(rules)] : findings;
  };

  const showsPass = (rule: Rule, pass: Pass): boolean => {
    const { applied, findings } = pass.result(rule);
    return applied > 0 && findings.length === 0 && pass.size <= SHOW_PASSES_UP_TO;
  };

  const describe = (policy: PolicyData) => describePolicy(policy, settings.ownLevel(policy.name));

  return [
    ...rules.map((rule) => ({
      ...describe(rule),
      // A rule with parameters is called once with the first resource, to learn them.
      ...(rule.reach === "resource" || rule.parameters !== undefined ? { validateResource: onResource(rule) } : {}),
      validateStack: onStack(
        rule,
        (pass) => findingsOf(rule, pass),
        (pass) => showsPass(rule, pass),
      ),
    })),
    {
      ...describe(undecided),
      validateStack: onStack(
        undecided,
        (pass) => pass.undecidedFindings(undecided.name),
        () => false,
      ),
    },
  ];
}

/** A policy that throws would end the whole preview: what goes wrong in reading is reported like any finding. */
function guarded<T>(report: ReportViolation, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : "an unknown error";
    report(`Nothing could be judged (${reason}). This is a defect of hyperv-guard: please report it.`);
    return undefined;
  }
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

function registeredResource(args: ResourceValidationArgs): DeclaredResource {
  return { ...declaredResource(args), ...(args.opts.parent === undefined ? {} : { parent: args.opts.parent }) };
}

function stackResource(resource: PolicyResource): DeclaredResource {
  const { parent, dependencies, propertyDependencies } = resource;
  const urns = (resources: readonly PolicyResource[]): readonly string[] => resources.map(({ urn }) => urn);
  const byProperty = Object.entries(propertyDependencies).map(([property, from]) => [property, urns(from)] as const);
  return {
    ...declaredResource(resource),
    ...(parent === undefined ? {} : { parent: parent.urn }),
    dependencies: urns(dependencies),
    propertyDependencies: Object.fromEntries(byProperty),
  };
}

/** What the engine tells of a resource in every request. */
type Told = Pick<ResourceValidationArgs & PolicyResource, "urn" | "type" | "name" | "props" | "provider">;

function declaredResource({ urn, type, name, props, provider }: Told): DeclaredResource {
  const properties = toPlainObject(props);
  return { urn, type, name, properties, ...(provider === undefined ? {} : { provider: declaredProvider(provider) }) };
}

/** Only the host is read: the other properties hold credentials, in plain text. */
function declaredProvider({ urn, type, name, props }: PolicyProviderResource): DeclaredProvider {
  return { urn, type, name, host: toPlainProperty(props, "host") };
}

/**
 * The form of a report that the server of @pulumi/policy takes too, though its types do not say so. Unlike the one that
 * they say, it has no line of the policy's description before the message.
 */
type ReportObject = (violation: {
  readonly name: string;
  readonly message: string;
  readonly severity: Severity;
  readonly urn?: string;
  readonly enforcementLevel?: EnforcementLevel;
}) => void;

/**
 * Reports findings in a line each, or with all that is known of them, and records them.
 * @param level the level at which they are reported unless one only advises; the policy's own when it is undefined
 */
function send(
  report: ReportViolation,
  policy: PolicyData,
  findings: readonly Finding[],
  settings: Settings,
  level: EnforcementLevel | undefined,
): void {
  const reportObject = report as unknown as ReportObject;
  const { name, severity } = policy;
  const shown = settings.pack.details === true ? inLines : inOneLine;
  for (const { message, explanation, urn, advisory, exempted, ...finding } of findings) {
    const enforcementLevel = advisory ? "advisory" : level;
    reportObject({
      name,
      message: exempted === undefined ? shown(explanation) : message,
      severity,
      ...(enforcementLevel === undefined ? {} : { enforcementLevel }),
      ...(urn === undefined ? {} : { urn }),
    });
    record({
      rule: name,
      level: (enforcementLevel ?? settings.levelOf(name)) === "advisory" ? "advisory" : "mandatory",
      severity,
      ...(urn === undefined ? {} : { urn }),
      ...(finding.name === undefined ? {} : { name: finding.name }),
      ...(finding.path === "" ? {} : { property: finding.path }),
      ...explanation,
      ...(exempted === undefined ? {} : { exempted }),
    });
  }
}
