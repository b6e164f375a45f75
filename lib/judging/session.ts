import { isKnownType, readEstate } from "../dialects/read-estate";
import type { DeclaredResource } from "../estate/declared";
import type { Estate } from "../estate/estate";
import type { PlainObject } from "../estate/plain";
import { isOfSettings, resourceUrn } from "../estate/settings-urn";
import { explain, inLines, masked, type Explanation } from "../rules/explanation";
import type { Rule } from "../rules/rule";
import { blocks, isViolation, type Undecided, type Verdict, type Violation } from "../rules/verdict";
import { Settings } from "../settings/effective-settings";
import { exemptedMessage, expiredMessage, unmatchedMessage } from "../settings/exemptions";
import type { Exemption } from "../settings/pack-settings";
import { PACK_SETTINGS } from "../settings/schema";
import { append, compare } from "../text/collections";
import { count, listing } from "../text/words";
import { Secrets } from "./secrets";

/** A finding, ready to be shown. */
export interface Finding {
  readonly rule: string;
  /** The resource that must change; undefined for a finding about the stack as a whole. */
  readonly urn: string | undefined;
  /** What messages call the resource; undefined where they do not name it. */
  readonly name?: string;
  /** The property that must change, as a path; empty for the resource or the stack as a whole. */
  readonly path: string;
  /** What is found, whether an exemption holds for it or not. */
  readonly explanation: Explanation;
  /** The verdict behind it, with its figures; undefined for what no rule has found. */
  readonly violation?: Violation;
  /** All that is to be shown of it. */
  readonly message: string;
  /** True for a finding that never blocks, whatever the level of its rule. */
  readonly advisory: boolean;
  /** The exemption that holds for it. */
  readonly exempted?: Exemption;
  /** Rule, resource and property: the same place has the same key when it is found again. */
  readonly key: string;
  /** The keys of the same place in other resources that declare the same thing. */
  readonly otherKeys?: readonly string[];
}

/** What a rule could not decide. */
interface Open {
  readonly rule: string;
  readonly verdict: Undecided;
}

/** What one rule says in one pass. */
export interface Result {
  readonly applied: number;
  readonly findings: readonly Finding[];
}

interface Judged extends Result {
  readonly undecided: readonly Undecided[];
}

/**
 * One pass of the rules over one estate: the estate is read when the first rule is asked for, each rule is judged once,
 * and everybody gets the same answers after that.
 */
export class Pass {
  private readonly judged = new Map<string, Judged>();
  /** The rules whose results were asked for, in that order. */
  private readonly asked = new Set<string>();

  /** @param size how many resources the stack is known to have so far */
  constructor(
    readonly estate: Estate,
    readonly size: number,
    private readonly secrets: Secrets,
    private readonly settings: Settings,
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
    const open = [...this.asked].flatMap((name): readonly Open[] =>
      (this.judged.get(name)?.undecided ?? []).filter(canBeSaid).map((verdict) => ({ rule: name, verdict })),
    );
    const byResource = new Map<string, Open[]>();
    const unread = new Map<string, string[]>();
    for (const { origin } of this.estate.notEvaluated) append(unread, origin.urn, origin.path);
    for (const item of open) append(byResource, item.verdict.missing.urn, item);
    const resources = new Set([...byResource.keys(), ...unread.keys()]);
    const findings = [...resources].map((urn): Finding => {
      const items = byResource.get(urn) ?? [];
      const sentences = [describeUndecided(items), describeUnread(unread.get(urn) ?? [])];
      const properties = sentences.filter((sentence) => sentence !== "").join(" ");
      return this.undecidedFinding(rule, urn, properties, fixOf(items));
    });
    return [...findings, ...this.leftOutFinding(rule)].sort(inOrder);
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
      return { rule: PACK_SETTINGS, urn: undefined, ...only(message), advisory: true, key };
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
    const found = only(this.secrets.mask(expiredMessage(problem, expired)), fix);
    const finding = { rule, urn: resourceUrn(urn), ...found, key: `${rule}\n${urn}` };
    if (by === undefined) return { ...finding, advisory: false };
    return { ...finding, message: this.secrets.mask(exemptedMessage(problem, by)), advisory: true, exempted: by };
  }

