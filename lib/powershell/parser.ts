import { readNumber } from "./numbers";
import { isOperator, isPrefix, precedenceOf } from "./operators";
import type { Argument, CommandCall, Expression, Parameter, Script, Stage, Statement } from "./syntax";
import { tokenize, type Piece, type Token, type TokenKind } from "./tokenizer";

/** No honest script is nested deeper; a hostile one must not exhaust the stack. */
const MAXIMUM_DEPTH = 150;
/** How many members of members are followed: `$a.b.c`. */
const MAXIMUM_MEMBERS = 32;

/** How many attributes are looked past for `param`. */
const MAXIMUM_ATTRIBUTES = 8;

/** Commands whose block may stand on the next line, with the words that go on with them behind it. */
const KEYWORDS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["if", ["elseif", "else"]],
  ["elseif", ["elseif", "else"]],
  ["try", ["catch", "finally"]],
  ["catch", ["catch", "finally"]],
  ["do", ["while", "until"]],
  ["else", []],
  ["for", []],
  ["while", []],
  ["until", []],
  ["switch", []],
  ["finally", []],
  ["trap", []],
  ["begin", []],
  ["process", []],
  ["end", []],
]);

/** ShellWords that may have a value behind them. */
const BEFORE_VALUES: ReadonlySet<string> = new Set(["return", "throw", "exit"]);

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

const ENDS_STAGE: ReadonlySet<TokenKind> = new Set<TokenKind>(["end", "pipe", "close", "then"]);
const MAY_FOLLOW_JOINED: ReadonlySet<TokenKind> = new Set<TokenKind>(["word", "string", "variable", "open"]);

const UNEVALUATED: Expression = { kind: "unevaluated", parts: [] };

/**
 * Reads a script as statements of commands with arguments. It knows as much of the grammar as it takes to separate what is
 * written out from what is known only when the script runs. It never throws and takes linear time.
 */
export function parse(script: string): Script {
  return new Parser(tokenize(script), 0, 0).script();
}

class Parser {
  private index = 0;
  private complete = true;

  /** @param firstLine how many lines stand before the script, where it is a part of another */
  constructor(
    private readonly tokens: readonly Token[],
    private depth: number,
    private readonly firstLine: number,
  ) {}

  script(): Script {
    const statements: Statement[] = [];
    while (this.peek() !== undefined) {
      for (const statement of this.statements()) statements.push(statement);
      this.index++; // a bracket that closes nothing
    }
    return { statements, complete: this.complete };
  }

  /** Up to a closing bracket, which is left where it is. */
  private statements(): readonly Statement[] {
    const statements: Statement[] = [];
    for (let token = this.peek(); token !== undefined && token.kind !== "close"; token = this.peek()) {
      if (token.kind === "end" || token.kind === "pipe" || token.kind === "then") {
        this.index++;
        if (token.text === "||") statements.push(onlyPerhaps(this.statement()));
      } else statements.push(this.statement());
    }
    return statements;
  }

  private statement(): Statement {
    const line = this.line();
    const keyword = this.declaration(line);
    if (keyword !== undefined) return keyword;
    const stages = [this.stage()];
    const assign = this.take("assign");
    if (assign !== undefined) {
      const [target] = stages;
      this.skipLines();
      const value = this.nested(() => this.statement(), asStatement(UNEVALUATED));
      return {
        kind: "assignment",
        operator: assign.text,
        target: target?.kind === "value" ? target.value : UNEVALUATED,
        value,
        line,
      };
    }
    while (this.take("pipe") !== undefined) {
      this.skipLines();
      stages.push(this.stage());
    }
    return { kind: "pipeline", stages };
  }

  /** Statements that are not pipelines: `param( … )`, `function`, and `foreach ($name in $names) { … }`. */
  private declaration(line: number): Statement | undefined {
    const token = this.peek();
    if (token?.kind === "type") return this.attributedParameters();
    if (token?.kind !== "word" || !token.literal) return undefined;
    const word = token.text.toLowerCase();
    if (word === "param") return this.scriptParameters();
    if (word === "function" || word === "filter") return this.functionDefinition(line);
    return word === "foreach" ? this.foreach(line) : undefined;
  }

  /** `[CmdletBinding()] param( … )` */
  private attributedParameters(): Statement | undefined {
    const before = this.index;
    for (let count = 0; count < MAXIMUM_ATTRIBUTES && this.peek()?.kind === "type"; count++) {
      this.index = this.after(this.index + 1);
    }
    const statement = this.peek()?.text.toLowerCase() === "param" ? this.scriptParameters() : undefined;
    if (statement === undefined) this.index = before;
    return statement;
  }

