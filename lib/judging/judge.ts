import { isKnownType } from "../dialects/read-estate";
import type { DeclaredResource } from "../estate/declared";
import type { PolicyData, Rule } from "../rules/rule";
import type { EffectiveSettings } from "../settings/effective-settings";
import { PACK_SETTINGS } from "../settings/schema";
import { estateView, type EstateView } from "./estate-view";
import type { Finding } from "./finding";
import { recordOf, type FindingRecord } from "./finding-record";
import { judgedSummary, type JudgedSummary } from "./judged-summary";
import type { Pass } from "./pass";
import { Secrets } from "./secrets";
import { Session } from "./session";
import { unreadTypes } from "./unread-types";

/** What was found in an estate. */
export interface Judgement {
  readonly findings: readonly FindingRecord[];
  /** What was judged; absent where nothing of Hyper-V is declared. */
  readonly summary?: JudgedSummary;
  /** Who runs where; absent where nobody asked for it. */
  readonly view?: EstateView;
}

/**
 * Turns declared resources into findings, by rules and what the user has set. Whoever wants findings goes through it: the
 * pack, policy by policy as the engine calls them, and the commands, all at once.
 */
export class Judge {
  readonly session: Session;

  /**
   * @param undecided the policy that reports what the rules could not decide
   * @param hidesAll whether findings show no value at all, since nobody tells which are secret
   */
  constructor(
    readonly rules: readonly Rule[],
    readonly undecided: PolicyData,
    readonly settings: EffectiveSettings,
    hidesAll = false,
  ) {
    this.session = new Session(settings, new Secrets(hidesAll));
  }

  /**
   * Judges a whole estate by every policy that is not disabled.
   * @param complete false where more may be declared than is given
   * @param withView whether who runs where is wanted too
   */
  judgeAll(resources: readonly DeclaredResource[], complete = true, withView = false): Judgement {
    const known = resources.filter(({ type }) => isKnownType(type));
    for (const { value } of resources.flatMap(({ secrets = [] }) => secrets)) this.session.addSecret(value);
    const unread = unreadTypes(resources, (resource) => resource);
    const pass = this.session.stackPass(known, resources.length, complete, unread);
    const findings = this.records(pass);
    if (known.length === 0 && unread.length === 0) return { findings };
    return { findings, summary: this.summary(pass), ...(withView ? { view: this.view(pass) } : {}) };
  }

  /** The findings of every policy that is not disabled, each with the level that counts for it. */
  private records(pass: Pass): readonly FindingRecord[] {
    const estate = this.rules.find(({ name }) => name === PACK_SETTINGS) ?? this.undecided;
    const problems = this.session.problemFindings().map((finding) => this.record(estate, finding, "mandatory"));
    const found = [...this.rules, this.undecided]
      .filter(({ name }) => this.settings.levelOf(name) !== "disabled")
      .flatMap((policy) => this.findings(policy, pass).map((finding) => this.record(policy, finding)));
    return [...problems, ...found];
  }

  /** What is judged in a pass, whatever is found. */
  summary(pass: Pass): JudgedSummary {
    const judging = this.rules.filter(({ name }) => this.settings.levelOf(name) !== "disabled");
    return judgedSummary(pass.estate, { resources: pass.size, rules: judging.length, unread: pass.unread });
  }

  /** Who runs where in the estate of a pass. */
  view(pass: Pass): EstateView {
    return estateView(pass.estate, (text) => this.session.mask(text));
  }

  /** What a policy finds in a pass. */
  findings(policy: PolicyData, pass: Pass): readonly Finding[] {
    if (policy === this.undecided) return pass.undecidedFindings(policy.name);
    const rule = this.rules.find(({ name }) => name === policy.name);
    if (rule === undefined) return [];
    const { findings } = pass.result(rule);
    return rule.name === PACK_SETTINGS ? [...findings, ...pass.exemptionFindings(this.rules)] : findings;
  }

  /**
   * A finding as data.
   * @param level the level of its policy where the settings do not say it
   */
  record(policy: PolicyData, finding: Finding, level?: "mandatory" | "advisory"): FindingRecord {
    const counting = finding.advisory ? "advisory" : (level ?? this.settings.levelOf(policy.name));
    const enforcement = counting === "advisory" ? "advisory" : "mandatory";
    return recordOf(policy, finding, enforcement, (text) => this.session.mask(text));
  }
}
