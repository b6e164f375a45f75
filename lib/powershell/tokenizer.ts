import {
  endsWord,
  isBlank,
  isDash,
  isDigit,
  isDoubleQuote,
  isExpanded,
  isName,
  isNameStart,
  isSingleQuote,
  unescaped,
} from "./characters";

/** What a piece of a script is, before its grammar is looked at. */
export type TokenKind =
  | "word" // New-VM, 4GB, D:\vhd\a.vhdx, .Metric, [int]
  | "string" // 'text', "text", here-strings
  | "variable" // $name, ${name}, $env:name
  | "splat" // @name
  | "parameter" // -Name
  | "open" // ( { $( @( @{
  | "close" // ) }
  | "comma"
  | "assign" // = += -= …
  | "pipe"
  | "call" // &
  | "then" // && ||
  | "redirection" // > 2>&1
  | "end"; // a new line or ;

export interface Token {
  readonly kind: TokenKind;
  /** Its content: a text without its quotes and escapes, the name of a variable, splat or parameter. */
  readonly text: string;
  /** False for a text that PowerShell puts together when it runs, such as "EX$number". */
  readonly literal: boolean;
  /** True when nothing stands between it and the token before. */
  readonly joined: boolean;
  /** True for a parameter with a colon, whose value follows: `-Confirm:$false`. */
  readonly colon: boolean;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * Cuts a script into tokens, in one pass and in linear time. There are tokens for any text whatever: what PowerShell
 * would refuse ends up as words.
 */
export function tokenize(script: string): readonly Token[] {
  return new Tokenizer(script).scan();
}

class Tokenizer {
  private readonly tokens: Token[] = [];
  private position = 0;
  private line = 1;
  /** Whether a blank, a comment or a continued line stands before the next token. */
  private gap = true;

  constructor(private readonly script: string) {}

  scan(): readonly Token[] {
    while (this.position < this.script.length) {
      if (this.skipGap()) this.gap = true;
      else this.token();
    }
    return this.tokens;
  }

  /** Passes over one blank, continued line or comment. */
  private skipGap(): boolean {
    const char = this.peek();
    const next = this.peek(1);
    if (isBlank(char)) this.advance(1);
    else if (char === "`" && this.newlineAt(this.position + 1) > 0) this.advance(1 + this.newlineAt(this.position + 1));
    else if (char === "<" && next === "#") this.advanceTo(this.indexOf("#>", this.position + 2) + 2);
    else if (char === "#" && this.startsToken()) this.advanceTo(this.indexOf("\n", this.position));
    else return false;
    return true;
  }

  /** A # within a word is part of it. */
  private startsToken(): boolean {
    const last = this.tokens.at(-1);
    return this.gap || last === undefined || !["word", "string", "variable", "splat", "parameter"].includes(last.kind);
  }

  private token(): void {
    const char = this.peek();
    const next = this.peek(1);
    const newline = this.newlineAt(this.position);
    if (newline > 0) this.add("end", newline);
    else if (char === "|" || char === "&") this.pipeOrThen(char, next);
    else if ("+-*/%".includes(char) && next === "=") this.add("assign", 2);
    else if (char === "<" || char === ">") this.redirection(0);
    else if ((isDigit(char) || char === "*") && next === ">") this.redirection(1);
    else if (isSingleQuote(char)) this.singleQuoted();
    else if (isDoubleQuote(char)) this.doubleQuoted();
    else if (char === "$") this.dollar(next);
    else if (char === "@") this.at(next);
    else if (isDash(char) && isNameStart(next)) this.parameter();
    else {
      const kind = SINGLE.get(char);
      if (kind === undefined) this.word();
      else this.add(kind, 1);
    }
  }

  private pipeOrThen(char: string, next: string): void {
    if (next === char) this.add("then", 2);
    else this.add(char === "|" ? "pipe" : "call", 1);
  }

  /** `>`, `>>` and `2>&1`, which has no target of its own. */
  private redirection(prefix: number): void {
    let length = prefix + 1;
    if (this.peek(length) === ">") length++;
    if (this.peek(length) === "&") length += 2;
    this.add("redirection", length);
  }

  private singleQuoted(): void {
    let text = "";
    let end = this.position + 1;
    for (; end < this.script.length; end++) {
      const char = this.script.charAt(end);
      if (isSingleQuote(char) && !isSingleQuote(this.script.charAt(++end))) break;
      text += char;
    }
    this.addUpTo("string", end, text);
  }

  private doubleQuoted(): void {
    const end = this.endOfDoubleQuoted(this.position + 1);
    this.expandable(this.script.slice(this.position + 1, end - 1), end, true);
  }

  /** Where a text has ended that begins at `start`, over the commands in it: `"a $(Get-Item "b") c"`. */
  private endOfDoubleQuoted(start: number): number {
    const within: ("text" | "commands")[] = ["text"];
    for (let position = start; position < this.script.length; position++) {
      const char = this.script.charAt(position);
      const next = this.script.charAt(position + 1);
      if (char === "`") position++;
      else if (within.at(-1) === "text") {
        if (char === "$" && next === "(") {
          within.push("commands");
          position++;
        } else if (isDoubleQuote(char)) {
          if (isDoubleQuote(next)) position++;
          else within.pop();
          if (within.length === 0) return position + 1;
        }
      } else if (isDoubleQuote(char)) within.push("text");
      else if (char === "(") within.push("commands");
      else if (char === ")") within.pop();
      else if (char === "'") position = this.indexOf("'", position + 1);
    }
    return this.script.length + 1;
  }

