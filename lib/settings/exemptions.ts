import { isOfSettings } from "../estate/settings-urn";
import { append, compare } from "../text/collections";
import { anyMatcher, namesMatcher } from "./glob";
import type { Exemption } from "./pack-settings";

/** What identifies a finding to exemptions. */
export interface FindingLocation {
  readonly rule: string;
  readonly resource: ExemptibleResource;
  /** The property; empty for the resource as a whole. */
  readonly path: string;
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

interface IndexedExemption {
  readonly exemption: Exemption;
  readonly matchesResource: (resource: ExemptibleResource) => boolean;
  /** @param stack URN of any resource of it */
  readonly appliesTo: (stack: string | undefined) => boolean;
}

const NOTHING: Exempted = {};

/** The exemptions of a configuration, and which of them have matched a finding. */
export class Exemptions {
  private readonly byRule = new Map<string, IndexedExemption[]>();
  private readonly matched = new Set<Exemption>();

  /** @param day the day for which expiry is judged */
  constructor(
    exemptions: readonly Exemption[],
    private readonly day: string,
  ) {
    for (const exemption of exemptions) append(this.byRule, exemption.rule, indexed(exemption));
  }

  /** Whether there is any for a rule. */
  concern(rule: string): boolean {
    return this.byRule.has(rule);
  }

  /** Finds the exemption of a finding, and records which exemptions match it. */
  match({ rule, resource, path, stack }: FindingLocation): Exempted {
    const held = this.byRule.get(rule);
    if (held === undefined) return NOTHING;
    const matching = held
      .filter(({ exemption: { property } }) => property === undefined || property === path)
      .filter(({ appliesTo, matchesResource }) => matchesResource(resource) && appliesTo(stack))
      .map(({ exemption }) => exemption)
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
    return (this.byRule.get(rule) ?? [])
      .filter(({ exemption, appliesTo }) => !this.matched.has(exemption) && appliesTo(stack))
      .filter(({ matchesResource }) => !undecided.some(matchesResource))
      .map(({ exemption }) => exemption);
  }
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

function indexed(exemption: Exemption): IndexedExemption {
  const resource = namesMatcher(exemption.resource);
  const stacks = exemption.stacks === undefined ? undefined : anyMatcher(exemption.stacks);
  return {
    exemption,
    matchesResource: ({ urn, name, alsoDeclaredBy = [] }) =>
      resource([name, ...[urn, ...alsoDeclaredBy].flatMap((one) => [resourceName(one), one])]),
    appliesTo: (stack) => {
      if (stacks === undefined) return true;
      return stack !== undefined && stacks(stackNames(stack));
    },
  };
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
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  return [stack, `${project}/${stack}`];
}
