import { isOfSettings } from "../estate/settings-urn";
import { append, compare } from "../text/collections";
import { anyMatcher, namesMatcher } from "./glob";
import type { Exemption } from "./pack-settings";

/** Where a finding is. */
export interface Place {
  readonly rule: string;
  readonly resource: Named;
  /** The property; empty for the resource as a whole. */
  readonly path: string;
  /** URN of any resource of the stack; undefined where it has none. */
  readonly stack: string | undefined;
}

/** By what exemptions know a resource. */
export interface Named {
  readonly urn: string;
  /** What messages call it. */
  readonly name: string;
  /** URNs of other resources that declare the same thing. */
  readonly alsoDeclaredBy?: readonly string[];
}

/** What the exemptions say of a finding. */
export interface Exempted {
  /** The one that holds. */
  readonly by?: Exemption;
  /** The one that held until it expired, where none holds. */
  readonly expired?: Exemption;
}

interface Held {
  readonly exemption: Exemption;
  readonly matchesResource: (resource: Named) => boolean;
  /** @param stack URN of any resource of it */
  readonly appliesTo: (stack: string | undefined) => boolean;
}

const NOTHING: Exempted = {};

/** The exemptions of a configuration, and which of them a finding was found for. */
export class Exemptions {
  private readonly byRule = new Map<string, Held[]>();
  private readonly matched = new Set<Exemption>();

  /** @param day the day for which expiry is judged */
  constructor(
    exemptions: readonly Exemption[],
    private readonly day: string,
  ) {
    for (const exemption of exemptions) append(this.byRule, exemption.rule, hold(exemption));
  }

  /** Whether there is any for a rule. */
  concern(rule: string): boolean {
    return this.byRule.has(rule);
  }

  /** Looks a finding up, and keeps in mind which exemptions match it. */
  of({ rule, resource, path, stack }: Place): Exempted {
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
   * Those of a rule that apply to a stack and that no finding was found for.
   * @param stack URN of any resource of the stack
   * @param spared resources whose findings cannot be known yet
   */
  unmatched(rule: string, stack: string, spared: readonly Named[]): readonly Exemption[] {
    return (this.byRule.get(rule) ?? [])
      .filter(({ exemption, appliesTo }) => !this.matched.has(exemption) && appliesTo(stack))
      .filter(({ matchesResource }) => !spared.some(matchesResource))
      .map(({ exemption }) => exemption);
  }
}

/** One line for a finding that an exemption holds for. */
export function exemptedMessage(problem: string, { expires, reason, approvedBy }: Exemption): string {
  const approved = approvedBy === undefined ? "" : `; approved by ${approvedBy}`;
  return `Exempted until ${expires} (${reason.trim()}${approved}): ${problem}`;
}

/** The problem, and that an exemption of it has expired where one has. */
export function expiredMessage(problem: string, exemption: Exemption | undefined): string {
  return exemption === undefined ? problem : `${problem} Its exemption expired on ${exemption.expires}.`;
}

/** One line for an exemption that no finding was found for. */
export function unmatchedMessage({ rule, resource, property, expires }: Exemption, isExpired: boolean): string {
  const where = property === undefined ? "" : property === "" ? " as a whole" : ` at ${property}`;
  const what = `${rule} for "${resource}"${where}`;
  const when = isExpired ? `, which expired on ${expires},` : "";
  return `The exemption of ${what}${when} matches no finding. Fix: Remove it.`;
}

function hold(exemption: Exemption): Held {
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
