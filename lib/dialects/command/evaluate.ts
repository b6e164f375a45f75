import { UNKNOWN, type Plain } from "../../estate/plain";
import type { Expression, Statement } from "../../powershell/syntax";
import { cast, isListType, operate, operateAlone } from "./operations";
import { contentOf, itemsOf, listOf, tableOf, textOf, UNEVALUATED, valueOf, type Output, type Table } from "./output";
import type { Variables } from "./variables";

/** What expressions need of the script that they stand in. */
export interface Context {
  readonly variables: Variables;
  /** False in a condition or a loop, where only the run can tell whether it happens. */
  readonly isCertain: boolean;
  /** The outputs of statements that run here. */
  run(statements: readonly Statement[]): readonly Output[];
  /** A block that nobody is known to run. */
  unused(output: Output): void;
  /** A method that is called on a value that only the run can tell. */
  called(of: Expression, method: string): void;
}

/** Tells what expressions come to, as far as the script itself says it. */
export class Evaluator {
  constructor(private readonly context: Context) {}

  evaluate(expression: Expression): Output {
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
        return UNEVALUATED;
      case "unevaluated":
        for (const part of expression.parts) this.context.unused(this.evaluate(part));
        return UNEVALUATED;
    }
  }

  private expandable(pieces: readonly Expression[]): Output {
    const texts = pieces.map((piece) => textOf(this.evaluate(piece)));
    return texts.includes(undefined) ? UNEVALUATED : valueOf(texts.join(""));
  }

  private group(statements: readonly Statement[], isArray: boolean): Output {
    const outputs = this.context.run(statements);
    const [only] = outputs;
    if (!isArray && outputs.length < 2) return only ?? { plain: null };
    const items: Output[] = [];
    for (const output of outputs) {
      const more = itemsOf(output);
      if (more === undefined) return UNEVALUATED;
      for (const item of more) items.push(item);
    }
    return listOf(items);
  }

  private table(entries: readonly Statement[]): Output {
    const table: Table = new Map();
    for (const entry of entries) {
      const key = entry.kind === "assignment" ? textOf(this.evaluate(entry.target)) : undefined;
      const value = this.group([entry.kind === "assignment" ? entry.value : entry], false);
      if (key !== undefined) table.set(key.toLowerCase(), { name: key, value });
      else if (entry.kind === "assignment") return UNEVALUATED;
    }
    return tableOf(table);
  }

  private member(of: Expression, written: string): Output {
    const name = written.toLowerCase();
    const value = this.evaluate(of);
    const entry = value.table?.get(name);
    if (entry !== undefined) return entry.value;
    if (name === "count" || name === "length") return countOf(value);
    return nameOfSubject(value, name);
  }

  /** From the left, however many operands there are. */
  private operation(expression: Expression): Output {
    const pending: { readonly operator: string; readonly right: Expression }[] = [];
    let leftmost = expression;
    while (leftmost.kind === "operation") {
      const [left, right] = leftmost.operands;
      if (left === undefined) return UNEVALUATED;
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

  private alone(expression: Expression): Output {
    if (expression.kind !== "operation") return this.evaluate(expression);
    const [operand] = expression.operands;
    if (operand === undefined) return UNEVALUATED;
    const value = this.evaluate(operand);
    const { operator } = expression;
    if (operator !== "++" && operator !== "--") return operateAlone(operator, value);
    if (operand.kind !== "variable") return UNEVALUATED;
    this.context.variables.set(operand.name, operate(operator.charAt(0), value, valueOf(1)));
    return { plain: null };
  }

  private invocation(method: Expression, given: readonly Expression[]): Output {
    if (method.kind !== "member") return UNEVALUATED;
    const { of } = method;
    const name = method.name.toLowerCase();
    const values = given.flatMap((argument) => {
      const value = this.evaluate(argument);
      return argument.kind === "list" ? (value.items ?? [value]) : [value];
    });
    if (of.kind === "type") return name === "new" && isListType(of.name) ? newCollection() : UNEVALUATED;
    const holder = of.kind === "variable" ? this.context.variables.holder(of.name) : this.evaluate(of);
    if (holder.collection !== undefined) return this.changeCollection(holder, name, values);
    if (holder.table !== undefined) return this.changeTable(holder.table, name, values);
    const changed = METHODS.get(name)?.(textOf(holder) ?? undefined);
    if (changed === undefined) this.context.called(of, name);
    return changed === undefined || values.some(({ plain }) => plain !== null) ? UNEVALUATED : valueOf(changed);
  }

  private changeCollection({ collection }: Output, method: string, values: readonly Output[]): Output {
    if (collection === undefined) return UNEVALUATED;
    const [first = UNEVALUATED] = values;
    const more = method === "addrange" ? (values.length > 1 ? values : itemsOf(first)) : [first];
    const isFollowed = this.context.isCertain && (method === "add" || method === "addrange");
    const sum = isFollowed && more !== undefined ? listOf([...(collection.items ?? []), ...more]).items : undefined;
    collection.items = collection.items === undefined ? undefined : sum;
    return { plain: null };
  }

  private changeTable(table: Table, method: string, [key, value]: readonly Output[]): Output {
    const name = key === undefined ? undefined : textOf(key);
    if (name === undefined || !["add", "remove"].includes(method)) return UNEVALUATED;
    if (method === "remove" && this.context.isCertain) table.delete(name.toLowerCase());
    else {
      table.set(name.toLowerCase(), {
        name,
        value: method === "add" && this.context.isCertain ? (value ?? UNEVALUATED) : UNEVALUATED,
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

export function newCollection(): Output {
  return { plain: UNKNOWN, collection: { items: [] } };
}

function elementOf(of: Output, index: Plain): Output {
  if (of.table !== undefined && typeof index === "string")
    return of.table.get(index.toLowerCase())?.value ?? UNEVALUATED;
  const items = contentOf(of).items;
  return (typeof index === "number" ? items?.at(index) : undefined) ?? UNEVALUATED;
}

function countOf(value: Output): Output {
  const items = value.table === undefined ? value.items : undefined;
  return items === undefined ? UNEVALUATED : valueOf(items.length);
}

/** The name of a machine is what it was named by. */
function nameOfSubject({ subject }: Output, property: string): Output {
  const [name, another] = subject?.names ?? [];
  if (!["name", "vmname"].includes(property) || name === undefined || another !== undefined) return UNEVALUATED;
  return name.text === undefined ? { plain: UNKNOWN, key: name.key } : valueOf(name.text);
}
