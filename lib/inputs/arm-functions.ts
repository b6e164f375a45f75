import { isPlainArray, isPlainObject, UNKNOWN, type Plain, type PlainObject } from "../estate/plain";

/** Takes the values of the arguments; undefined for arguments that it does not know what to do with. */
export type ArmFunction = (...values: readonly (Plain | undefined)[]) => Plain | undefined;

/** No honest text is longer; a hostile one must not double itself. */
const LONGEST_TEXT = 100_000;
const LONGEST_LIST = 10_000;

/** Functions of Azure Resource Manager that need nothing but their arguments, all of them known, by their name in small letters. */
const PURE: Readonly<Record<string, ArmFunction>> = {
  add: numbers((a, b) => a + b),
  sub: numbers((a, b) => a - b),
  mul: numbers((a, b) => a * b),
  div: numbers((a, b) => (b === 0 ? undefined : Math.trunc(a / b))),
  mod: numbers((a, b) => (b === 0 ? undefined : a % b)),
  less: numbers((a, b) => a < b),
  lessorequals: numbers((a, b) => a <= b),
  greater: numbers((a, b) => a > b),
  greaterorequals: numbers((a, b) => a >= b),
  min: (...values) => extreme(values, Math.min),
  max: (...values) => extreme(values, Math.max),
  concat: (...values) => (values.every(isPlainArray) ? shortList(values.flat()) : joined(values.map(textOf), "")),
  format: (pattern, ...values) => (typeof pattern === "string" ? formatted(pattern, values) : undefined),
  tolower: texts((text) => text.toLowerCase()),
  toupper: texts((text) => text.toUpperCase()),
  trim: texts((text) => text.trim()),
  string: textOf,
  int: (value) => (typeof value === "number" ? value : typeof value === "string" ? wholeNumber(value) : undefined),
  bool: (value) => (typeof value === "boolean" ? value : typeof value === "string" ? truth(value) : undefined),
  length: (value) => (isPlainObject(value) ? Object.keys(value).length : isSequence(value) ? value.length : undefined),
  empty: (value) => {
    if (value === null) return true;
    return isPlainObject(value) ? Object.keys(value).length === 0 : isSequence(value) ? value.length === 0 : undefined;
  },
  first: (value) => (isPlainArray(value) || typeof value === "string" ? (value[0] ?? null) : undefined),
  last: (value) => (isPlainArray(value) || typeof value === "string" ? (value.at(-1) ?? null) : undefined),
  equals: (a, b) => a !== undefined && b !== undefined && same(a, b),
  not: (value) => (typeof value === "boolean" ? !value : undefined),
  contains: (container, item) => contains(container, item),
  startswith: (a, b) => bothTexts(a, b, (text, start) => text.toLowerCase().startsWith(start.toLowerCase())),
  endswith: (a, b) => bothTexts(a, b, (text, end) => text.toLowerCase().endsWith(end.toLowerCase())),
  split: (a, b) => bothTexts(a, b, (text, by) => (by === "" ? undefined : shortList(text.split(by)))),
  join: (list, by) => (isPlainArray(list) && typeof by === "string" ? joined(list.map(textOf), by) : undefined),
  replace: (text, old, by) =>
    typeof text === "string" && typeof old === "string" && old !== "" && typeof by === "string"
      ? joined(text.split(old), by)
      : undefined,
  substring: (text, start, length) => {
    if (typeof text !== "string" || typeof start !== "number") return undefined;
    return typeof length === "number" ? text.slice(start, start + length) : text.slice(start);
  },
  padleft: (value, width, filler = " ") => {
    const text = value === undefined ? undefined : textOf(value);
    if (text === undefined || typeof width !== "number" || width > LONGEST_LIST) return undefined;
    return typeof filler === "string" ? text.padStart(width, filler) : undefined;
  },
  range: (start, count) =>
    typeof start === "number" && typeof count === "number" && count >= 0 && count <= LONGEST_LIST
      ? Array.from({ length: Math.trunc(count) }, (_, index) => start + index)
      : undefined,
  skip: (value, count) =>
    isSequence(value) && typeof count === "number" ? value.slice(Math.max(0, count)) : undefined,
  take: (value, count) =>
    isSequence(value) && typeof count === "number" ? value.slice(0, Math.max(0, count)) : undefined,
  true: () => true,
  false: () => false,
  null: () => null,
};

/** Functions that can also do with arguments that are not known. */
const TOLERANT: Readonly<Record<string, ArmFunction>> = {
  if: (condition, yes, no) => (typeof condition === "boolean" ? (condition ? yes : no) : undefined),
  and: (...values) => (values.includes(false) ? false : values.every((value) => value === true) ? true : undefined),
  or: (...values) => (values.includes(true) ? true : values.every((value) => value === false) ? false : undefined),
  coalesce: (...values) => values.find((value) => value !== null) ?? null,
  createarray: (...values) => values.map((value) => value ?? null),
  array: (value) => (value === undefined || value === UNKNOWN ? undefined : isPlainArray(value) ? value : [value]),
  createobject: (...values) => objectOf(values),
  union: (...values) =>
    values.every(isPlainObject)
      ? Object.fromEntries(values.flatMap((value) => Object.entries(value)))
      : values.every(isPlainArray)
        ? shortList(values.flat())
        : undefined,
  tryget: (value, ...keys) => keys.reduce<Plain>((found, key) => memberOf(found, key ?? null), value ?? null),
  resourceid: (...values) => resourceId(values),
  subscriptionresourceid: (...values) => resourceId(values),
  tenantresourceid: (...values) => resourceId(values),
  extensionresourceid: (scope, ...values) => {
    const own = resourceId(values);
    return typeof scope === "string" && own !== undefined ? `${scope}${own}` : undefined;
  },
};

