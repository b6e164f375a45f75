import type { Estate } from "../estate/estate";
import { isOfSettings, resourceUrn } from "../estate/settings-urn";
import { explain, inLines, masked } from "../rules/explanation";
import type { Rule } from "../rules/rule";
import { blocks, isViolation, type Undecided, type Verdict, type Violation } from "../rules/verdict";
import type { EffectiveSettings } from "../settings/effective-settings";
import { exemptedMessage, expiredMessage, unmatchedMessage } from "../settings/exemptions";
import { PACK_SETTINGS } from "../settings/schema";
import { append } from "../text/collections";
import { shortened } from "../text/harmless";
import { count, listing } from "../text/words";
import { inFindingOrder, plainFinding, type Finding } from "./finding";
import type { Secrets } from "./secrets";
import { describeUndecided, describeUnread, undecidedFix, type UndecidedBy } from "./undecided-text";

/** What one rule says in one pass. */
export interface Result {
  readonly applied: number;
  readonly findings: readonly Finding[];
}

interface RuleResult extends Result {
  readonly undecided: readonly Undecided[];
}

/**
 * One pass of the rules over one estate: the estate is read when the first rule is asked for, each rule is judged once,
 * and everybody gets the same answers after that.
 */
export class Pass {
  private readonly judged = new Map<string, RuleResult>();
  /** The rules whose results were asked for, in that order. */
  private readonly asked = new Set<string>();

  /** @param size how many resources the stack is known to have so far */
  constructor(
    readonly estate: Estate,
    readonly size: number,
    private readonly secrets: Secrets,
    private readonly settings: EffectiveSettings,
  ) {}

  result(rule: Rule): Result {
    this.asked.add(rule.name);
    return this.judge(rule);
  }

  /**
   * What the rules that were asked for could not decide: one finding a resource, naming the properties that are missing.
   * @param rule the name under which it is reported
   */
  undecidedFindings(rule: string): readonly Finding[] {
    const undecided = [...this.asked].flatMap((name): readonly UndecidedBy[] =>
      (this.judged.get(name)?.undecided ?? []).filter(canBeSaid).map((verdict) => ({ rule: name, verdict })),
    );
    const byResource = new Map<string, UndecidedBy[]>();
    const unread = new Map<string, string[]>();
    for (const { origin } of this.estate.notEvaluated) append(unread, origin.urn, origin.path);
    for (const item of undecided) append(byResource, item.verdict.missing.urn, item);
    const resources = new Set([...byResource.keys(), ...unread.keys()]);
    const findings = [...resources].map((urn): Finding => {
      const items = byResource.get(urn) ?? [];
      const sentences = [describeUndecided(items), describeUnread(unread.get(urn) ?? [])];
      const properties = sentences.filter((sentence) => sentence !== "").join(" ");
      return this.undecidedFinding(rule, urn, properties, undecidedFix(items));
    });
    return [...findings, ...this.leftOutFinding(rule)].sort(inFindingOrder);
  }

  /**
   * What there is to say of the exemptions themselves: those that no finding was found for.
   * @param rules all rules: what they find is looked at, also of those that were not asked for yet
   */
  exemptionFindings(rules: readonly Rule[]): readonly Finding[] {
    const { exemptions } = this.settings;
    const { stack } = this;
    // What a resource outside of the target would be found to be, nobody knows.
    if (stack === undefined || this.estate.leftOut.length > 0) return [];
    const unmatched = rules
      .filter(({ name }) => exemptions.concern(name) && this.settings.levelOf(name) !== "disabled")
      .flatMap((rule) => {
        const { undecided } = this.judge(rule);
        const spared = undecided.flatMap(({ on, missing }) => [on, { urn: missing.urn, name: on.name }]);
        return exemptions.unmatched(rule.name, stack, spared);
      });
    return unmatched.map((exemption): Finding => {
      const message = this.secrets.mask(unmatchedMessage(exemption, exemptions.isExpired(exemption)));
      const key = `${PACK_SETTINGS}\n${JSON.stringify(exemption)}`;
      return { rule: PACK_SETTINGS, urn: undefined, ...plainFinding(message), advisory: true, key };
    });
  }

