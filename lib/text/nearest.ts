import { distance } from "fastest-levenshtein";

/** As much of a text as can matter: no name is longer, and comparing takes time by the length. */
const LONGEST = 100;

/** The names that look most like what was written, best first; `2008 R3` looks like Windows Server 2008 R2. */
export function nearest(text: string, names: readonly string[], count = 3): readonly string[] {
  const wanted = forms(text.slice(0, LONGEST));
  const distanceTo = (name: string): number =>
    Math.min(...forms(name).flatMap((form) => wanted.map((written) => distance(written, form))));
  return names
    .map((name) => ({ name, distance: distanceTo(name) }))
    .sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** `"a", "b"`, as a problem offers names. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

/** As many names as can be read at a glance. */
const SUGGESTIONS = 5;

/**
 * What to do about a name that nothing has: use one that looks like it, or do something else.
 * @param count how many names to offer; all of them where only the names of the pack are possible
 */
export function suggestion(
  wanted: string,
  names: readonly string[],
  otherwise: string,
  count: number = SUGGESTIONS,
): string {
  const likely = nearest(wanted, names, count);
  if (likely.length === 0) return `${otherwise.charAt(0).toUpperCase()}${otherwise.slice(1)}.`;
  return `Use one of: ${likely.join(", ")}; or ${otherwise}.`;
}

/** Whether a name is most likely meant to be another: one or two of its letters differ, or only their case. */
export function isSlipOf(name: string, meant: string): boolean {
  const slips = Math.min(2, Math.floor(meant.length / 2));
  return name.length <= LONGEST && distance(name.toLowerCase(), meant.toLowerCase()) <= slips;
}

/** Words that are shorter are too much alike. */
const SHORTEST_MISSPELLED = 4;

/** Whether a word is most likely a misspelling of another: a letter differs, two in a long word, or two have changed places. */
export function isMisspelling(word: string, meant: string): boolean {
  if (word === meant || meant.length < SHORTEST_MISSPELLED || word.length > LONGEST) return false;
  const letters = (text: string): string => Array.from(text).sort().join("");
  const differences = distance(word, meant);
  return differences <= (meant.length > 5 ? 2 : 1) || (differences === 2 && letters(word) === letters(meant));
}

/** A name in full, and without the words that people leave out where it has any. */
function forms(name: string): readonly string[] {
  const full = name.toLowerCase();
  const short = full.replace(/^(windows |exchange )(server )?/, "");
  return short === full ? [full] : [full, short];
}
