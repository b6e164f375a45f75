import { isPlainArray, UNKNOWN, type Plain, type PlainObject } from "../../estate/plain";
import { readNumber } from "../../powershell/numbers";
import { parse } from "../../powershell/parser";
import type { CommandCall, Expression, Parameter, Statement } from "../../powershell/syntax";
import type { Actions, TargetComputer } from "./actions";
import {
  asCmdlet,
  INVOKE_COMMAND,
  JOIN_PATH,
  joinPath,
  NEW_OBJECT,
  newObject,
  outputOf,
  SET_ALIAS,
} from "./builtin-commands";
import {
  ALIASES,
  asArgument,
  allUnknown,
  bind,
  CMDLETS,
  type BoundParameters,
  type Cmdlet,
  type Given,
} from "./cmdlets";
import { contentsOf } from "./contents";
import { Control, type Runner } from "./control";
import { Evaluator, type EvaluationContext } from "./evaluate";
import { cast, operate } from "./operations";
import { flattened, itemsOf, textOf, UNKNOWN_RESULT, valueOf, type CommandResult } from "./output";
import { isPowerShell } from "./shell";
import { placesOf, subjectOf } from "./subjects";
import { isNotRead } from "./unread-commands";
import { Variables } from "./variables";

/**
 * Follows a script as far as what it does is written out: through variables, functions and loops over what is written out.
 * What is in a condition, or in a loop over what is known only when the script runs, is followed as something that may happen.
 */
export function follow(script: string, actions: Actions): void {
  const run = new Run(script, actions);
  run.text(script);
  run.finish();
}

/** How much is followed in any script: a loop of a few lines may create a hundred machines. */
const MINIMUM_STEPS = 5000;
const STEPS_PER_CHARACTER = 2;

/** Blocks in blocks, and calls of functions and scripts that call others. */
const MAXIMUM_DEPTH = 100;

/** Commands that put out what they take in. */
const PASSES_ON: ReadonlySet<string> = new Set(["start-vm", "stop-vm", "tee-object", "sort-object"]);

/** Commands that put out nothing. */
const PUTS_OUT_NOTHING: ReadonlySet<string> = new Set(["out-null", "write-host", "write-verbose", "write-warning"]);

/** Properties that only things of a cluster have. */
const CLUSTER_PROPERTIES: ReadonlySet<string> = new Set([
  "metric",
  "autometric",
  "antiaffinityclassnames",
  "clusterenforcedantiaffinity",
]);

type Handler = (
  given: readonly Given<CommandResult>[],
  input: CommandResult | undefined,
  command: CommandCall,
) => CommandResult | undefined;

class Run implements EvaluationContext, Runner {
  readonly variables = new Variables();
  readonly evaluator = new Evaluator(this);
  private readonly control = new Control(this);
  private readonly functions = new Map<string, Statement & { readonly kind: "function" }>();
  private readonly calledFunctions = new Set<string>();
  private readonly aliases = new Map<string, string>();
  private place: TargetComputer;
  private depth = 0;
  /** How many scripts in scripts are being followed. */
  private texts = 0;
  /** The arguments of the function, block or script that is followed. */
  private given: readonly Given<CommandResult>[] = [];
  private steps: number;
  private stoppedAt: number | undefined;
  private statementsOfAll: readonly Statement[] = [];
  private readonly hasLines: boolean;

  constructor(
    script: string,
    private readonly actions: Actions,
  ) {
    this.hasLines = script.trim().includes("\n");
    this.steps = MINIMUM_STEPS + STEPS_PER_CHARACTER * script.length;
  }

  get isCertain(): boolean {
    return this.control.isCertain;
  }

  text(script: string): readonly CommandResult[] {
    const { statements, complete } = parse(script);
    if (this.texts === 0) this.statementsOfAll = statements;
    this.texts++;
    const outputs = this.run(statements);
    if (!complete) this.stop(0, "nested too deeply");
    this.texts--;
    return outputs;
  }

  finish(): void {
    // No call of these is known.
    for (const [name, { statements }] of this.functions) {
      if (!this.calledFunctions.has(name))
        this.withArguments([], () => {
          this.control.perhaps(statements);
        });
    }
    if (this.stoppedAt === undefined) return;
    const at = this.hasLines ? `(from line ${String(this.stoppedAt)}, too much to follow)` : "(too much to follow)";
    this.stopAt(at);
  }

