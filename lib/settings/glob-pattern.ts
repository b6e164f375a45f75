/** A pattern as it was read. */
export type Glob =
  /** A character, case-insensitively. */
  | { readonly kind: "character"; readonly character: string }
  /** One character of several. */
  | { readonly kind: "class"; readonly accepts: (character: string) => boolean }
  /** Any text. */
  | { readonly kind: "any" }
  | { readonly kind: "sequence"; readonly items: readonly Glob[] }
  | { readonly kind: "either"; readonly branches: readonly Glob[] }
  /** An item `least` times or more, or at most once. */
  | { readonly kind: "repeat"; readonly item: Glob; readonly least: 0 | 1; readonly often: boolean }
  /** Nothing, but only where the item does not match what follows: the rest of the text, or any beginning of it. */
  | { readonly kind: "unless"; readonly item: Glob; readonly toEnd: boolean };

/** Why a pattern cannot be read. */
export class GlobError extends Error {}

/** Longer patterns are mistakes, and those nested deeper too. */
const LONGEST = 65_536;
const DEEPEST = 100;

const SPECIAL_IN_CLASS = /[-*+?.^${}(|)[\]]/;
const NOT_SLASH: Glob = { kind: "class", accepts: (character) => character !== "/" };
const NO_SLASHES: Glob = { kind: "repeat", item: NOT_SLASH, least: 0, often: true };
const ANY: Glob = { kind: "any" };

/** The named classes, as in `[[:digit:]]`. */
const NAMED = new Map([
  ["alnum", "a-zA-Z0-9"],
  ["alpha", "a-zA-Z"],
  ["ascii", "\\x00-\\x7F"],
  ["blank", " \\t"],
  ["cntrl", "\\x00-\\x1F\\x7F"],
  ["digit", "0-9"],
  ["graph", "\\x21-\\x7E"],
  ["lower", "a-z"],
  ["print", "\\x20-\\x7E"],
  ["punct", "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~"],
  ["space", " \\t\\r\\n\\v\\f"],
  ["upper", "A-Z"],
  ["word", "A-Za-z0-9_"],
  ["xdigit", "A-Fa-f0-9"],
]);

/**
 * Reads a pattern: `*` any text, `?` any character but a slash, `[a-z]`, `{a,b}`, `(a|b)`, `@(a|b)`, `?(a|b)`, `+(a|b)`,
 * `*(a|b)`, `!(a|b)`, `"text"` and `\` before a character that stands for itself.
 * @throws GlobError
 */
export function readGlob(pattern: string): Glob {
  if (pattern === "") throw new GlobError("it is empty");
  if (pattern.length > LONGEST) throw new GlobError(`it is longer than ${String(LONGEST)} characters`);
  return new GlobReader(pattern).read();
}

/** What ends the group that is being read. */
type End = ")" | "}" | undefined;

class GlobReader {
  private at = 0;
  private depth = 0;
  private parentheses = 0;
  private readonly lastBracket: number;

  constructor(private readonly pattern: string) {
    this.lastBracket = pattern.lastIndexOf("]");
  }

  read(): Glob {
    return this.branches(undefined).glob;
  }

  /** Reads up to the end of a group, and over it. */
  private branches(end: End): { readonly glob: Glob; readonly hasComma: boolean } {
    const branches: Glob[] = [];
    let items: Glob[] = [];
    let hasComma = false;
    for (;;) {
      const next = this.pattern[this.at];
      if (next === undefined || next === end) break;
      if (next === "|" || (next === "," && end === "}")) {
        hasComma ||= next === ",";
        this.at++;
        branches.push(sequence(items));
        items = [];
      } else {
        this.item(next, items, end);
      }
    }
    if (end !== undefined && this.pattern[this.at] === undefined) throw unbalanced(end === ")" ? "(" : "{");
    if (end !== undefined) this.at++;
    branches.push(sequence(items));
    return { glob: oneOf(branches), hasComma };
  }

