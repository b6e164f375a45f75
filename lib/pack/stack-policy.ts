import type { ReportViolation, StackValidationArgs } from "@pulumi/policy";
import { isKnownType } from "../dialects/read-estate";
import type { Judge } from "../judging/judge";
import type { Pass } from "../judging/pass";
import { isViewWanted, record } from "../reports/journal";
import type { PolicyData } from "../rules/rule";
import { PACK_SETTINGS } from "../settings/schema";
import type { CallConditions, CallGate } from "./call-gate";
import { stackResource } from "./engine-resources";
import { guarded, reportFindings } from "./reporter";
import type { EngineSecrets } from "./secret-listener";

/**
 * Up to this many resources every rule is called, so that what passes is shown as passed. Beyond it a rule without a
 * finding is skipped, which the engine shows as not applicable: the official server decodes all resources once more
 * for each policy that it calls.
 */
export const SHOW_PASSES_UP_TO = 200;

/** A policy as the engine calls it with all resources of the stack. */
export class StackPolicy implements CallConditions<Pass> {
  constructor(
    private readonly policy: PolicyData,
    private readonly judge: Judge,
    private readonly gate: CallGate<Pass>,
    private readonly secrets: EngineSecrets,
  ) {}

  validate(args: StackValidationArgs, report: ReportViolation): void {
    const { policy, judge } = this;
    const { session, settings } = judge;
    settings.configurePolicy(policy.name, args.getConfig());
    this.reportConfiguration(report);
    const pass = this.gate.enter(() => guarded(report, () => this.stackPass(args)));
    if (pass === undefined || settings.isLeftOut(policy.name)) return;
    const fresh = session.claim(judge.findings(policy, pass));
    reportFindings(report, judge, policy, fresh, settings.lowered(policy.name));
  }

  hasWork(pass: Pass): boolean {
    if (this.judge.settings.isLeftOut(this.policy.name)) return false;
    return this.judge.session.unreported(this.judge.findings(this.policy, pass)).length > 0 || this.showsPass(pass);
  }

  /** A stack without anything of Hyper-V: nobody has anything to say, unless of the configuration. */
  never(): boolean {
    const { session } = this.judge;
    const { resources, known } = session.seen;
    return resources > 0 && known === 0 && session.unreported(session.problemFindings()).length === 0;
  }

  /** A policy whose parameters the server has not handed over yet: it does so when it calls the policy. */
  always(): boolean {
    return this.policy.parameters !== undefined && !this.judge.settings.knows(this.policy.name);
  }

  private stackPass({ resources }: StackValidationArgs): Pass {
    const { session } = this.judge;
    for (const value of this.secrets.takeOthers()) session.addSecret(value);
    const known = resources.filter(({ type }) => isKnownType(type));
    const pass = session.stackPass(
      known.map((resource) => stackResource(resource, this.secrets)),
      resources.length,
    );
    record(this.judge.summary(pass));
    if (isViewWanted()) record({ view: this.judge.view(pass) });
    return pass;
  }

  /** What is wrong with the configuration is a finding of the policy that takes the settings, whoever is called first. */
  private reportConfiguration(report: ReportViolation): void {
    const { judge } = this;
    const policy = judge.rules.find(({ name }) => name === PACK_SETTINGS) ?? this.policy;
    const problems = judge.session.claim(judge.session.problemFindings());
    reportFindings(report, judge, policy, problems, "mandatory");
  }

  private showsPass(pass: Pass): boolean {
    const rule = this.judge.rules.find(({ name }) => name === this.policy.name);
    if (rule === undefined || pass.size > SHOW_PASSES_UP_TO) return false;
    const { applied, findings } = pass.result(rule);
    return applied > 0 && findings.length === 0;
  }
}
