import { isCollection, isNode, isScalar, type Pair, type YAMLMap } from "yaml";
import { written, type Edit, type Style, type ValueChange } from "./program-values";

/**
 * The edit that adds a property to a map, as its last one where that can be done; undefined where it cannot be told how.
 * @param path the name of the property, and below it what is missing too
 */
export function inserted(
  text: string,
  map: YAMLMap,
  path: readonly string[],
  value: ValueChange["value"],
): Edit | undefined {
  if (path.some((part) => !/^[A-Za-z]\w*$/.test(part))) return undefined;
  const [first] = map.items;
  const style: Style =
    first === undefined ? (text.trimStart().startsWith("{") ? "double" : "plain") : (styleOf(first) ?? "plain");
  const property = path.reduceRight<string>(
    (inner, part, index) => {
      const pair = `${written(part, style)}: ${inner}`;
      return index === 0 ? pair : `{ ${pair} }`;
    },
    written(value, style),
  );
  return map.flow === true ? inFlow(text, map, property) : inBlock(text, map, property);
}

function styleOf({ key }: Pair): Style | undefined {
  if (!isScalar(key)) return undefined;
  return key.type === "QUOTE_DOUBLE" ? "double" : undefined;
}

/** In `{ a: b }`, and in JSON over several lines. */
function inFlow(text: string, { items, range }: YAMLMap, property: string): Edit | undefined {
  const last = items.at(-1);
  if (last === undefined) {
    const [start, end] = range ?? [];
    if (start === undefined || end === undefined || !/^\{\s*\}$/.test(text.slice(start, end))) return undefined;
    return { start: start + 1, end: start + 1, text: ` ${property} ` };
  }
  const [begin, end] = [beginOf(last), endOf(last)];
  if (begin === undefined || end === undefined) return undefined;
  const { before, newline } = lineOf(text, begin);
  const separator = /^[\t ]*$/.test(before) ? `,${newline}${before}` : ", ";
  return { start: end, end, text: `${separator}${property}` };
}

/** On a line of its own behind the last property whose end is certain, else before the first one. */
function inBlock(text: string, { items }: YAMLMap, property: string): Edit | undefined {
  const begin = items[0] === undefined ? undefined : beginOf(items[0]);
  if (begin === undefined) return undefined;
  const { before, newline } = lineOf(text, begin);
  // Dashes of a list may stand before the first key; `? key` is another way of writing it.
  if (!/^[ -]*$/.test(before)) return undefined;
  const indentation = " ".repeat(before.length);
  const last = items.findLast((pair) => endOf(pair) !== undefined);
  const end = last === undefined ? undefined : endOf(last);
  if (end === undefined) return { start: begin, end: begin, text: `${property}${newline}${indentation}` };
  const place = endOfLine(text, end);
  return { start: place, end: place, text: `${newline}${indentation}${property}` };
}

function beginOf({ key }: Pair): number | undefined {
  return isNode(key) ? key.range?.[0] : undefined;
}

/** Where the value of a property ends; undefined where that is not certain, as of blocks and of empty values. */
function endOf({ value }: Pair): number | undefined {
  if (!isNode(value)) return undefined;
  const [start, end] = value.range ?? [];
  const isBlock =
    (isCollection(value) && value.flow !== true) || (isScalar(value) && (value.type ?? "").startsWith("BLOCK"));
  return isBlock || start === end ? undefined : end;
}

function lineOf(text: string, position: number): { readonly before: string; readonly newline: string } {
  const before = text.slice(text.lastIndexOf("\n", position - 1) + 1, position);
  return { before, newline: text.includes("\r\n") ? "\r\n" : "\n" };
}

function endOfLine(text: string, position: number): number {
  const end = text.indexOf("\n", position);
  const place = end === -1 ? text.length : end;
  return text[place - 1] === "\r" ? place - 1 : place;
}