  /** Reads the next item, which may change the one before. */
  private item(next: string, items: Glob[], end: End): void {
    if (this.pattern[this.at + 1] === "(" && "?*+@!".includes(next)) items.push(this.prefixedGroup(next));
    else if (next === "*") this.star(items, end);
    else if (next === "?") this.questionMark(items);
    else if (next === "+") this.plus(items);
    else if (next === "(") items.push(this.group(")"));
    else if (next === "{") items.push(this.group("}"));
    else if (next === "[") items.push(this.characterClass());
    else if (next === ")" || next === "]") throw unbalanced(next);
    else if (next === '"') items.push(...this.quoted());
    else items.push(this.character());
  }

  private group(end: ")" | "}"): Glob {
    const start = this.at++;
    if (++this.depth > DEEPEST) throw new GlobError(`its groups are nested more than ${String(DEEPEST)} deep`);
    const inParentheses = end === ")" ? 1 : 0;
    this.parentheses += inParentheses;
    const { glob, hasComma } = this.branches(end);
    this.depth--;
    this.parentheses -= inParentheses;
    if (end === ")" || hasComma) return glob;
    return this.rangeOf(start) ?? sequence([characterOf("{"), glob, characterOf("}")]);
  }

  /** `{1..3}` and `{a..c}`; undefined where braces stand for themselves. */
  private rangeOf(start: number): Glob | undefined {
    const [, first = "", last = ""] = /^\{(\w+)\.\.(\w+)\}$/.exec(this.pattern.slice(start, this.at)) ?? [];
    if (first === "") return undefined;
    if (first.length > 1 || last.length > 1) {
      throw new GlobError(`"{${first}..${last}}" is a range of more than one character; list them, as in {9,10}`);
    }
    const [low, high] = first < last ? [first, last] : [last, first];
    return { kind: "class", accepts: tester(`${low}-${high}`) ?? (() => false) };
  }

  private prefixedGroup(prefix: string): Glob {
    const start = this.at++;
    const item = this.group(")");
    switch (prefix) {
      case "?":
        return { kind: "repeat", item, least: 0, often: false };
      case "*":
        return { kind: "repeat", item, least: 0, often: true };
      case "+":
        return { kind: "repeat", item, least: 1, often: true };
      case "!":
        return this.negated(item, this.pattern.slice(start + 2, this.at - 1));
      default:
        return item;
    }
  }