  /**
   * Adds a text in which variables are expanded.
   * @param quoted whether two quotes in it stand for one
   */
  private expandable(raw: string, end: number, quoted: boolean): void {
    let text = "";
    let literal = true;
    for (let index = 0; index < raw.length; index++) {
      const char = raw.charAt(index);
      if (char === "`") text += unescaped(raw.charAt(++index));
      else text += char;
      if (quoted && isDoubleQuote(char)) index++;
      if (char === "$" && isExpanded(raw.charAt(index + 1))) literal = false;
    }
    this.addUpTo("string", end, literal ? text : raw, literal);
  }

  private at(next: string): void {
    if (next === "(" || next === "{") this.add("open", 2);
    else if (isNameStart(next)) this.named("splat", this.position + 1);
    else if (isSingleQuote(next) || isDoubleQuote(next)) this.hereString(next);
    else this.word();
  }

  /** From a quote at the end of a line to one at the start of a line. */
  private hereString(quote: string): void {
    let start = this.position + 2;
    while (isBlank(this.script.charAt(start))) start++;
    const newline = this.newlineAt(start);
    if (newline === 0) {
      this.add("word", 1);
      return;
    }
    const isQuote = isDoubleQuote(quote) ? isDoubleQuote : isSingleQuote;
    const isEnd = (at: number): boolean => isQuote(this.script.charAt(at)) && this.script.charAt(at + 1) === "@";
    let end = start + newline;
    while (end < this.script.length && !isEnd(end)) end = this.indexOf("\n", end) + 1;
    const raw = withoutLastNewline(this.script.slice(start + newline, end));
    if (isQuote === isDoubleQuote) this.expandable(raw, end + 2, false);
    else this.addUpTo("string", end + 2, raw);
  }

  private dollar(next: string): void {
    if (next === "(") this.add("open", 2);
    else if (next === "{") {
      const end = this.indexOf("}", this.position);
      this.addUpTo("variable", end + 1, this.script.slice(this.position + 2, end), false);
    } else if (isNameStart(next)) this.named("variable", this.position + 1);
    else if (isExpanded(next)) this.add("variable", 2);
    else this.word();
  }

  /** A name may have a scope: `$env:COMPUTERNAME`. */
  private named(kind: "variable" | "splat", start: number): void {
    let end = start;
    while (this.isInName(end)) end++;
    this.addUpTo(kind, end, this.script.slice(start, end), false);
  }

  private isInName(position: number): boolean {
    const char = this.script.charAt(position);
    return isName(char) || (char === ":" && isName(this.script.charAt(position + 1)));
  }

  private parameter(): void {
    let end = this.position + 2;
    while (this.script.charAt(end) !== ":" && !endsWord(this.script.charAt(end))) end++;
    const colon = this.script.charAt(end) === ":";
    this.addUpTo("parameter", colon ? end + 1 : end, this.script.slice(this.position + 1, end), true, colon);
  }

  private word(): void {
    let text = "";
    let literal = true;
    let end = this.position;
    do {
      const char = this.script.charAt(end);
      const next = this.script.charAt(end + 1);
      if (char === "`") {
        if (this.newlineAt(end + 1) > 0) break;
        text += unescaped(next);
        end++;
      } else if (char === "$" && isExpanded(next)) {
        literal = false;
        if (next === "(" && end > this.position) break;
        text += char;
      } else text += char;
      end++;
    } while (!endsWord(this.script.charAt(end)));
    this.addUpTo("word", end, text, literal);
  }

  private addUpTo(kind: TokenKind, end: number, text: string, literal = true, colon = false): void {
    this.tokens.push({ kind, text, literal, joined: !this.gap, colon, line: this.line });
    this.gap = false;
    this.advanceTo(end);
  }

  private add(kind: TokenKind, length: number): void {
    const end = this.position + length;
    this.addUpTo(kind, end, this.script.slice(this.position, end), true);
  }

  private advance(length: number): void {
    this.advanceTo(this.position + length);
  }

  private advanceTo(end: number): void {
    const last = Math.min(end, this.script.length);
    for (let index = this.position; index < last; index++) if (this.script.charAt(index) === "\n") this.line++;
    this.position = last;
  }

  /** Where a text comes next; the end of the script when it does not. */
  private indexOf(text: string, from: number): number {
    const index = this.script.indexOf(text, from);
    return index < 0 ? this.script.length : index;
  }

  private peek(offset = 0): string {
    return this.script.charAt(this.position + offset);
  }

  /** How long the line break is that stands at a position; 0 when none does. */
  private newlineAt(position: number): number {
    if (this.script.charAt(position) === "\n") return 1;
    if (this.script.charAt(position) !== "\r") return 0;
    return this.script.charAt(position + 1) === "\n" ? 2 : 1;
  }
}

/** Tokens of one character. */
const SINGLE: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  [";", "end"],
  [",", "comma"],
  ["(", "open"],
  ["{", "open"],
  [")", "close"],
  ["}", "close"],
  ["=", "assign"],
]);

function withoutLastNewline(text: string): string {
  const lines = text.endsWith("\n") ? text.slice(0, -1) : text;
  return lines.endsWith("\r") ? lines.slice(0, -1) : lines;
}
