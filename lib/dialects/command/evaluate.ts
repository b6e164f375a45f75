import { UNKNOWN, type Plain } from "../../estate/plain";
import type { Expression, Statement } from "../../powershell/syntax";
import { cast, isListType, operate, operateAlone } from "./operations";
import {
  contentOf,
  itemsOf,
  listOf,
  tableOf,
  textOf,
  UNKNOWN_RESULT,
  valueOf,
  type CommandResult,
  type Table,
} from "./output";
import type { Variables } from "./variables";

/** What expressions need of the script that they are in. */
export interface EvaluationContext {
  readonly variables: Variables;
  /** False in a condition or a loop, where it is known only when the script runs whether it happens. */
  readonly isCertain: boolean;
  /** The outputs of statements that run here. */
  run(statements: readonly Statement[]): readonly CommandResult[];
  /** A block of which no call is known. */
  unused(output: CommandResult): void;
  /** A method that is called on a value that is known only when the script runs. */
  called(of: Expression, method: string): void;
}

/** Evaluates expressions as far as their values are in the script itself. */
export class Evaluator {
  constructor(private readonly context: EvaluationContext) {}

  evaluate(expression: Expression): CommandResult {
    switch (expression.kind) {
      case "text":
        return valueOf(expression.text);
      case "number":
        return valueOf(expression.value);
      case "constant":
        return valueOf(expression.value);
      case "expandable":
        return this.expandable(expression.pieces);
      case "list":
        return listOf(expression.items.map((item) => this.evaluate(item)));
      case "group":
        return this.group(expression.statements, expression.isArray);
      case "block":
        return { plain: UNKNOWN, block: expression.statements };
      case "table":
        return this.table(expression.entries);
      case "variable":
        return this.context.variables.get(expression.name);
      case "member":
        return this.member(expression.of, expression.name);
      case "index":
        return elementOf(this.evaluate(expression.of), this.evaluate(expression.index).plain);
      case "invocation":
        return this.invocation(expression.method, expression.arguments);
      case "cast":
        return cast(expression.type, this.evaluate(expression.value));
      case "operation":
        return this.operation(expression);
      case "type":
      case "splat":
        return UNKNOWN_RESULT;
      case "unevaluated":
        for (const part of expression.parts) this.context.unused(this.evaluate(part));
        return UNKNOWN_RESULT;
    }
  }

  private expandable(pieces: readonly Expression[]): CommandResult {
    const texts = pieces.map((piece) => textOf(this.evaluate(piece)));
    return texts.includes(undefined) ? UNKNOWN_RESULT : valueOf(texts.join(""));
  }

  private group(statements: readonly Statement[], isArray: boolean): CommandResult {
    const outputs = this.context.run(statements);
    const [only] = outputs;
    if (!isArray && outputs.length < 2) return only ?? { plain: null };
    const items: CommandResult[] = [];
    for (const output of outputs) {
      const more = itemsOf(output);
      if (more === undefined) return UNKNOWN_RESULT;
      for (const item of more) items.push(item);
    }
    return listOf(items);
  }

  private table(entries: readonly Statement[]): CommandResult {
    const table: Table = new Map();
    for (const entry of entries) {
      const key = entry.kind === "assignment" ? textOf(this.evaluate(entry.target)) : undefined;
      const value = this.group([entry.kind === "assignment" ? entry.value : entry], false);
      if (key !== undefined) table.set(key.toLowerCase(), { name: key, value });
      else if (entry.kind === "assignment") return UNKNOWN_RESULT;
    }
    return tableOf(table);
  }

  private member(of: Expression, written: string): CommandResult {
    const name = written.toLowerCase();
    const value = this.evaluate(of);
    const entry = value.table?.get(name);
    if (entry !== undefined) return entry.value;
    if (name === "count" || name === "length") return countOf(value);
    return nameOfSubject(value, name);
  }

