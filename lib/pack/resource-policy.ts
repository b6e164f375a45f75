import type { ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import type { Judge } from "../judging/judge";
import type { Pass } from "../judging/pass";
import type { Rule } from "../rules/rule";
import type { CallConditions, CallGate } from "./call-gate";
import type { EnginePasses } from "./engine-passes";
import type { MessageLimit } from "./message-limit";
import { guarded, reportFindings } from "./reporter";
import { SHOW_PASSES_UP_TO } from "./stack-policy";

/** A rule as the engine calls it with each resource that is about to be created. */
export class ResourcePolicy implements CallConditions<Pass> {
  constructor(
    private readonly rule: Rule,
    private readonly judge: Judge,
    private readonly gate: CallGate<Pass>,
    private readonly passes: EnginePasses,
    private readonly limit: MessageLimit,
  ) {}

  validate(args: ResourceValidationArgs, report: ReportViolation): void {
    const { rule, judge, gate } = this;
    const { session, settings } = judge;
    settings.configurePolicy(rule.name, args.getConfig());
    this.reportLimit(report);
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

  /**
   * A rule whose parameters the server has not handed over yet, which it does when it calls the policy; and the first of
   * all where the stack is about to become too large.
   */
  always(): boolean {
    if (this.limit.isDue && this.judge.settings.levelOf(this.judge.undecided.name) !== "disabled") return true;
    return this.rule.parameters !== undefined && !this.judge.settings.knows(this.rule.name);
  }

  /** That the stack may not be judged is a finding of the policy for what is not judged, whoever is called first. */
  private reportLimit(report: ReportViolation): void {
    const { judge } = this;
    const { name } = judge.undecided;
    if (judge.settings.levelOf(name) === "disabled") return;
    reportFindings(report, judge, judge.undecided, this.limit.take(name), "advisory");
  }

  private get judgesResources(): boolean {
    return this.rule.reach === "resource" && !this.judge.settings.isLeftOut(this.rule.name);
  }
}