  private scriptParameters(): Statement | undefined {
    const open = this.after(this.index + 1);
    if (!this.isOpening(open, "(")) return undefined;
    this.index = open + 1;
    return { kind: "parameters", parameters: this.parameters() };
  }

  private functionDefinition(line: number): Statement | undefined {
    const name = this.tokens[this.index + 1];
    if (name?.kind !== "word") return undefined;
    const next = this.after(this.index + 2);
    const hasParameters = this.isOpening(next, "(");
    if (!hasParameters && !this.isOpening(next, "{")) return undefined;
    this.index = next + 1;
    const parameters = hasParameters ? this.parameters() : [];
    if (hasParameters) this.skipLines();
    const statements = hasParameters ? this.block() : this.bracketed();
    return { kind: "function", name: name.text, parameters, statements, line };
  }

  private foreach(line: number): Statement | undefined {
    const open = this.after(this.index + 1);
    const variable = this.tokens[open + 1];
    const isIn = this.tokens[open + 2]?.text.toLowerCase() === "in";
    if (!this.isOpening(open, "(") || variable?.kind !== "variable" || !isIn) return undefined;
    this.index = open + 3;
    const values = this.bracketed();
    this.skipLines();
    return { kind: "foreach", variable: variable.text, values, statements: this.block(), line };
  }

  /** Behind the opening bracket, over the closing one. */
  private parameters(): readonly Parameter[] {
    const parameters: Parameter[] = [];
    for (let token = this.peek(); token !== undefined && token.kind !== "close"; token = this.peek()) {
      const isSwitch = this.tokens[this.index - 1]?.text.toLowerCase() === "switch";
      this.index++;
      if (token.kind === "open") this.skipBracket();
      if (token.kind !== "variable") continue;
      const assign = this.take("assign");
      if (assign !== undefined) this.skipLines();
      parameters.push({
        name: token.text,
        ...(isSwitch ? { isSwitch } : {}),
        ...(assign === undefined
          ? {}
          : { fallback: this.nested(() => this.operation(0, () => this.unary()), UNEVALUATED) }),
      });
    }
    this.take("close");
    return parameters;
  }

  private block(): readonly Statement[] {
    if (!this.isOpening(this.index, "{")) return [];
    this.index++;
    return this.bracketed();
  }

  /** Behind an opening bracket, over the closing one. */
  private bracketed(): readonly Statement[] {
    const statements = this.nested<readonly Statement[] | undefined>(() => this.statements(), undefined);
    if (statements === undefined) this.skipBracket();
    else this.take("close");
    return statements ?? [];
  }

  private stage(): Stage {
    const token = this.peek();
    if (token?.kind === "call" || (token?.kind === "word" && token.text === ".")) {
      this.index++;
      return this.command(this.primary(true), this.lineOf(token));
    }
    if (token?.kind !== "word" || !token.literal) return { kind: "value", value: this.calculation() };
    const name: Expression = { kind: "text", text: token.text };
    if (this.tokens[this.index + 1]?.kind === "assign") {
      this.index++;
      return { kind: "value", value: name }; // an entry of a table: @{ Name = 'EX1' }
    }
    if (!isCommandName(token.text)) return { kind: "value", value: this.calculation() };
    this.index++;
    if (BEFORE_VALUES.has(token.text.toLowerCase()) && !this.stageEnds()) {
      const statements = [this.nested(() => this.statement(), asStatement(UNEVALUATED))];
      const value: Expression = { kind: "group", statements, isArray: false };
      return { kind: "command", name, arguments: [{ value }], line: this.lineOf(token) };
    }
    return this.command(name, this.lineOf(token));
  }

