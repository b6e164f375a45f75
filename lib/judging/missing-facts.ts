import { platformOf } from "../dialects/read-estate";
import { DISK_TAGS, MACHINE_TAGS, TAG_PREFIX } from "../dialects/tags";
import type { DeclaredResource } from "../estate/declared";
import { DISK_FACTS } from "../estate/model";
import type { Judged } from "../rules/verdict";
import { append, compare } from "../text/collections";
import { count, listing, series } from "../text/words";
import type { UndecidedBy, UndecidedText } from "./undecided-text";

/** Entities of one kind that lack the same facts: what their resource types have no property for must be said elsewhere. */
export interface MissingFacts extends UndecidedText {
  readonly urns: readonly string[];
}

/** The fact that is missing, where it is one that the resource type itself cannot say. */
export function missingFact({ verdict }: UndecidedBy): string | undefined {
  const { because, fact, missing } = verdict;
  if (because !== "notDeclared") return undefined;
  const tag = `tags.${TAG_PREFIX}`;
  return fact ?? (missing.path.startsWith(tag) ? missing.path.slice(tag.length) : undefined);
}

/**
 * What entities lack, in one text for all that lack the same.
 * @param items what could not be decided for want of such facts
 * @param byUrn the virtual machines and the declared resources
 * @param joins whether an entity may be in one text with others
 */
export function missingFacts(
  items: readonly UndecidedBy[],
  { machines, declared }: EntitiesByUrn,
  joins: (urn: string) => boolean,
): readonly MissingFacts[] {
  const lacking = new Map<Judged, UndecidedBy[]>();
  for (const item of items) append(lacking, entityOf(item, machines), item);
  const groups = new Map<string, Lacking[]>();
  for (const [entity, own] of lacking) {
    const facts = [...new Set(own.flatMap((item) => missingFact(item) ?? []))].sort(compare);
    const platform = platformOf(declared.get(entity.urn)?.type ?? "");
    const key = [entity.kind, platform, ...facts, joins(entity.urn) ? "" : entity.urn].join("\n");
    append(groups, key, { entity, facts, platform, rules: own.map(({ rule }) => rule) });
  }
  return [...groups.values()].map(textOf);
}

interface EntitiesByUrn {
  readonly machines: ReadonlyMap<string, Judged>;
  readonly declared: ReadonlyMap<string, DeclaredResource>;
}

/** An entity with what it lacks. */
interface Lacking {
  readonly entity: Judged;
  readonly facts: readonly string[];
  readonly platform: string | undefined;
  readonly rules: readonly string[];
}

/** A rule on a host may need what its virtual machine does not say. */
function entityOf({ verdict }: UndecidedBy, machines: ReadonlyMap<string, Judged>): Judged {
  return verdict.on.kind === "virtualMachine" ? verdict.on : (machines.get(verdict.missing.urn) ?? verdict.on);
}

/** How many entities and rules a text names. */
const NAMED = 3;

function textOf(group: readonly Lacking[]): MissingFacts {
  const entities = [...group].sort((one, other) => compare(one.entity.name, other.entity.name));
  const [first] = entities;
  const { facts = [], platform } = first ?? {};
  const isOne = entities.length === 1;
  const own = isOne ? "its" : "their";
  const lacks = series(
    facts.map((fact) => describeFact(fact, own)),
    "or",
  );
  const rules = [...new Set(entities.flatMap((one) => one.rules))].sort(compare);
  const unchecked = rules.length <= NAMED ? listing(rules) : `${String(rules.length)} rules`;
  const subject = isOne ? `${first?.entity.name ?? ""} does` : `${describeEntities(entities)} do`;
  return {
    urns: entities.map(({ entity }) => entity.urn),
    problem: `${subject} not say ${lacks}, so ${unchecked} could not be checked.`,
    fix: waysToSay(facts, platform, isOne).join(" "),
  };
}

/** `12 virtual machines of Azure (ex1, ex2, ex3 and 9 more)`. */
function describeEntities(entities: readonly Lacking[]): string {
  const [first] = entities;
  const kind = inWords(first?.entity.kind ?? "resource");
  const of = first?.platform === undefined ? "" : ` of ${first.platform}`;
  return `${count(entities.length, kind)}${of} (${someNames(entities.map(({ entity }) => entity.name))})`;
}

/** The first few names, and how many more there are. */
export function someNames(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more <= 1 ? listing(names) : `${names.slice(0, NAMED).join(", ")} and ${String(more)} more`;
}

const FACT_WORDS: ReadonlyMap<string, string> = new Map([
  ["guestOs", "guest operating system"],
  ["processorCount", "number of virtual processors"],
  ["memoryMB", "memory"],
  ["edition", "edition of the guest"],
  ["architecture", "architecture of the guest"],
  ["sizeGB", "size"],
  ["purpose", "purpose"],
]);

/** What a host says of itself: it is asked for where its virtual machines are judged. */
const OF_HOST: ReadonlySet<string> = new Set(["operatingSystem"]);

/** Facts that only a disk has. */
const OF_DISKS: ReadonlySet<string> = new Set(DISK_FACTS);

function describeFact(fact: string, own: "its" | "their"): string {
  const word = FACT_WORDS.get(fact) ?? inWords(fact);
  if (OF_HOST.has(fact)) return `the ${word} of ${own} host`;
  return OF_DISKS.has(fact) ? `the ${word} of ${own} disks` : `${own} ${word}`;
}

/** `guest operating system` for `guestOperatingSystem`. */
function inWords(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

const TAGS = [...Object.keys(MACHINE_TAGS), ...Object.keys(DISK_TAGS)];

/** The shortest ways to say the facts: tags and settings for what they have, a component for the rest. */
function waysToSay(facts: readonly string[], platform: string | undefined, isOne: boolean): readonly string[] {
  const tags = facts.map((fact) => `${TAG_PREFIX}${fact}`).filter((tag) => TAGS.includes(tag));
  const classified = tags.map((tag) => tag.slice(TAG_PREFIX.length));
  const ofHosts = facts.filter((fact) => OF_HOST.has(fact));
  const rest = facts.filter((fact) => !classified.includes(fact) && !OF_HOST.has(fact));
  const component = isOne ? "a VirtualMachine component of its name" : "VirtualMachine components of their names";
  const settings = `set ${listing(classified)} in classify of the settings`;
  return [
    ...(classified.length === 0
      ? []
      : platform === undefined
        ? [`${capital(settings)}, or declare ${component}.`]
        : [`Add the ${tags.length === 1 ? "tag" : "tags"} ${listing(tags)}, or ${settings}.`]),
    ...(ofHosts.length === 0 ? [] : ["Declare the host as a Host component, or in hosts of the settings."]),
    ...(rest.length === 0 ? [] : [`Declare ${listing(rest)} in ${component}.`]),
  ];
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
