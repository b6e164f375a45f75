import { isValue } from "../estate/value";
import { fold } from "../text/names";

/** An element of a list of an entity, such as a disk: its facts by their names. */
export type Element = Readonly<Record<string, unknown>>;

/** Two lists of the same thing, element by element. */
export interface Pairs {
  readonly pairs: readonly (readonly [declared: Element, running: Element])[];
  /** Declared elements that the other list certainly does not have. */
  readonly missing: readonly Element[];
  /** Running elements that the other list certainly does not have. */
  readonly undeclared: readonly Element[];
  /** True where the numbers differ, and nothing says which elements are those that the other list does not have. */
  readonly differsInNumber: boolean;
}

/** What identifies an element, the surest first. */
const KEYS = ["path", "name", "product", "connection"];

/**
 * Pairs the elements of two lists: by path, else by name. A declaration often has no path, and a name of its own for a disk:
 * as long as there are as many on both sides, such elements may be the same.
 */
export function pairsOf(declared: readonly Element[], running: readonly Element[]): Pairs {
  const pairs: (readonly [Element, Element])[] = [];
  let [ownRest, otherRest] = [declared, running];
  for (const key of KEYS) {
    const others = new Map<string, Element>();
    for (const element of otherRest) addFirst(others, textAt(element, key), element);
    const paired = ownRest.flatMap((element): readonly (readonly [Element, Element])[] => {
      const other = others.get(textAt(element, key) ?? "");
      return other === undefined || isElsewhere(element, other) ? [] : [[element, other]];
    });
    pairs.push(...paired);
    const names = new Set(paired.map(([element]) => textAt(element, key)));
    ownRest = ownRest.filter((element) => !names.has(textAt(element, key) ?? ""));
    otherRest = otherRest.filter((element) => !names.has(textAt(element, key) ?? ""));
  }
  const isUnsure = [...ownRest, ...otherRest].some(isVague);
  const missing = otherRest.some(isVague) ? [] : ownRest.filter((element) => !isVague(element));
  return {
    pairs,
    missing,
    undeclared: isUnsure ? [] : otherRest,
    differsInNumber: isUnsure && ownRest.length - missing.length !== otherRest.length,
  };
}

/** Disks of one name with two paths are two disks. */
function isElsewhere(one: Element, other: Element): boolean {
  const [path, otherPath] = [textAt(one, "path"), textAt(other, "path")];
  return path !== undefined && otherPath !== undefined && path !== otherPath;
}

/** Whether nothing certain identifies an element: it may have a path, and its own is not known. */
function isVague(element: Element): boolean {
  return "path" in element ? textAt(element, "path") === undefined : !KEYS.some((key) => textAt(element, key));
}

function addFirst(elements: Map<string, Element>, key: string | undefined, element: Element): void {
  if (key !== undefined && !elements.has(key)) elements.set(key, element);
}

function textAt(element: Element, key: string): string | undefined {
  const value = element[key];
  return isValue(value) && value.state === "known" && typeof value.value === "string"
    ? comparable(value.value)
    : undefined;
}

/** A text without what Windows does not tell apart: case, and the two slashes of a path. */
export function comparable(text: string): string {
  return fold(text).replaceAll("/", "\\");
}
