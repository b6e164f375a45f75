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

/** Why a pattern cannot be read; undefined when it can. */
export function globProblem(pattern: string): string | undefined {
  try {
    picomatch(pattern, OPTIONS);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be read";
  }
}
