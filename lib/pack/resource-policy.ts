import type { ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import type { Judge } from "../judging/judge";
import type { Pass } from "../judging/pass";
import type { Rule } from "../rules/rule";
import type { CallConditions, CallGate } from "./call-gate";
import type { EnginePasses } from "./engine-passes";
import { guarded, reportFindings } from "./reporter";
import { SHOW_PASSES_UP_TO } from "./stack-policy";

/** A rule as the engine calls it with each resource that is about to be created. */
export class ResourcePolicy implements CallConditions<Pass> {
  constructor(
    private readonly rule: Rule,
    private readonly judge: Judge,
    private readonly gate: CallGate<Pass>,
    private readonly passes: EnginePasses,
  ) {}

  validate(args: ResourceValidationArgs, report: ReportViolation): void {
    const { rule, judge, gate } = this;
    const { session, settings } = judge;
    settings.configurePolicy(rule.name, args.getConfig());
    const pass = gate.enter(() => guarded(report, () => this.passes.resourcePass(args)));
    if (pass === undefined || !this.judgesResources) return;
    const fresh = session.claim(pass.result(rule).findings);
    reportFindings(report, judge, rule, fresh, settings.lowered(rule.name));
  }

  hasWork(pass: Pass): boolean {
    if (!this.judgesResources) return false;
    const { applied, findings } = pass.result(this.rule);
    return findings.length > 0 || (applied > 0 && pass.size <= SHOW_PASSES_UP_TO);
  }

  /** A rule whose parameters the server has not handed over yet: it does so when it calls the policy. */
  always(): boolean {
    return this.rule.parameters !== undefined && !this.judge.settings.knows(this.rule.name);
  }

  private get judgesResources(): boolean {
    return this.rule.reach === "resource" && !this.judge.settings.isLeftOut(this.rule.name);
  }
}
