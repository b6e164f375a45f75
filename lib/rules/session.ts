import { isKnownType, readEstate } from "../dialects";
import { append, compare } from "../estate/collections";
import type { DeclaredResource } from "../estate/declared";
import type { Estate } from "../estate/estate";
import type { PlainObject } from "../estate/plain";
import { isOfSettings, resourceUrn } from "../estate/settings-urn";
import { count, findingMessage, listing } from "./message";
import { blocks, isViolation, type Rule, type Undecided, type Violation } from "./rule";
import { Secrets } from "./secrets";
import { Settings } from "./settings";

/** A finding, ready to be shown. */
export interface Finding {
  readonly rule: string;
  /** The resource that must change; undefined for a finding about the stack as a whole. */
  readonly urn: string | undefined;
  readonly message: string;
  /** True for a finding that never blocks, whatever the level of its rule. */
  readonly advisory: boolean;
  /** Rule, resource and property: the same place has the same key when it is found again. */
  readonly key: string;
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

/**
 * One pass of the rules over one estate: the estate is read when the first rule is asked for, each rule is judged once,
 * and everybody gets the same answers after that.
 */
export class Pass {
  private readonly results = new Map<string, Result>();
  private readonly undecided: Open[] = [];

  /** @param size how many resources the stack is known to have so far */
  constructor(
    readonly estate: Estate,
    readonly size: number,
    private readonly secrets: Secrets,
    private readonly settings: Settings,
  ) {}

  result(rule: Rule): Result {
    let result = this.results.get(rule.name);
    if (result === undefined) {
      result = this.judge(rule);
      this.results.set(rule.name, result);
    }
    return result;
  }

  /**
   * What the rules judged so far could not decide: one finding a resource, naming the properties that are missing.
   * @param rule the name under which it is reported
   */
  undecidedFindings(rule: string): readonly Finding[] {
    const byResource = new Map<string, Open[]>();
    const unread = new Map<string, string[]>();
    for (const { origin } of this.estate.notEvaluated) append(unread, origin.urn, origin.path);
    for (const item of this.undecided) {
      append(byResource, item.verdict.missing.urn, item);
    }
    const resources = new Set([...byResource.keys(), ...unread.keys()]);
    const findings = [...resources].map((urn): Finding => {
      const sentences = [describeUndecided(byResource.get(urn) ?? []), describeUnread(unread.get(urn) ?? [])];
      const message = this.secrets.mask(sentences.filter((sentence) => sentence !== "").join(" "));
      const subject = isOfSettings(urn) ? this.estate.declared.find((declared) => declared.urn === urn) : undefined;
      return {
        rule,
        urn: resourceUrn(urn),
        message: subject === undefined ? message : `${subject.name}: ${message}`,
        advisory: false,
        key: `${rule}\n${urn}`,
      };
    });
    return [...findings, ...this.leftOutFinding(rule)].sort(inOrder);
  }

  private leftOutFinding(rule: string): readonly Finding[] {
    const names = this.estate.leftOut.map(({ name }) => name);
    if (names.length === 0) return [];
    const message =
      `${count(names.length, "resource")} outside the target of this operation came without properties and ` +
      `${names.length === 1 ? "was" : "were"} not judged: ${listing(names)}.`;
    return [{ rule, urn: undefined, message, advisory: false, key: `${rule}\nleft out` }];
  }

  private judge(rule: Rule): Result {
    try {
      const { applied, verdicts } = rule.judge(this.estate, this.settings.of(rule.name));
      for (const verdict of verdicts)
        if (verdict.kind === "undecided" && canBeSaid(verdict)) this.undecided.push({ rule: rule.name, verdict });
      const findings = verdicts.filter(isViolation).map((verdict) => this.finding(rule, verdict));
      return { applied, findings: [...findings].sort(inOrder) };
    } catch (error) {
      return { applied: 1, findings: [this.defect(rule, error)] };
    }
  }

  private finding(rule: Rule, verdict: Violation): Finding {
    return {
      rule: rule.name,
      urn: resourceUrn(verdict.on.urn),
      message: this.secrets.mask(findingMessage(rule, verdict)),
      advisory: !blocks(verdict),
      key: `${rule.name}\n${verdict.on.urn}\n${verdict.path}`,
    };
  }

  /** A rule that throws is our mistake: it must not stop the other rules, nor pass in silence. */
  private defect(rule: Rule, error: unknown): Finding {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : "an unknown error";
    const message = `The rule ${rule.name} failed and judged nothing (${reason}). This is a defect of hyperv-guard: please report it.`;
    return { rule: rule.name, urn: undefined, message: this.secrets.mask(message), advisory: false, key: rule.name };
  }
}

/**
 * One operation of the engine: it hands over each resource as it is registered, and all of them at the end. A finding
 * that was reported with its resource is not reported again with the stack.
 */
export class Session {
  readonly settings = new Settings();
  private readonly secrets = new Secrets();
  /** What was reported, by place. */
  private readonly reported = new Map<string, Finding[]>();
  /** What the program gave each resource: providers leave some of it out of their outputs, such as the ids in a path. */
  private readonly inputs = new Map<string, PlainObject>();
  private resources = 0;
  private known = 0;

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
        const before = this.reported.get(key) ?? [];
        const changed = here.filter(({ message }) => !before.some((one) => one.message === message));
        return changed.slice(Math.max(0, before.length - (here.length - changed.length)));
      }),
    );
    return findings.filter((finding) => fresh.has(finding));
  }
}

function describeUndecided(items: readonly Open[]): string {
  const sentence = (chosen: readonly Open[], predicate: (many: boolean) => string): readonly string[] => {
    if (chosen.length === 0) return [];
    const subjects = unique(chosen.map(({ verdict }) => verdict.what ?? verdict.missing.path));
    const rules = unique(chosen.map(({ rule }) => rule));
    return [`${listing(subjects)} ${predicate(subjects.length > 1)}: not decidable at preview by ${listing(rules)}.`];
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

/** What a resource type has no property for, nobody can be asked to declare there. */
function canBeSaid({ because, missing }: Undecided): boolean {
  return because !== "notDeclared" || missing.path !== "";
}
