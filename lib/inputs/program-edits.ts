import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLSeq } from "yaml";
import { isRecord } from "../text/collections";
import { inserted } from "./program-inserts";
import { childOf, isShared, partsOf, ProgramLocations } from "./program-locations";
import { written, type Edit, type Style, type ValueChange } from "./program-values";

export interface EditedProgram<C extends ValueChange> {
  readonly text: string;
  readonly applied: readonly C[];
  /** What cannot be changed where it stands: it is shared, computed, or not in the program. */
  readonly left: readonly C[];
}

/**
 * Changes values in a program in YAML or JSON, and nothing else of it: comments and layout stay. A value that others share
 * stays too.
 */
export function withChanges<C extends ValueChange>(text: string, changes: readonly C[]): EditedProgram<C> {
  const program = new ProgramLocations(text);
  const placed: { readonly edit: Edit; readonly change: C; readonly isSame: boolean }[] = [];
  const left: C[] = [];
  for (const change of program.isWhole ? changes : []) {
    const edit = editOf(program, text, change);
    const rival = edit === undefined ? undefined : placed.find((other) => overlap(other, { edit, change }));
    if (edit === undefined) left.push(change);
    else if (rival === undefined) placed.push({ edit, change, isSame: false });
    else if (isSameChange(rival.change, change)) placed.push({ edit, change, isSame: true });
    else left.push(change);
  }
  const edited = applied(
    text,
    placed.filter(({ isSame }) => !isSame).map(({ edit }) => edit),
  );
  const made = placed.map(({ change }) => change);
  return program.isWhole && hasExactly(edited, program, made)
    ? { text: edited, applied: made, left }
    : { text, applied: [], left: changes };
}

/** Whether a program differs from the former one in the changed values alone. */
function hasExactly(text: string, former: ProgramLocations, changes: readonly ValueChange[]): boolean {
  const edited = new ProgramLocations(text);
  if (!edited.isWhole) return false;
  const expected = structuredClone(former.values);
  for (const { name, type, path, value } of changes) {
    const properties = propertiesIn(expected, name, type);
    if (properties === undefined) return false;
    setValue(properties, partsOf(path), value);
  }
  return isDeepStrictEqual(edited.values, expected);
}

function propertiesIn(program: unknown, name: string, type: string): unknown {
  const resources = isRecord(program) ? program["resources"] : undefined;
  if (!isRecord(resources)) return undefined;
  const named = Object.values(resources).find((one) => isRecord(one) && one["name"] === name);
  const resource = named ?? resources[name];
  return isRecord(resource) && type !== "" ? resource["properties"] : undefined;
}

function setValue(target: unknown, path: readonly string[], value: ValueChange["value"]): void {
  const [first, ...others] = path;
  if (first === undefined || typeof target !== "object" || target === null) return;
  const next: unknown = Reflect.get(target, first);
  if (others.length === 0) Reflect.set(target, first, value);
  else if (typeof next === "object" && next !== null) setValue(next, others, value);
  else {
    const made = {};
    Reflect.set(target, first, made);
    setValue(made, others, value);
  }
}

interface Placed {
  readonly edit: Edit;
  readonly change: ValueChange;
}

/** Whether two changes are about the same text, or would add the same key. */
function overlap(one: Placed, other: Placed): boolean {
  const isSameResource = one.change.name === other.change.name && one.change.type === other.change.type;
  const [first] = partsOf(one.change.path);
  const bothInsert = isInsertion(one.edit) && isInsertion(other.edit);
  if (bothInsert) {
    return isSameResource && one.edit.start === other.edit.start && partsOf(other.change.path)[0] === first;
  }
  return one.edit.start < other.edit.end && other.edit.start < one.edit.end;
}

function isInsertion({ start, end }: Edit): boolean {
  return start === end;
}

function isSameChange(one: ValueChange, other: ValueChange): boolean {
  return one.path === other.path && isDeepStrictEqual(one.value, other.value);
}

function applied(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
  let result = "";
  let position = 0;
  for (const { start, end, text: replacement } of ordered) {
    result += text.slice(position, start) + replacement;
    position = end;
  }
  return result + text.slice(position);
}

/** The edit that makes a change; undefined where the program has no place of the resource's own for it. */
function editOf(program: ProgramLocations, text: string, { name, type, path, value }: ValueChange): Edit | undefined {
  let node = program.properties(name, type);
  const parts = partsOf(path);
  for (const [index, part] of parts.entries()) {
    if (node === undefined || isShared(node) || isComputed(node)) return undefined;
    const child = childOf(node, part)?.value ?? pairOf(node, part)?.value;
    if (child === undefined) return isMap(node) ? inserted(text, node, parts.slice(index), value) : undefined;
    node = child as Node;
  }
  return node === undefined || isShared(node) ? undefined : replaced(text, node, value);
}

/** A key without a value has one that is empty. */
function pairOf(node: Node, key: string): Pair | undefined {
  return isMap(node) ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === key) : undefined;
}

/** Whether a function of the engine makes the value, as in `fn::readFile`. */
function isComputed(node: Node): boolean {
  return isMap(node) && node.items.some(({ key }) => isScalar(key) && /^fn::/i.test(String(key.value)));
}

function replaced(text: string, node: Node, value: ValueChange["value"]): Edit | undefined {
  const [start, end] = node.range ?? [];
  if (start === undefined || end === undefined || node.tag !== undefined) return undefined;
  if (isScalar(node) && typeof value !== "object") return replacedScalar(text, node, value, start, end);
  return isSeq(node) && typeof value === "object" ? replacedList(text, node, value, start, end) : undefined;
}

function replacedScalar(
  text: string,
  node: Scalar,
  value: number | string | boolean,
  start: number,
  end: number,
): Edit | undefined {
  const style = STYLES[node.type ?? ""];
  // What is put together from other values is not a value of its own.
  if (style === undefined || String(node.value).includes("${")) return undefined;
  const isEmpty = start === end;
  const before = isEmpty && !/\s/.test(text.charAt(start - 1)) ? " " : "";
  const behind = isEmpty && text.charAt(end) === "#" ? " " : "";
  return { start, end, text: `${before}${written(value, style)}${behind}` };
}

const STYLES: Readonly<Record<string, Style>> = { PLAIN: "plain", QUOTE_DOUBLE: "double", QUOTE_SINGLE: "single" };

/** A list is written anew where no comment would be lost. */
function replacedList(
  text: string,
  { items, flow = false }: YAMLSeq,
  values: readonly string[],
  start: number,
  end: number,
): Edit | undefined {
  const source = text.slice(start, end).trimEnd();
  if (source.includes("#") || source.includes("${") || !items.every((item) => isScalar(item) && !isShared(item))) {
    return undefined;
  }
  const [first] = items;
  const style = (isScalar(first) ? STYLES[first.type ?? ""] : undefined) ?? "plain";
  const elements = values.map((value) => written(value, style));
  if (flow) return { start, end, text: `[${elements.join(", ")}]` };
  const indentation = " ".repeat(start - (text.lastIndexOf("\n", start - 1) + 1));
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return {
    start,
    end: start + source.length,
    text: elements.map((element) => `- ${element}`).join(`${newline}${indentation}`),
  };
}
