import type { CommandCall, Expression, Statement } from "../../powershell/syntax";
import { nameOf } from "./variables";

/** What is in statements, in blocks and brackets too, whether they are called or not. */
export interface Contents {
  readonly commands: readonly CommandCall[];
  /** The variables that are assigned, in lower case; all of them where a script runs that is not at hand. */
  readonly assigned: ReadonlySet<string> | "all";
}

const KNOWN = new WeakMap<readonly Statement[], Contents>();

export function contentsOf(statements: readonly Statement[]): Contents {
  let contents = KNOWN.get(statements);
  if (contents === undefined) {
    contents = new Look().at(statements);
    KNOWN.set(statements, contents);
  }
  return contents;
}

/** Commands that assign the variable that they name. */
const ASSIGNING: ReadonlySet<string> = new Set([
  "set-variable",
  "new-variable",
  "sv",
  "nv",
  "clear-variable",
  "read-host",
]);
const ASSIGNING_PARAMETER = /^(?:outv|ov$|pipelinev|pv$|errorv|ev$|warningv|wv$)/i;

class Look {
  private readonly commands: CommandCall[] = [];
  private readonly assigned = new Set<string>();
  private assignsAll = false;
  private readonly pending: (Statement | Expression)[] = [];

  at(statements: readonly Statement[]): Contents {
    this.later(statements);
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) this.look(next);
    return { commands: this.commands, assigned: this.assignsAll ? "all" : this.assigned };
  }

  private later(all: readonly (Statement | Expression)[]): void {
    for (let index = all.length - 1; index >= 0; index--) {
      const one = all[index];
      if (one !== undefined) this.pending.push(one);
    }
  }

  private look(one: Statement | Expression): void {
    switch (one.kind) {
      case "pipeline":
        for (const stage of one.stages) {
          if (stage.kind === "command") this.command(stage);
          else this.later([stage.value]);
        }
        return;
      case "assignment":
        this.assign(one.target);
        this.later([one.target, one.value]);
        return;
      case "foreach":
        this.assigned.add(nameOf(one.variable));
        this.later([...one.values, ...one.statements]);
        return;
      case "function":
      case "group":
      case "block":
        this.later(one.statements);
        return;
      case "parameters":
        this.later(one.parameters.flatMap(({ fallback }) => fallback ?? []));
        return;
      default:
        this.expression(one);
    }
  }

  private expression(one: Expression): void {
    if (one.kind === "table") this.later(one.entries);
    else if (one.kind === "list") this.later(one.items);
    else if (one.kind === "unevaluated") this.later(one.parts);
    else if (one.kind === "expandable") this.later(one.pieces);
    else if (one.kind === "member") this.later([one.of]);
    else if (one.kind === "index") this.later([one.of, one.index]);
    else if (one.kind === "cast") {
      if (one.type.toLowerCase() === "ref") this.assign(one.value);
      this.later([one.value]);
    } else if (one.kind === "operation") {
      const [first] = one.operands;
      if (first !== undefined && (one.operator === "++" || one.operator === "--")) this.assign(first);
      this.later(one.operands);
    } else if (one.kind === "invocation") {
      if (one.method.kind === "member") this.assign(one.method.of);
      this.later([one.method, ...one.arguments]);
    }
  }

  private command(command: CommandCall): void {
    this.commands.push(command);
    const { name } = command;
    const word = name.kind === "text" ? name.text.toLowerCase() : "";
    if (word.endsWith(".ps1")) this.assignsAll = true;
    let assigns = ASSIGNING.has(word);
    for (const { parameter, value } of command.arguments) {
      if (assigns && value?.kind === "text") {
        this.assigned.add(nameOf(value.text.replace(/^\+/, "")));
        assigns = ASSIGNING.has(word);
      }
      if (ASSIGNING_PARAMETER.test(parameter ?? "")) assigns = true;
    }
    this.later([name, ...command.arguments.flatMap(({ value }) => value ?? [])]);
  }

  private assign(target: Expression): void {
    if (target.kind === "variable") this.assigned.add(nameOf(target.name));
    else if (target.kind === "cast") this.assign(target.value);
    else if (target.kind === "member" || target.kind === "index") this.assign(target.of);
    else if (target.kind === "list") for (const item of target.items) this.assign(item);
  }
}
