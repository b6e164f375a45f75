/** What stands in the place of a secret. */
export const HIDDEN = "[secret]";

/** As much of a long text as a message shows at least, where it cuts it. */
const SHOWN = 40;

/** A text of this length is taken for a secret wherever it stands, a shorter one only as a word of its own. */
export const DISTINCT = 6;

/** How many letters of a value the index has. */
const INDEXED = 3;

/**
 * Replaces values in texts, also where they overlap. A text is looked through once, whatever the number of values is, and
 * a value can be added at any time.
 */
export class Masks {
  /** In lower case. */
  private readonly values = new Set<string>();
  /** The first letters of long values. */
  private readonly beginnings = new Set<string>();
  /** The lengths of the values and beginnings, by their first letters. */
  private readonly lengths = new Map<string, Set<number>>();

  add(value: string): void {
    const lower = inLowerCase(value);
    if (lower === "" || this.values.has(lower)) return;
    this.values.add(lower);
    this.index(lower);
    if (lower.length <= SHOWN) return;
    const beginning = lower.slice(0, SHOWN);
    this.beginnings.add(beginning);
    this.index(beginning);
  }

  apply(text: string): string {
    if (this.values.size === 0) return text;
    const lower = inLowerCase(text);
    let masked = "";
    let shownFrom = 0;
    let hiddenFrom = -1;
    for (let at = 0; at < text.length; at++) {
      const end = this.endOfValue(lower, at);
      const isWithin = hiddenFrom >= 0 && at < shownFrom;
      if (end <= (isWithin ? shownFrom : at)) continue;
      if (!isWithin) {
        masked += text.slice(shownFrom, at) + HIDDEN;
        hiddenFrom = at;
      }
      shownFrom = end;
    }
    return masked + text.slice(shownFrom);
  }

  private index(lower: string): void {
    const start = lower.slice(0, INDEXED);
    const lengths = this.lengths.get(start);
    if (lengths === undefined) this.lengths.set(start, new Set([lower.length]));
    else lengths.add(lower.length);
  }

  /** Where the longest value ends that begins at a place; 0 where none does. */
  private endOfValue(lower: string, at: number): number {
    let end = 0;
    for (let letters = INDEXED; letters > 0; letters--) {
      for (const length of this.lengths.get(lower.slice(at, at + letters)) ?? []) {
        if (at + length <= lower.length) end = Math.max(end, this.endOf(lower, at, length));
      }
    }
    return end;
  }

  private endOf(lower: string, at: number, length: number): number {
    const found = lower.slice(at, at + length);
    const isValue = this.values.has(found) && (!isWord(found) || standsAlone(lower, at, at + length));
    const whole = isValue ? at + length : 0;
    if (length !== SHOWN || !this.beginnings.has(found)) return whole;
    CUT.lastIndex = at + length;
    const [rest] = CUT.exec(lower) ?? [];
    return rest === undefined ? whole : at + length + rest.length;
  }
}

/** What follows the beginning of a value that a message has cut. */
const CUT = /[^"]*…/y;

/** Whether a value is hidden only as a word of its own: a secret 4 must not change every 64. */
function isWord(value: string): boolean {
  return value.length < DISTINCT || /^[\d.,]+( [a-z]b)?$/.test(value);
}

function standsAlone(text: string, from: number, to: number): boolean {
  return !/[\w.]/.test(text.charAt(from - 1)) && !/\w/.test(text.charAt(to));
}

/** In lower case and of the same length, which some letters of some languages change. */
function inLowerCase(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the letters that keep their length
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  }).join("");
}
