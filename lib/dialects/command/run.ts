import { isPlainArray, UNKNOWN, type Plain, type PlainObject } from "../../estate/plain";
import { parse } from "../../powershell/parser";
import type { CommandCall, Expression, Statement } from "../../powershell/syntax";
import { allUnknown, asArgument, bind, CMDLETS, type BoundParameters, type Cmdlet, type Given } from "./cmdlets";
import { isPowerShell } from "./shell";

/** Where a command runs: undefined for the computer that runs the script, UNKNOWN while that is not known. */
export type TargetComputer = string | typeof UNKNOWN | undefined;

/** A name, or what stands for it: what one variable names is one thing until it is assigned anew. */
export interface SubjectName {
  readonly text: string | undefined;
  readonly key: string;
}

/** What a command is about, or puts out. */
export interface CmdletSubject {
  readonly kind: "virtualMachine" | "clusterGroup" | "clusterNetwork";
  readonly names: readonly SubjectName[];
  /** Of machines the adapters that are meant, by name; all when undefined. */
  readonly adapter?: Plain;
  /** Of things of a cluster its name, where it is given. */
  readonly cluster?: Plain;
}

/** One call of a cmdlet that is known to happen. */
export interface CmdletCall {
  readonly cmdlet: string;
  /** The arguments by parameter, {@link UNKNOWN} where they are known only when the script runs. */
  readonly fields: PlainObject;
  /** Undefined when it is not known what the call is about, or when it is about nothing that was there before. */
  readonly subject: CmdletSubject | undefined;
  readonly place: TargetComputer;
  /** Where it stands in the script: `(line 3, Set-VM)`. */
  readonly at: string;
}

/** `(Get-ClusterNetwork LAN).Metric = 800` */
export interface PropertyAssignment {
  /** In small letters. */
  readonly property: string;
  readonly value: Plain;
  readonly subject: CmdletSubject;
  readonly at: string;
}

/** Takes what a script does, in the order in which it does it. */
export interface Actions {
  call(call: CmdletCall): void;
  assign(assignment: PropertyAssignment): void;
  /** A command that matters, and of which it is known only when the script runs whether, how often or on what it runs. */
  notEvaluated(at: string): void;
}

/** Follows a script as far as what it does is written out: through variables that hold literals, not through conditions and loops. */
export function follow(script: string, actions: Actions): void {
  new Run(script, actions).script(script);
}

/** What an expression comes to. */
interface CommandResult {
  readonly plain: Plain;
  /** Of a value that is known only when the script runs: the same for the same value. */
  readonly key?: string;
  readonly subject?: CmdletSubject | undefined;
  readonly table?: ReadonlyMap<string, CommandResult>;
  readonly block?: readonly Statement[];
}

const UNKNOWN_RESULT: CommandResult = { plain: UNKNOWN };

/** PowerShell that calls PowerShell that calls PowerShell is enough. */
const MAXIMUM_CALLS = 3;

/** Commands that put out what they take in. */
const PASSES_ON: ReadonlySet<string> = new Set(["start-vm", "stop-vm", "write-output", "tee-object"]);

/** Properties that only things of a cluster have. */
const CLUSTER_PROPERTIES: ReadonlySet<string> = new Set(["metric", "autometric", "antiaffinityclassnames"]);

/** The computer itself. */
const HERE: ReadonlySet<string> = new Set(["", ".", "localhost", "127.0.0.1", "::1"]);

class Run {
  private readonly variables = new Map<string, CommandResult>();
  /** Changes whenever a variable may have changed. */
  private assignments = 0;
  private place: TargetComputer;
  private calls = 0;
  private readonly hasLines: boolean;

  constructor(
    script: string,
    private readonly actions: Actions,
  ) {
    this.hasLines = script.trim().includes("\n");
  }

  script(text: string): void {
    const { statements, complete } = parse(text);
    this.statements(statements);
    if (!complete) this.actions.notEvaluated("(nested too deeply)");
  }

  private statements(statements: readonly Statement[]): CommandResult {
    const outputs = statements.map((statement) => this.statement(statement));
    const [first = UNKNOWN_RESULT] = outputs;
    if (outputs.length < 2) return first;
    const items = outputs.map(({ plain }) => plain);
    return { plain: items.every(isItem) ? items : UNKNOWN };
  }

