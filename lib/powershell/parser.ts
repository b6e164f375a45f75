import { readNumber } from "./numbers";
import type { Argument, CommandCall, Expression, Script, Stage, Statement } from "./syntax";
import { tokenize, type Token, type TokenKind } from "./tokenizer";

/** No honest script is nested deeper; a hostile one must not exhaust the stack. */
const MAXIMUM_DEPTH = 64;

/** Commands whose block may stand on the next line. */
const KEYWORDS: ReadonlySet<string> = new Set(
  "if elseif else foreach for while do until switch try catch finally function filter trap begin process end".split(
    " ",
  ),
);

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
  return new Parser(tokenize(script)).script();
}

class Parser {
  private index = 0;
  private depth = 0;
  private complete = true;

  constructor(private readonly tokens: readonly Token[]) {}

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
    const line = this.peek()?.line ?? 0;
    const stages = [this.stage()];
    const assign = this.take("assign");
    if (assign !== undefined) {
      const [target] = stages;
      const value = this.nested(() => this.statement(), asStatement(UNEVALUATED));
      return {
        kind: "assignment",
        target: target?.kind === "value" ? target.value : UNEVALUATED,
        value: assign.text === "=" ? value : onlyPerhaps(value),
        line,
      };
    }
    while (this.take("pipe") !== undefined) {
      this.skipLines();
      stages.push(this.stage());
    }
    return { kind: "pipeline", stages };
  }

  private stage(): Stage {
    const token = this.peek();
    if (token?.kind === "call" || (token?.kind === "word" && token.text === ".")) {
      this.index++;
      return this.command(this.primary(true), token.line);
    }
    if (token?.kind !== "word" || !token.literal) return { kind: "value", value: this.calculation() };
    const name: Expression = { kind: "text", text: token.text };
    if (this.tokens[this.index + 1]?.kind === "assign") {
      this.index++;
      return { kind: "value", value: name }; // an entry of a table: @{ Name = 'EX1' }
    }
    if (!isCommandName(token.text)) return { kind: "value", value: this.calculation() };
    this.index++;
    return this.command(name, token.line);
  }

  private command(name: Expression, line: number): CommandCall {
    const list: Argument[] = [];
    const keyword = name.kind === "text" && KEYWORDS.has(name.text.toLowerCase());
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      if (token.kind === "end" && keyword && !list.some(isBlock) && this.blockFollows()) this.skipLines();
      else if (ENDS_STAGE.has(token.kind)) break;
      else if (token.kind === "call") this.index++;
      else if (token.kind === "redirection") this.redirection(token);
      else list.push(this.argument(token));
    }
    return { kind: "command", name, arguments: list, line };
  }

  private argument({ kind, text, colon }: Token): Argument {
    if (kind !== "parameter") return { value: this.list(true) };
    this.index++;
    return colon && !this.stageEnds() && this.peek()?.kind !== "parameter"
      ? { parameter: text, value: this.list(true) }
      : { parameter: text };
  }

  private redirection({ text }: Token): void {
    this.index++;
    if (!text.includes("&") && !this.stageEnds()) this.primary(true);
  }

  /** A value where no command can stand, with everything that is done to it. */
  private calculation(): Expression {
    const parts = [this.list(false)];
    while (!this.stageEnds() && this.peek()?.kind !== "assign") parts.push(this.list(false));
    const [only = UNEVALUATED, ...more] = parts;
    return more.length === 0 ? only : { kind: "unevaluated", parts };
  }

  /** @param bare whether a word stands for itself, as it does in arguments */
  private list(bare: boolean): Expression {
    const first = this.primary(bare);
    const items = [first];
    while (this.take("comma") !== undefined) {
      this.skipLines();
      if (!this.stageEnds()) items.push(this.primary(bare));
    }
    return items.length === 1 ? first : { kind: "list", items };
  }

  private primary(bare: boolean): Expression {
    const token = this.peek();
    if (token === undefined || token.kind === "close") return UNEVALUATED;
    this.index++;
    const first = this.simple(token, bare);
    if (first.kind === "block") return first;
    const parts = [this.member(first)];
    for (let next = this.peek(); next !== undefined && isJoined(next); next = this.peek()) {
      this.index++;
      parts.push(this.simple(next, true));
    }
    const [only = UNEVALUATED, ...more] = parts;
    return more.length === 0 ? only : { kind: "unevaluated", parts };
  }

  /** `(Get-ClusterNetwork LAN).Metric` */
  private member(of: Expression): Expression {
    const next = this.peek();
    const mayHave = of.kind === "group" || of.kind === "variable";
    if (!mayHave || next?.joined !== true || next.kind !== "word" || !next.literal) return of;
    const [before, name = "", ...more] = next.text.split(".", 3);
    if (before !== "" || name === "" || more.length > 0) return of;
    this.index++;
    return { kind: "member", of, name };
  }

  private simple(token: Token, bare: boolean): Expression {
    if (token.kind === "open") return this.bracket(token.text);
    if (token.kind === "splat") return { kind: "splat", name: token.text };
    if (token.kind === "variable") {
      const constant = CONSTANTS.get(token.text.toLowerCase());
      return constant === undefined ? { kind: "variable", name: token.text } : { kind: "constant", value: constant };
    }
    const isText = token.kind === "string" || (token.kind === "word" && (bare || readNumber(token.text) !== undefined));
    return isText && token.literal ? { kind: "text", text: token.text } : UNEVALUATED;
  }

  private bracket(opening: string): Expression {
    const statements = this.nested<readonly Statement[] | undefined>(() => this.statements(), undefined);
    if (statements === undefined) {
      this.skipBracket();
      return UNEVALUATED;
    }
    this.take("close");
    if (opening === "{") return { kind: "block", statements };
    return opening === "@{" ? { kind: "table", entries: statements } : { kind: "group", statements };
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
    let index = this.index;
    while (this.tokens[index]?.kind === "end") index++;
    const token = this.tokens[index];
    return token?.kind === "open" && token.text === "{";
  }

  private skipLines(): void {
    while (this.peek()?.kind === "end") this.index++;
  }

  private stageEnds(): boolean {
    const token = this.peek();
    return token === undefined || ENDS_STAGE.has(token.kind);
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

function isBlock({ value }: Argument): boolean {
  return value?.kind === "block";
}

function asStatement(value: Expression): Statement {
  return { kind: "pipeline", stages: [{ kind: "value", value }] };
}

/** A statement that may come to run or not. */
function onlyPerhaps(statement: Statement): Statement {
  return asStatement({ kind: "block", statements: [statement] });
}