  private command(name: Expression, line: number): CommandCall {
    const list: Argument[] = [];
    const goesOn = name.kind === "text" ? KEYWORDS.get(name.text.toLowerCase()) : undefined;
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      const last = list.at(-1)?.value;
      if (goesOn !== undefined && last?.kind === "block" && !isOneOf(token, goesOn)) break;
      if (token.kind === "end" && goesOn !== undefined && !list.some(isBlock) && this.blockFollows()) this.skipLines();
      else if (ENDS_STAGE.has(token.kind)) break;
      else if (token.kind === "call") this.index++;
      else if (token.kind === "redirection") this.redirection(token);
      else list.push(this.argument(token));
    }
    return { kind: "command", name, arguments: list, line };
  }

  private argument({ kind, text, colon }: Token): Argument {
    if (kind !== "parameter") return { value: this.list(() => this.primary(true)) };
    this.index++;
    return colon && !this.stageEnds() && this.peek()?.kind !== "parameter"
      ? { parameter: text, value: this.list(() => this.primary(true)) }
      : { parameter: text };
  }

  private redirection({ text }: Token): void {
    this.index++;
    if (!text.includes("&") && !this.stageEnds()) this.primary(true);
  }

  /** A value where no command can stand, with everything that is done to it. */
  private calculation(): Expression {
    const whole = (): Expression => this.operation(0, () => this.list(() => this.unary()));
    const parts = [this.nested(whole, UNEVALUATED)];
    while (!this.stageEnds() && this.peek()?.kind !== "assign") {
      const before = this.index;
      parts.push(this.nested(whole, UNEVALUATED));
      if (this.index === before) this.index++;
    }
    const [only = UNEVALUATED, ...more] = parts;
    return more.length === 0 ? only : { kind: "unevaluated", parts };
  }

  /** Operands with operators between them, from the left; what binds more closely first. */
  private operation(least: number, operand: () => Expression): Expression {
    let left = operand();
    for (let token = this.peek(); token !== undefined && isOperator(token); token = this.peek()) {
      const precedence = precedenceOf(token);
      if (precedence < least) break;
      this.index++;
      this.skipLines();
      if (this.stageEnds()) return { kind: "unevaluated", parts: [left] };
      const right = this.operation(precedence + 1, operand);
      left = { kind: "operation", operator: token.text.toLowerCase(), operands: [left, right] };
    }
    return left;
  }

  private unary(): Expression {
    const token = this.peek();
    if (token?.kind === "type") return this.nested(() => this.cast(token), UNEVALUATED);
    if (token !== undefined && isPrefix(token)) {
      this.index++;
      const operand = this.nested(() => this.unary(), UNEVALUATED);
      return { kind: "operation", operator: token.text.toLowerCase(), operands: [operand] };
    }
    const value = this.primary(false);
    const next = this.peek();
    if (next?.kind !== "operator" || !["++", "--"].includes(next.text)) return value;
    this.index++;
    return { kind: "operation", operator: next.text, operands: [value] };
  }

  /** `[int]$count`, or a type itself. */
  private cast({ text }: Token): Expression {
    this.index++;
    const next = this.peek();
    if (next?.kind === "member" && next.joined) return this.postfix({ kind: "type", name: text });
    if (this.stageEnds() || next?.kind === "comma" || next?.kind === "assign") return { kind: "type", name: text };
    return { kind: "cast", type: text, value: this.unary() };
  }

  private list(item: () => Expression): Expression {
    const before = this.take("comma"); // `,'a'` is a list of one
    const first = item();
    const items = [first];
    while (this.take("comma") !== undefined) {
      this.skipLines();
      if (!this.stageEnds()) items.push(item());
    }
    return items.length === 1 && before === undefined ? first : { kind: "list", items };
  }

  /** @param bare whether a word stands for itself, as it does in arguments */
  private primary(bare: boolean): Expression {
    const token = this.peek();
    if (token === undefined || token.kind === "close") return UNEVALUATED;
    this.index++;
    const first = this.simple(token, bare);
    if (first.kind === "block") return first;
    const parts = [this.postfix(first)];
    for (let next = this.peek(); next !== undefined && bare && isJoined(next); next = this.peek()) {
      this.index++;
      parts.push(this.simple(next, true));
    }
    const [only = UNEVALUATED, ...more] = parts;
    if (more.length === 0) return only;
    return token.kind === "word" ? { kind: "expandable", pieces: parts } : { kind: "unevaluated", parts };
  }

  /** `(Get-ClusterNetwork LAN).Metric`, `$names[0]` and `$names.Add('EX1')` */
  private postfix(first: Expression): Expression {
    let value = first;
    for (let count = 0; ; count++) {
      const next = this.peek();
      if (next?.joined !== true) return value;
      if (next.kind === "member") {
        this.index++;
        value = { kind: "member", of: value, name: next.text };
      } else if (next.kind === "open" && next.text === "[") {
        this.index++;
        value = { kind: "index", of: value, index: asValue(this.bracketed()) };
      } else if (next.kind === "open" && next.text === "(" && value.kind === "member") {
        this.index++;
        value = { kind: "invocation", method: value, arguments: [asValue(this.bracketed())] };
      } else return value;
      if (count === MAXIMUM_MEMBERS) value = UNEVALUATED;
    }
  }

  private simple(token: Token, bare: boolean): Expression {
    if (token.kind === "open") return this.bracket(token.text);
    if (token.kind === "splat") return { kind: "splat", name: token.text };
    if (token.kind === "variable") return variable(token.text);
    if (token.kind === "number") return { kind: "number", text: token.text, value: readNumber(token.text) ?? NaN };
    if (token.kind !== "string" && !(token.kind === "word" && bare)) return UNEVALUATED;
    if (token.literal) return { kind: "text", text: token.text };
    const pieces = (token.pieces ?? []).map((piece) => this.piece(piece, token));
    return { kind: "expandable", pieces };
  }

  private piece(piece: Piece, token: Token): Expression {
    if (typeof piece === "string") return { kind: "text", text: piece };
    if ("variable" in piece) return variable(piece.variable);
    const inner = this.nested<Script>(
      () => new Parser(tokenize(piece.script), this.depth, this.lineOf(token) - 1).script(),
      { statements: [], complete: false },
    );
    if (!inner.complete) this.complete = false;
    return inner.complete ? { kind: "group", statements: inner.statements, isArray: false } : UNEVALUATED;
  }

  private bracket(opening: string): Expression {
    const statements = this.nested<readonly Statement[] | undefined>(() => this.statements(), undefined);
    if (statements === undefined) {
      this.skipBracket();
      return UNEVALUATED;
    }
    this.take("close");
    if (opening === "{") return { kind: "block", statements };
    if (opening === "@{") return { kind: "table", entries: statements };
    if (opening === "[") return UNEVALUATED;
    return { kind: "group", statements, isArray: opening === "@(" };
  }

  private nested<T>(read: () => T, tooDeep: T): T {
    if (this.depth === MAXIMUM_DEPTH) {
      this.complete = false;
      return tooDeep;
    }
    this.depth++;
    const result = read();
    this.depth--;
    return result;
  }

  private skipBracket(): void {
    for (let level = 1; level > 0 && this.peek() !== undefined; this.index++) {
      if (this.peek()?.kind === "open") level++;
      else if (this.peek()?.kind === "close") level--;
    }
  }

  private blockFollows(): boolean {
    return this.isOpening(this.after(this.index), "{");
  }

  /** The first token from an index on that is not the end of a line. */
  private after(index: number): number {
    // A semicolon ends the statement, whatever follows it.
    while (this.tokens[index]?.kind === "end" && this.tokens[index]?.text !== ";") index++;
    return index;
  }

  private isOpening(index: number, bracket: string): boolean {
    const token = this.tokens[index];
    return token?.kind === "open" && token.text === bracket;
  }

  private skipLines(): void {
    while (this.peek()?.kind === "end" && this.peek()?.text !== ";") this.index++;
  }

  private stageEnds(): boolean {
    const token = this.peek();
    return token === undefined || ENDS_STAGE.has(token.kind);
  }

  private line(): number {
    const token = this.peek();
    return token === undefined ? 0 : this.lineOf(token);
  }

  private lineOf({ line }: Token): number {
    return line + this.firstLine;
  }

  private take(kind: TokenKind): Token | undefined {
    const token = this.peek();
    if (token?.kind !== kind) return undefined;
    this.index++;
    return token;
  }

  private peek(): Token | undefined {
    return this.tokens[this.index];
  }
}

