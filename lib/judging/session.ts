import { isKnownType, readEstate } from "../dialects/read-estate";
import { inPulumiNames } from "../dialects/terraform";
import { mayBeUnread } from "../dialects/unread-types";
import type { DeclaredResource } from "../estate/declared";
import type { Estate } from "../estate/estate";
import type { Plain, PlainObject } from "../estate/plain";
import { inLines, masked } from "../rules/explanation";
import { EffectiveSettings } from "../settings/effective-settings";
import { PACK_SETTINGS } from "../settings/schema";
import { append } from "../text/collections";
import type { Finding } from "./finding";
import { Pass } from "./pass";
import { Secrets, type NamedFacts } from "./secrets";
import type { UnreadType } from "./unread-types";

/**
 * One operation of the engine: it hands over each resource as it is registered, and all of them at the end. A finding
 * that was reported with its resource is not reported again with the stack.
 */
export class Session {
  /** What was reported, by place. */
  private readonly reported = new Map<string, Finding[]>();
  /** What the program gave each resource: providers leave some of it out of their outputs, such as the ids in a path. */
  private readonly inputs = new Map<string, PlainObject>();
  private resources = 0;
  private known = 0;
  private unread = 0;

  constructor(
    readonly settings = new EffectiveSettings(),
    private readonly secrets = new Secrets(),
  ) {}

  /**
   * How many resources were handed over one by one, how many of them declare something of Hyper-V, and how many may do so
   * in a type that is not read.
   */
  get seen(): { readonly resources: number; readonly known: number; readonly unread: number } {
    return { resources: this.resources, known: this.known, unread: this.unread };
  }

  /** A pass over one resource that is about to be created; undefined when it declares nothing of Hyper-V. */
  resourcePass(resource: DeclaredResource): Pass | undefined {
    return this.countResource(resource.type) ? this.knownResourcePass(resource) : undefined;
  }

  /** Counts a resource that was handed over, and says whether it declares anything of Hyper-V: others need not be read. */
  countResource(type: string): boolean {
    this.resources++;
    if (!isKnownType(type)) {
      if (mayBeUnread(type)) this.unread++;
      return false;
    }
    this.known++;
    return true;
  }

  /** A pass over one resource that was counted. */
  knownResourcePass(resource: DeclaredResource): Pass {
    this.inputs.set(resource.urn, resource.properties);
    this.secrets.add(inPulumiNames(resource));
    return this.pass([resource], false, this.resources);
  }

  /**
   * A pass over all resources of the stack.
   * @param size how many resources the stack has, those that declare nothing of Hyper-V included
   * @param complete false where more may be declared than is given
   * @param unread what of the stack looks like Hyper-V and is not read
   */
  stackPass(
    resources: readonly DeclaredResource[],
    size = resources.length,
    complete = true,
    unread: readonly UnreadType[] = [],
  ): Pass {
    for (const resource of resources) this.secrets.add(inPulumiNames(resource));
    const isTargeted = resources.some((resource) => isEmpty(resource) && this.hasInputs(resource));
    const whole = resources.map((resource) => this.withInputs(resource, isTargeted));
    return this.pass(whole, complete, size, unread);
  }

  /** Takes in a secret that is no property of a resource. */
  addSecret(value: Plain): void {
    this.secrets.addValue(value);
  }

  private pass(
    resources: readonly DeclaredResource[],
    complete: boolean,
    size: number,
    unread: readonly UnreadType[] = [],
  ): Pass {
    const estate = readEstate(resources, complete, this.settings.pack);
    this.secrets.addFacts(entitiesOf(estate));
    return new Pass(estate, size, this.secrets, this.settings, unread);
  }

  /** A component outside of a target was registered with its inputs, and comes without them at the end. */
  private hasInputs({ urn }: DeclaredResource): boolean {
    return Object.keys(this.inputs.get(urn) ?? {}).length > 0;
  }

  private withInputs(resource: DeclaredResource, isTargeted: boolean): DeclaredResource {
    if (isEmpty(resource) && !this.hasInputs(resource)) return isTargeted ? { ...resource, isLeftOut: true } : resource;
    return { ...resource, properties: { ...this.inputs.get(resource.urn), ...resource.properties } };
  }

  /** A text without the secrets of the resources that were handed over. */
  mask(text: string): string {
    return this.secrets.mask(text);
  }

  /** What cannot be followed of the configuration, whatever the stack has. */
  problemFindings(): readonly Finding[] {
    return this.settings.problems.map(({ path, problem, fix }): Finding => {
      const key = `${PACK_SETTINGS}\nconfiguration\n${path}`;
      const explanation = masked({ problem: `Configuration: ${problem}`, fix }, (text) => this.mask(text));
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
    const fresh = new Set([...places.values()].flatMap((here) => stillToReport(here, this.reportedAt(here))));
    return findings.filter((finding) => fresh.has(finding));
  }

  /** What was reported at the place of these findings, in whichever resource declares the same thing. */
  private reportedAt(here: readonly Finding[]): readonly Finding[] {
    const keys = new Set(here.flatMap(({ key, otherKeys = [] }) => [key, ...otherKeys]));
    return [...keys].flatMap((key) => this.reported.get(key) ?? []);
  }
}

/**
 * Those of the findings at one place that were not reported yet. Where "vm1 has 3 processors" and "vm1 is too large" were
 * reported and now "vm1 has 3 processors" stands beside two new texts, one of the two is the second finding in new words,
 * and only the other is new.
 */
function stillToReport(here: readonly Finding[], before: readonly Finding[]): readonly Finding[] {
  const changed = here.filter(({ message }) => !before.some((one) => one.message === message));
  const known = here.length - changed.length;
  const reworded = Math.max(0, before.length - known);
  return changed.slice(reworded);
}

function entitiesOf(estate: Estate): readonly NamedFacts[] {
  const { hosts, clusters, virtualMachines, vmmServers, firewalls, networkSecurityGroups } = estate;
  const joined = [...estate.securityRules, ...estate.replicas, ...estate.backups];
  return [...hosts, ...clusters, ...virtualMachines, ...vmmServers, ...firewalls, ...networkSecurityGroups, ...joined];
}

function isEmpty({ properties }: DeclaredResource): boolean {
  return Object.keys(properties).length === 0;
}
