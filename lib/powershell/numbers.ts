/** A number as PowerShell writes it: digits, a fraction, an exponent, a type suffix that changes nothing, a multiplier. */
const NUMBER = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)[ldsuyn]{0,2}(kb|mb|gb|tb|pb)?$/i;
const HEXADECIMAL = /^0x[\da-f]+$/i;

const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ["kb", 2 ** 10],
  ["mb", 2 ** 20],
  ["gb", 2 ** 30],
  ["tb", 2 ** 40],
  ["pb", 2 ** 50],
]);

/** The value of a number, such as 4294967296 for `4GB`; undefined for what is none. */
export function readNumber(text: string): number | undefined {
  if (HEXADECIMAL.test(text)) return Number(text);
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, digits = "", suffix = ""] = match;
  return Number(digits) * (MULTIPLIERS.get(suffix.toLowerCase()) ?? 1);
}
