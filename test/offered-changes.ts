import type { EstateSettings } from "../lib/dialects/estate-settings";
import { readEstate } from "../lib/dialects/read-estate";
import type { DeclaredResource } from "../lib/estate/declared";
import { isPlainArray, isPlainObject, type Plain } from "../lib/estate/plain";
import { Pass } from "../lib/judging/pass";
import { Secrets } from "../lib/judging/secrets";
import type { Change } from "../lib/rules/figures";
import { EffectiveSettings } from "../lib/settings/effective-settings";
import { RULES } from "../policies";
import { nameOf } from "./kit";

const COMPONENT = "hyperv-guard:index:";

/** A finding as it can be found again: where it is, and what it offers to change. */
export interface FoundProblem {
  readonly rule: string;
  readonly urn: string;
  readonly path: string;
  readonly change: Change | undefined;
}

/** How an estate is judged. */
export interface Judging {
  /** The configuration of one rule. */
  readonly configured?: readonly [rule: string, configuration: object];
  readonly settings?: EstateSettings;
  readonly asOf?: string;
}

/** What all rules find. */
export function problemsIn(resources: readonly DeclaredResource[], judging: Judging = {}): readonly FoundProblem[] {
  const { configured, settings: pack = {}, asOf = "2012-06-30" } = judging;
  const settings = new EffectiveSettings({ policies: RULES, today: asOf });
  if (configured !== undefined) settings.configurePolicy(...configured);
  const pass = new Pass(readEstate(resources, true, pack), resources.length, new Secrets(), settings);
  return RULES.flatMap((rule) =>
    pass.result(rule).findings.flatMap(({ violation }) => {
      if (violation === undefined) return [];
      const { on, path, change } = violation;
      return [{ rule: rule.name, urn: on.urn, path, change }];
    }),
  );
}

/** Whether a finding offers a change of a component. */
export function isOffered({ urn, change }: FoundProblem): boolean {
  return change !== undefined && urn.includes(`::${COMPONENT}`);
}

/** The resources as they are after a change. */
export function changed(
  resources: readonly DeclaredResource[],
  { urn, change }: FoundProblem,
): readonly DeclaredResource[] {
  if (change === undefined) return resources;
  const keys = change.path.split(/[.[\]]+/).filter((key) => key !== "");
  return resources.map((resource) => {
    const properties = resource.urn === urn ? withValue(resource.properties, keys, change.value) : undefined;
    return isPlainObject(properties) ? { ...resource, properties } : resource;
  });
}

function withValue(value: Plain, [key, ...keys]: readonly string[], to: Plain): Plain {
  if (key === undefined) return to;
  if (isPlainArray(value)) {
    return value.map((item, index) => (String(index) === key ? withValue(item, keys, to) : item));
  }
  const object = isPlainObject(value) ? value : {};
  return { ...object, [key]: withValue(object[key] ?? null, keys, to) };
}

export function placeOf({ rule, urn, path }: FoundProblem): string {
  return `${rule} ${nameOf(urn)} ${path}`;
}

/** Where there was no finding before. */
export function newIn(after: readonly FoundProblem[], before: readonly FoundProblem[]): readonly string[] {
  const known = new Set(before.map(placeOf));
  return after.map(placeOf).filter((place) => !known.has(place));
}
