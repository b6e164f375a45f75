import picomatch from "picomatch";

const OPTIONS: picomatch.PicomatchOptions = { nocase: true, bash: true, dot: true, strictBrackets: true };

/** Nothing in it stands for anything else: names and URNs, mostly. */
const LITERAL = /^[\w\s:$/-][\w\s:$/.-]*$/;

/** Whether a text is what a pattern describes, in any letters; `*` stands for any text, also one with a slash. */
export function globMatcher(pattern: string): (text: string) => boolean {
  if (LITERAL.test(pattern)) {
    const wanted = pattern.toLowerCase();
    return (text) => text.length === wanted.length && text.toLowerCase() === wanted;
  }
  const matches = picomatch(pattern, OPTIONS);
  return (text) => matches(text);
}

/**
 * Whether a pattern describes something that has several names: one of them is enough, but what a pattern says that it
 * is not, none of them may be.
 */
export function namesMatcher(pattern: string): (names: readonly string[]) => boolean {
  const matches = globMatcher(pattern);
  return isNegated(pattern)
    ? (names) => names.length > 0 && names.every(matches)
    : (names) => names.some((name) => matches(name));
}

/** The same of several patterns: one of them is enough, but of those that say what it is not all must hold. */
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