function isCommandName(text: string): boolean {
  return !"[!+-".includes(text.charAt(0)) && readNumber(text) === undefined;
}

/** Whether a token goes on with the value before it: D:\\vhd\\"$name".vhdx; a block always stands for itself. */
function isJoined({ kind, text, joined }: Token): boolean {
  return joined && MAY_FOLLOW_JOINED.has(kind) && !(kind === "open" && text === "{");
}

function isOneOf({ kind, text }: Token, words: readonly string[]): boolean {
  return kind === "word" && words.includes(text.toLowerCase());
}

function isBlock({ value }: Argument): boolean {
  return value?.kind === "block";
}

function variable(name: string): Expression {
  const constant = CONSTANTS.get(name.toLowerCase());
  return constant === undefined ? { kind: "variable", name } : { kind: "constant", value: constant };
}

function asValue(statements: readonly Statement[]): Expression {
  const [first, ...more] = statements;
  const [stage, ...stages] = first?.kind === "pipeline" ? first.stages : [];
  if (stage?.kind === "value" && stages.length + more.length === 0) return stage.value;
  return { kind: "group", statements, isArray: false };
}

function asStatement(value: Expression): Statement {
  return { kind: "pipeline", stages: [{ kind: "value", value }] };
}

/** A statement that may come to run or not. */
function onlyPerhaps(statement: Statement): Statement {
  return asStatement({ kind: "block", statements: [statement] });
}