  /** The URN of any resource of the stack: it names the stack. */
  private get stack(): string | undefined {
    return this.estate.declared.find(({ urn }) => !isOfSettings(urn))?.urn;
  }

  private undecidedFinding(rule: string, urn: string, properties: string, fix: string): Finding {
    const ofSettings = isOfSettings(urn) ? this.estate.declared.find((declared) => declared.urn === urn) : undefined;
    const resource = { urn, name: ofSettings?.name ?? urn };
    const { by, expired } = this.settings.exemptions.match({ rule, resource, path: "", stack: this.stack });
    const problem = ofSettings === undefined ? properties : `${ofSettings.name}: ${properties}`;
    const found = plainFinding(this.secrets.mask(expiredMessage(problem, expired)), this.secrets.mask(fix));
    const finding = { rule, urn: resourceUrn(urn), ...found, key: `${rule}\n${urn}` };
    if (by === undefined) return { ...finding, advisory: false };
    return { ...finding, message: this.secrets.mask(exemptedMessage(problem, by)), advisory: true, exempted: by };
  }

  private leftOutFinding(rule: string): readonly Finding[] {
    const names = this.estate.leftOut.map(({ name }) => name);
    if (names.length === 0) return [];
    const message =
      `${count(names.length, "resource")} outside the target of this operation came without properties and ` +
      `${names.length === 1 ? "was" : "were"} not judged: ${listing(names)}. Rules that need the whole estate have not judged it either.`;
    const found = plainFinding(this.secrets.mask(message), "Preview the stack without a target.");
    return [{ rule, urn: undefined, ...found, advisory: false, key: `${rule}\nleft out` }];
  }

  private judge(rule: Rule): RuleResult {
    let judged = this.judged.get(rule.name);
    if (judged === undefined) {
      judged = this.judgement(rule);
      this.judged.set(rule.name, judged);
    }
    return judged;
  }

  private judgement(rule: Rule): RuleResult {
    try {
      const { applied, verdicts } = rule.judge(this.estate, this.settings.of(rule.name));
      const isJudged = this.estate.isWhole || rule.needsWhole !== true;
      const violations = isJudged ? verdicts.filter(isViolation) : [];
      const findings = violations.map((verdict) => this.finding(rule, verdict));
      return { applied, findings: [...findings].sort(inFindingOrder), undecided: verdicts.filter(isUndecided) };
    } catch (error) {
      return { applied: 1, findings: [this.defect(rule, error)], undecided: [] };
    }
  }

  private finding(rule: Rule, verdict: Violation): Finding {
    const { on, path } = verdict;
    const { urn, alsoDeclaredBy = [] } = on;
    const place = { rule: rule.name, resource: on, path, stack: this.stack };
    const { by, expired } = this.settings.exemptions.match(place);
    const mask = (text: string): string => shortened(this.secrets.mask(text));
    const explanation = masked(explain(rule, { ...verdict, problem: expiredMessage(verdict.problem, expired) }), mask);
    const keyOf = (one: string): string => `${rule.name}\n${one}\n${path}`;
    return {
      rule: rule.name,
      urn: resourceUrn(urn),
      name: mask(on.name),
      path,
      explanation,
      violation: verdict,
      message: by === undefined ? inLines(explanation) : mask(exemptedMessage(mask(verdict.problem), by)),
      advisory: by !== undefined || !blocks(verdict),
      key: keyOf(urn),
      ...(alsoDeclaredBy.length === 0 ? {} : { otherKeys: alsoDeclaredBy.map(keyOf) }),
      ...(by === undefined ? {} : { exempted: by }),
    };
  }

  /** A rule that throws is our mistake: it must not stop the other rules, nor pass in silence. */
  private defect({ name }: Rule, error: unknown): Finding {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : "an unknown error";
    const message = `The rule ${name} failed and judged nothing (${reason}). This is a defect of hyperv-guard: please report it.`;
    return { rule: name, urn: undefined, ...plainFinding(this.secrets.mask(message)), advisory: false, key: name };
  }
}

function isUndecided(verdict: Verdict): verdict is Undecided {
  return verdict.kind === "undecided";
}

/** What a resource type has no property for, nobody can be asked to declare there. */
function canBeSaid({ because, missing }: Undecided): boolean {
  return because !== "notDeclared" || missing.path !== "";
}
