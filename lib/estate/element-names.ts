import type { DeclaredResource } from "./declared";
import { isPlainArray, isPlainObject, type Plain } from "./plain";

/** A place in a resource that has the index of a list, within any text. */
const INDEXED = /(?<![\w.:-])[\w.:-]+\[\d+\](?:[\w.:-]|\[\d+\])*/g;

/**
 * A path as people know it: `speedMbps of the network adapter "LAN"` for `networkAdapters[2].speedMbps`. The name is that of
 * the innermost element that has one; without any the path stays as it is, and so does a place in the settings.
 */
export function describePath(resource: DeclaredResource | undefined, path: string): string {
  return resource === undefined || resource.path !== undefined
    ? path
    : path.replace(INDEXED, (place) => describePlace(resource, place));
}

function describePlace({ properties }: DeclaredResource, place: string): string {
  const steps = place.split(/[.[\]]+/).filter((step) => step !== "");
  let value: Plain | undefined = properties;
  let named: { readonly kind: string; readonly name: string; readonly rest: readonly string[] } | undefined;
  for (const [index, step] of steps.entries()) {
    value = propertyOf(value, step);
    const list = steps[index - 1];
    const name = isPlainObject(value) && /^\d+$/.test(step) ? value["name"] : undefined;
    if (list === undefined || typeof name !== "string" || name.trim() === "") continue;
    named = { kind: singular(list), name: name.trim(), rest: steps.slice(index + 1) };
  }
  if (named === undefined || named.rest.some((step) => /^\d+$/.test(step))) return place;
  const element = `the ${named.kind} "${named.name}"`;
  const inner = named.rest.join(".");
  return inner === "" ? element : `${inner} of ${element}`;
}

/**
 * A path with the names of list elements in place of their positions, which change when others are added: `disks["logs"].type`
 * for `disks[2].type`. Undefined where there is no position, or an element has no name that is its own in the list.
 */
export function pathByNames({ path: inSettings, properties }: DeclaredResource, path: string): string | undefined {
  if (inSettings !== undefined || !/^\w+(?:\[\d+\]|\.\w+)*$/.test(path) || !path.includes("[")) return undefined;
  let value: Plain | undefined = properties;
  let named = "";
  for (const step of path.match(/\w+/g) ?? []) {
    const list = value;
    value = propertyOf(list, step);
    if (!isPlainArray(list)) {
      named += named === "" ? step : `.${step}`;
      continue;
    }
    const name = nameOf(value);
    if (name === undefined || list.filter((other) => nameOf(other) === name).length > 1) return undefined;
    named += `[${JSON.stringify(name)}]`;
  }
  return named;
}

function nameOf(value: Plain | undefined): string | undefined {
  const name = isPlainObject(value) ? value["name"] : undefined;
  return typeof name === "string" && name.trim() !== "" ? name : undefined;
}

function propertyOf(value: Plain | undefined, step: string): Plain | undefined {
  if (isPlainArray(value)) return /^\d+$/.test(step) ? value[Number(step)] : undefined;
  return isPlainObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** `network adapter` for `networkAdapters`, `virtual switch` for `virtualSwitches`. */
function singular(list: string): string {
  const words = list.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return /(?:ch|sh|x|s)es$/.test(words) ? words.slice(0, -2) : words.replace(/s$/, "");
}
