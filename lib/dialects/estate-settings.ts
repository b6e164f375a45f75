import type { DeclaredResource, Problem } from "../estate/declared";
import type { Entity } from "../estate/model";
import { isPlainArray, isPlainObject, toPlainObject, type PlainObject } from "../estate/plain";
import { Reader } from "../estate/reader";
import { settingsUrn } from "../estate/settings-urn";
import { originalIndex } from "../settings/original-index";
import type { PackSettings } from "../settings/pack-settings";
import { fold } from "../text/names";
import { CLASSIFY_URN } from "./classify-entries";

/** The settings that declare facts of the estate. */
export type EstateSettings = Pick<PackSettings, "classify" | "hosts" | "clusters">;

/** Problems of what the settings declare themselves have this URN. */
const SETTINGS_URN = settingsUrn("settings");

/** By these the `estate` rule finds the problems of the settings themselves. */
export const SETTINGS: readonly DeclaredResource[] = [SETTINGS_URN, CLASSIFY_URN].map((urn) => {
  return { urn, type: "", name: "Configuration", properties: {} };
});

/** Whether the settings declare anything of the estate. */
export function declareFacts({ classify, hosts, clusters }: EstateSettings): boolean {
  return classify !== undefined || hosts !== undefined || clusters !== undefined;
}

/** A host or a cluster that the settings declare, as if a component did; and what keeps it from being one. */
export interface SettingsEntities {
  readonly declared: readonly DeclaredResource[];
  readonly problems: readonly Problem[];
}

const LISTS = [
  { list: "hosts", kind: "Host" },
  { list: "clusters", kind: "Cluster" },
] as const;

/**
 * The hosts and clusters of the settings, in the form of components.
 * @param components what components declare already: that counts
 */
export function settingsEntities(
  settings: EstateSettings,
  components: Readonly<Record<"hosts" | "clusters", readonly Entity[]>>,
): SettingsEntities {
  const problems: Problem[] = [];
  const report = (path: string, problem: Omit<Problem, "urn" | "path">): void => {
    problems.push({ urn: SETTINGS_URN, path, ...problem });
  };
  const declared = LISTS.flatMap(({ list, kind }) => {
    const places = new Map<string, string>();
    const taken = new Set(components[list].flatMap(({ name, nameIsUnknown }) => (nameIsUnknown ? [] : [fold(name)])));
    return inputsOf(list, settings[list], problems).flatMap(({ path, name, properties }) => {
      const before = places.get(fold(name));
      places.set(fold(name), before ?? path);
      if (before !== undefined) {
        const problem = `is "${name}", which ${before} has already`;
        report(`${path}.name`, { problem, fix: `Give each ${kind} a name of its own.` });
        return [];
      }
      if (taken.has(fold(name))) {
        const problem = `is superfluous: a component declares the ${kind} "${name}", and that one counts`;
        report(path, { problem, fix: "Remove it from the settings.", advisory: true });
        return [];
      }
      return [{ urn: settingsUrn(path), type: `hyperv-guard:index:${kind}`, name, path, properties }];
    });
  });
  return { declared, problems };
}

interface Inputs {
  readonly path: string;
  readonly name: string;
  readonly properties: PlainObject;
}

/** The items of a list that have a name; all else is a problem. */
function inputsOf(list: string, setting: unknown, problems: Problem[]): readonly Inputs[] {
  const properties = toPlainObject({ [list]: setting });
  const reader = new Reader(SETTINGS_URN, properties, (problem) => problems.push(problem));
  const placeOf = (index: number): number => originalIndex(setting, index);
  const readItem = (item: Reader): void => {
    item.required(item.text("name"), "the name by which others refer to it");
    item.passOthers();
  };
  reader.list(list, readItem, placeOf);
  const items = properties[list];
  return (isPlainArray(items) ? items : []).flatMap((item, index) => {
    const name = isPlainObject(item) ? item["name"] : undefined;
    const isName = (typeof name === "string" && name.trim() !== "") || typeof name === "number";
    if (!isPlainObject(item) || !isName) return [];
    return [{ path: `${list}[${String(placeOf(index))}]`, name: String(name).trim(), properties: item }];
  });
}
