import { isOfSettings } from "../estate/settings-urn";
import { compare } from "../text/collections";
import { anyMatcher } from "./glob";
import { GlobIndex } from "./glob-index";
import type { Exemption } from "./pack-settings";

/** What identifies a finding to exemptions. */
export interface FindingLocation {
  readonly rule: string;
  readonly resource: ExemptibleResource;
  /** The property; empty for the resource as a whole. */
  readonly path: string;
  /** The same with the names of list elements, where they have any. */
  readonly pathByNames?: string | undefined;
  /** URN of any resource of the stack; undefined where it has none. */
  readonly stack: string | undefined;
}

/** What identifies a resource to exemptions. */
export interface ExemptibleResource {
  readonly urn: string;
  /** What messages call it. */
  readonly name: string;
  /** URNs of other resources that declare the same thing. */
  readonly alsoDeclaredBy?: readonly string[];
}

/** Which exemption applies to a finding. */
export interface Exempted {
  /** The one that holds. */
  readonly by?: Exemption;
  /** The one that held until it expired, where none holds. */
  readonly expired?: Exemption;
}

/** The exemptions of one rule. */
class ExemptionsOfRule {
  readonly all: Exemption[] = [];
  private readonly byResource = new GlobIndex<Exemption>();
  /** Those of any property are under undefined. */
  private readonly byProperty = new Map<string | undefined, GlobIndex<Exemption>>();

  add(exemption: Exemption): void {
    const { property, resource } = exemption;
    this.all.push(exemption);
    this.byResource.add(resource, exemption);
    entry(this.byProperty, property, () => new GlobIndex<Exemption>()).add(resource, exemption);
  }

  of(resource: ExemptibleResource): readonly Exemption[] {
    return this.byResource.matching(namesOf(resource));
  }

  ofProperty({ resource, path, pathByNames }: FindingLocation): readonly Exemption[] {
    const names = namesOf(resource);
    return [...new Set([path, pathByNames, undefined])].flatMap(
      (property) => this.byProperty.get(property)?.matching(names) ?? [],
    );
  }
}

const NOTHING: Exempted = {};

/** The exemptions of a configuration, and which of them have matched a finding. */
export class Exemptions {
  private readonly byRule = new Map<string, ExemptionsOfRule>();
  private readonly matched = new Set<Exemption>();
  private readonly stacks = new StackPatterns();

  /** @param day the day for which expiry is judged */
  constructor(
    exemptions: readonly Exemption[],
    private readonly day: string,
  ) {
    for (const exemption of exemptions) {
      entry(this.byRule, exemption.rule, () => new ExemptionsOfRule()).add(exemption);
    }
  }

  /** Whether there is any for a rule. */
  concern(rule: string): boolean {
    return this.byRule.has(rule);
  }

  /** Finds the exemption of a finding, and records which exemptions match it. */
  match(location: FindingLocation): Exempted {
    const ofRule = this.byRule.get(location.rule);
    if (ofRule === undefined) return NOTHING;
    const matching = ofRule
      .ofProperty(location)
      .filter((exemption) => this.stacks.include(exemption, location.stack))
      .sort(latestFirst);
    for (const exemption of matching) this.matched.add(exemption);
    const [latest] = matching;
    if (latest === undefined) return NOTHING;
    return this.isExpired(latest) ? { expired: latest } : { by: latest };
  }

  isExpired({ expires }: Exemption): boolean {
    return expires < this.day;
  }

  /**
   * Those of a rule that apply to a stack and have matched no finding.
   * @param stack URN of any resource of the stack
   * @param undecided resources whose findings cannot be known yet
   */
  unmatched(rule: string, stack: string, undecided: readonly ExemptibleResource[]): readonly Exemption[] {
    const ofRule = this.byRule.get(rule);
    if (ofRule === undefined) return [];
    const unmatched = ofRule.all.filter(
      (exemption) => !this.matched.has(exemption) && this.stacks.include(exemption, stack),
    );
    if (unmatched.length === 0) return [];
    const spared = new Set(undecided.flatMap((resource) => ofRule.of(resource)));
    return unmatched.filter((exemption) => !spared.has(exemption));
  }
}

/** Which exemptions hold in which stack: thousands have the same patterns, and are asked of the same stack. */
class StackPatterns {
  private readonly known = new Map<string, (names: readonly string[]) => boolean>();

  /** @param urn URN of any resource of the stack */
  include({ stacks }: Exemption, urn: string | undefined): boolean {
    if (stacks === undefined) return true;
    if (urn === undefined) return false;
    return entry(this.known, JSON.stringify(stacks), () => remembering(anyMatcher(stacks)))(stackNames(urn));
  }
}

/** A matcher that tries its patterns once for the same names. */
function remembering(matches: (names: readonly string[]) => boolean): (names: readonly string[]) => boolean {
  const results = new Map<string, boolean>();
  return (names) => entry(results, names.join("\n"), () => matches(names));
}

/** One line for an exempted finding. */
export function exemptedMessage(problem: string, { expires, reason, approvedBy }: Exemption): string {
  const approved = approvedBy === undefined ? "" : `; approved by ${approvedBy}`;
  return `Exempted until ${expires} (${reason.trim()}${approved}): ${problem}`;
}

/** The problem, and that an exemption of it has expired where one has. */
export function expiredMessage(problem: string, exemption: Exemption | undefined): string {
  return exemption === undefined ? problem : `${problem} Its exemption expired on ${exemption.expires}.`;
}

/** One line for an exemption that has matched no finding. */
export function unmatchedMessage({ rule, resource, property, expires }: Exemption, isExpired: boolean): string {
  const where = property === undefined ? "" : property === "" ? " as a whole" : ` at ${property}`;
  const what = `${rule} for "${resource}"${where}`;
  const when = isExpired ? `, which expired on ${expires},` : "";
  return `The exemption of ${what}${when} matches no finding. Fix: Remove it.`;
}

/** The value of a key, which is made where there is none. */
function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const present = map.get(key);
  if (present !== undefined) return present;
  const made = make();
  map.set(key, made);
  return made;
}

function namesOf({ urn, name, alsoDeclaredBy = [] }: ExemptibleResource): readonly string[] {
  return [name, ...[urn, ...alsoDeclaredBy].flatMap((one) => [resourceName(one), one])];
}

function latestFirst(one: Exemption, other: Exemption): number {
  return compare(other.expires, one.expires);
}

/** What the program calls a resource: `urn:pulumi:stack::project::types::name`. */
function resourceName(urn: string): string {
  return isOfSettings(urn) ? urn : urn.split("::").slice(3).join("::");
}

/** The stack by itself, and with its project. */
function stackNames(urn: string): readonly string[] {
  const [stack = "", project = ""] = urn.replace(/^urn:(pulumi|terraform):/, "").split("::");
  return [stack, `${project}/${stack}`];
}
