import { readEstate } from "../../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../../lib/estate/declared";
import type { Estate } from "../../../../lib/estate/estate";
import { UNKNOWN, type PlainObject } from "../../../../lib/estate/plain";
import { Pass } from "../../../../lib/judging/pass";
import { Secrets } from "../../../../lib/judging/secrets";
import { EffectiveSettings } from "../../../../lib/settings/effective-settings";
import { RULES } from "../../../../policies";
import { nameOf } from "../../../kit";

export { UNKNOWN };

/** A resource as a stack has it. */
export function resource(
  type: string,
  name: string,
  properties: PlainObject,
  dependencies: Readonly<Record<string, readonly DeclaredResource[]>> = {},
): DeclaredResource {
  const byProperty = Object.entries(dependencies).map(
    ([property, on]) => [property, on.map(({ urn }) => urn)] as const,
  );
  return {
    urn: `urn:pulumi:test::azure::${type}::${name}`,
    type,
    name,
    properties,
    propertyDependencies: Object.fromEntries(byProperty),
  };
}

export function estateOf(resources: readonly DeclaredResource[]): Estate {
  return readEstate(resources, true);
}

/** What every rule says: `rule resource: first line`, and what none could decide. */
export function findingsIn(resources: readonly DeclaredResource[], asOf = "2025-03-31"): readonly string[] {
  const pass = new Pass(estateOf(resources), resources.length, new Secrets(), new EffectiveSettings({ today: asOf }));
  const found = RULES.flatMap((rule) => pass.result(rule).findings);
  return [...found, ...pass.undecidedFindings("undecided")]
    .map(({ rule, urn, message }) => `${rule} ${nameOf(urn)}: ${message.split("\n")[0] ?? ""}`)
    .sort();
}

/** A value, list or entity with its states written out and without where it came from. */
export function plainly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== "object" || value === null) return value;
  if ("state" in value && "origin" in value) return "value" in value ? plainly(value.value) : value.state;
  const entries = Object.entries(value).filter(([name]) => name !== "references" && name !== "urn");
  return Object.fromEntries(entries.map(([name, inner]) => [name, plainly(inner)]));
}

/** Without what is absent: what is said of it. */
export function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== "absent");
  return Object.fromEntries(entries.map(([name, inner]) => [name, said(inner)]));
}