/** What a function gives; {@link UNKNOWN} where it is not known here, or its arguments are not for it. */
export function callArmFunction(name: string, values: readonly Plain[]): Plain {
  if (Object.hasOwn(TOLERANT, name)) return TOLERANT[name]?.(...values) ?? nothing(name, values);
  if (!Object.hasOwn(PURE, name) || values.includes(UNKNOWN)) return UNKNOWN;
  const value = PURE[name]?.(...values);
  return value === undefined || (typeof value === "number" && !Number.isFinite(value)) ? UNKNOWN : value;
}

/** Tells a null that a function gives from what it cannot answer. */
function nothing(name: string, values: readonly Plain[]): Plain {
  return TOLERANT[name]?.(...values) === null ? null : UNKNOWN;
}

/** A property of an object by its name in any case, or an element of a list. */
export function memberOf(value: Plain, key: Plain): Plain {
  if (value === UNKNOWN || key === UNKNOWN) return UNKNOWN;
  if (isPlainArray(value)) return typeof key === "number" ? (value[key] ?? null) : UNKNOWN;
  if (!isPlainObject(value) || typeof key !== "string") return UNKNOWN;
  if (Object.hasOwn(value, key)) return value[key] ?? null;
  const found = Object.keys(value).find((name) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? UNKNOWN : (value[found] ?? null);
}

/** An id without the subscription, which no template has, and with the group only where it is given. */
function resourceId(values: readonly (Plain | undefined)[]): string | undefined {
  const at = values.findIndex((value) => typeof value === "string" && /^[\w.]+\/[\w./]+$/.test(value));
  const type = values[at];
  if (typeof type !== "string") return undefined;
  const [namespace = "", ...kinds] = type.split("/");
  const names = values.slice(at + 1);
  if (names.length !== kinds.length || !names.every((name) => typeof name === "string")) return undefined;
  const group = at > 0 ? values[at - 1] : undefined;
  const path = kinds.map((kind, index) => `/${kind}/${names[index] ?? ""}`).join("");
  return `${typeof group === "string" ? `/resourceGroups/${group}` : ""}/providers/${namespace}${path}`;
}

function objectOf(values: readonly (Plain | undefined)[]): PlainObject | undefined {
  const keys = values.filter((_, index) => index % 2 === 0);
  if (!keys.every((key) => typeof key === "string")) return undefined;
  return Object.fromEntries(keys.map((key, index) => [key, values[2 * index + 1] ?? null]));
}

function numbers(calculate: (a: number, b: number) => Plain | undefined): ArmFunction {
  return (a, b) => (typeof a === "number" && typeof b === "number" ? calculate(a, b) : undefined);
}

function texts(change: (text: string) => string): ArmFunction {
  return (text) => (typeof text === "string" ? change(text) : undefined);
}

function bothTexts<T extends Plain | undefined>(
  a: Plain | undefined,
  b: Plain | undefined,
  answer: (a: string, b: string) => T,
): T | undefined {
  return typeof a === "string" && typeof b === "string" ? answer(a, b) : undefined;
}

function extreme(values: readonly (Plain | undefined)[], choose: (...values: number[]) => number): number | undefined {
  const [list] = values;
  const all = values.length === 1 && isPlainArray(list) ? list : values;
  const found = all.flatMap((value) => (typeof value === "number" ? [value] : []));
  return found.length === all.length && found.length > 0 ? choose(...found) : undefined;
}

function isSequence(value: Plain | undefined): value is string | readonly Plain[] {
  return typeof value === "string" || isPlainArray(value);
}

function contains(container: Plain | undefined, item: Plain | undefined): boolean | undefined {
  if (container === undefined || item === undefined) return undefined;
  if (typeof container === "string") return typeof item === "string" ? container.includes(item) : undefined;
  if (isPlainArray(container)) return container.some((one) => same(one, item));
  if (!isPlainObject(container) || typeof item !== "string") return undefined;
  return Object.keys(container).some((key) => key.toLowerCase() === item.toLowerCase());
}

function same(a: Plain, b: Plain): boolean {
  return a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
}

function textOf(value: Plain | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return typeof value === "boolean" ? (value ? "True" : "False") : undefined;
}

function joined(parts: readonly (string | undefined)[], by: string): string | undefined {
  let length = 0;
  for (const part of parts) {
    if (part === undefined) return undefined;
    length += part.length + by.length;
    if (length > LONGEST_TEXT) return undefined;
  }
  return parts.join(by);
}

/** `{0}` and `{1:D2}`, as .NET has them; other forms are not evaluated. */
function formatted(pattern: string, values: readonly (Plain | undefined)[]): string | undefined {
  const parts = pattern.split(/(\{\{|\}\}|\{\d{1,3}(?::[DdNn]?\d{0,2})?\})/);
  return joined(
    parts.map((part) => {
      if (part === "{{" || part === "}}") return part.slice(1);
      const [, index, width] = /^\{(\d+)(?::[Dd]?(\d*))?\}$/.exec(part) ?? [];
      if (index === undefined) return part.includes("{") || part.includes("}") ? undefined : part;
      return textOf(values[Number(index)])?.padStart(Number(width ?? 0), "0");
    }),
    "",
  );
}

function shortList(list: readonly Plain[]): readonly Plain[] | undefined {
  return list.length > LONGEST_LIST ? undefined : list;
}

function wholeNumber(text: string): number | undefined {
  return /^\s*[+-]?\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}

function truth(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === "true" || word === "1" ? true : word === "false" || word === "0" ? false : undefined;
}
