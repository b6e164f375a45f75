import type { EnforcementLevel } from "@pulumi/policy";
import type { PolicyData } from "../rules/rule";
import { isRecord } from "../text/collections";
import type { EffectiveSettings, EngineConfiguration, EnginePolicy } from "./effective-settings";
import { ALL } from "./schema";

/**
 * The configuration of a file as the engine would pass it on: every policy with the level that counts for it, and what
 * the file sets for it. Whatever is wrong with it is found later, as in a preview.
 */
export function fileConfiguration(
  file: unknown,
  policies: readonly PolicyData[],
  settings: EffectiveSettings,
): EngineConfiguration {
  const entries = new Map(isRecord(file) ? Object.entries(file) : []);
  const forAll = levelIn(entries.get(ALL.name));
  const names = new Set([...policies.map(({ name }) => name), ...entries.keys()]);
  return new Map(
    [...names].map((name): [string, EnginePolicy] => {
      const entry = entries.get(name);
      const level = levelIn(entry) ?? forAll ?? settings.ownLevel(name);
      return [name, { level, properties: propertiesOf(entry) }];
    }),
  );
}

function levelIn(entry: unknown): EnforcementLevel | undefined {
  const level = isRecord(entry) ? entry["enforcementLevel"] : entry;
  return LEVELS.find((one) => one === level);
}

const LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

function propertiesOf(entry: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(entry)) return {};
  return Object.fromEntries(Object.entries(entry).filter(([key]) => key !== "enforcementLevel"));
}