  /** From the left, however many operands there are. */
  private operation(expression: Expression): CommandResult {
    const pending: { readonly operator: string; readonly right: Expression }[] = [];
    let leftmost = expression;
    while (leftmost.kind === "operation") {
      const [left, right] = leftmost.operands;
      if (left === undefined) return UNKNOWN_RESULT;
      if (right === undefined) break;
      pending.push({ operator: leftmost.operator, right });
      leftmost = left;
    }
    let value = this.alone(leftmost);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      value = operate(next.operator, value, this.evaluate(next.right));
    }
    return value;
  }

  private alone(expression: Expression): CommandResult {
    if (expression.kind !== "operation") return this.evaluate(expression);
    const [operand] = expression.operands;
    if (operand === undefined) return UNKNOWN_RESULT;
    const value = this.evaluate(operand);
    const { operator } = expression;
    if (operator !== "++" && operator !== "--") return operateAlone(operator, value);
    if (operand.kind !== "variable") return UNKNOWN_RESULT;
    this.context.variables.set(operand.name, operate(operator.charAt(0), value, valueOf(1)));
    return { plain: null };
  }

  private invocation(method: Expression, given: readonly Expression[]): CommandResult {
    if (method.kind !== "member") return UNKNOWN_RESULT;
    const { of } = method;
    const name = method.name.toLowerCase();
    const values = given.flatMap((argument) => {
      const value = this.evaluate(argument);
      return argument.kind === "list" ? (value.items ?? [value]) : [value];
    });
    if (of.kind === "type") return name === "new" && isListType(of.name) ? newCollection() : UNKNOWN_RESULT;
    const holder = of.kind === "variable" ? this.context.variables.holder(of.name) : this.evaluate(of);
    if (holder.collection !== undefined) return this.changeCollection(holder, name, values);
    if (holder.table !== undefined) return this.changeTable(holder.table, name, values);
    const changed = METHODS.get(name)?.(textOf(holder) ?? undefined);
    if (changed === undefined) this.context.called(of, name);
    return changed === undefined || values.some(({ plain }) => plain !== null) ? UNKNOWN_RESULT : valueOf(changed);
  }

  private changeCollection(
    { collection }: CommandResult,
    method: string,
    values: readonly CommandResult[],
  ): CommandResult {
    if (collection === undefined) return UNKNOWN_RESULT;
    const [first = UNKNOWN_RESULT] = values;
    const more = method === "addrange" ? (values.length > 1 ? values : itemsOf(first)) : [first];
    const isFollowed = this.context.isCertain && (method === "add" || method === "addrange");
    const sum = isFollowed && more !== undefined ? listOf([...(collection.items ?? []), ...more]).items : undefined;
    collection.items = collection.items === undefined ? undefined : sum;
    return { plain: null };
  }

  private changeTable(table: Table, method: string, [key, value]: readonly CommandResult[]): CommandResult {
    const name = key === undefined ? undefined : textOf(key);
    if (name === undefined || !["add", "remove"].includes(method)) return UNKNOWN_RESULT;
    if (method === "remove" && this.context.isCertain) table.delete(name.toLowerCase());
    else {
      table.set(name.toLowerCase(), {
        name,
        value: method === "add" && this.context.isCertain ? (value ?? UNKNOWN_RESULT) : UNKNOWN_RESULT,
      });
    }
    return { plain: null };
  }
}

/** Methods of texts. */
const METHODS: ReadonlyMap<string, (text: string | undefined) => string | undefined> = new Map([
  ["toupper", (text: string | undefined) => text?.toUpperCase()],
  ["tolower", (text: string | undefined) => text?.toLowerCase()],
  ["tostring", (text: string | undefined) => text],
  ["trim", (text: string | undefined) => text?.trim()],
]);

export function newCollection(): CommandResult {
  return { plain: UNKNOWN, collection: { items: [] } };
}

function elementOf(of: CommandResult, index: Plain): CommandResult {
  if (of.table !== undefined && typeof index === "string")
    return of.table.get(index.toLowerCase())?.value ?? UNKNOWN_RESULT;
  const items = contentOf(of).items;
  return (typeof index === "number" ? items?.at(index) : undefined) ?? UNKNOWN_RESULT;
}

function countOf(value: CommandResult): CommandResult {
  const items = value.table === undefined ? value.items : undefined;
  return items === undefined ? UNKNOWN_RESULT : valueOf(items.length);
}

/** The name of a machine is what it was named by. */
function nameOfSubject({ subject }: CommandResult, property: string): CommandResult {
  const [name, another] = subject?.names ?? [];
  if (!["name", "vmname"].includes(property) || name === undefined || another !== undefined) return UNKNOWN_RESULT;
  return name.text === undefined ? { plain: UNKNOWN, key: name.key } : valueOf(name.text);
}
