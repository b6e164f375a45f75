import { isPlainArray, UNKNOWN, type Plain } from "../../estate/plain";
import type { Statement } from "../../powershell/syntax";
import type { Subject } from "./actions";

/** What an expression comes to. */
export interface Output {
  readonly plain: Plain;
  /** Of a value that only the run can tell: the same for the same value. */
  readonly key?: string;
  readonly subject?: Subject | undefined;
  readonly items?: readonly Output[];
  readonly table?: Table;
  readonly collection?: Collection;
  readonly block?: readonly Statement[];
}

/** A hashtable, by its keys in lower case. As in PowerShell, every variable that holds it sees its changes. */
export type Table = Map<string, TableEntry>;

export interface TableEntry {
  readonly name: string;
  readonly value: Output;
}

/** A list that methods change, such as a StringCollection; without items while only the run can tell them. */
export interface Collection {
  items: readonly Output[] | undefined;
}

/** A value that only the run can tell. */
export const UNEVALUATED: Output = { plain: UNKNOWN };

/** Nothing that a virtual machine has takes more; a hostile script must not fill the memory. */
const MAXIMUM_ITEMS = 1024;
const MAXIMUM_TEXT = 10_000;

export function valueOf(plain: Plain): Output {
  return typeof plain === "string" && plain.length > MAXIMUM_TEXT ? UNEVALUATED : { plain };
}

export function listOf(items: readonly Output[]): Output {
  if (items.length > MAXIMUM_ITEMS) return UNEVALUATED;
  return { plain: items.map(({ plain }) => (isItem(plain) ? plain : UNKNOWN)), items };
}

export function tableOf(table: Table): Output {
  return table.size > MAXIMUM_ITEMS ? UNEVALUATED : { plain: UNKNOWN, table };
}

/** What a collection holds at this time. */
export function contentOf(output: Output): Output {
  if (output.collection === undefined) return output;
  const { items } = output.collection;
  return items === undefined ? UNEVALUATED : listOf(items);
}

/** The values that a pipeline or loop goes through one by one; undefined while their number is not known. */
export function itemsOf(output: Output): readonly Output[] | undefined {
  const { plain, items, subject, table, block } = output;
  if (items !== undefined) return items;
  if (subject !== undefined)
    return subject.names.map((name) => ({ plain: UNKNOWN, subject: { ...subject, names: [name] } }));
  if (isPlainArray(plain)) return plain.map(valueOf);
  if (table !== undefined || block !== undefined) return [output];
  if (plain === null) return [];
  return plain === UNKNOWN ? undefined : [output];
}

/** What several statements put out together. */
export function flattened(outputs: readonly Output[]): Output | undefined {
  const [only] = outputs;
  if (outputs.length < 2) return only;
  const items: Output[] = [];
  for (const output of outputs) {
    const more = itemsOf(output);
    if (more === undefined) return UNEVALUATED;
    for (const item of more) items.push(item);
  }
  return listOf(items);
}

/** A value as text; undefined while that cannot be told. */
export function textOf({ plain }: Output): string | undefined {
  if (plain === null) return "";
  if (typeof plain === "boolean") return plain ? "True" : "False";
  if (typeof plain === "string" || typeof plain === "number") return String(plain);
  if (!isPlainArray(plain)) return undefined;
  const texts = plain.map((item) => textOf({ plain: item }));
  return texts.includes(undefined) ? undefined : texts.join(" ");
}

/** What can stand in a list. */
function isItem(plain: Plain): boolean {
  return plain !== UNKNOWN && (plain === null || typeof plain !== "object");
}
