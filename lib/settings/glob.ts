import picomatch from "picomatch";

const OPTIONS: picomatch.PicomatchOptions = { nocase: true, bash: true, dot: true, strictBrackets: true };

/** A pattern without wildcards: names and URNs, mostly. */
const LITERAL = /^[\w\s:$/-][\w\s:$/.-]*$/;

/** Whether a pattern matches a text, case-insensitively; `*` matches any text, also one with a slash. */
export function globMatcher(pattern: string): (text: string) => boolean {
  if (LITERAL.test(pattern)) {
    const wanted = pattern.toLowerCase();
    return (text) => text.length === wanted.length && text.toLowerCase() === wanted;
  }
  const matches = picomatch(pattern, OPTIONS);
  return (text) => matches(text);
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

/** Why a pattern cannot be read; undefined when it can. */
export function globProblem(pattern: string): string | undefined {
  try {
    picomatch(pattern, OPTIONS);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be read";
  }
}
