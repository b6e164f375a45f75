import { nameInUrn, type DeclaredResource, type NotEvaluated } from "../estate/declared";
import { pathByNames } from "../estate/element-names";
import type { Estate } from "../estate/estate";
import { isOfSettings, resourceUrn } from "../estate/settings-urn";
import { explain, inLines, masked } from "../rules/explanation";
import type { Rule } from "../rules/rule";
import { blocks, isViolation, type Undecided, type Verdict, type Violation } from "../rules/verdict";
import type { EffectiveSettings } from "../settings/effective-settings";
import { exemptedMessage, expiredMessage, unmatchedMessage } from "../settings/exemptions";
import { PACK_SETTINGS } from "../settings/schema";
import { append, compare } from "../text/collections";
import { shortened } from "../text/harmless";
import { count, listing } from "../text/words";
import { inFindingOrder, plainFinding, type Finding } from "./finding";
import { missingFact, missingFacts, someNames, type MissingFacts } from "./missing-facts";
import type { Secrets } from "./secrets";
import { describeUnreadTypes, type UnreadType } from "./unread-types";
import { undecidedText, type UndecidedBy, type UndecidedText } from "./undecided-text";

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
  private byUrn: ReadonlyMap<string, DeclaredResource> | undefined;

  /** @param size how many resources the stack is known to have so far */
  constructor(
    readonly estate: Estate,
    readonly size: number,
    private readonly secrets: Secrets,
    private readonly settings: EffectiveSettings,
    /** What of the stack looks like Hyper-V and is not read. */
    readonly unread: readonly UnreadType[] = [],
  ) {}

  result(rule: Rule): Result {
    this.asked.add(rule.name);
    return this.judge(rule);
  }

  /**
   * What the rules that were asked for could not decide: one finding a resource, naming the properties that are missing,
   * and one for all resources of which the same is to be said.
   * @param rule the name under which it is reported
   */
  undecidedFindings(rule: string): readonly Finding[] {
    const undecided = [...this.asked].flatMap((name): readonly UndecidedBy[] =>
      (this.judged.get(name)?.undecided ?? []).filter(canBeSaid).map((verdict) => ({ rule: name, verdict })),
    );
    const { declared, virtualMachines } = this.estate;
    const byUrn = {
      declared: new Map(declared.map((resource) => [resource.urn, resource])),
      machines: new Map(virtualMachines.map((vm) => [vm.urn, vm])),
    };
    const joins = (urn: string): boolean => !isOfSettings(urn) && this.exemptionOf(rule, urn).by === undefined;
    const lacking = missingFacts(
      undecided.filter((item) => missingFact(item) !== undefined),
      byUrn,
      joins,
    );
    const own = this.undecidedTexts(
      undecided.filter((item) => missingFact(item) === undefined),
      byUrn.declared,
    );
    const findings = [...lacking, ...joinedTexts(own, joins)].map((text) => this.undecidedFinding(rule, text));
    return [...findings, ...this.unreadFinding(rule), ...this.leftOutFinding(rule)].sort(inFindingOrder);
  }

  /** What was not judged of each resource. */
  private undecidedTexts(
    undecided: readonly UndecidedBy[],
    declared: ReadonlyMap<string, DeclaredResource>,
  ): readonly (UndecidedText & { readonly urn: string })[] {
    const byResource = new Map<string, UndecidedBy[]>();
    const commands = new Map<string, NotEvaluated[]>();
    for (const command of this.estate.notEvaluated) append(commands, command.origin.urn, command);
    for (const item of undecided) append(byResource, item.verdict.missing.urn, item);
    const urns = new Set([...byResource.keys(), ...commands.keys()]);
    return [...urns].map((urn) => ({
      urn,
      ...undecidedText(declared.get(urn), byResource.get(urn) ?? [], commands.get(urn) ?? []),
    }));
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

  private exemptionOf(rule: string, urn: string) {
    const ofSettings = this.settingsResource(urn);
    const resource = { urn, name: ofSettings?.name ?? urn };
    return this.settings.exemptions.match({ rule, resource, path: "", stack: this.stack });
  }

  /** What stands for the settings among the resources. */
  private settingsResource(urn: string): DeclaredResource | undefined {
    return isOfSettings(urn) ? this.estate.declared.find((declared) => declared.urn === urn) : undefined;
  }

  private undecidedFinding(rule: string, { urns, problem: text, fix }: MissingFacts): Finding {
    const [urn = "", another] = urns;
    const isJoined = another !== undefined;
    const { by, expired } = this.exemptionOf(rule, urn);
    const ofSettings = this.settingsResource(urn);
    const problem = ofSettings === undefined ? text : `${ofSettings.name}: ${text}`;
    const message = this.secrets.mask(expiredMessage(problem, isJoined ? undefined : expired));
    const found = plainFinding(message, this.secrets.mask(fix));
    const key = `${rule}\n${isJoined ? text : urn}`;
    const finding = { rule, urn: isJoined ? undefined : resourceUrn(urn), ...found, key };
    if (by === undefined) return { ...finding, advisory: false };
    return { ...finding, message: this.secrets.mask(exemptedMessage(problem, by)), advisory: true, exempted: by };
  }

  private unreadFinding(rule: string): readonly Finding[] {
    if (this.unread.length === 0) return [];
    const { problem, fix } = describeUnreadTypes(this.unread);
    const found = plainFinding(this.secrets.mask(problem), fix);
    return [{ rule, urn: undefined, ...found, advisory: true, key: `${rule}\nunread types` }];
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
    const byNames = this.pathByNames(urn, path);
    const place = { rule: rule.name, resource: on, path, pathByNames: byNames, stack: this.stack };
    const { by, expired } = this.settings.exemptions.match(place);
    const mask = (text: string): string => shortened(this.secrets.mask(text));
    const explanation = masked(explain(rule, { ...verdict, problem: expiredMessage(verdict.problem, expired) }), mask);
    const keyOf = (one: string): string => `${rule.name}\n${one}\n${path}`;
    return {
      rule: rule.name,
      urn: resourceUrn(urn),
      name: mask(on.name),
      path,
      ...(byNames === undefined ? {} : { pathByNames: byNames }),
      explanation,
      violation: verdict,
      message: by === undefined ? inLines(explanation) : mask(exemptedMessage(mask(verdict.problem), by)),
      advisory: by !== undefined || !blocks(verdict),
      key: keyOf(urn),
      ...(alsoDeclaredBy.length === 0 ? {} : { otherKeys: alsoDeclaredBy.map(keyOf) }),
      ...(by === undefined ? {} : { exempted: by }),
    };
  }

  /** A path as an exemption has it; a name that is secret stands in none. */
  private pathByNames(urn: string, path: string): string | undefined {
    if (!path.includes("[")) return undefined;
    this.byUrn ??= new Map(this.estate.declared.map((resource) => [resource.urn, resource]));
    const resource = this.byUrn.get(urn);
    const named = resource === undefined ? undefined : pathByNames(resource, path);
    return named === undefined || this.secrets.mask(named) !== named ? undefined : named;
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

/** What has neither a name nor a place, nobody can be asked to declare. */
function canBeSaid({ because, missing, fact }: Undecided): boolean {
  return because !== "notDeclared" || missing.path !== "" || fact !== undefined;
}

/** From so many resources on the same is said of all of them at once. */
const JOINED = 3;

/** One text for resources of which the same is to be said. */
function joinedTexts(
  texts: readonly (UndecidedText & { readonly urn: string })[],
  joins: (urn: string) => boolean,
): readonly MissingFacts[] {
  const same = new Map<string, (UndecidedText & { readonly urn: string })[]>();
  for (const text of texts) append(same, `${text.problem}\n${text.fix}`, text);
  return [...same.values()].flatMap((all) => {
    const joined = all.filter(({ urn }) => joins(urn));
    const separate = joined.length < JOINED ? all : all.filter((text) => !joined.includes(text));
    const one = separate.map(({ urn, problem, fix }) => ({ urns: [urn], problem, fix }));
    const [first] = joined;
    if (first === undefined || joined.length < JOINED) return one;
    const urns = joined.map(({ urn }) => urn).sort(compare);
    return [...one, { urns, problem: `${someNames(urns.map(nameInUrn))}: ${first.problem}`, fix: first.fix }];
  });
}