  private leftOutFinding(rule: string): readonly Finding[] {
    const names = this.estate.leftOut.map(({ name }) => name);
    if (names.length === 0) return [];
    const message =
      `${count(names.length, "resource")} outside the target of this operation came without properties and ` +
      `${names.length === 1 ? "was" : "were"} not judged: ${listing(names)}.`;
    const found = only(message, "Preview the stack without a target.");
    return [{ rule, urn: undefined, ...found, advisory: false, key: `${rule}\nleft out` }];
  }

  private judge(rule: Rule): Judged {
    let judged = this.judged.get(rule.name);
    if (judged === undefined) {
      judged = this.judgement(rule);
      this.judged.set(rule.name, judged);
    }
    return judged;
  }

  private judgement(rule: Rule): Judged {
    try {
      const { applied, verdicts } = rule.judge(this.estate, this.settings.of(rule.name));
      const findings = verdicts.filter(isViolation).map((verdict) => this.finding(rule, verdict));
      return { applied, findings: [...findings].sort(inOrder), undecided: verdicts.filter(isUndecided) };
    } catch (error) {
      return { applied: 1, findings: [this.defect(rule, error)], undecided: [] };
    }
  }

  private finding(rule: Rule, verdict: Violation): Finding {
    const { on, path } = verdict;
    const { urn, alsoDeclaredBy = [] } = on;
    const place = { rule: rule.name, resource: on, path, stack: this.stack };
    const { by, expired } = this.settings.exemptions.match(place);
    const mask = (text: string): string => this.secrets.mask(text);
    const explanation = masked(explain(rule, { ...verdict, problem: expiredMessage(verdict.problem, expired) }), mask);
    const keyOf = (one: string): string => `${rule.name}\n${one}\n${path}`;
    return {
      rule: rule.name,
      urn: resourceUrn(urn),
      name: mask(on.name),
      path,
      explanation,
      violation: verdict,
      message: by === undefined ? inLines(explanation) : mask(exemptedMessage(verdict.problem, by)),
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
    return { rule: name, urn: undefined, ...only(this.secrets.mask(message)), advisory: false, key: name };
  }
}

/**
 * One operation of the engine: it hands over each resource as it is registered, and all of them at the end. A finding
 * that was reported with its resource is not reported again with the stack.
 */
export class Session {
  private readonly secrets = new Secrets();
  /** What was reported, by place. */
  private readonly reported = new Map<string, Finding[]>();
  /** What the program gave each resource: providers leave some of it out of their outputs, such as the ids in a path. */
  private readonly inputs = new Map<string, PlainObject>();
  private resources = 0;
  private known = 0;

  constructor(readonly settings = new Settings()) {}

  /** How many resources were handed over one by one, and how many of them declare something of Hyper-V. */
  get seen(): { readonly resources: number; readonly known: number } {
    return { resources: this.resources, known: this.known };
  }

  /** A pass over one resource that is about to be created; undefined when it declares nothing of Hyper-V. */
  resourcePass(resource: DeclaredResource): Pass | undefined {
    this.resources++;
    if (!isKnownType(resource.type)) return undefined;
    this.known++;
    this.inputs.set(resource.urn, resource.properties);
    this.secrets.add(resource);
    return new Pass(readEstate([resource], false, this.settings.pack), this.resources, this.secrets, this.settings);
  }

  /**
   * A pass over all resources of the stack.
   * @param size how many resources the stack has, those that declare nothing of Hyper-V included
   */
  stackPass(resources: readonly DeclaredResource[], size = resources.length): Pass {
    for (const resource of resources) this.secrets.add(resource);
    const whole = resources.map((resource) => this.withInputs(resource));
    return new Pass(readEstate(whole, true, this.settings.pack), size, this.secrets, this.settings);
  }

  private withInputs(resource: DeclaredResource): DeclaredResource {
    const inputs = this.inputs.get(resource.urn);
    const isLeftOut = Object.keys(resource.properties).length === 0;
    if (inputs === undefined || isLeftOut) return resource;
    return { ...resource, properties: { ...inputs, ...resource.properties } };
  }