  private statement(statement: Statement): CommandResult {
    if (statement.kind === "assignment") {
      this.assign(statement.target, this.statement(statement.value), statement.line);
      return { plain: null };
    }
    let output: CommandResult | undefined;
    for (const stage of statement.stages) {
      output = stage.kind === "value" ? this.evaluate(stage.value) : this.command(stage, output);
    }
    if (output?.block === undefined) return output ?? UNKNOWN_RESULT;
    this.unused(output);
    return UNKNOWN_RESULT;
  }

  private assign(target: Expression, value: CommandResult, line: number): void {
    if (target.kind === "variable") {
      this.unused(value);
      this.assignments++;
      const name = target.name.toLowerCase();
      this.variables.set(name, { key: `$${name} ${String(this.assignments)}`, ...value });
    } else if (target.kind === "member") this.assignMember(target.of, target.name, value.plain, line);
    else this.forget();
  }

  private assignMember(of: Expression, property: string, value: Plain, line: number): void {
    const { subject } = this.evaluate(of);
    if (subject !== undefined) {
      const at = this.at(line, subject.kind === "clusterGroup" ? "Get-ClusterGroup" : "Get-ClusterNetwork");
      this.actions.assign({ property: property.toLowerCase(), value, subject, at });
    } else if (CLUSTER_PROPERTIES.has(property.toLowerCase())) this.actions.notEvaluated(this.at(line, property));
  }

  /** Any variable may have another value from here on. */
  private forget(): void {
    this.variables.clear();
    this.assignments++;
  }

  private evaluate(expression: Expression): CommandResult {
    switch (expression.kind) {
      case "text":
        return { plain: expression.text };
      case "constant":
        return { plain: expression.value };
      case "list": {
        const items = expression.items.map((item) => this.evaluate(item).plain);
        return { plain: items.map((item) => (isItem(item) ? item : UNKNOWN)) };
      }
      case "group":
        return this.statements(expression.statements);
      case "block":
        return { plain: UNKNOWN, block: expression.statements };
      case "table":
        return { plain: UNKNOWN, table: this.table(expression.entries) };
      case "variable":
        return this.variable(expression.name.toLowerCase());
      case "member":
        return memberOf(this.evaluate(expression.of), expression.name.toLowerCase());
      case "splat":
        return UNKNOWN_RESULT;
      case "unevaluated":
        for (const part of expression.parts) this.unused(this.evaluate(part));
        return UNKNOWN_RESULT;
    }
  }

  private variable(name: string): CommandResult {
    if (name === "env:computername") return { plain: "localhost" };
    return this.variables.get(name) ?? { plain: UNKNOWN, key: `$${name} ${String(this.assignments)}` };
  }

  private table(entries: readonly Statement[]): ReadonlyMap<string, CommandResult> {
    const table = new Map<string, CommandResult>();
    for (const entry of entries) {
      if (entry.kind === "pipeline") this.statement(entry);
      else if (entry.target.kind === "text") table.set(entry.target.text, this.statement(entry.value));
    }
    return table;
  }

  private command(command: CommandCall, input: CommandResult | undefined): CommandResult {
    const { name } = command;
    if (name.kind === "block") return this.statements(name.statements);
    const word = name.kind === "text" ? name.text.toLowerCase() : "";
    const cmdlet = CMDLETS.get(word.split("\\").at(-1) ?? "");
    if (cmdlet !== undefined) return this.cmdlet(cmdlet, command, input);
    const given = this.given(command);
    if (word === "try" || word === "finally") this.tryBlocks(given);
    else if (isPowerShell(word)) this.powerShell(given);
    else if (word === "invoke-command" || word === "icm") this.invoke(given);
    else for (const { value } of given) this.unused(value);
    if (word.endsWith(".ps1")) this.forget();
    return PASSES_ON.has(word) ? (input ?? UNKNOWN_RESULT) : UNKNOWN_RESULT;
  }

  private given(command: CommandCall): readonly Given<CommandResult>[] {
    return command.arguments.flatMap(({ parameter, value }): readonly Given<CommandResult>[] => {
      if (value?.kind === "splat") {
        const entries = this.variable(value.name.toLowerCase()).table ?? [];
        return [...entries].map(([name, output]) => ({ parameter: name, value: output }));
      }
      return [
        {
          ...(parameter === undefined ? {} : { parameter }),
          ...(value === undefined ? {} : { value: this.evaluate(value) }),
        },
      ];
    });
  }

