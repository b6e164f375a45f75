import { compileGlob, foldCase } from "./glob-machine";
import { GlobError, readGlob } from "./glob-pattern";

/** A pattern without wildcards: names and URNs, mostly. */
const PLAIN = /^[\w\s:$/-][\w\s:$/.-]*$/;

/** Whether a pattern matches a text, case-insensitively; `*` matches any text, also one with a slash. */
export function globMatcher(pattern: string): (text: string) => boolean {
  const literal = literalOf(pattern);
  if (literal !== undefined) return (text) => text.length === literal.length && foldCase(text) === literal;
  const { isNegated, rest } = withoutNegation(pattern);
  const itself = foldCase(pattern);
  const matches = rest === "" ? () => false : compileGlob(readGlob(rest));
  return (text) => text !== "" && (foldCase(text) === itself || matches(text) !== isNegated);
}

/** The only text that a pattern matches, with folded case; undefined where it has wildcards. */
export function literalOf(pattern: string): string | undefined {
  if (PLAIN.test(pattern)) return foldCase(pattern);
  if (pattern.startsWith("!")) return undefined;
  const glob = readGlob(pattern);
  const items = glob.kind === "sequence" ? glob.items : [glob];
  const characters = items.flatMap((item) => (item.kind === "character" ? item.character : []));
  return characters.length < items.length ? undefined : foldCase(characters.join(""));
}

/**
 * Whether a pattern matches something that has several names: one matching name is enough, but a negated pattern must
 * match all of them.
 */
export function namesMatcher(pattern: string): (names: readonly string[]) => boolean {
  const matches = globMatcher(pattern);
  return isNegated(pattern)
    ? (names) => names.length > 0 && names.every(matches)
    : (names) => names.some((name) => matches(name));
}

/** The same for several patterns: one that matches is enough, but all negated ones must match. */
export function anyMatcher(patterns: readonly string[]): (names: readonly string[]) => boolean {
  const excluding = patterns.filter(isNegated).map(namesMatcher);
  const including = patterns.filter((pattern) => !isNegated(pattern)).map(namesMatcher);
  const isIncluded = (names: readonly string[]): boolean =>
    including.length > 0 ? including.some((matches) => matches(names)) : excluding.length > 0;
  return (names) => isIncluded(names) && excluding.every((matches) => matches(names));
}

function isNegated(pattern: string): boolean {
  return pattern.startsWith("!");
}

/** Each leading `!` negates what follows, except that of a group: `!(a|b)`. */
function withoutNegation(pattern: string): { readonly isNegated: boolean; readonly rest: string } {
  const [signs = ""] = /^!*(?!\()/.exec(pattern) ?? [];
  return { isNegated: signs.length % 2 === 1, rest: pattern.slice(signs.length) };
}

/** Why a pattern cannot be read; undefined when it can. */
export function globProblem(pattern: string): string | undefined {
  try {
    const { rest } = withoutNegation(pattern);
    if (rest !== "" || pattern === "") readGlob(rest);
    return undefined;
  } catch (error) {
    if (error instanceof GlobError) return error.message;
    throw error;
  }
}
