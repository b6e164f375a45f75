import { isPlainArray, isPlainObject, UNKNOWN, type Plain } from "../estate/plain";
import { callArmFunction, memberOf } from "./arm-functions";

/** What the functions of a template that are not pure give: `parameters`, `variables` and `copyIndex`. */
export interface ArmScope {
  /** @param name the function in small letters; undefined is answered for all others */
  lookUp(name: string, values: readonly Plain[]): Plain | undefined;
}

/** Azure takes none that is longer. */
const LONGEST_EXPRESSION = 24_576;
const DEEPEST = 64;
/** How many values a result may have: what refers to itself again and again grows without end. */
const LARGEST_RESULT = 20_000;

/** The value of a text of a template: an expression in brackets, or the text itself. Never throws. */
export function evaluateArmText(text: string, scope: ArmScope): Plain {
  if (!text.startsWith("[") || !text.endsWith("]")) return text;
  if (text.startsWith("[[")) return text.slice(1);
  if (text.length > LONGEST_EXPRESSION) return UNKNOWN;
  const value = new Evaluation(tokensOf(text.slice(1, -1)), scope).whole();
  return isWithin(value) ? value : UNKNOWN;
}

const TOKEN = /\s*(?:'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(\?|[()[\],.]))/y;

type Token =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name" | "mark"; readonly value: string };

/** The tokens up to the first character that belongs to none, after which one that fits nowhere stands. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const [whole, quoted, digits, name, mark = ""] = TOKEN.exec(text) ?? [];
    if (whole === undefined) return [...tokens, { kind: "mark", value: "" }];
    if (quoted !== undefined) tokens.push({ kind: "text", value: quoted.replaceAll("''", "'") });
    else if (digits !== undefined) tokens.push({ kind: "number", value: Number(digits) });
    else if (name !== undefined) tokens.push({ kind: "name", value: name });
    else tokens.push({ kind: "mark", value: mark });
  }
  return tokens;
}

/** Evaluates while it reads: each token is looked at once. */
class Evaluation {
  private at = 0;
  private isBroken = false;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly scope: ArmScope,
  ) {}

  whole(): Plain {
    const value = this.value(0);
    return this.isBroken || this.at < this.tokens.length ? UNKNOWN : value;
  }

  private value(depth: number): Plain {
    const token = this.tokens[this.at++];
    if (token === undefined || depth > DEEPEST) return this.broken();
    if (token.kind === "mark") return this.broken();
    const value = token.kind === "name" ? this.call(token.value.toLowerCase(), depth) : token.value;
    return this.members(value, depth);
  }

  private call(name: string, depth: number): Plain {
    if (!this.skip("(")) return this.broken();
    const values: Plain[] = [];
    while (!this.isBroken && !this.skip(")")) {
      if (values.length > 0 && !this.skip(",")) return this.broken();
      values.push(this.value(depth + 1));
    }
    if (this.isBroken) return UNKNOWN;
    return this.scope.lookUp(name, values) ?? callArmFunction(name, values);
  }

  private members(start: Plain, depth: number): Plain {
    let value = start;
    while (!this.isBroken) {
      const isSafe = this.skip("?");
      if (this.skip(".")) {
        const name = this.tokens[this.at++];
        value = name?.kind === "name" ? memberOf(value, name.value) : this.broken();
      } else if (this.skip("[")) {
        value = memberOf(value, this.value(depth + 1));
        if (!this.skip("]")) return this.broken();
      } else return isSafe ? this.broken() : value;
    }
    return UNKNOWN;
  }

  private skip(mark: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== "mark" || token.value !== mark) return false;
    this.at++;
    return true;
  }

  private broken(): Plain {
    this.isBroken = true;
    return UNKNOWN;
  }
}

function isWithin(value: Plain): boolean {
  const waiting: Plain[] = [value];
  for (let count = 0; count < LARGEST_RESULT; count++) {
    const next = waiting.pop();
    if (next === undefined) return true;
    if (isPlainArray(next)) for (const item of next) waiting.push(item);
    else if (isPlainObject(next)) for (const item of Object.values(next)) waiting.push(item ?? null);
    if (waiting.length > LARGEST_RESULT) return false;
  }
  return false;
}