  /** A block runs when it is called: here no call is known. */
  private unused(output: CommandResult | undefined): void {
    if (output?.block === undefined) return;
    this.mention(output.block);
    this.forget();
  }

  /** Names the commands that matter in statements that are not followed. */
  private mention(statements: readonly Statement[]): void {
    for (const { name, line } of commandsIn(statements)) {
      const cmdlet = name.kind === "text" ? CMDLETS.get(name.text.toLowerCase()) : undefined;
      if (cmdlet !== undefined && !cmdlet.name.startsWith("Get-"))
        this.actions.notEvaluated(this.at(line, cmdlet.name));
    }
  }

  /** What is tried runs, and so does what is done finally. */
  private tryBlocks(given: readonly Given<CommandResult>[]): void {
    for (const [index, { value }] of given.entries()) {
      const before = given[index - 1]?.value?.plain;
      if (value?.block !== undefined && (index === 0 || before === "finally")) this.statements(value.block);
      else this.unused(value);
    }
  }

  private powerShell(given: readonly Given<CommandResult>[]): void {
    for (const { value } of given) if (value?.block !== undefined) this.statements(value.block);
    const [script] = given.flatMap(({ value }) => (typeof value?.plain === "string" ? [value.plain] : [])).slice(-1);
    const isFile = given.some(({ parameter }) => /^(f|e$|ec|en)/i.test(parameter ?? ""));
    if (script === undefined || isFile || this.calls === MAXIMUM_CALLS) return;
    this.calls++;
    this.script(script);
    this.calls--;
  }

  /** Commands on other computers, or in a guest, where they have nothing to do with the host. */
  private invoke(given: readonly Given<CommandResult>[]): void {
    const bound = bind(INVOKE_COMMAND, given);
    const block = given.find(({ value }) => value?.block !== undefined)?.value?.block ?? [];
    if (bound.has("VMName") || bound.has("VMId")) return;
    const elsewhere = bound.has("Session") || bound.has("HostName");
    const before = this.place;
    const places: readonly TargetComputer[] = elsewhere ? [UNKNOWN] : this.places(bound);
    for (const place of places) {
      this.place = place;
      this.statements(block);
    }
    this.place = before;
  }

  private cmdlet(cmdlet: Cmdlet, command: CommandCall, input: CommandResult | undefined): CommandResult {
    const at = this.at(command.line, cmdlet.name);
    const given = this.given(command);
    for (const { value } of given) this.unused(value);
    const bound = bind(cmdlet, given);
    const whatIf = bound.get("WhatIf");
    if (whatIf !== undefined && !(whatIf !== true && whatIf.plain === false)) return UNKNOWN_RESULT;
    const fields = this.fields(cmdlet, command, bound);
    const subject = this.subject(cmdlet, bound, fields, input, at);
    for (const place of this.places(bound)) this.actions.call({ cmdlet: cmdlet.name, fields, subject, place, at });
    return { plain: UNKNOWN, subject };
  }

  private fields(cmdlet: Cmdlet, { arguments: list }: CommandCall, bound: BoundParameters<CommandResult>): PlainObject {
    const isIncomplete = list.some(
      ({ value }) => value?.kind === "splat" && this.variable(value.name.toLowerCase()).table === undefined,
    );
    const values = [...bound].map(([parameter, value]): readonly [string, Plain] => [
      parameter,
      value === true ? true : asArgument(cmdlet, parameter, value.plain),
    ]);
    return { ...(isIncomplete ? allUnknown(cmdlet) : {}), ...Object.fromEntries(values) };
  }

  private subject(
    { name, subject: kind }: Cmdlet,
    bound: BoundParameters<CommandResult>,
    fields: PlainObject,
    input: CommandResult | undefined,
    at: string,
  ): CmdletSubject | undefined {
    if (kind === undefined) return undefined;
    const parameters = NAMED_BY_NAME.has(name)
      ? ["Name", "VM"]
      : ["VMName", "VirtualMachine", "VM", "VMNetworkAdapter"];
    const parameter = parameters.find((one) => bound.has(one) || fields[one] === UNKNOWN);
    const given = parameter === undefined ? input : bound.get(parameter);
    if (given === true) return undefined;
    const own = given?.subject ?? { kind, names: namesIn(given, name === "New-VM", at) };
    if (own.names.length === 0) return undefined;
    const adapter = name.includes("NetworkAdapter") ? (fields["VMNetworkAdapterName"] ?? fields["Name"]) : undefined;
    return {
      ...own,
      ...(adapter === undefined ? {} : { adapter }),
      ...(fields["Cluster"] === undefined ? {} : { cluster: fields["Cluster"] }),
    };
  }

