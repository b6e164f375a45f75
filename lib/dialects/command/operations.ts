import { UNKNOWN } from "../../estate/plain";
import { readNumber } from "../../powershell/numbers";
import { itemsOf, listOf, tableOf, textOf, UNKNOWN_RESULT, valueOf, type CommandResult } from "./output";

const MAXIMUM_RANGE = 1024;

type Operation = (left: CommandResult, right: CommandResult) => CommandResult;

/** The operators that are evaluated; what the others come to is known only when the script runs. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["+", add],
  ["-", numeric((left, right) => left - right)],
  ["*", numeric((left, right) => left * right)],
  ["/", numeric((left, right) => left / right)],
  ["%", numeric((left, right) => left % right)],
  ["..", range],
  ["f", format],
  ["join", join],
]);

export function operate(operator: string, left: CommandResult, right: CommandResult): CommandResult {
  return OPERATIONS.get(operator)?.(left, right) ?? UNKNOWN_RESULT;
}

/** An operator before its only operand. */
export function operateAlone(operator: string, operand: CommandResult): CommandResult {
  const number = numberOf(operand);
  if ((operator === "-" || operator === "+") && number !== undefined)
    return valueOf(operator === "-" ? -number : number);
  if ((operator === "!" || operator === "not") && typeof operand.plain === "boolean") return valueOf(!operand.plain);
  return operator === "join" ? join(operand, valueOf("")) : UNKNOWN_RESULT;
}

/** `[int]'4'`: the value as one of that type. */
export function cast(written: string, value: CommandResult): CommandResult {
  const type = written.toLowerCase().replace(/^system\./, "");
  if (type.endsWith("[]") || LISTS.has(type)) {
    const items = itemsOf(value);
    if (items === undefined) return UNKNOWN_RESULT;
    return LISTS.has(type) ? { plain: UNKNOWN, collection: { items } } : listOf(items);
  }
  if (OBJECTS.has(type)) return value;
  if (type === "string") return asText(value);
  if (type === "void") return { plain: null };
  if (type === "bool" || type === "boolean" || type === "switch") {
    return typeof value.plain === "number" ? valueOf(value.plain !== 0) : value;
  }
  if (!NUMBERS.has(type)) return UNKNOWN_RESULT;
  const number = numberOf(value);
  return number === undefined ? UNKNOWN_RESULT : valueOf(number);
}

/** Whether a type is a list that methods change. */
export function isListType(type: string): boolean {
  return LISTS.has(type.toLowerCase().replace(/^system\./, ""));
}

const LISTS: ReadonlySet<string> = new Set([
  "collections.specialized.stringcollection",
  "collections.arraylist",
  "collections.generic.list[string]",
  "collections.generic.list[object]",
  "collections.generic.list[psobject]",
]);
const OBJECTS: ReadonlySet<string> = new Set(["pscustomobject", "psobject", "ordered", "hashtable", "array", "object"]);
const NUMBERS: ReadonlySet<string> = new Set(
  "int int32 int64 long uint uint16 uint32 uint64 ulong byte double single float decimal".split(" "),
);

function asText(value: CommandResult): CommandResult {
  const text = textOf(value);
  return text === undefined ? UNKNOWN_RESULT : valueOf(text);
}

function add(left: CommandResult, right: CommandResult): CommandResult {
  if (left.table !== undefined && right.table !== undefined) return tableOf(new Map([...left.table, ...right.table]));
  if (left.items !== undefined) {
    const more = itemsOf(right);
    return more === undefined ? UNKNOWN_RESULT : listOf([...left.items, ...more]);
  }
  if (typeof left.plain === "string") {
    const text = textOf(right);
    return text === undefined ? UNKNOWN_RESULT : valueOf(left.plain + text);
  }
  if (left.plain === null) return right;
  return numeric((one, other) => one + other)(left, right);
}

function numeric(calculate: (left: number, right: number) => number): Operation {
  return (left, right) => {
    if (typeof left.plain !== "number") return UNKNOWN_RESULT; // '4' * 2 is '44'
    const number = numberOf(right);
    const result = number === undefined ? NaN : calculate(left.plain, number);
    return Number.isFinite(result) ? valueOf(result) : UNKNOWN_RESULT;
  };
}

function numberOf({ plain }: CommandResult): number | undefined {
  if (typeof plain === "number") return plain;
  return typeof plain === "string" ? readNumber(plain.trim()) : undefined;
}

function range(left: CommandResult, right: CommandResult): CommandResult {
  const [first, last] = [numberOf(left), numberOf(right)];
  if (!Number.isInteger(first) || !Number.isInteger(last) || first === undefined || last === undefined)
    return UNKNOWN_RESULT;
  const length = Math.abs(last - first) + 1;
  const step = last < first ? -1 : 1;
  if (length > MAXIMUM_RANGE) return UNKNOWN_RESULT;
  return listOf(Array.from({ length }, (_, index) => valueOf(first + index * step)));
}

function join(left: CommandResult, right: CommandResult): CommandResult {
  const texts = itemsOf(left)?.map(textOf);
  const between = textOf(right);
  return texts === undefined || texts.includes(undefined) || between === undefined
    ? UNKNOWN_RESULT
    : valueOf(texts.join(between));
}

/** `'EX{0:d2}' -f 1`, with numbers filled up with zeros. */
function format(left: CommandResult, right: CommandResult): CommandResult {
  const values = itemsOf(right);
  const pattern = textOf(left);
  if (values === undefined || pattern === undefined) return UNKNOWN_RESULT;
  const formatted: (string | undefined)[] = [];
  const text = pattern.replace(/\{\{|\}\}|\{(\d+)(?::([^{}]*))?\}|[{}]/g, (found, index?: string, form?: string) => {
    if (found === "{{" || found === "}}") return found.charAt(0);
    const value = index === undefined ? undefined : values[Number(index)];
    const one = value === undefined ? undefined : formatOne(value, form ?? "");
    formatted.push(one);
    return one ?? "";
  });
  return formatted.includes(undefined) ? UNKNOWN_RESULT : valueOf(text);
}

function formatOne(value: CommandResult, form: string): string | undefined {
  if (form === "") return textOf(value);
  const digits = /^(?:d(\d{1,2})|(0+))$/i.exec(form);
  if (digits === null || typeof value.plain !== "number" || !Number.isInteger(value.plain)) return undefined;
  const length = digits[1] === undefined ? (digits[2] ?? "").length : Number(digits[1]);
  const text = String(Math.abs(value.plain)).padStart(length, "0");
  return value.plain < 0 ? `-${text}` : text;
}