  run(statements: readonly Statement[]): readonly CommandResult[] {
    if (this.depth === MAXIMUM_DEPTH) {
      this.stop(0, "nested too deeply");
      return [UNKNOWN_RESULT];
    }
    this.depth++;
    const outputs: CommandResult[] = [];
    this.control.each(statements, (statement) => {
      const output = this.statement(statement);
      if (output !== undefined) outputs.push(output);
    });
    this.depth--;
    return outputs;
  }

  unused({ block }: CommandResult): void {
    if (block !== undefined) this.control.perhaps(block);
  }

  called(of: Expression, method: string): void {
    if (of.kind !== "member" || !CLUSTER_PROPERTIES.has(of.name.toLowerCase())) return;
    const at = `(${of.name}.${method})`;
    this.actions.assign({ property: of.name.toLowerCase(), value: null, subject: undefined, isCertain: false, at });
  }

  private statement(statement: Statement): CommandResult | undefined {
    if (!this.step(1, lineOf(statement))) return undefined;
    switch (statement.kind) {
      case "assignment":
        this.assign(statement);
        return undefined;
      case "parameters":
        this.bindParameters(statement.parameters);
        return undefined;
      case "function":
        this.functions.set(statement.name.toLowerCase().replace(/^(?:global|script|local):/, ""), statement);
        return undefined;
      case "foreach":
        return this.control.foreach(statement);
      case "pipeline": {
        let output: CommandResult | undefined;
        for (const stage of statement.stages) {
          output = stage.kind === "value" ? this.evaluator.evaluate(stage.value) : this.command(stage, output);
        }
        if (output?.block === undefined) return output;
        this.unused(output);
        return undefined;
      }
    }
  }

  /** Takes the steps of something that is followed; false when the script has had all of its own. */
  step(count: number, line: number): boolean {
    this.steps -= count;
    if (this.steps >= 0) return true;
    this.stoppedAt ??= line;
    return false;
  }

  private stop(line: number, why: string): void {
    this.stopAt(this.at(line, why));
  }

  private stopAt(at: string): void {
    const cmdlets = new Set<Cmdlet>();
    for (const { name } of contentsOf(this.statementsOfAll).commands) {
      const cmdlet = name.kind === "text" ? this.cmdletOf(name.text.toLowerCase()) : undefined;
      if (cmdlet !== undefined) cmdlets.add(cmdlet);
    }
    this.actions.stopped([...cmdlets], at);
  }

  private assign({ target, operator, value, line }: Statement & { readonly kind: "assignment" }): void {
    const assigned = this.assigned(value);
    const isFirst = operator === "=";
    this.store(
      target,
      isFirst ? assigned : operate(operator.charAt(0), this.evaluator.evaluate(target), assigned),
      line,
    );
  }

  /** A block that is assigned runs when somebody calls it. */
  private assigned(value: Statement): CommandResult {
    const [stage, another] = value.kind === "pipeline" ? value.stages : [];
    const isValue = stage?.kind === "value" && another === undefined;
    return isValue ? this.evaluator.evaluate(stage.value) : this.valueOf([value]);
  }

  private store(target: Expression, value: CommandResult, line: number): void {
    if (target.kind === "variable") this.variables.set(target.name, value);
    else if (target.kind === "cast") this.store(target.value, cast(target.type, value), line);
    else if (target.kind === "member") this.storeMember(target.of, target.name, value, line);
    else if (target.kind === "index") {
      const key = textOf(this.evaluator.evaluate(target.index));
      const { table } = this.holder(target.of);
      if (key === undefined || table === undefined) this.storeUnknown(target.of);
      else table.set(key.toLowerCase(), { name: key, value: this.isCertain ? value : UNKNOWN_RESULT });
    } else if (target.kind === "list") {
      const items = itemsOf(value);
      for (const [index, each] of target.items.entries()) {
        this.store(each, (items?.length === target.items.length ? items[index] : undefined) ?? UNKNOWN_RESULT, line);
      }
    } else if (target.kind === "unevaluated") this.variables.forget("all");
  }