  private places(bound: BoundParameters<CommandResult>): readonly TargetComputer[] {
    const computers = bound.get("ComputerName") ?? bound.get("CimSession");
    if (computers === undefined || computers === true) return [this.place];
    const names = isPlainArray(computers.plain) ? computers.plain : [computers.plain];
    return names.map((name) => {
      if (typeof name !== "string") return UNKNOWN;
      return HERE.has(name.trim().toLowerCase()) ? this.place : name.trim();
    });
  }

  private at(line: number, what: string): string {
    return this.hasLines && this.calls === 0 ? `(line ${String(line)}, ${what})` : `(${what})`;
  }
}

/** Cmdlets whose parameter Name names what they are about, and not a part of it. */
const NAMED_BY_NAME: ReadonlySet<string> = new Set([
  "New-VM",
  "Remove-VM",
  "Get-VM",
  "Set-VM",
  "Get-ClusterGroup",
  "Get-ClusterNetwork",
]);

const INVOKE_COMMAND: Cmdlet = {
  name: "Invoke-Command",
  subject: undefined,
  positional: ["ComputerName"],
  parameters: ["ScriptBlock", "Session", "VMName", "VMId", "HostName", "ArgumentList", "FilePath"],
  switches: ["HideComputerName", "InDisconnectedSession", "UseSSL"],
  aliases: { Cn: "ComputerName", Command: "ScriptBlock", Args: "ArgumentList" },
};

/** What can stand in a list. */
function isItem(plain: Plain): boolean {
  return plain !== UNKNOWN && (plain === null || typeof plain !== "object");
}

/** The name of a machine is what it was named by. */
function memberOf({ subject }: CommandResult, property: string): CommandResult {
  const [name, another] = subject?.names ?? [];
  if (!["name", "vmname"].includes(property) || name === undefined || another !== undefined) return UNKNOWN_RESULT;
  return name.text === undefined ? { plain: UNKNOWN, key: name.key } : { plain: name.text };
}

/** Names that are given; none when it is not known which, or how many there are. */
function namesIn(output: CommandResult | undefined, isNew: boolean, at: string): readonly SubjectName[] {
  if (output === undefined) return isNew ? [{ text: undefined, key: at }] : [];
  const { plain, key } = output;
  if (plain === UNKNOWN) return key === undefined && !isNew ? [] : [{ text: undefined, key: key ?? at }];
  const names = (isPlainArray(plain) ? plain : [plain]).flatMap((name) => (typeof name === "string" ? [name] : []));
  const all = isPlainArray(plain) ? plain.length : 1;
  if (names.length < all || (!isNew && names.some((name) => /[*?[]/.test(name)))) return [];
  return names.map((name) => ({ text: name, key: name.toLowerCase() }));
}

/** Every command in statements, in blocks and brackets too. */
function commandsIn(statements: readonly Statement[]): readonly CommandCall[] {
  const found: CommandCall[] = [];
  const visitAll = (all: readonly Statement[]): void => {
    for (const statement of all) visit(statement);
  };
  const visit = (statement: Statement): void => {
    if (statement.kind === "assignment") {
      look(statement.target);
      visit(statement.value);
      return;
    }
    for (const stage of statement.stages) {
      if (stage.kind === "value") look(stage.value);
      else {
        found.push(stage);
        look(stage.name);
        for (const { value } of stage.arguments) if (value !== undefined) look(value);
      }
    }
  };
  const look = (expression: Expression): void => {
    if (expression.kind === "group" || expression.kind === "block") visitAll(expression.statements);
    else if (expression.kind === "table") visitAll(expression.entries);
    else if (expression.kind === "member") look(expression.of);
    else if (expression.kind === "list") expression.items.forEach(look);
    else if (expression.kind === "unevaluated") expression.parts.forEach(look);
  };
  visitAll(statements);
  return found;
}
