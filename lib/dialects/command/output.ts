import { isPlainArray, UNKNOWN, type Plain } from "../../estate/plain";
import type { Statement } from "../../powershell/syntax";
import type { CmdletSubject } from "./actions";

/** What an expression comes to. */
export interface CommandResult {
  readonly plain: Plain;
  /** Of a value that is known only when the script runs: the same for the same value. */
  readonly key?: string;
  readonly subject?: CmdletSubject | undefined;
  readonly items?: readonly CommandResult[];
  readonly table?: Table;
  readonly collection?: Collection;
  readonly block?: readonly Statement[];
}

/** A hashtable, by its keys in lower case. As in PowerShell, every variable that holds it sees its changes. */
export type Table = Map<string, TableEntry>;

export interface TableEntry {
  readonly name: string;
  readonly value: CommandResult;
}

/** A list that methods change, such as a StringCollection; without items while they are known only when the script runs. */
export interface Collection {
  items: readonly CommandResult[] | undefined;
}

/** A value that is known only when the script runs. */
export const UNKNOWN_RESULT: CommandResult = { plain: UNKNOWN };

/** Nothing that a virtual machine has takes more; a hostile script must not fill the memory. */
const MAXIMUM_ITEMS = 1024;
const MAXIMUM_TEXT = 10_000;

export function valueOf(plain: Plain): CommandResult {
  return typeof plain === "string" && plain.length > MAXIMUM_TEXT ? UNKNOWN_RESULT : { plain };
}

export function listOf(items: readonly CommandResult[]): CommandResult {
  if (items.length > MAXIMUM_ITEMS) return UNKNOWN_RESULT;
  return { plain: items.map(({ plain }) => (isItem(plain) ? plain : UNKNOWN)), items };
}

export function tableOf(table: Table): CommandResult {
  return table.size > MAXIMUM_ITEMS ? UNKNOWN_RESULT : { plain: UNKNOWN, table };
}

/** What a collection holds at this time. */
export function contentOf(output: CommandResult): CommandResult {
  if (output.collection === undefined) return output;
  const { items } = output.collection;
  return items === undefined ? UNKNOWN_RESULT : listOf(items);
}

/** The values that a pipeline or loop goes through one by one; undefined while their number is not known. */
export function itemsOf(output: CommandResult): readonly CommandResult[] | undefined {
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
export function flattened(outputs: readonly CommandResult[]): CommandResult | undefined {
  const [only] = outputs;
  if (outputs.length < 2) return only;
  const items: CommandResult[] = [];
  for (const output of outputs) {
    const more = itemsOf(output);
    if (more === undefined) return UNKNOWN_RESULT;
    for (const item of more) items.push(item);
  }
  return listOf(items);
}

/** A value as text; undefined while that is not known. */
export function textOf({ plain }: CommandResult): string | undefined {
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