  /** Before the end of the pattern, the rest of the text is not such a text; elsewhere, it does not begin with one. */
  private negated(item: Glob, inner: string): Glob {
    const rest = this.at + DEEPEST >= this.pattern.length ? this.pattern.slice(this.at) : "more";
    if (/^\)*$/.test(rest)) return sequence([{ kind: "unless", item, toEnd: true }, ANY]);
    // As in `!(*.d).ts`: not a file name with two extensions.
    const isExtension = inner.includes("*") && /^\.[^\\/.]+$/.test(rest) && this.depth === 0;
    if (!isExtension) return sequence([{ kind: "unless", item, toEnd: false }, NO_SLASHES]);
    return sequence([{ kind: "unless", item: sequence([item, new GlobReader(rest).read()]), toEnd: false }, ANY]);
  }

  private star(items: Glob[], end: End): void {
    const isStartOfSegment = this.at === 0 || this.pattern[this.at - 1] === "/";
    let stars = 0;
    // The last star of several can begin a group: `**(a)`.
    while (this.pattern[this.at] === "*" && (stars === 0 || this.pattern[this.at + 1] !== "(")) {
      this.at++;
      stars++;
    }
    const isFolders = stars === 2 && isStartOfSegment && end === undefined;
    if (isFolders && this.pattern[this.at] === "/") {
      this.at++;
      items.push({ kind: "repeat", item: sequence([ANY, characterOf("/")]), least: 0, often: false });
    } else if (isFolders && this.at === this.pattern.length && endsInFolder(items)) {
      const slash = items.pop();
      items.push({ kind: "repeat", item: sequence([...(slash ? [slash] : []), ANY]), least: 0, often: false });
    } else if (items.at(-1)?.kind !== "any") {
      items.push(ANY);
    }
  }

  /** After a group it makes the group optional. */
  private questionMark(items: Glob[]): void {
    const before = this.pattern[this.at - 1];
    this.at++;
    const group = before === ")" ? takeGroup(items) : undefined;
    items.push(group === undefined ? NOT_SLASH : { kind: "repeat", item: group, least: 0, often: false });
  }

  /** After a class or a group it repeats it, in parentheses also a character; elsewhere it stands for itself. */
  private plus(items: Glob[]): void {
    const before = this.pattern[this.at - 1] ?? "";
    this.at++;
    const group = "])}".includes(before) ? takeGroup(items) : undefined;
    const repeated = group ?? (this.parentheses > 0 ? items.pop() : undefined);
    items.push(repeated === undefined ? characterOf("+") : { kind: "repeat", item: repeated, least: 1, often: true });
  }

  /** A class of plain characters is also its own text: `ex[12]` matches `ex1` and `ex[12]`. */
  private characterClass(): Glob {
    const start = this.at++;
    const isNegated = this.pattern[this.at] === "^";
    if (isNegated) this.at++;
    let source = "";
    const first = this.at;
    for (;;) {
      // Without this the rest of the pattern would be read again for each bracket.
      if (this.at > this.lastBracket) throw unbalanced("[");
      const name = /\[:(\w+):\]/y;
      name.lastIndex = this.at;
      const [whole = "", named = ""] = name.exec(this.pattern) ?? [];
      const character = this.pattern.charAt(this.at);
      if (character === "]" && this.at > first) break;
      if (NAMED.has(named)) {
        source += NAMED.get(named) ?? "";
        this.at += whole.length;
      } else if (character === "\\" && this.at + 1 < this.lastBracket) {
        source += escaped(this.pattern.charAt(this.at + 1));
        this.at += 2;
      } else {
        source += character === "-" ? "-" : escaped(character);
        this.at++;
      }
    }
    const text = this.pattern.slice(start + 1, this.at++);
    const accepts = tester(isNegated ? `^/${source}` : source);
    if (accepts === undefined) throw new GlobError(`"[${text}]" has a range in the wrong order`);
    const glob: Glob = { kind: "class", accepts };
    return SPECIAL_IN_CLASS.test(text) ? glob : oneOf([sequence(Array.from(`[${text}]`, characterOf)), glob]);
  }

  /** What is in quotation marks stands for itself. */
  private quoted(): readonly Glob[] {
    const characters: Glob[] = [];
    this.at++;
    while (this.at < this.pattern.length && this.pattern[this.at] !== '"') characters.push(this.character());
    this.at++;
    return characters;
  }

  private character(): Glob {
    if (this.pattern[this.at] === "\\" && this.at + 1 < this.pattern.length) this.at++;
    return characterOf(this.pattern.charAt(this.at++));
  }
}

function sequence(items: readonly Glob[]): Glob {
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { kind: "sequence", items };
}

function oneOf(branches: readonly Glob[]): Glob {
  const [only] = branches;
  return branches.length === 1 && only !== undefined ? only : { kind: "either", branches };
}

function characterOf(character: string): Glob {
  return { kind: "character", character };
}

/** Whether a name and a slash stand before two stars at the end: then they match the folder itself too. */
function endsInFolder(items: readonly Glob[]): boolean {
  return items.length > 1 && items.at(-2)?.kind !== "any";
}

/** Takes the last item away where it is a class or a group that is not repeated. */
function takeGroup(items: Glob[]): Glob | undefined {
  const kind = items.at(-1)?.kind ?? "character";
  return kind === "character" || kind === "any" || kind === "repeat" ? undefined : items.pop();
}

/** Tests one character for a class; undefined where the class is impossible. */
function tester(source: string): ((character: string) => boolean) | undefined {
  try {
    const one = new RegExp(`^[${source}]$`, "i");
    return (character) => one.test(character);
  } catch {
    return undefined;
  }
}

function escaped(character: string): string {
  return /[\\\]^[-]/.test(character) ? `\\${character}` : character;
}

const COUNTERPARTS = { "(": ")", ")": "(", "[": "]", "]": "[", "{": "}" } as const;

function unbalanced(character: keyof typeof COUNTERPARTS): GlobError {
  const counterpart = COUNTERPARTS[character];
  return new GlobError(`"${character}" has no "${counterpart}"; write "\\${character}" for the character itself`);
}