  private storeUnknown(target: Expression): void {
    if (target.kind === "variable") this.variables.set(target.name, UNKNOWN_RESULT);
  }

  private storeMember(of: Expression, property: string, value: CommandResult, line: number): void {
    const { table, subject } = this.holder(of);
    if (table !== undefined) {
      table.set(property.toLowerCase(), { name: property, value: this.isCertain ? value : UNKNOWN_RESULT });
      return;
    }
    if (subject === undefined && !CLUSTER_PROPERTIES.has(property.toLowerCase())) return;
    const source = subject?.kind === "clusterGroup" ? "Get-ClusterGroup" : "Get-ClusterNetwork";
    const at = this.at(line, subject === undefined ? property : source);
    const { isCertain } = this;
    this.actions.assign({ property: property.toLowerCase(), value: value.plain, subject, isCertain, at });
  }

  private holder(of: Expression): CommandResult {
    return of.kind === "variable" ? this.variables.holder(of.name) : this.evaluator.evaluate(of);
  }

  private valueOf(statements: readonly Statement[]): CommandResult {
    return this.evaluator.evaluate({ kind: "group", statements, isArray: false });
  }

  private bindParameters(parameters: readonly Parameter[]): void {
    if (!this.step(parameters.length, 0)) return;
    const bound = bind(asCmdlet(parameters), this.given);
    for (const { name, fallback, isSwitch } of parameters) {
      const value = bound.get(name);
      if (value !== undefined) this.variables.set(name, value === true ? valueOf(true) : value);
      else if (fallback !== undefined) this.variables.set(name, this.evaluator.evaluate(fallback));
      else this.variables.set(name, isSwitch === true ? valueOf(false) : UNKNOWN_RESULT);
    }
  }

  private command(command: CommandCall, input: CommandResult | undefined): CommandResult | undefined {
    const called = command.name.kind === "text" ? undefined : this.evaluator.evaluate(command.name);
    if (called?.block !== undefined) return this.block(called.block, this.argumentsOf(command, true));
    const written = command.name.kind === "text" ? command.name.text : called?.plain;
    const word = this.wordOf(typeof written === "string" ? written.toLowerCase() : "");
    const definition = this.functions.get(word);
    if (definition !== undefined) this.calledFunctions.add(word);
    if (definition !== undefined) return this.function(definition, this.argumentsOf(command, true));
    const cmdlet = this.cmdletOf(word);
    if (cmdlet !== undefined) return this.cmdlet(cmdlet, command, input);
    const given = this.argumentsOf(command, false);
    const handler = this.handlers.get(word);
    if (handler !== undefined) return handler(given, input, command);
    if (this.control.isConditional(word)) this.control.conditional(word, command, given);
    else if (isPowerShell(word)) return this.powerShell(given, command.line);
    else for (const { value } of given) if (value !== undefined) this.unused(value);
    if (isNotRead(word)) this.actions.notRead(word, this.at(command.line, textOf(valueOf(written ?? "")) ?? word));
    if (word.endsWith(".ps1")) {
      this.variables.forget("all");
      this.actions.unreadScript(this.at(command.line, fileNameOf(word)));
    }
    if (PUTS_OUT_NOTHING.has(word)) return undefined;
    return PASSES_ON.has(word) ? (input ?? UNKNOWN_RESULT) : UNKNOWN_RESULT;
  }

  private wordOf(written: string): string {
    const name = written.split("\\").at(-1) ?? "";
    return this.aliases.get(name) ?? ALIASES.get(name) ?? name;
  }

  private cmdletOf(word: string): Cmdlet | undefined {
    return CMDLETS.get(this.wordOf(word));
  }

  /** @param asNumbers whether a word that is a number counts as one, as it does in functions */
  private argumentsOf(command: CommandCall, asNumbers: boolean): readonly Given<CommandResult>[] {
    return command.arguments.flatMap(({ parameter, value }): readonly Given<CommandResult>[] => {
      if (value?.kind === "splat") return this.splatted(value.name, parameter);
      const number = asNumbers && value?.kind === "text" ? readNumber(value.text) : undefined;
      return [
        {
          ...(parameter === undefined ? {} : { parameter }),
          ...(value === undefined
            ? {}
            : { value: number === undefined ? this.evaluator.evaluate(value) : valueOf(number) }),
        },
      ];
    });
  }

