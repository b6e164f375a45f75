/** PowerShell takes typographic quotes and dashes for the plain ones: scripts are pasted from documents. */
const SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b";
const DOUBLE_QUOTES = '"\u201c\u201d\u201e';
const DASHES = "-\u2013\u2014\u2015";
const BLANKS = " \t\v\f\u00a0\u0085\ufeff";
const SPECIAL = "\r\n(){};|&,=<>";

/** What a backtick makes of the character behind it; every other character stays what it is. */
const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

// Each function takes one character, or the empty text that stands for the end of the script.

export function isBlank(char: string): boolean {
  return char !== "" && BLANKS.includes(char);
}

export function isSingleQuote(char: string): boolean {
  return char !== "" && SINGLE_QUOTES.includes(char);
}

export function isDoubleQuote(char: string): boolean {
  return char !== "" && DOUBLE_QUOTES.includes(char);
}

export function isDash(char: string): boolean {
  return char !== "" && DASHES.includes(char);
}

/** Whether a word ends before this character. */
export function endsWord(char: string): boolean {
  return char === "" || SPECIAL.includes(char) || isBlank(char) || isSingleQuote(char) || isDoubleQuote(char);
}

/** Whether a number in a calculation ends before these two characters: `1..3` and `2*3`, but not `7z.exe`. */
export function endsNumber(char: string, next: string): boolean {
  return endsWord(char) || "+*/%])".includes(char) || isDash(char) || (char === "." && next === ".");
}

export function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

/** Letters of any script that has capital and small ones, as names start with them. */
export function isNameStart(char: string): boolean {
  return char === "_" || char.toLowerCase() !== char.toUpperCase();
}

export function isName(char: string): boolean {
  return isNameStart(char) || isDigit(char);
}

/** Whether a $ before this character stands for a value. */
export function isExpanded(next: string): boolean {
  return isNameStart(next) || (next !== "" && "({$?^".includes(next));
}

export function unescaped(char: string): string {
  return ESCAPES[char] ?? char;
}
