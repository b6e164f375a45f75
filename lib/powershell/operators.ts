import type { Token } from "./tokenizer";

/** How closely operators bind; comparisons and everything that is not listed come before `-and` and `-or`. */
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ["..", 6],
  ["f", 5],
  ["*", 4],
  ["/", 4],
  ["%", 4],
  ["+", 3],
  ["-", 3],
  ["and", 1],
  ["or", 1],
  ["xor", 1],
]);
const COMPARISON = 2;

const PREFIXES: ReadonlySet<string> = new Set(["!", "+", "-", "++", "--", "not", "bnot", "join", "split"]);

/** Whether a token stands between two values. */
export function isOperator({ kind, text }: Token): boolean {
  if (kind === "operator") return text !== "!" && text !== "++" && text !== "--";
  return kind === "parameter" && text.toLowerCase() !== "not";
}

/** Whether a token stands before a value. */
export function isPrefix({ kind, text }: Token): boolean {
  return (kind === "operator" || kind === "parameter") && PREFIXES.has(text.toLowerCase());
}

export function precedenceOf({ text }: Token): number {
  return PRECEDENCE.get(text.toLowerCase()) ?? COMPARISON;
}