  private splatted(name: string, parameter: string | undefined): readonly Given<CommandResult>[] {
    const { table, items } = this.variables.get(name);
    if (parameter !== undefined || !this.step((table?.size ?? 0) + (items?.length ?? 0), 0)) return [];
    if (table === undefined) return (items ?? []).map((value) => ({ value }));
    return [...table.values()].map((entry) => ({ parameter: entry.name, value: entry.value }));
  }

  private readonly handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
    ["try", (given) => this.control.tryBlocks(given)],
    ["finally", (given) => this.control.tryBlocks(given)],
    ["begin", (given) => this.control.tryBlocks(given)],
    ["process", (given) => this.control.tryBlocks(given)],
    ["end", (given) => this.control.tryBlocks(given)],
    ["return", ([value]) => this.control.leave(value?.value)],
    ["break", () => this.control.leave(undefined)],
    ["continue", () => this.control.leave(undefined)],
    ["throw", () => undefined],
    ["exit", () => undefined],
    ["invoke-command", (given, _input, { line }) => this.invoke(given, line)],
    [
      "invoke-expression",
      (given, input, { line }) => this.invokeText(given[0]?.value ?? given[1]?.value ?? input, line),
    ],
    ["foreach-object", (given, input) => this.control.forEachObject(given, input)],
    ["where-object", (given) => this.control.filter(given)],
    ["write-output", (given, input) => outputOf(given) ?? input],
    ["join-path", (given) => joinPath(bind(JOIN_PATH, given))],
    ["new-object", (given) => newObject(bind(NEW_OBJECT, given))],
    ["set-alias", (given) => this.setAlias(bind(SET_ALIAS, given))],
    ["new-alias", (given) => this.setAlias(bind(SET_ALIAS, given))],
    ["configuration", (_given, _input, command) => this.configuration(command)],
  ]);

  private block(statements: readonly Statement[], given: readonly Given<CommandResult>[]): CommandResult | undefined {
    const outputs = this.withArguments(given, () => this.run(statements));
    this.variables.forget(contentsOf(statements).assigned);
    return flattened(outputs);
  }

  private function(
    { parameters, statements, line }: Statement & { readonly kind: "function" },
    given: readonly Given<CommandResult>[],
  ): CommandResult | undefined {
    if (!this.step(1, line)) return UNKNOWN_RESULT;
    return flattened(
      this.withArguments(given, () => {
        this.bindParameters(parameters);
        return this.run(statements);
      }),
    );
  }

  private withArguments<T>(given: readonly Given<CommandResult>[], run: () => T): T {
    const { given: before } = this;
    this.given = given;
    const result = this.control.outsideOfLoops(() => this.variables.inScope(run));
    this.given = before;
    return result;
  }

  private powerShell(given: readonly Given<CommandResult>[], line: number): CommandResult {
    for (const { value } of given) if (value?.block !== undefined) this.block(value.block, []);
    const [script] = given.flatMap(({ value }) => (typeof value?.plain === "string" ? [value.plain] : [])).slice(-1);
    const isFile = given.some(({ parameter }) => /^(f|e$|ec|en)/i.test(parameter ?? ""));
    if (isFile) this.actions.unreadScript(this.at(line, "powershell"));
    else if (script !== undefined) this.withArguments([], () => this.inner(script));
    return UNKNOWN_RESULT;
  }

  private invokeText(value: CommandResult | undefined, line: number): CommandResult | undefined {
    if (typeof value?.plain === "string") return flattened(this.inner(value.plain));
    this.actions.unreadScript(this.at(line, "Invoke-Expression"));
    return UNKNOWN_RESULT;
  }

  private inner(script: string): readonly CommandResult[] {
    return this.step(script.length, 0) ? this.text(script) : [];
  }

  /** Commands on other computers, or in a guest, where they have nothing to do with the host. */
  private invoke(given: readonly Given<CommandResult>[], line: number): CommandResult | undefined {
    const bound = bind(INVOKE_COMMAND, given);
    const block = given.find(({ value }) => value?.block !== undefined)?.value?.block;
    if (bound.has("VMName") || bound.has("VMId")) return UNKNOWN_RESULT;
    if (block === undefined) {
      this.actions.unreadScript(this.at(line, "Invoke-Command"));
      return UNKNOWN_RESULT;
    }
    const list = bound.get("ArgumentList");
    const values = list === undefined || list === true ? [] : (itemsOf(list) ?? []);
    const before = this.place;
    const isUnknown = bound.has("Session") || bound.has("HostName");
    const places: readonly TargetComputer[] = isUnknown ? [UNKNOWN] : placesOf(bound, this.place);
    for (const place of places) {
      if (!this.step(1, 0)) break;
      this.place = place;
      this.block(
        block,
        values.map((value) => ({ value })),
      );
    }
    this.place = before;
    return UNKNOWN_RESULT;
  }

  private cmdlet(cmdlet: Cmdlet, command: CommandCall, input: CommandResult | undefined): CommandResult {
    const at = this.at(command.line, cmdlet.name);
    const given = this.argumentsOf(command, false);
    for (const { value } of given) if (value !== undefined) this.unused(value);
    const bound = bind(cmdlet, given);
    const whatIf = bound.get("WhatIf");
    if (whatIf !== undefined && !(whatIf !== true && whatIf.plain === false)) return UNKNOWN_RESULT;
    const read = [...bound].map(([name, value]): readonly [string, Plain] => [
      name,
      value === true ? true : asArgument(cmdlet, name, value.plain),
    ]);
    const fields: PlainObject = {
      ...(this.takesUnknownTable(command) ? allUnknown(cmdlet) : {}),
      ...Object.fromEntries(read),
    };
    const subject = subjectOf({ cmdlet, bound, fields, input, at });
    const cost = (subject?.names.length ?? 1) + listLength(bound);
    for (const place of placesOf(bound, this.place)) {
      if (!this.step(cost, command.line)) break;
      this.actions.call({ cmdlet: cmdlet.name, fields, subject, place, isCertain: this.isCertain, at });
    }
    return { ...UNKNOWN_RESULT, subject };
  }

  /** Whether arguments come from a table that is known only when the script runs. */
  private takesUnknownTable({ arguments: list }: CommandCall): boolean {
    return list.some(({ value }) => {
      if (value?.kind !== "splat") return false;
      const { table, items } = this.variables.get(value.name);
      return table === undefined && items === undefined;
    });
  }

  private setAlias(bound: BoundParameters<CommandResult>): CommandResult | undefined {
    const [name, value] = ["Name", "Value"].map((parameter) => {
      const output = bound.get(parameter);
      return output === undefined || output === true ? undefined : textOf(output)?.toLowerCase();
    });
    if (name !== undefined && value !== undefined) this.aliases.set(name, value.split("\\").at(-1) ?? value);
    return undefined;
  }

  /** A configuration of Desired State Configuration. */
  private configuration({ arguments: list, line }: CommandCall): CommandResult | undefined {
    const blocks = list.flatMap(({ value }) => (value?.kind === "block" ? [value.statements] : []));
    const words = blocks.flatMap((block) => contentsOf(block).commands.map(({ name }) => name));
    const isOfHyperV = words.some((name) => name.kind === "text" && /^x?(?:vm|vhd|hyper-?v|cluster)/i.test(name.text));
    if (isOfHyperV) this.actions.notRead("configuration", this.at(line, "configuration"));
    return undefined;
  }

  private at(line: number, what: string): string {
    return this.hasLines && this.texts <= 1 && line > 0 ? `(line ${String(line)}, ${what})` : `(${what})`;
  }
}

function fileNameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function lineOf(statement: Statement): number {
  if (statement.kind !== "pipeline") return statement.kind === "parameters" ? 0 : statement.line;
  const [stage] = statement.stages;
  return stage?.kind === "command" ? stage.line : 0;
}

/** How much of what is given are lists: every item is followed. */
function listLength(bound: BoundParameters<CommandResult>): number {
  let length = 0;
  for (const value of bound.values()) if (value !== true && isPlainArray(value.plain)) length += value.plain.length;
  return length;
}
