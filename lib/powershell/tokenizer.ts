import {
  endsNumber,
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
  | "word" // New-VM, D:\vhd\a.vhdx, 4GB as an argument
  | "number" // 4GB in a calculation
  | "operator" // + * .. ! in a calculation; -eq and -f are parameters
  | "member" // .Metric, ::new
  | "type" // [int], [Parameter(Mandatory)]
  | "string" // 'text', "text", here-strings
  | "variable" // $name, ${name}, $env:name
  | "splat" // @name
  | "parameter" // -Name
  | "open" // ( { $( @( @{ [
  | "close" // ) } ]
  | "comma"
  | "assign" // = += -= …
  | "pipe"
  | "call" // &
  | "then" // && ||
  | "redirection" // > 2>&1
  | "end"; // a new line or ;

/** A piece of a text that PowerShell puts together when it runs: a text, or what stands for one. */
export type Piece =
  | string
  | { readonly variable: string }
  /** `$( … )` */
  | { readonly script: string };

export interface Token {
  readonly kind: TokenKind;
  /** Its content: a text without its quotes and escapes, the name of a variable, splat or parameter. */
  readonly text: string;
  /** False for a text that PowerShell puts together when it runs, such as "EX$number". */
  readonly literal: boolean;
  /** Of a text that is not literal. */
  readonly pieces?: readonly Piece[];
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

/** What comes next: the start of a statement, arguments of a command, or a calculation. */
type Mode = "statement" | "argument" | "calculation";

/** What a bracket interrupts. */
interface Outer {
  readonly opening: string;
  /** A statement may follow `param( … )` on its line. */
  readonly mode: Mode | "end of parameters";
  readonly isValue: boolean;
}

class Tokenizer {
  private readonly tokens: Token[] = [];
  private readonly outer: Outer[] = [];
  private mode: Mode = "statement";
  /** Whether the token before is a value that has members: `$vm.Name`, and not `D:\vhd\$vm.vhdx`. */
  private isValue = false;
  private typesEnd = true;
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
    else if (!this.member() && !this.bracket(char) && !this.calculated(char, next)) this.simple(char, next);
  }

  private simple(char: string, next: string): void {
    const kind = SINGLE.get(char);
    if (isDash(char) && isNameStart(next)) this.parameter();
    else if (kind === undefined) this.word();
    else this.add(kind, 1);
  }

  /** `.Name` or `::Name` behind a value; the length of a name in quotes is not distinguished. */
  private member(): boolean {
    if (!this.isValue || this.gap) return false;
    const dots = this.peek() === "." ? 1 : this.peek() === ":" && this.peek(1) === ":" ? 2 : 0;
    if (dots === 0 || !isNameStart(this.peek(dots))) return false;
    let length = dots + 1;
    while (isName(this.peek(length))) length++;
    const name = this.script.slice(this.position + dots, this.position + length);
    this.addUpTo("member", this.position + length, name);
    return true;
  }

  /** `[int]`, `$list[0]` and the end of an index. */
  private bracket(char: string): boolean {
    if (char === "]" && this.outer.at(-1)?.opening === "[") {
      this.add("close", 1);
      return true;
    }
    if (char !== "[") return false;
    if (this.isValue && !this.gap) {
      this.add("open", 1);
      return true;
    }
    return this.mode !== "argument" && this.typesEnd && this.type();
  }

  private type(): boolean {
    let level = 0;
    for (let end = this.position; end < this.script.length; end++) {
      const char = this.script.charAt(end);
      if (char === "[") level++;
      else if (char === "]") level--;
      if (level > 0) continue;
      this.addUpTo("type", end + 1, this.script.slice(this.position + 1, end));
      return true;
    }
    this.typesEnd = false; // or every bracket to come would be looked for up to the end
    return false;
  }

  /** A number or an operator where those can stand. */
  private calculated(char: string, next: string): boolean {
    if (this.mode === "argument") return false;
    const isInside = this.mode === "calculation";
    const number = this.numberHere();
    if (number > 0) this.add("number", number);
    else if (isInside && char === "." && next === ".") this.add("operator", 2);
    else if ((char === "+" || isDash(char)) && next === char) this.add("operator", 2);
    else if (char === "!" || char === "+" || (isDash(char) && !isNameStart(next))) this.add("operator", 1);
    else if (isInside && "*/%".includes(char)) this.add("operator", 1);
    else if (isInside && isNameStart(char)) {
      let length = 1;
      while (isName(this.peek(length))) length++;
      this.add("word", length);
    } else return false;
    return true;
  }

  private numberHere(): number {
    NUMBER_HERE.lastIndex = this.position;
    const [number = ""] = NUMBER_HERE.exec(this.script) ?? [];
    return endsNumber(this.peek(number.length), this.peek(number.length + 1)) ? number.length : 0;
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
    const end = endOfDoubleQuoted(this.script, this.position + 1);
    this.expandable(this.script.slice(this.position + 1, end - 1), end, true);
  }

  /**
   * Adds a text in which variables are expanded.
   * @param quoted whether two quotes in it stand for one
   */
  private expandable(raw: string, end: number, quoted: boolean): void {
    const pieces = new Pieces();
    for (let index = 0; index < raw.length; index++) {
      const char = raw.charAt(index);
      if (char === "`") pieces.text(unescaped(raw.charAt(++index)));
      else if (char === "$" && isExpanded(raw.charAt(index + 1))) index = this.expanded(raw, index, pieces) - 1;
      else {
        pieces.text(char);
        if (quoted && isDoubleQuote(char)) index++;
      }
    }
    this.addPieces("string", end, pieces);
  }

  /** Takes what a $ stands for, and gives where that ends. */
  private expanded(raw: string, start: number, pieces: Pieces): number {
    const next = raw.charAt(start + 1);
    if (next === "(") {
      const end = endOfCommands(raw, start + 2);
      pieces.other({ script: raw.slice(start + 2, end - 1) });
      return end;
    }
    if (next === "{") {
      const close = raw.indexOf("}", start);
      const end = close < 0 ? raw.length : close;
      pieces.other({ variable: raw.slice(start + 2, end) });
      return end + 1;
    }
    let end = start + 2;
    if (isNameStart(next)) while (isInName(raw, end)) end++;
    pieces.other({ variable: raw.slice(start + 1, end) });
    return end;
  }

  private addPieces(kind: "string" | "word", end: number, pieces: Pieces): void {
    const text = this.script.slice(this.position, end);
    if (pieces.literal === undefined) this.addUpTo(kind, end, text, false, false, pieces.all);
    else this.addUpTo(kind, end, pieces.literal);
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
    while (isInName(this.script, end)) end++;
    this.addUpTo(kind, end, this.script.slice(start, end), false);
  }

  private parameter(): void {
    let end = this.position + 2;
    while (this.script.charAt(end) !== ":" && !endsWord(this.script.charAt(end))) end++;
    const colon = this.script.charAt(end) === ":";
    this.addUpTo("parameter", colon ? end + 1 : end, this.script.slice(this.position + 1, end), true, colon);
  }

  private word(): void {
    const pieces = new Pieces();
    let end = this.position;
    do {
      const char = this.script.charAt(end);
      const next = this.script.charAt(end + 1);
      if (char === "`") {
        if (this.newlineAt(end + 1) > 0) break;
        pieces.text(unescaped(next));
        end += 2;
      } else if (char === "$" && isExpanded(next)) {
        if ("({".includes(next) && end > this.position) break;
        end = this.expanded(this.script, end, pieces);
      } else {
        pieces.text(char);
        end++;
      }
    } while (!endsWord(this.script.charAt(end)) && !this.endsIndex(end));
    this.addPieces("word", end, pieces);
  }

  private endsIndex(position: number): boolean {
    return this.script.charAt(position) === "]" && this.outer.at(-1)?.opening === "[";
  }

  private addUpTo(
    kind: TokenKind,
    end: number,
    text: string,
    literal = true,
    colon = false,
    pieces?: readonly Piece[],
  ): void {
    const joined = !this.gap;
    const token = { kind, text, literal, joined, colon, line: this.line };
    this.tokens.push(pieces === undefined ? token : { ...token, pieces });
    this.turn(kind, text, joined);
    this.gap = false;
    this.advanceTo(end);
  }

  /** Tells what can come after a token. */
  private turn(kind: TokenKind, text: string, joined: boolean): void {
    const wasValue = this.isValue;
    this.isValue = false;
    if (kind === "open") {
      const before = this.tokens.at(-2);
      const isInWord = joined && !wasValue && (before?.kind === "word" || before?.kind === "string");
      const isParameters = before?.kind === "word" && before.text.toLowerCase() === "param";
      const mode = isParameters ? "end of parameters" : this.mode;
      this.outer.push({ opening: text, mode, isValue: text !== "{" && !isInWord });
      this.mode = "statement";
    } else if (kind === "close") {
      const outer = this.outer.pop() ?? { opening: "", mode: "statement", isValue: false };
      const behind = outer.opening === "{" ? "argument" : "calculation";
      if (outer.mode === "end of parameters") this.mode = "statement";
      else this.mode = outer.mode === "statement" ? behind : outer.mode;
      this.isValue = outer.isValue;
    } else if (kind === "variable") this.isValue = !joined || !MAY_HOLD.has(this.tokens.at(-2)?.kind ?? "end");
    else if (kind === "member" || kind === "type") this.isValue = true;
    else if (kind === "string") this.isValue = this.mode !== "argument";
    if (STARTS_STATEMENT.has(kind)) this.mode = "statement";
    else if (kind === "call") this.mode = "argument";
    else if (this.mode === "statement") this.mode = modeAfter(kind, text);
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

/** Tokens behind which a new statement or another stage of a pipeline starts. */
const STARTS_STATEMENT: ReadonlySet<TokenKind> = new Set<TokenKind>(["end", "pipe", "then", "assign"]);

/** Texts that a variable can be a piece of. */
const MAY_HOLD: ReadonlySet<TokenKind> = new Set<TokenKind>(["word", "string"]);

/** Words behind which a value stands, and not the arguments of a command. */
const BEFORE_VALUES: ReadonlySet<string> = new Set(["return", "throw", "exit"]);

function modeAfter(kind: TokenKind, text: string): Mode {
  if (kind === "open" || kind === "close") return "statement";
  if (kind !== "word") return "calculation";
  return BEFORE_VALUES.has(text.toLowerCase()) ? "statement" : "argument";
}

const NUMBER_HERE = /(?:0x[\da-f]+|(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?[ldsuyn]{0,2})(?:kb|mb|gb|tb|pb)?/iy;

/** Collects the pieces of a text; text that stands together is one piece. */
class Pieces {
  private readonly pieces: Piece[] = [];
  private chars = "";

  text(chars: string): void {
    this.chars += chars;
  }

  other(piece: Piece): void {
    this.flush();
    this.pieces.push(piece);
  }

  /** The text, where nothing in it is expanded. */
  get literal(): string | undefined {
    return this.pieces.length === 0 ? this.chars : undefined;
  }

  get all(): readonly Piece[] {
    this.flush();
    return this.pieces;
  }

  private flush(): void {
    if (this.chars !== "") this.pieces.push(this.chars);
    this.chars = "";
  }
}

function isInName(text: string, position: number): boolean {
  const char = text.charAt(position);
  return isName(char) || (char === ":" && isName(text.charAt(position + 1)));
}

/** Where a text has ended that begins at `start`, over the commands in it: `"a $(Get-Item "b") c"`. */
function endOfDoubleQuoted(text: string, start: number): number {
  return endOf(text, start, "text");
}

/** Where `$( … )` has ended whose commands begin at `start`. */
function endOfCommands(text: string, start: number): number {
  return endOf(text, start, "commands");
}

function endOf(text: string, start: number, what: "text" | "commands"): number {
  const within = [what];
  for (let position = start; position < text.length; position++) {
    const char = text.charAt(position);
    const next = text.charAt(position + 1);
    if (char === "`") position++;
    else if (within.at(-1) === "text") {
      if (char === "$" && next === "(") {
        within.push("commands");
        position++;
      } else if (isDoubleQuote(char)) {
        if (isDoubleQuote(next)) position++;
        else within.pop();
      }
    } else if (isDoubleQuote(char)) within.push("text");
    else if (char === "(") within.push("commands");
    else if (char === ")") within.pop();
    else if (char === "'") {
      const close = text.indexOf("'", position + 1);
      position = close < 0 ? text.length : close;
    }
    if (within.length === 0) return position + 1;
  }
  return text.length + 1;
}

function withoutLastNewline(text: string): string {
  const lines = text.endsWith("\n") ? text.slice(0, -1) : text;
  return lines.endsWith("\r") ? lines.slice(0, -1) : lines;
}