  /** What cannot be followed of the configuration, whatever the stack has. */
  problemFindings(): readonly Finding[] {
    return this.settings.problems.map(({ path, problem, fix }): Finding => {
      const key = `${PACK_SETTINGS}\nconfiguration\n${path}`;
      const explanation = { problem: `Configuration: ${problem}`, fix };
      const message = inLines(explanation);
      return { rule: PACK_SETTINGS, urn: undefined, path, explanation, message, advisory: false, key };
    });
  }

  /** The findings that were not reported before, which count as reported from now on. */
  claim(findings: readonly Finding[]): readonly Finding[] {
    const fresh = this.unreported(findings);
    for (const finding of fresh) append(this.reported, finding.key, finding);
    return fresh;
  }

  /**
   * Findings that were not reported at their place. A finding is known again by its text, and where that has changed,
   * since more is known now, by the number of findings at its place.
   */
  unreported(findings: readonly Finding[]): readonly Finding[] {
    const places = new Map<string, Finding[]>();
    for (const finding of findings) append(places, finding.key, finding);
    const fresh = new Set(
      [...places].flatMap(([key, here]) => {
        const otherKeys = here.flatMap((finding) => finding.otherKeys ?? []);
        const before = [...new Set([key, ...otherKeys])].flatMap((one) => this.reported.get(one) ?? []);
        const changed = here.filter(({ message }) => !before.some((one) => one.message === message));
        return changed.slice(Math.max(0, before.length - (here.length - changed.length)));
      }),
    );
    return findings.filter((finding) => fresh.has(finding));
  }
}

/** A finding that has nothing to explain but what to do, about no property in particular. */
function only(problem: string, fix?: string): Pick<Finding, "path" | "explanation" | "message"> {
  const explanation = { problem, ...(fix === undefined ? {} : { fix }) };
  return { path: "", explanation, message: inLines(explanation) };
}

/** What to do about what could not be decided; none of it where commands are not followed. */
function fixOf(items: readonly Open[]): string {
  if (items.length === 0) return "Declare what is to be judged with the components of hyperv-guard.";
  const them = unique(items.map(subjectOf)).length > 1 ? "them" : "it";
  return items.every(({ verdict }) => verdict.because === "notDeclared")
    ? `Declare ${them}.`
    : `Declare ${them}, or look again after the deployment.`;
}

function subjectOf({ verdict }: Open): string {
  return verdict.what ?? verdict.missing.path;
}

function describeUndecided(items: readonly Open[]): string {
  const sentence = (chosen: readonly Open[], predicate: (many: boolean) => string): readonly string[] => {
    if (chosen.length === 0) return [];
    const subjects = unique(chosen.map(subjectOf));
    const rules = unique(chosen.map(({ rule }) => rule));
    return [`${listing(subjects)} ${predicate(subjects.length > 1)}: not checked by ${listing(rules)}.`];
  };
  const of = (because: Undecided["because"]): readonly Open[] =>
    items.filter(({ verdict }) => verdict.what === undefined && verdict.because === because);
  return [
    ...sentence(of("deployment"), (many) => `${many ? "are" : "is"} not known until deployment`),
    ...sentence(of("notDeclared"), (many) => `${many ? "are" : "is"} not declared`),
    ...sentence(
      items.filter(({ verdict }) => verdict.what !== undefined),
      (many) => `${many ? "are" : "is"} not known`,
    ),
  ].join(" ");
}

/** Commands that are not followed, such as those in a loop. */
function describeUnread(places: readonly string[]): string {
  if (places.length === 0) return "";
  return `${listing(unique(places))} can only be evaluated when ${places.length === 1 ? "it runs" : "they run"}: not judged.`;
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}

/** By resource, then by text: resources arrive in any order, and findings must not. */
function inOrder(one: Finding, other: Finding): number {
  return compare(one.urn ?? "", other.urn ?? "") || compare(one.message, other.message);
}

function isUndecided(verdict: Verdict): verdict is Undecided {
  return verdict.kind === "undecided";
}

/** What a resource type has no property for, nobody can be asked to declare there. */
function canBeSaid({ because, missing }: Undecided): boolean {
  return because !== "notDeclared" || missing.path !== "";
}
