import { undecided } from "../../policies/estate/undecided";
import type { FindingRecord } from "../judging/finding-record";
import { exemptedBy } from "../settings/contradictions";
import type { Exemption } from "../settings/pack-settings";
import { compare, isRecord } from "../text/collections";

/** The content of a configuration file, unchecked. */
export type ConfigFile = Readonly<Record<string, unknown>>;

export interface BaselineOptions {
  /** `project/stack`. */
  readonly stack: string;
  /** As in 2026-11-23. */
  readonly today: string;
  /** How many days the exemptions hold. */
  readonly days: number;
  readonly approvedBy?: string;
  /** Whether the stack's former baseline is replaced. */
  readonly replace: boolean;
  /** URNs of resources that the preview did not show: what is exempted there stays. */
  readonly notShown: ReadonlySet<string>;
  /** Rules that cannot be exempted. */
  readonly notExemptible: ReadonlySet<string>;
}

export interface Baseline {
  readonly config: ConfigFile;
  /** The exemptions that were added. */
  readonly added: readonly Exemption[];
  /** How many exemptions of a former baseline were removed. */
  readonly removed: number;
  /** Findings that cannot be exempted, and still block. */
  readonly left: readonly FindingRecord[];
}

/** Adds today's findings to a configuration, as exemptions after those that are there. */
export function withBaseline(
  config: ConfigFile,
  findings: readonly FindingRecord[],
  options: BaselineOptions,
): Baseline {
  const { stack, replace, notExemptible } = options;
  const present = exemptionsOf(config);
  const hidden = new Set([...options.notShown].map(literally));
  const isReplaced = (one: Partial<Exemption>): boolean =>
    isBaseline(one) && isOf(one, stack) && !hidden.has(one.resource ?? "");
  const staying = replace ? present.filter((one) => !isReplaced(one)) : present;
  // The new baseline must contain what only the former one exempts. What could not be checked is not a finding to exempt.
  const counted = findings
    .filter(({ rule }) => rule !== undecided.name)
    .filter(({ exempted }) => exempted === undefined || (replace && isBaseline(exempted)));
  const exemptible = (entry: FindingRecord): boolean =>
    resourceOf(entry) !== undefined && !notExemptible.has(entry.rule);
  const added = exemptionsFor(counted.filter(exemptible), options);
  // A present exemption of the same findings has expired, or they would not be counted.
  const formerly = exemptionsFor(counted.filter(exemptible), options, ({ property }) => property);
  const renewed = new Set([...added, ...formerly].map(exemptedBy));
  const kept = staying.filter((one) => !renewed.has(exemptedBy(one)));
  return {
    config: added.length === 0 && kept.length === present.length ? config : withExemptions(config, [...kept, ...added]),
    added,
    removed: present.length - kept.length,
    left: counted.filter((entry) => entry.enforcement === "mandatory" && !exemptible(entry)),
  };
}

/** A pattern that matches a text and nothing else. */
export function literally(text: string): string {
  return text.replace(/[\\*?[\]{}()!+@|"]/g, "\\$&");
}

/** The day that is some days after another. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * MILLISECONDS_OF_A_DAY).toISOString().slice(0, 10);
}

const MILLISECONDS_OF_A_DAY = 86_400_000;

/** By names of list elements, so that it holds when others come or go. */
function placeOf({ propertyByNames, property }: FindingRecord): string | undefined {
  return propertyByNames ?? property;
}

function exemptionsFor(
  findings: readonly FindingRecord[],
  options: BaselineOptions,
  propertyOf: (entry: FindingRecord) => string | undefined = placeOf,
): readonly Exemption[] {
  const { stack, today, days, approvedBy } = options;
  const byPlace = new Map<string, Exemption>();
  for (const entry of findings) {
    const { rule } = entry;
    const property = propertyOf(entry) ?? "";
    const resource = resourceOf(entry) ?? "";
    byPlace.set([rule, resource, property].join("\n"), {
      rule,
      resource: literally(resource),
      // Also an empty one: without any, it would hold for whatever the rule finds of the resource later.
      property,
      reason: `Baseline of ${today}`,
      expires: daysAfter(today, days),
      ...(approvedBy === undefined ? {} : { approvedBy }),
      stacks: [literally(stack)],
    });
  }
  return [...byPlace].sort(([one], [other]) => compare(one, other)).map(([, exemption]) => exemption);
}

/** A host of the settings has a name instead of a URN; the stack has neither. */
function resourceOf({ urn, entity }: FindingRecord): string | undefined {
  return urn ?? entity?.name;
}

function isBaseline({ reason }: Partial<Exemption>): boolean {
  return typeof reason === "string" && /^Baseline of \d{4}-\d{2}-\d{2}$/.test(reason);
}

function isOf({ stacks }: Partial<Exemption>, stack: string): boolean {
  return stacks?.length === 1 && stacks[0] === literally(stack);
}

/** The exemptions of a configuration that is valid. */
function exemptionsOf({ estate }: ConfigFile): readonly Partial<Exemption>[] {
  const exemptions = isRecord(estate) ? estate["exemptions"] : undefined;
  return Array.isArray(exemptions) ? (exemptions as Partial<Exemption>[]) : [];
}

/** The day that a valid configuration judges by: exemptions expire by it too. */
export function asOfIn({ estate }: ConfigFile): string | undefined {
  const day = isRecord(estate) ? estate["asOf"] : undefined;
  return typeof day === "string" ? day : undefined;
}

/** The rules whose findings nobody may exempt, in a valid configuration. */
export function notExemptibleIn({ estate }: ConfigFile): readonly string[] {
  const rules = isRecord(estate) ? estate["notExemptible"] : undefined;
  return Array.isArray(rules) ? (rules as string[]) : [];
}

function withExemptions(config: ConfigFile, exemptions: readonly Partial<Exemption>[]): ConfigFile {
  const { estate } = config;
  const settings = typeof estate === "string" ? { enforcementLevel: estate } : isRecord(estate) ? estate : {};
  return { ...config, estate: { ...settings, exemptions } };
}

/** The text of a configuration, with a line for each exemption: hundreds of them are read, compared and merged by line. */
export function configText(config: ConfigFile): string {
  const exemptions = exemptionsOf(config);
  const text = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
  if (exemptions.length === 0) return text(config);
  const [before = "", after = ""] = text(withExemptions(config, [])).split(EMPTY_LIST);
  const lines = exemptions.map((one) => `      ${JSON.stringify(one, undefined, 1).replace(/\n\s*/g, " ")}`);
  return `${before}"exemptions": [\n${lines.join(",\n")}\n    ]${after}`;
}

/** Stands once in the text of a configuration that is right: within a text its quotes would be escaped. */
const EMPTY_LIST = '"exemptions": []';

/** The options of a baseline that users set. */
export type BaselineRequest = Pick<BaselineOptions, "days" | "approvedBy" | "replace">;
